"""What a reader of a web page sees, line by line, each character with its place in the HTML.

A tolerant reading of tags and entities, nothing more: which of the lines are the article is
decided in `body`. A character written as an entity has the place of its `&`; one that
may end a sentence has that of its `;`, so that a sentence never ends within it.
"""

import re
from html import unescape
from typing import NamedTuple

from chipstance.articles.line import Line
from chipstance.articles.shapes import CLOSERS, ends_sentence, has_chinese
from chipstance.articles.web.elements import APART, BLOCKS, HEADINGS, Element, Open
from chipstance.articles.web.rows import with_rows
from chipstance.patterns import lazily

_TAG = lazily(
    r"<!--|<(?P<close>/?)(?P<name>[a-zA-Z][\w:-]*+)"
    # A quote that is never closed ends at the next one far below, which begins a value there.
    r"(?:(?:[^<>\"']++|\"[^\"]{0,4000}+\"|'[^']{0,4000}+'|"
    r"(?<==)(?:\"[^\"]{0,500000}+\"|'[^']{0,500000}+')(?=[\s/>]))*+>|[^<>]*+>)|"
    r"<[!?/][^<>]*+>|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?"
)
_SQUEEZE = lazily(r"[\s\u200b\ufeff\u00ad]+")
_SPACE = lazily(r"[ \t\r\n\f\u00a0]+")
_LATIN = lazily(r"[!-~]")
_BREAK = lazily(r"[^\r\n]+|\r\n?|\n")
# Between two lines of text no source has an empty one that its writer did not want to be seen.
_EMPTY_LINE = lazily(r"\S[ \t\u3000]*+(?:\r\n?+|\n)[ \t\u3000]*+(?:\r\n?+|\n)\s*+\S")
_HIDDEN = frozenset(["script", "style", "noscript", "template", "svg", "select", "iframe"]).union(
    ["button", "textarea", "title", "object", "canvas"]
)
# The first is the end, though its own `>` be missing: behind it none is found for another.
_CLOSING = {name: re.compile(rf"</{name}\b[^>]*+>?", re.IGNORECASE) for name in _HIDDEN}
# On the most read bulletin board, fields that are lines below one another, and their names, which
# a style alone parts from what they name.
FIELD, _LABEL = "article-metaline", "article-meta-tag"


class Shown(NamedTuple):
    """A line of a page, and how it stands there.

    Attributes:
        line: The line; its text is empty for a gap between blocks.
        element: The innermost element that it ends in.
        n_linked: How many of its characters, spaces left out, are links.
        n_bold: How many are set in bold.
    """

    line: Line
    element: Element
    n_linked: int = 0
    n_bold: int = 0

    @property
    def linked(self) -> float:
        """The share of its characters that are links, 0-1."""
        return self.n_linked / max(1, len(squeezed(self.line.text)))


def squeezed(text: str) -> str:
    """A text without spaces and what shows nothing, by which lines are compared."""
    return _SQUEEZE.sub("", text)


def visible_lines(html: str, *, apart: bool = True, wrapped: bool = True) -> list[Line]:
    """The visible lines of a page; see `shown_lines`."""
    return [shown.line for shown in shown_lines(html, apart=apart, wrapped=wrapped)]


def shown_lines(html: str, *, apart: bool = True, wrapped: bool = True) -> list[Shown]:
    """The visible lines of a page, and how they stand there.

    Args:
        html: The decoded page.
        apart: Whether to show what stands apart from an article too: menus, footers, captions.
        wrapped: Whether a line break in the source stands for nothing, as in pages.

    Returns:
        Lines with their places in `html`; a blank line between blocks, none at a `<br>`. A row of a
        table that says which way something went is one line.
    """
    page = _read(html, apart=apart, page=_Page(keeps_lines=not wrapped))
    if page.n_hidden > page.n_seen:
        # A script shows the text that waits for it, or most of it.
        page = _read(html, apart=apart, page=_Page(keeps_lines=not wrapped, hides=False))
    return with_rows(page.lines)


def _read(html: str, *, apart: bool, page: "_Page") -> "_Page":
    """Have a page see all tags and texts of its HTML."""
    at = n_apart = 0
    while match := _TAG.search(html, at):
        if not n_apart or apart:
            page.text(html, at, match.start())
        token = match[0]
        at = match.end()
        if token == "<!--":
            end = html.find("-->", at)
            at = end + 3 if end >= 0 else at
            if end < 0:
                break
        elif token[0] == "&":
            if not n_apart or apart:
                page.entity(token, match.start())
        elif match["name"]:
            name = match["name"].lower()
            closing = bool(match["close"])
            if name in _HIDDEN and not closing:
                end_tag = _CLOSING[name].search(html, at)
                at = end_tag.end() if end_tag else len(html)
                continue
            if name in APART:
                n_apart = max(0, n_apart + (-1 if closing else 1))
            page.tag(name, token, closing=closing, place=match.start())
    page.text(html, at, len(html))
    page.end()
    return page


