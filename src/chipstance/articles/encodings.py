"""Bytes to text: UTF-8, UTF-16, Big5 with HKSCS and GB18030, told apart by what they would say.

Every encoding that can decode the bytes at all is tried, and the one that yields the commonest
Chinese characters wins: text decoded wrongly is valid surprisingly often, but it is made of
characters that nobody writes. `common.txt` lists the 2,100 commonest ones of both scripts, most
frequent first: the characters of jieba's word list by the frequency of their words, each followed
by its Traditional forms according to OpenCC.
"""

import codecs
import math
from functools import cache
from pathlib import Path

from chipstance.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The order decides only between encodings that yield the same characters.
_CANDIDATES = ("utf-8", "big5hkscs", "cp950", "gb18030", "utf-16-le", "utf-16-be")
# What people call these, and the codec that reads all of it.
_WIDER = {"big5": "big5hkscs", "gb2312": "gb18030", "gbk": "gb18030", "utf-8": "utf-8-sig"}
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a sound, film or picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
# Bytes looked at to tell the encoding: some 20,000 characters.
HEAD = 65_536
# Characters that are enough to see that a text is Chinese; so likely a text in UTF-8 is UTF-8.
_GLANCE, _PLAIN = 100, 1.0
# Marks a reader would never miss: at most this share of the characters may be unreadable.
_MOST_BROKEN = 0.02
_NOT_TEXT = "is not text; give a file of text, HTML, JSON Lines, CSV or Parquet"


def decode(data: bytes, *, encoding: str | None = None) -> str:
    """Turn the bytes of a file into text.

    Args:
        data: The whole file.
        encoding: Name of its encoding, or None to have it detected.

    Returns:
        The text, without a byte order mark. Where a few bytes are damaged they become U+FFFD.

    Raises:
        InputError: The name is unknown, the bytes do not fit it, or they are no text at all.
    """
    if encoding is not None:
        return _named(data, codec(encoding), encoding)
    name = detect(data)
    # A file cut off inside its last character is whole but for that one.
    text = _strict(data, name)
    return _best_effort(data) if text is None else text


def codec(encoding: str) -> str:
    """The codec that reads an encoding as people name it.

    Args:
        encoding: A name such as `big5`, `GBK` or `utf-8`.

    Returns:
        The name of a codec that reads it and its extensions.

    Raises:
        InputError: There is no such encoding of text.

    >>> codec("GB2312")
    'gb18030'
    """
    try:
        info = codecs.lookup(encoding)
        b"ab".decode(info.name, "replace")
    except (LookupError, ValueError):
        raise InputError(
            f"unknown encoding {encoding!r}; use for example utf-8, utf-16, big5 or gb18030"
        ) from None
    return _WIDER.get(info.name, info.name)


def detect(data: bytes) -> str:
    """The codec whose reading of the bytes is the most likely Chinese text.

    Args:
        data: The file, or the first part of it (`HEAD` bytes are enough).

    Returns:
        Name of a Python codec; one that drops the byte order mark where there is one.

    Raises:
        InputError: The bytes are not text in any encoding known here.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"is {what}; save it as text or HTML, a table as CSV")
    head = data[:HEAD]
    if head.isascii() and b"\x00" not in head:
        # Two ASCII letters are one Chinese character of UTF-16, but nobody means that.
        return "utf-8"
    utf8 = _strict(head, "utf-8")
    if utf8 and likelihood(utf8[:_GLANCE]) > _PLAIN:
        # Nothing else is valid in UTF-8 by chance and says something: no need to read it six ways.
        return "utf-8"
    scores = {name: likelihood(text) for name in _CANDIDATES if (text := _strict(head, name))}
    if not scores or max(scores.values()) < 0:
        scores = {name: likelihood(_loose(head, name)) for name in _CANDIDATES}
    best = max(scores, key=scores.__getitem__)
    if scores[best] < 0:
        raise InputError(_NOT_TEXT)
    return best


def likelihood(text: str) -> float:
    """How much a text looks like written Chinese, about -3 to 3; plain ASCII gives 0.

    >>> likelihood("芯片需求") > 1 > 0 > likelihood("ÖÐ¹ú")
    True
    """
    found = [weight for weight in map(_weights().__getitem__, text) if weight is not None]
    return math.fsum(found) / len(found) if found else 0.0


def _named(data: bytes, name: str, encoding: str) -> str:
    """Decode with the encoding the user named."""
    try:
        return data.decode(name).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not {encoding} (byte {error.start}); name another encoding, or none to detect it"
        ) from None


def is_damaged(text: str) -> bool:
    r"""Whether so many characters of a text are unreadable that it is none to work with.

    >>> is_damaged("芯\ufffd漲"), is_damaged("芯" * 99 + "\ufffd")
    (True, False)
    """
    return text.count("\ufffd") > _MOST_BROKEN * len(text)


def _best_effort(data: bytes) -> str:
    """Decode a file whose beginning is sound, but not all of it."""
    readings = [text for name in _CANDIDATES if (text := _loose(data, name))]
    text = max(readings, key=lambda reading: likelihood(reading[:HEAD]) - reading.count("\ufffd"))
    if is_damaged(text):
        raise InputError(_NOT_TEXT)
    return text


def _strict(head: bytes, name: str) -> str | None:
    """A text, which may end inside a character that is left out, or None if it does not fit."""
    try:
        return codecs.getincrementaldecoder(name)().decode(head)
    except UnicodeDecodeError:
        return None


def _loose(data: bytes, name: str) -> str:
    return data.decode(name, errors="replace")


class _Weights(dict[str, float | None]):
    """Weights of characters; those that nobody foresaw get theirs when they first come."""

    def __missing__(self, char: str) -> float:
        self[char] = weight = _strange(char)
        return weight


@cache
def _weights() -> _Weights:
    """A weight for every character that Chinese text is made of; ASCII has None."""
    common = Path(__file__).with_name("common.txt").read_text(encoding="utf-8").replace("\n", "")
    weights = {char: 3.0 if rank < 400 else 2.0 for rank, char in enumerate(common)}
    weights |= dict.fromkeys("，。、：；？！「」『』“”‘’（）《》〈〉【】…—％·－～　", 2.0)
    weights |= dict.fromkeys("﹒╱•●◆■▲▼►▶※→⋯‧﹑〔〕–é©\u00a0\u200b", 0.5)
    weights |= {chr(code): 0.5 for code in range(0xFF01, 0xFF5F) if chr(code) not in weights}
    weights |= dict.fromkeys("\t\n\r\f", 0.1)
    return _Weights({**weights, **dict.fromkeys(map(chr, range(0x20, 0x7F)))})


def _strange(char: str) -> float:
    """The weight of a character outside the table: rare, foreign or never written."""
    if "\u3400" <= char <= "\u9fff":
        return -0.5
    if char == "\ufffd":
        return -4.0
    if "\ue000" <= char <= "\uf8ff" or "\ud800" <= char <= "\udfff" or char < " ":
        return -4.0
    return -1.0
