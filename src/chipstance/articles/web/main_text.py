"""Which lines of a page are of its main text, as trafilatura finds it.

Where more paragraphs of a page are in its menus and footers than in its article it may take them
for the main text; then the first paragraph below the headline is not among them.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence

from chipstance.articles.shapes import has_chinese
from chipstance.articles.web.elements import Element
from chipstance.articles.web.rows import of_figures
from chipstance.articles.web.standing import Standing
from chipstance.articles.web.visible import Shown, squeezed
from chipstance.patterns import lazily

# Characters of HTML beyond which the page is no article: trafilatura would take half a minute.
_LARGEST = 5_000_000
# Items and cells, more than pages with an article have: of 10,000 what trafilatura compares its
# findings with takes ten seconds, and of more a time that grows with their square.
_MOST_ITEMS = 2_000
_ITEM = lazily(r"<(?:li|td|d[td])\b", re.I)
# Below this many characters a line is the article's only if it stands there as a whole line.
_SHORT = 12
# The share of the main text that must be found again, and of a line that is not quite the same.
_ENOUGH = 0.6


def main_text(html: str) -> str:
    """Trafilatura's view of a page; nothing where it fails.

    Args:
        html: The decoded page.
    """
    if len(html) > _LARGEST:
        return ""
    # Only web pages need it, and it takes half a second to import.
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            html,
            fast=len(_ITEM.findall(html)) > _MOST_ITEMS,
            favor_precision=True,
            include_comments=False,
            include_tables=True,
        )
    except Exception:
        found = None
    if found is None:
        return ""
    page = found if isinstance(found, dict) else found.as_dict()
    return page.get("text") or ""


def main_lines(seen: Sequence[Shown], main: str) -> list[int]:
    """Find the main text of a page among its lines.

    Args:
        seen: The lines that the page shows.
        main: Its main text.

    Returns:
        The places of lines that it holds, ascending; none if too little of it is found.
    """
    rows = main.splitlines()
    of_tables = [row for row in rows if row[:1] == "|"]
    cells = {_bare(cell) for row in of_tables for cell in row.split("|")}
    whole = {_bare(row) for row in rows if row[:1] != "|"}
    solid = "".join(map(_bare, rows))
    tables = _rows(seen) if cells else {}
    joined, figures = set(map(_bare, of_tables)), of_figures(seen) if cells else set[int]()
    found, n_found = [], 0
    for at, shown in enumerate(seen):
        bare = _bare(shown.line.text)
        if not bare:
            continue
        is_cell = at in tables and (bare in cells or bare in joined)
        alone = is_cell and tables[at] == bare and shown.n_linked < len(bare)
        held = bare in whole or (len(bare) >= _SHORT and _holds(solid, bare))
        if alone or (held and at not in figures):
            found.append(at)
        # Of tables only what is text by itself is the article's, but its cells were found too.
        n_found += len(bare) * (is_cell or found[-1:] == [at])
    return found if n_found >= _ENOUGH * len(solid) and has_chinese(solid) else []


def _bare(text: str) -> str:
    """A text without spaces, and without what marks items and cells in a main text."""
    return squeezed(text.lstrip("-#|* ")).replace("|", "")


def _rows(seen: Sequence[Shown]) -> dict[int, str]:
    """What stands in the row of a table in which a line does, by the line's place."""
    rows = dict[Element, list[int]]()
    for at, shown in enumerate(seen):
        blocks = shown.element.outwards()
        if shown.line.text and (row := next((each for each in blocks if each.tag == "tr"), None)):
            rows.setdefault(row, []).append(at)
    texts = {row: "".join(seen[at].line.text for at in places) for row, places in rows.items()}
    return {at: _bare(texts[row]) for row, places in rows.items() for at in places}


def below_headline(
    seen: Sequence[Shown], found: Sequence[int], headlines: Sequence[int], standing: Standing
) -> Sequence[int]:
    """The main text, or the text below the headline where that is another and longer.

    Args:
        seen: The lines that the page shows.
        found: The places of the main text's, if any.
        headlines: The places of the headline: some pages repeat it.
        standing: Where the lines stand.

    Returns:
        The places of the one or the other; none where there is no main text, and no more of the
        page's text stands below its headline than elsewhere.
    """
    texts = [at for at, shown in enumerate(seen) if standing.is_text(shown)]
    below = [texts[n] for n in (bisect(texts, place) for place in headlines) if n < len(texts)]
    main = set(found)
    if not below or not main.isdisjoint(below):
        return found
    home = standing.place(seen[below[-1]]).home
    others = [at for at in texts if standing.place(seen[at]).home is home]
    rest = main.intersection(texts) if found else set(texts).difference(others)
    return others if _length(seen, others) > _length(seen, rest) else found


def _length(seen: Sequence[Shown], places: Iterable[int]) -> int:
    return sum(len(squeezed(seen[at].line.text)) for at in places)


def _holds(solid: str, bare: str) -> bool:
    """Whether the main text holds a line, or most of it where some of it was altered."""
    if bare in solid:
        return True
    parts = [bare[at : at + _SHORT] for at in range(0, len(bare) - _SHORT + 1, _SHORT)]
    return len(parts) > 2 and sum(part in solid for part in parts) >= _ENOUGH * len(parts)
