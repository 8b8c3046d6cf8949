"""Marks of Markdown, which show how a text looks and are none of its words.

Headings are for `decoration`. What leads the items of a list stays: plain texts have it, too, and
it says that they are items. Stars and lines alone mark little in Chinese text: what is no pair of
them, no link with an address and no table with its line of dashes stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from chipstance.articles.line import Line, join
from chipstance.patterns import lazily

_ADDRESS = (
    r"\((?=[^\s)]{0,400}(?:[/#]|\.html?|www\.|mailto:))[^\s()]*(?:\([^\s()]*\)[^\s()]*)*"
    r"(?:\s\"[^\"]{0,200}\")?\)"
)
# Of a picture beside the text its name will do.
_PICTURE = rf"!\[[^\[\]]*\](?:{_ADDRESS}|\([^\s()]{{1,200}}\.(?:jpe?g|png|gif|webp|svg|bmp|avif)\))"
_INLINE_MARKS = ("](", "[^", "**", "__", "~~", "`", "\\")
# What stays is in the groups; what has none goes whole.
_INLINE = lazily(
    # The look ahead only saves time: most characters are none of these.
    rf"(?=[\[!*_~`\\])(?:\[{_PICTURE}\]{_ADDRESS}|{_PICTURE}|\[\^\w{{1,8}}\]|\\(?=[-*_.#>\[\]()`|~+!])|"
    rf"\[(?P<link>[^\[\]]{{1,200}})\]{_ADDRESS}|"
    r"\*\*(?=[^\s*])(?P<bold>[^*]{1,200})(?<=\S)\*\*|"
    r"(?<!\w)__(?=[^\s_])(?P<strong>[^_]{1,200})(?<=\S)__(?!\w)|"
    r"~~(?=[^\s~])(?P<struck>[^~]{1,200})(?<=\S)~~|"
    r"`(?P<code>[^`]{1,200})`)",
    hints=_INLINE_MARKS,
)
# What leads a note at the foot, which the mark in the text refers to.
_NOTE = lazily(r"\[\^\w{1,8}\]:\s*", hints="^")
_QUOTED = lazily(r"(?:>\s+)+(?=\S)", hints=">")
_RULE = lazily(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?", hints="-")
_BAR = lazily(r"(?<!\\)\|", hints="|")
# A heading that stars mark, or a picture by itself, is no part of a line.
_WHOLE = lazily(r"[*＊]{2,}+|[*＊]++[^*＊]++[*＊]++|!\[[^\[\]]*\]\([^()]*\)", hints="*＊!")

# A link may stand inside stars, and a word of code in a link.
_DEEPEST = 3


def markdown(lines: Sequence[Line]) -> list[Line]:
    """Take the marks off words, links, quotations and tables of Markdown."""
    unquoted = [_unquoted(line) for line in lines]
    bare = list(_without_rules(unquoted)) if any("|" in line.text for line in lines) else unquoted
    return [_plain(line) if _may_be_marked(line.text) else line for line in bare]


def _unquoted(line: Line) -> Line:
    match = _QUOTED.match(line.text) or _NOTE.match(line.text)
    return line.cut(match.end()) if match else line


def _without_rules(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, those of tables without bars, nor the row that says what the cells are."""
    inside = False
    for line, below in zip_longest(lines, lines[1:]):
        barred = "|" in line.text
        is_rule = barred and _RULE.fullmatch(line.text) is not None
        heads = barred and below is not None and "|" in below.text and _RULE.fullmatch(below.text)
        inside = barred and (inside or bool(heads))
        if not inside:
            yield line
        elif not is_rule and not heads:
            yield _row(line)


def _row(line: Line) -> Line:
    """A row of a table, a space between its cells for each bar."""
    cells: list[tuple[Line, int | None]] = []
    start = 0
    for end in [*(match.start() for match in _BAR.finditer(line.text)), len(line.text)]:
        if (cell := line.cut(start, end)).text:
            cells.append((cell, line.offset(start - 1) if cells else None))
        start = end + 1
    row = join(cells) if cells else line._replace(text="", pieces=line.pieces[:1])
    return row._replace(row=True)


def _may_be_marked(text: str) -> bool:
    """Whether there is a mark in a line; most have none, and this is the quickest way to see it."""
    return any(mark in text for mark in _INLINE_MARKS)


def _plain(line: Line) -> Line:
    """A line without the marks around its words, some of which may be inside others."""
    for _ in range(_DEEPEST):
        if not line.text or _WHOLE.fullmatch(line.text):
            return line
        parts = [part for match in _INLINE.finditer(line.text) for part in _marks(match)]
        if not parts:
            return line
        line = line.without(parts).cut(0)
    return line


def _marks(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Where what goes of a match begins and ends."""
    if match.lastgroup is None:
        yield match.span()
        return
    start, end = match.span(match.lastgroup)
    yield from ((match.start(), start), (end, match.end()))
