"""Text of strangers, made safe to print on a terminal."""

from collections.abc import Iterable

from chipstance.patterns import lazily

# Control and bidirectional characters, line breaks of every kind, and halves of characters.
_MOVES = lazily(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def printable(text: str) -> str:
    r"""Write as escapes what would move the cursor, break the line or turn the order of reading.

    Args:
        text: One line of anything: a file's name, an article's title.

    >>> printable("a\x1b[2J\n\u202eb")
    'a\\x1b[2J\\n\\u202eb'
    """
    return _MOVES.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def printable_lines(lines: Iterable[str]) -> str:
    r"""Lines that are made of strangers' text, each safe to print and still one line.

    >>> printable_lines(["a\n", "b"])
    'a\\n\nb'
    """
    return "\n".join(map(printable, lines))


def printable_json(text: str) -> str:
    r"""JSON in which such characters are escaped, so that it says the same and moves nothing.

    Args:
        text: JSON of any number of lines; its own line breaks stay.

    >>> printable_json('["\x9b"]\n')
    '["\\u009b"]\n'
    """
    return _MOVES.sub(
        lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text
    )
