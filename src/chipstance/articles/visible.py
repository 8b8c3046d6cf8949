"""What a reader of a web page sees, line by line, each character with its place in the HTML.

A tolerant reading of tags and entities, nothing more: which of the lines are the article is
decided in `pages`. A character written as an entity has the place of its `&`.
"""

import re
from html import unescape

from chipstance.articles.line import Line
from chipstance.patterns import lazily

_TAG = lazily(
    r"<!--|<(?P<close>/?)(?P<name>[a-zA-Z][\w:-]*+)"
    r"(?:(?:[^<>\"']++|\"[^\"]{0,4000}+\"|'[^']{0,4000}+')*+>|[^<>]*+>)|"
    r"<[!?/][^<>]*+>|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?"
)
_SPACE = lazily(r"[ \t\r\n\f\u00a0]+")
_LATIN = lazily(r"[!-~]")
_HIDDEN = frozenset(["script", "style", "noscript", "template", "svg", "select", "iframe"]).union(
    ["button", "textarea", "title", "object", "canvas"]
)
_APART = frozenset(["nav", "footer", "aside", "figcaption", "form"])
# Tags that begin a line of their own.
BLOCKS = _APART.union(
    ["p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"],
    ["dl", "dt", "dd", "table", "thead", "tbody", "tr", "td", "th", "blockquote", "header"],
    ["main", "figure", "address", "pre", "hr", "html", "head", "body", "center", "details"],
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_CLOSING = {name: re.compile(rf"</{name}\b[^>]*>", re.IGNORECASE) for name in _HIDDEN}


def visible_lines(html: str, *, apart: bool = True, wrapped: bool = True) -> list[Line]:
    """The visible lines of a page.

    Args:
        html: The decoded page.
        apart: Whether to show what stands apart from an article too: menus, footers, captions.
        wrapped: Whether a line break in the source stands for nothing, as in pages.

    Returns:
        Lines with their places in `html`; a blank line between blocks, none at a `<br>`.
    """
    page = _Page(pre=not wrapped)
    at = hidden = 0
    while match := _TAG.search(html, at):
        if not hidden or apart:
            page.text(html, at, match.start())
        token = match[0]
        at = match.end()
        if token == "<!--":
            end = html.find("-->", at)
            at = end + 3 if end >= 0 else at
            if end < 0:
                break
        elif token[0] == "&":
            if not hidden or apart:
                page.entity(token, match.start())
        elif match["name"]:
            name = match["name"].lower()
            closing = bool(match["close"])
            if name in _HIDDEN and not closing:
                end_tag = _CLOSING[name].search(html, at)
                at = end_tag.end() if end_tag else len(html)
                continue
            if name in _APART:
                hidden = max(0, hidden + (-1 if closing else 1))
            page.tag(name, closing)
    page.text(html, at, len(html))
    page.end_line(blank=False)
    return page.lines


class _Page:
    """The lines seen so far and the one that is being read."""

    def __init__(self, *, pre: bool) -> None:
        self.lines: list[Line] = []
        self._parts: list[str] = []
        self._pieces: list[tuple[int, int]] = []
        self._length = 0
        self._space: int | None = None
        self._heading = False
        self._pre = pre

    def tag(self, name: str, closing: bool) -> None:
        if name == "br":
            self.end_line(blank=False)
        elif name in BLOCKS:
            self.end_line(blank=True)
            self._heading = name in _HEADINGS and not closing
            if name == "pre":
                self._pre = not closing

    def entity(self, token: str, place: int) -> None:
        char = unescape(token)
        if char.isspace() or char in "\u200b\ufeff\u00ad":
            self._space = place if self._space is None else self._space
        elif char == token or len(char) > 1:
            self._add(token, place)
        else:
            self._add(char, place)

    def text(self, html: str, start: int, end: int) -> None:
        if self._pre:
            for row in re.finditer(r"[^\r\n]+|\r\n?|\n", html[start:end]):
                if row[0][0] in "\r\n":
                    self.end_line(blank=False, empty=True)
                else:
                    self._words(html, start + row.start(), start + row.end())
        else:
            self._words(html, start, end)

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

    def end_line(self, *, blank: bool, empty: bool = False) -> None:
        """Close the line; `blank` asks for a blank one behind it, `empty` shows an empty one."""
        if self._parts:
            line = Line("".join(self._parts), tuple(self._pieces), self._heading)
            line = line.cut(0)
            if line.text:
                self.lines.append(line)
        elif empty and self.lines and self.lines[-1].text:
            self.lines.append(Line("", ((0, self.lines[-1].start),)))
        if blank and self.lines and self.lines[-1].text:
            self.lines.append(Line("", ((0, self.lines[-1].start),)))
        self._parts, self._pieces, self._length, self._space = [], [], 0, None