class _Page:
    """The lines seen so far and the one that is being read.

    Attributes:
        lines: The lines.
        n_seen: How many pauses and ends of sentences are seen in them.
        n_hidden: How many stand in what the page hides.
    """

    def __init__(self, *, keeps_lines: bool, hides: bool = True) -> None:
        self.lines: list[Shown] = []
        self.n_seen = self.n_hidden = 0
        self._hides = hides
        self._open = Open(keeps_lines)
        self._n_lines = 0
        self._parts: list[str] = []
        self._pieces: list[tuple[int, int]] = []
        self._length = 0
        self._space: int | None = None
        self._heading = self._link = self._bold = False
        self._n_linked = self._n_bold = 0

    def tag(self, name: str, token: str, *, closing: bool, place: int) -> None:
        if name == "br":
            self._end_line(blank=False)
            return
        if name in BLOCKS:
            field = self._open.innermost.block.named if closing else token
            self._end_line(blank=FIELD not in field)
            self._heading = name in HEADINGS and not closing
        elif name == "a":
            self._link = not closing and "href" in token
        elif name in ("b", "strong"):
            self._bold = not closing
        if not closing:
            self._open.open(name, token, self._n_lines)
            return
        ended = self._open.close(name, self._n_lines)
        if ended is not None and name == "span" and _LABEL in ended.named:
            self._space = place if self._space is None else self._space

    def entity(self, token: str, place: int) -> None:
        if self._hides and self._open.innermost.hidden:
            return
        char = unescape(token)
        if char.isspace() or char in "\u200b\ufeff\u00ad":
            self._space = place if self._space is None else self._space
        elif char == token or len(char) > 1:
            self._add(token, place)
        else:
            # A straight quote may begin one as well.
            ends = ends_sentence(char) or (char in CLOSERS and char not in "\"'")
            self._add(char, place + len(token) - 1 if ends else place)

    def text(self, html: str, start: int, end: int) -> None:
        n_pauses = html.count("，", start, end) + html.count("。", start, end)
        if self._hides and self._open.innermost.hidden:
            self.n_hidden += n_pauses
            return
        self.n_seen += n_pauses
        if not (self._open.innermost.keeps_lines or self._has_empty_line(html, start, end)):
            self._words(html, start, end)
            return
        for row in _BREAK.finditer(html, start, end):
            if row[0][0] in "\r\n":
                self._end_line(blank=False, empty=True)
            else:
                self._words(html, row.start(), row.end())

    def _has_empty_line(self, html: str, start: int, end: int) -> bool:
        if html.find("\n", start, end) < 0 or not _EMPTY_LINE.search(html, start, end):
            return False
        return has_chinese(html[start:end])

    def _words(self, html: str, start: int, end: int) -> None:
        at = start
        for gap in _SPACE.finditer(html, start, end):
            if gap.start() > at:
                self._add(html[at : gap.start()], at)
            wrapped = "\n" in gap[0] or "\r" in gap[0]
            after = html[gap.end() : gap.end() + 1]
            before = self._parts[-1][-1:] if self._parts else ""
            # A line break in the source of Chinese text stands for nothing.
            if not wrapped or _LATIN.match(before) or (_LATIN.match(after) and after not in "<&"):
                self._space = gap.start() if self._space is None else self._space
            at = gap.end()
        if end > at:
            self._add(html[at:end], at)

    def _add(self, text: str, place: int) -> None:
        if self._space is not None and self._parts:
            self._pieces.append((self._length, self._space))
            self._parts.append(" ")
            self._length += 1
        self._space = None
        self._pieces.append((self._length, place))
        self._parts.append(text)
        self._length += len(text)
        if self._link or self._bold:
            n_chars = len(squeezed(text))
            self._n_linked += n_chars * self._link
            self._n_bold += n_chars * self._bold

    def end(self) -> None:
        """Close the last line, and what is open."""
        self._end_line(blank=False)
        self._open.close_all(self._n_lines)

    def _end_line(self, *, blank: bool, empty: bool = False) -> None:
        """Close the line; `blank` asks for a blank one behind it, `empty` shows an empty one."""
        if self._parts:
            line = Line("".join(self._parts), tuple(self._pieces), self._heading)
            line = line.cut(0)
            if line.text:
                self._show(line)
                self._n_lines += 1
            empty = False
        self._parts, self._pieces, self._length, self._space = [], [], 0, None
        self._n_linked = self._n_bold = 0
        if (blank or empty) and self.lines and self.lines[-1].line.text:
            self._show(Line("", ((0, self.lines[-1].line.start),)))

    def _show(self, line: Line) -> None:
        element = self._open.innermost
        self.lines.append(Shown(line, element, self._n_linked, self._n_bold))
