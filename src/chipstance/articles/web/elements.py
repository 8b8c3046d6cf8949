"""The elements of a page, each in another, as tags open and close them.

Tolerant, as browsers are: what is closed that was not opened changes nothing, what is left open
ends with what it stands in, and a paragraph or an item of a list ends where the next one begins.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Optional

from chipstance.patterns import lazily

# What stands beside an article: menus, footers, captions.
APART = frozenset(["nav", "footer", "aside", "figcaption", "form"])
# Tags that begin a line of their own.
BLOCKS = APART.union(
    ["p", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"],
    ["dl", "dt", "dd", "table", "thead", "tbody", "tr", "td", "th", "blockquote", "header"],
    ["main", "figure", "address", "pre", "hr", "html", "head", "body", "center", "details"],
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
LISTS = frozenset(["ul", "ol", "dl"])
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"]
).union(["param", "source", "track", "wbr"])
# What ends where one of the same kind begins.
_SIBLINGS = {
    tag: kind for kind in (HEADINGS, {"li"}, {"dt", "dd"}, {"tr"}, {"td", "th"}) for tag in kind
}
# Line breaks of its source are shown: by a style, by names that frameworks have for it, and on
# bulletin boards.
_KEEPS_LINES = lazily(
    r"white-space\s*:\s*(?:pre|break-spaces)|\b(?:white-?space-|ws-|text-)?pre-(?:wrap|line)\b|"
    r"\bwhitespace-pre\b|\bbbs-(?:screen|content)\b",
    hints=("pre", "break-spaces", "bbs-"),
)
_FOLDS_LINES = lazily(r"white-space\s*:\s*(?:normal|nowrap)", hints=("white-space",))
# What stands in these is shown by no page, or only by one that cannot play them.
_UNSEEN = frozenset(["dialog", "video", "audio"])
_STYLED_AWAY = lazily(
    r"(?<![-\w])style\s*=\s*(?P<quote>[\"'])(?:(?!(?P=quote)).)*?(?<![-\w])"
    r"(?:display\s*:\s*none|mso-hide\s*:\s*all|(?:left|top|text-indent)\s*:\s*-\d{3})",
    re.I | re.S,
)
_QUOTED = lazily(r"\"[^\"]*\"|'[^']*'")
_ATTRIBUTES = {name: re.compile(rf"\s{name}(?![-\w:])", re.I) for name in ("hidden", "open")}
_NAMES = lazily(r"(?<![-\w])(?:class|id)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# Classes and ids are shorter; every line in an element is judged by them.
_LONGEST_NAMED = 1_000
# Elements in one another, more than pages have, among which one is looked for.
_DEEPEST = 60


class Element:
    """An element of a page.

    Attributes:
        tag: Its tag, in small letters.
        around: The element that it stands in; None for the page.
        block: The innermost element around its text, itself or another, that begins a line.
        keeps_lines: Whether the line breaks of the source are shown in it.
        hidden: Whether the page hides it, or what it stands in.
        first: How many lines are shown before it.
        end: How many are when it has ended.
    """

    __slots__ = (
        "_named", "_token", "around", "block", "end", "first", "hidden", "keeps_lines", "tag",
    )  # fmt: skip

    def __init__(
        self, tag: str, token: str, around: Optional["Element"], keeps_lines: bool, first: int
    ) -> None:
        self.tag, self._token, self.around, self.keeps_lines = tag, token, around, keeps_lines
        self.block: Element = self if tag in BLOCKS or around is None else around.block
        self.hidden: bool = around is not None and (around.hidden or _is_hidden(tag, token))
        self.first = self.end = first
        self._named: str | None = None

    @property
    def named(self) -> str:
        """Its class and id, as they are written."""
        if self._named is None:
            named = " ".join("".join(found) for found in _NAMES.findall(self._token))
            self._named = named[:_LONGEST_NAMED]
        return self._named

    @property
    def n_lines(self) -> int:
        """How many lines it shows."""
        return self.end - self.first

    def outwards(self) -> Iterator["Element"]:
        """Its `block` and those around that, the innermost first, the page itself left out.

        Of more than pages have, the outermost are left out too.
        """
        element = self.block
        for _ in range(_DEEPEST):
            if element.around is None:
                return
            yield element
            element = element.around.block


def _is_hidden(tag: str, token: str) -> bool:
    """Whether an element is hidden by its kind, an attribute or its style."""
    if tag in _UNSEEN:
        return not _has(token, "open")
    return (":" in token and _STYLED_AWAY.search(token) is not None) or _has(token, "hidden")


def _has(token: str, attribute: str) -> bool:
    """Whether a tag has an attribute, and not only a class that is called so."""
    attributes = _ATTRIBUTES[attribute]
    return attributes.search(token) is not None and bool(attributes.search(_QUOTED.sub("", token)))


class Open:
    """The elements that are open where a page is being read.

    Args:
        keeps_lines: Whether line breaks are shown where no element says otherwise.
    """

    def __init__(self, keeps_lines: bool) -> None:
        self._stack = [Element("", "", None, keeps_lines, 0)]
        self._n_open = Counter[str]()

    @property
    def innermost(self) -> Element:
        """The one that was opened last."""
        return self._stack[-1]

    def open(self, tag: str, token: str, n_lines: int) -> None:
        """Begin an element.

        Args:
            tag: Its tag, in small letters.
            token: The whole tag as it is written.
            n_lines: How many lines are shown before it.
        """
        if tag in _VOID:
            return
        if tag in BLOCKS:
            ended = self.innermost.block.tag
            if ended == "p" or ended in _SIBLINGS.get(tag, ()):
                self.close(ended, n_lines)
        around = self.innermost
        keeps_lines = tag == "pre" or around.keeps_lines
        if "=" in token:
            folds = keeps_lines and _FOLDS_LINES.search(token) is not None
            keeps_lines = _KEEPS_LINES.search(token) is not None or (keeps_lines and not folds)
        self._stack.append(Element(tag, token, around, keeps_lines, n_lines))
        self._n_open[tag] += 1

    def close(self, tag: str, n_lines: int) -> Element | None:
        """End an element, and what was left open in it.

        Args:
            tag: Its tag, in small letters.
            n_lines: How many lines are shown before its end.

        Returns:
            It, or None where none of this tag is open.
        """
        at = self._place(tag)
        if at is None:
            return None
        ended = self._stack[at]
        for each in self._stack[at:]:
            each.end = n_lines
            self._n_open[each.tag] -= 1
        del self._stack[at:]
        return ended

    def close_all(self, n_lines: int) -> None:
        """End the page."""
        for each in self._stack:
            each.end = n_lines

    def _place(self, tag: str) -> int | None:
        """Where in the stack the element is that a closing tag ends."""
        if not self._n_open[tag]:
            return None
        least = 0 if tag in BLOCKS else max(0, len(self._stack) - 1 - _DEEPEST)
        for at in range(len(self._stack) - 1, least, -1):
            found = self._stack[at].tag
            if found == tag:
                return at
            # A word's tag that was opened outside of a paragraph does not end in it.
            if tag not in BLOCKS and found in BLOCKS:
                return None
        return None
