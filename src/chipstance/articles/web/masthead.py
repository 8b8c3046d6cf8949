"""The day and the publisher that a page shows around its headline.

They stand between the headline and the text, some above it, below a deck or right below the text.
What lists of other news and footers say is of others.
"""

from collections.abc import Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from chipstance.articles import facts
from chipstance.articles.cleaning import furniture
from chipstance.articles.cleaning.related import opens_block
from chipstance.articles.dates import iso_date
from chipstance.articles.line import Line
from chipstance.articles.shapes import is_running
from chipstance.articles.web.visible import Shown
from chipstance.patterns import lazily

# So many lines above a headline, and below a text, may be of it; and so many below it are.
_NEAR, _BELOW_HEADLINE = 3, 12
# The share of links in a line from which on it is no label.
_LINKED = 0.5
_OF_HEADLINES = frozenset({"time_stamps", "bylines", "sources", "sharing"})
_CHANGED = lazily(r"更新|修改|修訂|修订|[Uu]pdated")
_SAYS_WHAT = lazily(r"發[布佈表]|发[布表]|刊[登出]|出版|[時时][間间]|日期|[來来]源")
# Tags are short; a longer one is none of these.
_MOMENT = lazily(
    r"<time\b[^<>]{0,300}?\bdatetime\s*=\s*[\"']?(?P<stamp>[^\"'<>]{8,40})", hints=("datetime",)
)
_NAMED = lazily(
    r"<\w+\b[^<>]{0,300}?\b(?:class|id)\s*+=\s*+[\"']?+(?P<called>[^\"'<>]{0,100}+)[^<>]{0,300}+>"
    r"\s{0,50}(?P<inside>[^\s<>&:：/0-9][^\s<>&:：]{1,19})\s{0,50}<"
)
_SOURCE = lazily(r"(?<![^\W_])(?:source|media[-_]?name)(?![^\W_])")


class Masthead(NamedTuple):
    """What a page shows around its headline.

    Attributes:
        day: When it was published, as an ISO date, or None.
        stamp: The same as the page's source has it beside what it shows, or None.
        publisher: Who published it, or None.
    """

    day: str | None
    stamp: str | None
    publisher: str | None


def masthead(
    html: str, seen: Sequence[Shown], headline: int | None, text: int, last: int
) -> Masthead:
    """Read what stands around a headline.

    Args:
        html: The decoded page.
        seen: The lines that it shows.
        headline: The place of the headline, or None where it shows none.
        text: The place of the first paragraph.
        last: The place of the last one.
    """
    place = text if headline is None else headline
    above = list(islice(takewhile(_is_of_headline, reversed(_lines(seen[:place]))), _NEAR))
    following = [] if headline is None else seen[headline + 1 : text]
    labels = [shown for shown in following if shown.line.text][:_BELOW_HEADLINE]
    labels.sort(key=lambda shown: _CHANGED.search(shown.line.text) is not None)
    between = _lines(labels)
    behind = takewhile(lambda line: not opens_block(line.text), _lines(seen[last + 1 :]))
    below = [line for line in islice(behind, _NEAR) if _SAYS_WHAT.search(line.text)]
    deck = _below_deck(seen, text, last)
    day = (
        facts.published(between)
        or _any_day(labels)
        or facts.published(above)
        or facts.published(deck)
        or facts.published(below)
    )
    start = min(line.start for line in (*above, *between, seen[place].line))
    end = seen[text].line.start
    moment = _MOMENT.search(html, start, deck[-1].start if deck else end)
    return Masthead(
        day,
        moment["stamp"] if moment else None,
        facts.publisher([*between, *above, *deck, *below]) or _called_source(html[start:end]),
    )


def _below_deck(seen: Sequence[Shown], text: int, last: int) -> list[Line]:
    """What is of the headline right below the first paragraph, which may be a deck."""
    return list(takewhile(_is_of_headline, _lines(seen[text + 1 : last][: 2 * _BELOW_HEADLINE])))


def _is_of_headline(line: Line) -> bool:
    """Whether a line above a headline may be of it, and is none of menus and clocks over them."""
    return furniture.kind_of(line.text) in _OF_HEADLINES


def _called_source(html: str) -> str | None:
    """What stands alone in an element whose class or id calls it a source."""
    named = _NAMED.finditer(html)
    return next((each["inside"] for each in named if _SOURCE.search(each["called"])), None)


def _lines(seen: Sequence[Shown]) -> list[Line]:
    return [shown.line for shown in seen if shown.line.text]


def _any_day(labels: Sequence[Shown]) -> str | None:
    """The first day that a label below a headline states, whatever else it says."""
    texts = (shown.line.text for shown in labels if shown.linked < _LINKED)
    short = (text for text in texts if len(text) <= furniture.LONGEST_LABEL)
    return next(filter(None, (iso_date(text) for text in short if not is_running(text))), None)
