"""How the lines of a page stand in it: in which block beside which others.

Paragraphs, headings and lists of an article stand side by side in one block, whatever they are
marked up as; what stands in a box of its own is beside the article.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from chipstance.articles.shapes import is_running
from chipstance.articles.web.elements import APART, LISTS, Element
from chipstance.articles.web.visible import Shown
from chipstance.patterns import lazily

# Blocks of an article that are no text of it, by their tags and by what they are called.
_BESIDE_TAGS = APART | {"figure", "table"}
_BESIDE = lazily(
    r"caption|photo|figure|advert|promo|sponsor|relat|recommend|share|social|comment|copyright|"
    r"disclaim|subscri|newsletter|keyword|breadcrumb|widget|download|author|editor|byline|"
    r"(?:^|[-_\s])(?:ads?|img|pics?|tags?|hot|more|vote|poll|app|tools?)(?:[-_\s]|$)"
)
_ITEMS = frozenset(["li", "dt", "dd"])
# Blocks in one another, more than pages have between a paragraph and the article.
_DEEPEST = 60
# The share of links in a paragraph from which on it is an offer.
_LINKED = 0.9


class Place(NamedTuple):
    """Where a line stands.

    Attributes:
        home: The block in which it, or the list that it is an item of, has others beside it.
        in_list: Whether it is an item of a list.
        beside: Whether a block between it and its home is called as none of an article's text is;
            at home itself and what is around that nobody looks.
    """

    home: Element | None
    in_list: bool
    beside: bool


class Standing:
    """Where the lines of a page stand.

    Args:
        seen: The lines.
    """

    def __init__(self, seen: Sequence[Shown]) -> None:
        self._n_own = Counter(shown.element.block for shown in seen if shown.line.text)
        self._places = dict[Element, Place]()

    def place(self, shown: Shown) -> Place:
        """Where a line stands."""
        block = shown.element.block
        if block not in self._places:
            self._places[block] = self._placed(block)
        return self._places[block]

    def is_text(self, shown: Shown) -> bool:
        """Whether a line is running text that may be an article's."""
        return (
            is_running(shown.line.text) and shown.linked <= _LINKED and not self.place(shown).beside
        )

    def _placed(self, block: Element) -> Place:
        in_list = beside = False
        if block.tag not in _ITEMS and self._n_own[block] < block.n_lines:
            return Place(block, in_list, beside)
        element = block
        for _ in range(_DEEPEST):
            in_list = in_list or element.tag in LISTS
            beside = beside or element.tag in _BESIDE_TAGS or bool(_BESIDE.search(element.named))
            if element.around is None:
                break
            outer = element.around.block
            is_item = element.tag in _ITEMS and outer.tag in LISTS
            if outer.n_lines > element.n_lines and not is_item:
                return Place(outer, in_list, beside)
            element = outer
        return Place(None, in_list, beside)
