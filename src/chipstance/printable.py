"""Text of strangers, made safe to print on a terminal."""

import codecs
import io
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, cast

from chipstance.patterns import lazily

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

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


def whole(text: str) -> str:
    r"""A text without lone surrogates, which JSON can hold and no file.

    >>> whole("晶\ud800片")
    '晶?片'
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


def counted(n: int, noun: str) -> str:
    """A number of things, in words that agree with it.

    Args:
        n: How many.
        noun: What one of them is called, of those whose plural ends in `s`.

    >>> counted(1, "article"), counted(0, "story")
    ('1 article', '0 stories')
    """
    if n == 1:
        return f"{n} {noun}"
    return f"{n} {noun[:-1]}ies" if noun.endswith("y") else f"{n} {noun}s"


def listed(names: Sequence[str], most: int = 5) -> str:
    """Names in a line, the first of them where there are many.

    >>> listed("abc"), listed("abc", 2)
    ('a, b, c', 'a, b, …')
    """
    return ", ".join([*names[:most], *(["…"] if len(names) > most else [])])


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


def safe_stream(out: IO[bytes]) -> IO[bytes]:
    """What rows are written to, made safe where it is a terminal; elsewhere they stay as they are.

    Args:
        out: Such as `sys.stdout.buffer`; its text is UTF-8.
    """
    return cast(IO[bytes], _Terminal(out)) if out.isatty() else out


class _Terminal(io.RawIOBase):
    """A terminal, written to by way of `printable_json`: what it makes can be told in CSV too."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        self._out.write(printable_json(self._decoder.decode(bytes(data))).encode())
        # At once: nothing is left to be written when this is closed, which the terminal is not.
        self._out.flush()
        return memoryview(data).nbytes
