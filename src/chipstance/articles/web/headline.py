"""The headline of a page: which line shows it, and what a title is without the site's name."""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence

from chipstance.articles.shapes import has_chinese
from chipstance.articles.web.elements import HEADINGS
from chipstance.articles.web.visible import Shown, squeezed
from chipstance.patterns import lazily

_SHORTEST = 4
# A title has a few parts; of more than these none is the headline.
_MOST_PARTS = 12
# The share of a main text that stands below its headline where teasers stand above it.
_MOST = 0.6
_ANY_SEPARATOR = lazily(r"\s*[-－—–|｜_·»›>]+\s*")
# Without spaces a hyphen may be part of a name, DeepSeek-R1, and only stands before a site's; two
# dashes are part of none.
_SEPARATOR = lazily(
    r"\s*[|｜_]\s*|\s+[-－—–]+\s+|"
    r"(?<![-－—–])(?:(?<=[^\x00-\x7f])|(?=-*+[－—–][-－—–]))[-－—–]++(?=[^\W\d_a-zA-Z]{3,10}$)"
)
# How outlets are called; results, bulletins and networks end alike.
_OUTLET = lazily(
    r"(?:(?<![財财年季月快簡简預预通捷速])[報报]|(?<![電电聯联官上])[網网]|社|(?<![專专特副])刊|"
    r"在線|在线|\.(?:com|net|hk|tw|cn))$"
)
_LONGEST_SITE = 12
# A title of nothing else is a site's if it is as short as this.
_LONGEST_ALONE = 6
_NAMED = lazily(r"(?<![^\W_])(?:title|headline|subject)(?![^\W_])|[a-z](?:Title|Headline)\b")


def headline_places(seen: Sequence[Shown], titles: Sequence[str]) -> list[int]:
    """Which lines may be the headline.

    Args:
        seen: The lines that a page shows.
        titles: What its metadata call it, sections and the site's name included or not.

    Returns:
        The places of lines that are one of the titles, or the longest part of one.
    """
    whole = {each for title in titles for each in _headlines(title)}
    begun = tuple(map(squeezed, titles))
    return [
        at
        for at, bare in _candidates(seen, len(seen))
        if bare in whole
        or (seen[at].line.heading and any(title.startswith(bare) for title in begun))
    ]


def headline_place(
    seen: Sequence[Shown], texts: Sequence[int], titles: Sequence[str]
) -> int | None:
    """Which line above a text is its headline.

    Args:
        seen: The lines that a page shows.
        texts: The places of the paragraphs of its main text, at least one.
        titles: As for `headline_places`.

    Returns:
        The place of the longest of `headline_places`; else of a heading among them that has most
        of the text below it, behind teasers of other news; else of the only heading of the first
        rank, or, where there are no titles, of what looks or is called like one. None where the
        page shows no headline.
    """
    above = dict(_candidates(seen, texts[0]))
    places = headline_places(seen, titles)
    found = [at for at in places if at < texts[0]]
    if found:
        return max(found, key=lambda at: (len(above[at]), at))
    for at in places:
        lengths = [len(seen[text].line.text) for text in texts]
        below = sum(lengths[bisect(texts, at) :])
        if seen[at].line.heading and below > _MOST * sum(lengths):
            return at
    first_rank = [at for at in above if seen[at].element.block.tag == "h1"]
    if len({above[at] for at in first_rank}) == 1 and not any(
        above[first_rank[0]] in squeezed(title) for title in titles
    ):
        return first_rank[-1]
    called = (at for at in reversed(above) if _is_called_title(seen[at]))
    return None if titles else next(called, None)


def _candidates(seen: Sequence[Shown], end: int) -> Iterator[tuple[int, str]]:
    """The lines long enough for a headline, with what they are without spaces."""
    for at in range(end):
        bare = squeezed(seen[at].line.text)
        if len(bare) >= _SHORTEST and has_chinese(bare):
            yield at, bare


def without_site(title: str) -> str:
    """A title without the sections and the site that stand behind it, or a site before it.

    Of a title that names nothing but a site nothing is left.

    >>> without_site("晶片漲價成定局_某某網"), without_site("某某網 - 晶片漲價成定局")
    ('晶片漲價成定局', '晶片漲價成定局')
    >>> without_site("晶片股｜漲價成定局 DeepSeek-R1受惠 - 產業 - 某某網")
    '晶片股｜漲價成定局 DeepSeek-R1受惠'
    """
    before, headline, behind = _parted(title)
    if any(map(_is_outlet, before)):
        return headline
    if not behind and len(headline) <= _LONGEST_ALONE and _is_outlet(headline):
        return ""
    return title[: title.index(headline) + len(headline)]


def site_in(title: str) -> str | None:
    """The site that a title names beside the headline, or None.

    >>> site_in("晶片漲價成定局 - 某某網"), site_in("晶片漲價成定局 | 半導體")
    ('某某網', None)
    """
    before, headline, behind = _parted(title)
    names = (*reversed(behind), *before, *([headline] if not without_site(title) else []))
    return next(filter(_is_outlet, names), None)


def _is_outlet(part: str) -> bool:
    return 2 < len(part) <= _LONGEST_SITE and _OUTLET.search(part) is not None


def _parted(title: str) -> tuple[list[str], str, list[str]]:
    """A title's longest part, and what stands before and behind it."""
    parts = [title[start:end] for start, end in _spans(title, _SEPARATOR)]
    at = max(range(len(parts)), key=lambda at: len(parts[at]))
    return parts[:at], parts[at], parts[at + 1 :]


def _headlines(title: str) -> set[str]:
    """What a headline may look like of which a title is made: no other part of it is longer."""
    spans = _spans(title, _ANY_SEPARATOR)
    if len(spans) > _MOST_PARTS:
        return {squeezed(title)}
    lengths = [len(squeezed(title[start:end])) for start, end in spans]
    found = set()
    for at, (start, _) in enumerate(spans):
        for to in range(at + 1, len(spans) + 1):
            joined = squeezed(title[start : spans[to - 1][1]])
            if len(joined) >= max((*lengths[:at], *lengths[to:], _SHORTEST)):
                found.add(joined)
    return found


def _spans(title: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the parts of a title begin and end."""
    marks = [mark.span() for mark in separator.finditer(title)]
    starts = [0, *(end for _, end in marks)]
    ends = [*(start for start, _ in marks), len(title)]
    return [span for span in zip(starts, ends, strict=True) if span[0] < span[1]] or [(0, 0)]


def _is_called_title(shown: Shown) -> bool:
    block = shown.element.block
    return block.tag in HEADINGS or _NAMED.search(block.named) is not None
