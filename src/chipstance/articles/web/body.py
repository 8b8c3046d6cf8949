"""Which of the lines that a page shows are the text of its article.

Those of its main text are, and so is what stands among them in the block that they stand in:
trafilatura leaves out headings, lists and paragraphs that are marked up in another way than most.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from chipstance.articles.cleaning.related import is_inline, opens_block
from chipstance.articles.shapes import LONGEST_TITLE, has_chinese, is_running
from chipstance.articles.web.elements import HEADINGS, Element
from chipstance.articles.web.standing import Standing
from chipstance.articles.web.visible import FIELD, Shown, squeezed

_SUBHEADINGS = HEADINGS - {"h1"}
# The share of links in a line that is no paragraph from which on it is an offer.
_LINKED = 0.5
# A shorter heading is none of the story: what it says is about the page.
_SHORTEST_DECK = 10
# Lines, more than those of other news that stand amid a text.
_MOST_OFFERED = 60


def article_lines(
    seen: Sequence[Shown], found: Sequence[int], headline: int | None, standing: Standing
) -> list[int]:
    """The lines of an article: of its main text, and what stands among them.

    Args:
        seen: The lines that the page shows.
        found: The places of the main text's, at least one.
        headline: The place of the headline, where the page shows one above the text.
        standing: Where the lines stand.

    Returns:
        Their places, ascending, with those of other news whose heading is in the main text.
    """
    found = _without_ended_offers(seen, found, standing)
    among = _Among(seen, found, standing).lines(headline)
    shown = [] if headline is None else [headline, *_deck(seen, headline, found[0], standing)]
    return sorted({*found, *among, *_offered(seen, found), *shown})


def _deck(seen: Sequence[Shown], headline: int, first: int, standing: Standing) -> Iterator[int]:
    """The headings between headline and text that say more of the story."""
    home = standing.place(seen[headline]).home
    for at in range(headline + 1, first):
        shown, text = seen[at], seen[at].line.text
        if shown.element.block.tag in _SUBHEADINGS and standing.place(shown).home is home:
            says_more = len(text) >= _SHORTEST_DECK and has_chinese(text) and not shown.n_linked
            if says_more and not opens_block(text):
                yield at


def _without_ended_offers(
    seen: Sequence[Shown], found: Sequence[int], standing: Standing
) -> list[int]:
    """The lines of a main text without other news of which the page shows where it ends.

    Often there is none below its heading: a script would have filled it in, or it is but a button.
    """
    kept, main = list[int](), set(found)
    home, end = None, 0
    for at in range(found[0], found[-1] + 1):
        shown = seen[at]
        if home and opens_block(shown.line.text):
            end = _end_of_offers(seen, at, home, standing)
            end = end if end in main else 0
        elif at in main and at >= end and standing.is_text(shown):
            home = standing.place(shown).home
        if at in main and at >= end:
            kept.append(at)
    return kept


def _end_of_offers(seen: Sequence[Shown], heading: int, home: Element, standing: Standing) -> int:
    """Where the text goes on below a heading of other news, in the block in which it stood.

    Returns:
        The place of a paragraph that is no link, with nothing but links and other blocks before
        it; 0 where it cannot be told.
    """
    for at in range(heading + 1, min(heading + _MOST_OFFERED, len(seen))):
        shown = seen[at]
        if shown.line.text and shown.linked <= _LINKED and standing.place(shown).home is home:
            return at if standing.is_text(shown) else 0
    return 0


def _offered(seen: Sequence[Shown], found: Sequence[int]) -> Iterator[int]:
    """The lines of blocks of other news whose heading is in the main text.

    trafilatura takes the links out of them but leaves the heading, behind which the article's next
    paragraph would look like a teaser.
    """
    main, offers = set(found), False
    for at, shown in enumerate(seen):
        if at in main:
            offers = opens_block(shown.line.text)
        elif offers and shown.line.text:
            yield at


class _Among:
    """What stands among the lines of a main text, and is not in it."""

    def __init__(self, seen: Sequence[Shown], found: Sequence[int], standing: Standing) -> None:
        self._seen, self._main, self._standing = seen, set(found), standing
        self._first, self._last = found[0], found[-1]
        homes = {seen[at].element.block: standing.place(seen[at]).home for at in found}
        n_blocks = Counter(homes.values())
        self._homes = {home for home, n in n_blocks.items() if home and (n > 1 or home in homes)}
        # In these text stands by itself, between blocks or with lines parted by `<br>`.
        self._of_text = self._homes.union(homes)

    def lines(self, headline: int | None) -> Iterator[int]:
        """The places of what is text too, above, among and below the main text."""
        top = -1 if headline is None else headline
        yield from self._next_to(range(self._first - 1, top, -1))
        in_paragraphs = offers = False
        for at in range(self._first, self._last):
            text = self._seen[at].line.text
            if at in self._main:
                offers = False
            elif text:
                offers = offers or opens_block(text)
                if not offers and self._is_text(at):
                    in_paragraphs = in_paragraphs or self._is_paragraph(at)
                    yield at
        below = range(self._last + 1, len(self._seen))
        yield from self._next_to(below, but_named=not in_paragraphs)

    def _next_to(self, places: range, *, but_named: bool = False) -> Iterator[int]:
        """The places, as long as they are of text; headings only where text is below them.

        Args:
            places: From the main text outwards.
            but_named: Whether paragraphs in blocks with a name of their own are no text, as are
                disclaimers and comments.
        """
        headings = list[int]()
        for at in places:
            if not self._seen[at].line.text:
                continue
            named = but_named and self._seen[at].element.block.named
            if not self._is_text(at) or (named and self._is_paragraph(at)):
                return
            if places.step > 0 and self._is_heading(at):
                headings.append(at)
                continue
            yield from (*headings, at)
            headings.clear()

    def _is_text(self, at: int) -> bool:
        """Whether a line stands where the main text does, and looks like text of an article."""
        shown = self._seen[at]
        text, block = shown.line.text, shown.element.block
        place = self._standing.place(shown)
        if place.home not in self._homes or place.beside or is_inline(text) or opens_block(text):
            return False
        if self._is_paragraph(at):
            return has_chinese(text) and self._standing.is_text(shown)
        if shown.linked > _LINKED:
            return False
        if block in self._of_text or FIELD in block.named:
            return True
        return has_chinese(text) and (place.in_list or self._is_heading(at))

    def _is_paragraph(self, at: int) -> bool:
        """Whether a line is running text in a block of its own."""
        shown = self._seen[at]
        if shown.element.block in self._of_text or self._standing.place(shown).in_list:
            return False
        return is_running(shown.line.text)

    def _is_heading(self, at: int) -> bool:
        shown, text = self._seen[at], self._seen[at].line.text
        bold = len(text) <= LONGEST_TITLE and shown.n_bold >= len(squeezed(text))
        return bold or shown.element.block.tag in _SUBHEADINGS
