"""Web pages: which of the lines that a page shows are its article.

trafilatura says what the main text is, and `body` which lines are the article, with their places in
the HTML. Where none of the main text is found, the page's own paragraphs outside menus, footers and
captions are taken, and cleaning has to do the rest. What has a few tags only, such as a cell of a
table that a site exported, is no page but an article, and taken whole.
"""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from chipstance.articles.dates import from_cell, iso_date
from chipstance.articles.facts import publisher
from chipstance.articles.line import Line
from chipstance.articles.shapes import is_running
from chipstance.articles.web.body import article_lines
from chipstance.articles.web.elements import BLOCKS
from chipstance.articles.web.headline import (
    headline_place,
    headline_places,
    site_in,
    without_site,
)
from chipstance.articles.web.main_text import below_headline, main_lines, main_text
from chipstance.articles.web.masthead import Masthead, masthead
from chipstance.articles.web.metadata import Metadata, metadata
from chipstance.articles.web.others import own_lines
from chipstance.articles.web.standing import Standing
from chipstance.articles.web.visible import Shown, shown_lines, visible_lines
from chipstance.patterns import lazily

_STARTS = lazily(
    r"\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--.{0,500}?-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_TAGGED = lazily(r"</(?:p|div|span|a|li|h[1-6]|article|td|strong)>|<br\s*/?>", re.I)
_TAG = lazily(r"<(/?)([a-z][a-z0-9]*+)(?:\s[^<>]*+|/)?>", re.I)
# Tags that make a text HTML where they are closed, and those that do by themselves.
_PAIRED = BLOCKS.union(
    ["a", "b", "del", "em", "font", "i", "ins", "mark", "small", "span", "strong"],
    ["sub", "sup", "u"],
)
_ALONE = frozenset({"br", "hr", "img"})
# Characters of a text in which tags are looked for, and closing ones that a page has more of.
_TOP, _FEW = 20_000, 3
_UTC = lazily(r"\s*(?:Z|UTC|GMT|[-+]00:?00)$", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page holds: the article's lines, and what the page says of it.

    Attributes:
        lines: Of the article, blank ones between paragraphs.
        title: Its headline; None where the page has none.
        published: Its day, as an ISO date; None where the page has none.
        source: Its publisher; None where the page names none.
    """

    lines: list[Line]
    title: str | None
    published: str | None
    source: str | None


def is_html(text: str) -> bool:
    """Whether a text is a web page or has tags as one, whatever its file is called.

    >>> is_html("<!DOCTYPE html><p>晶片"), is_html("晶片<br>漲"), is_html("5<6，晶片")
    (True, True, False)
    """
    return _is_page(text) or _is_tagged(text)


def _is_page(text: str) -> bool:
    return bool(_STARTS.match(text)) or len(_TAGGED.findall(text, 0, _TOP)) > _FEW


def _is_tagged(text: str) -> bool:
    if _begins_block(text):
        return True
    begun = set[str]()
    for tag in _TAG.finditer(text, 0, _TOP):
        name = tag[2].lower()
        if name in _ALONE or (tag[1] and name in begun):
            return True
        if not tag[1] and name in _PAIRED:
            begun.add(name)
    return False


def _begins_block(text: str) -> bool:
    first = _TAG.match(text[:_TOP].lstrip("\ufeff \t\r\n"))
    return first is not None and first[2].lower() in BLOCKS


def read_page(html: str) -> Page:
    """Find the article of a page.

    Args:
        html: The decoded page.

    Returns:
        Its lines, blank ones between paragraphs, and its headline, day and publisher where the
        page states or shows them.
    """
    if not _is_page(html):
        return Page(visible_lines(html, wrapped=_begins_block(html)), None, None, None)
    seen = shown_lines(html)
    main = main_text(html)
    found: Sequence[int] = main_lines(seen, main) if main else []
    standing = Standing(seen)
    stated = metadata(html, seen[found[-1]].line.start if found else None)
    found = below_headline(seen, found, headline_places(seen, stated.all_titles), standing)
    if found:
        return _around(html, seen, found, stated.all_titles, standing)
    lines = visible_lines(html, apart=False)
    return Page(lines, _title(stated), _day(stated, None), _publisher(stated, None, lines))


def _around(
    html: str,
    seen: Sequence[Shown],
    found: Sequence[int],
    titles: Sequence[str],
    standing: Standing,
) -> Page:
    """A page of which the main text was found."""
    texts = [at for at in found if is_running(seen[at].line.text)] or found[:1]
    headline = headline_place(seen, texts, titles)
    text = texts[0] if headline is None else texts[bisect(texts, headline)]
    if headline is not None:
        found, seen = own_lines(seen, found, headline, text)
    stated = metadata(html, seen[found[-1]].line.start)
    around = masthead(html, seen, headline, text, found[-1])
    kept = set(article_lines(seen, found, headline, standing))
    lines = list[Line]()
    for at, shown in enumerate(seen):
        # Without those that were left out, gaps that stood around them are one.
        if at in kept or (not shown.line.text and lines and lines[-1].text):
            lines.append(shown.line)
    title = _title(stated) if headline is None else seen[headline].line.text
    return Page(lines, title, _day(stated, around), _publisher(stated, around, lines))


def _title(stated: Metadata) -> str | None:
    """A title that a page states and does not show."""
    return next(filter(None, map(without_site, stated.all_titles)), None)


def _day(stated: Metadata, around: Masthead | None) -> str | None:
    """When a page was published: as it states, as it shows, as its address says."""
    shown = around.day if around else None
    stamp = stated.stamp or (around.stamp if around else None)
    if stamp is None:
        return shown or iso_date(stated.address or "")
    local = _UTC.sub("", stamp)
    # Many pages call UTC what is the hour where they are; the day that they show is right.
    if shown and local != stamp and iso_date(local) == shown:
        return shown
    return from_cell(stamp)


def _publisher(stated: Metadata, around: Masthead | None, lines: list[Line]) -> str | None:
    """Who published a page: as it states, as it shows, as its title and its address say."""
    return (
        stated.site
        or (around and around.publisher)
        or publisher(lines)
        or site_in(stated.window)
        or stated.host
    )
