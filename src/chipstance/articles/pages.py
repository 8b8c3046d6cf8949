"""Web pages: which of the lines that a page shows are its article.

trafilatura says what the main text is; the lines of `visible` that it holds are the article's,
with their places in the HTML. Where the two cannot be matched, the page's own paragraphs outside
menus, footers and captions are taken, and cleaning has to do the rest. What has a few tags only,
such as a cell of a table that a site exported, is no page but an article, and taken whole.
"""

import re
from dataclasses import dataclass

from chipstance.articles.cleaning.related import opens_block
from chipstance.articles.line import Line
from chipstance.articles.shapes import has_chinese
from chipstance.articles.visible import BLOCKS, visible_lines
from chipstance.patterns import lazily

_STARTS = lazily(
    r"\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--.{0,500}?-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_TAGGED = lazily(r"</(?:p|div|span|a|li|h[1-6]|article|td|strong)>|<br\s*/?>", re.I)
_SQUEEZE = lazily(r"[\s\u200b\ufeff\u00ad]+")
_TAG = lazily(r"<(/?)([a-z][a-z0-9]*+)(?:\s[^<>]*+|/)?>", re.I)
# Tags that make a text HTML where they are closed, and those that do by themselves.
_PAIRED = BLOCKS.union(
    ["a", "b", "del", "em", "font", "i", "ins", "mark", "small", "span", "strong"],
    ["sub", "sup", "u"],
)
_ALONE = frozenset({"br", "hr", "img"})
# Characters of a text in which tags are looked for, and closing ones that a page has more of.
_TOP, _FEW = 20_000, 3
# Below this many characters a line is the article's only if it stands there as a whole line.
_SHORT = 12
# The share of the main text that must be found again, and of a line that is not quite the same.
_ENOUGH = 0.6
# Characters of HTML beyond which the page is no article and trafilatura would take minutes.
_LARGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page holds: the article's lines, and what its metadata say."""

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
        Its lines, blank ones between paragraphs, and its metadata where the page states them.
    """
    if not _is_page(html):
        return Page(visible_lines(html, wrapped=_begins_block(html)), None, None, None)
    seen = visible_lines(html)
    main, title, published, source = _main_text(html)
    lines = _matching(seen, main, title) if main else None
    if lines is None:
        lines = visible_lines(html, apart=False)
    return Page(lines, title, published, source)


def _main_text(html: str) -> tuple[str, str | None, str | None, str | None]:
    """Trafilatura's view of a page: main text, title, date and site."""
    if len(html) > _LARGEST:
        return "", None, None, None
    # Only web pages need it, and it takes half a second to import.
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            html,
            favor_precision=True,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:
        found = None
    if found is None:
        return "", None, None, None
    page = found if isinstance(found, dict) else found.as_dict()
    site = page.get("sitename") or page.get("hostname")
    return page.get("text") or "", page.get("title") or None, page.get("date") or None, site or None


def _matching(seen: list[Line], main: str, title: str | None) -> list[Line] | None:
    """The lines of a page that its main text holds, or None if too little of it is found."""
    rows = [bare for row in main.splitlines() if (bare := _squeezed(row.lstrip("-#|* ")))]
    whole, joined = set(rows), "\n".join(rows)
    solid = joined.replace("\n", "")
    kept, found, offers = list[Line](), 0, False
    for line in seen:
        bare = _squeezed(line.text)
        main_line = bare in whole or (len(bare) >= _SHORT and _holds(solid, bare))
        if main_line:
            found += len(bare)
            offers = opens_block(line.text)
        # trafilatura takes the links out of a block of other news but leaves its heading, behind
        # which the article's next paragraph would look like a teaser.
        if main_line or offers or not bare:
            kept.append(line)
    if found < _ENOUGH * len(solid) or not has_chinese(solid):
        return None
    return _with_title(seen, kept, title)


def _holds(solid: str, bare: str) -> bool:
    """Whether the main text holds a line, or most of it where some of it was altered."""
    if bare in solid:
        return True
    parts = [bare[at : at + _SHORT] for at in range(0, len(bare) - _SHORT + 1, _SHORT)]
    return len(parts) > 2 and sum(part in solid for part in parts) >= _ENOUGH * len(parts)


def _with_title(seen: list[Line], kept: list[Line], title: str | None) -> list[Line]:
    """The lines kept, with the headline that the page shows above them."""
    first = next((line.start for line in kept if line.text), 0)
    wanted = _squeezed(title or "")
    for line in seen:
        bare = _squeezed(line.text)
        if line.start >= first:
            break
        if len(bare) >= 4 and (bare == wanted or (line.heading and wanted.startswith(bare))):
            return [line, Line("", ((0, line.start),)), *kept]
    return kept


def _squeezed(text: str) -> str:
    return _SQUEEZE.sub("", text)
