"""A line of an article on its way through cleaning: text that knows where it stood in the file.

Nothing here decides what a line is; see `shapes` for that.
"""

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from chipstance.patterns import lazily

Pieces = tuple[tuple[int, int], ...]

# What stands around a line and means nothing: spaces of every width and marks without a glyph.
BLANKS = (
    " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c"
    "\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u3000\ufeff\x00\x1f\u00ad"
)
# Where `str.splitlines` parts lines.
_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# What shows nothing inside a line: controls, marks of direction, spaces and joiners of no width;
# but joiners and selectors behind an emoji are part of it, and so is the one in 1️⃣.
_HIDDEN = lazily(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200c\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\ufeff]+|(?<=[\u3400-\u9fffA-Za-z0-9])[\u200d\ufe00-\ufe0f]+(?!\u20e3)"
)
# The only ones of them that are told apart as printable.
_SELECTOR = lazily(r"[\ufe00-\ufe0f]")


class Line(NamedTuple):
    """One line, or several joined.

    Attributes:
        text: Its characters, spaces at both ends taken off; empty for a blank line.
        pieces: As in `Sentence`: pairs (position in `text`, position in the decoded file).
        heading: Whether its decoration says that it is a heading.
        indented: Whether the file sets it in, as the first line of a paragraph is.
        row: Whether it was a row of a table, which nothing is joined to.
    """

    text: str
    pieces: Pieces
    heading: bool = False
    indented: bool = False
    row: bool = False

    @property
    def start(self) -> int:
        """Position of its first character in the decoded file."""
        return self.pieces[0][1]

    def offset(self, position: int) -> int:
        """Position in the decoded file of the character at `position` of `text`."""
        at = bisect_right(self.pieces, position, key=lambda piece: piece[0]) - 1
        in_text, in_file = self.pieces[at]
        return in_file + position - in_text

    def shown(self) -> "Line":
        r"""The line without what shows nothing: `台\u200b積電` is 台積電.

        >>> split_lines("台\u200b積電")[0].shown()[:2]
        ('台積電', ((0, 0), (1, 2)))
        """
        if self.text.isprintable() and not _SELECTOR.search(self.text):
            return self
        if not _HIDDEN.search(self.text):
            return self
        # What shows nothing may have stood before spaces.
        return self.without(each.span() for each in _HIDDEN.finditer(self.text)).cut(0)

    def without(self, spans: Iterable[tuple[int, int]]) -> "Line":
        """The line without some parts, ascending, each from a position to another.

        >>> split_lines("台**積**電")[0].without([(1, 3), (4, 6)])[:2]
        ('台積電', ((0, 0), (1, 3), (2, 6)))
        """
        texts: list[str] = []
        pieces: list[tuple[int, int]] = []
        length = start = 0
        for end, after in [*spans, (None, 0)]:
            if part := self.text[start:end]:
                inside = cut_pieces(self.pieces, start, start + len(part))
                pieces.extend((length + at, file) for at, file in inside)
                texts.append(part)
                length += len(part)
            start = after
        return self._replace(text="".join(texts), pieces=tuple(pieces) or self.pieces[:1])

    def cut(self, start: int, end: int | None = None) -> "Line":
        """The part from `start` to `end`, without the spaces at its ends."""
        end = len(self.text) if end is None else end
        part = self.text[start:end]
        bare = part.lstrip(BLANKS)
        start += len(part) - len(bare)
        bare = bare.rstrip(BLANKS)
        pieces = cut_pieces(self.pieces, start, start + len(bare))
        return self._replace(text=bare, pieces=pieces)


def cut_pieces(pieces: Pieces, start: int, end: int) -> Pieces:
    """The pieces of the part of a text from `start` to `end`.

    >>> cut_pieces(((0, 10), (4, 20)), 2, 6), cut_pieces(((4, 20),), 5, 6)
    (((0, 12), (2, 20)), ((0, 21),))
    """
    if len(pieces) == 1:
        ((in_text, in_file),) = pieces
        return ((0, in_file + start - in_text),)
    first = bisect_right(pieces, start, key=lambda piece: piece[0]) - 1
    last = bisect_right(pieces, max(start, end - 1), key=lambda piece: piece[0])
    in_text, in_file = pieces[first]
    rest = tuple((text - start, file) for text, file in pieces[first + 1 : last])
    return ((0, in_file + start - in_text), *rest)


def split_lines(text: str) -> list[Line]:
    """The lines of a decoded file, blank ones included as lines without text."""
    lines, start = [], 0
    for raw in text.splitlines(keepends=True):
        lines.append(_line(raw, start))
        start += len(raw)
    # Behind the last line break begins one more line, as in an empty text.
    return lines if text and text[-1] not in _BREAKS else [*lines, _line("", start)]


def _line(raw: str, start: int) -> Line:
    bare = raw.lstrip(BLANKS)
    indent = len(raw) - len(bare)
    bare = bare.rstrip(BLANKS + _BREAKS)
    indented = indent >= 2 and bool(bare) and (indent >= 4 or raw[:indent].count("\u3000") >= 2)
    return Line(bare, ((0, start + indent),), indented=indented)


def join(lines: Iterable[tuple[Line, int | None]]) -> Line:
    """One line made of several.

    Args:
        lines: Each with the position in the file of the line break that stands for a space
            before it, or None where nothing separates it from the line before.

    Returns:
        The joined line; its pieces point at every part's own place in the file.
    """
    texts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length, heading, indented = 0, False, False
    for line, space in lines:
        if space is not None:
            pieces.append((length, space))
            texts.append(" ")
            length += 1
        indented = indented or (not texts and line.indented)
        pieces.extend((length + at, file) for at, file in line.pieces)
        texts.append(line.text)
        length += len(line.text)
        heading = heading or line.heading
    return Line("".join(texts), tuple(pieces), heading, indented)
