"""Text of strangers, made safe to print on a terminal."""

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
