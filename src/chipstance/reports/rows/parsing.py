"""One scored row: what a report needs of it, every field looked at once.

Rows may come from anywhere; what is no scored row is refused here with a message that names why.
"""

import math
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from operator import index
from typing import Any, Final, NamedTuple

from chipstance.articles.dates import iso_date
from chipstance.errors import InputError
from chipstance.printable import whole

Row = dict[str, Any]

# What to do, at the end of every complaint about rows.
HOW: Final = "give rows as `classify score` writes them"
# A spreadsheet may have saved the file in another encoding; a sentence that is short may well hold
# one of the few damaged characters that its article was read with.
_MOST_MISREAD = 0.2
# Sums of what is below it are numbers still.
_LARGEST = 1e300
_YEARS = frozenset(map(str, range(1900, 2200)))
# No text is as long, and every form has such numbers.
_FARTHEST = 2**62
# Of other tasks a report adds no probabilities up, but writes them again.
_ADDED_UP = ("stance", "hype")
# What rows say beside the labels of tasks.
_NO_TASKS = frozenset(
    {
        "article", "source", "title", "published", "index", "start", "end", "text", "companies",
        "model", "story", "novelty",
    }
)  # fmt: skip


class RowMention(NamedTuple):
    """One company of a scored row; probabilities are 0 where the model gave none.

    `start` and `end` count characters of the row's text; both are -1 where they lie outside it.
    """

    company: str
    ticker: str | None
    mention: str
    start: int
    end: int
    sentiment: str | None
    positive: float
    negative: float
    neutral: float
    source: float
    move_pct: float | None
    via: str | None


class ScoredRow(NamedTuple):
    """What a report needs of a scored row; probabilities are 0 where the model gave none.

    `stance_confidence` is 0 too where the model knows neither bullish nor bearish, and
    `hype_confidence` where it does not know hype.
    """

    article: str
    source: str | None
    title: str | None
    published: str | None
    model: str
    number: int
    text: str
    stance: str | None
    bullish: float
    bearish: float
    stance_confidence: float
    topic: str | None
    hype: str | None
    hype_confidence: float
    companies: list[RowMention]


def parse_row(row: Row) -> ScoredRow:
    """Make a scored row of a decoded one.

    Args:
        row: With the fields that `classify score` gives.

    Raises:
        InputError: A field is missing or of another kind; the message names it.
    """
    try:
        article, text, number = row["article"], row["text"], row["index"]
        named = row["companies"]
    except KeyError as error:
        raise no_scored_row(f"no field {error.args[0]}") from None
    if not isinstance(article, str) or not isinstance(text, str) or not article:
        raise no_scored_row("article and text must be strings")
    if text.count("\ufffd") > _MOST_MISREAD * len(text):
        raise InputError("is not in UTF-8; save the file as UTF-8")
    if not isinstance(number, int) or not 0 <= number < 2**31:
        raise no_scored_row("index is no number from 0")
    if not isinstance(named, list):
        raise no_scored_row("companies is no list")
    return _parsed(row, whole(article), whole(text), number, named)


def _parsed(row: Row, article: str, text: str, number: int, named: list[Row]) -> ScoredRow:
    stance, hype = _string(row, "stance"), _string(row, "hype")
    bullish, bearish, sure_of_stance = _shares(row, "stance_p", ("bullish", "bearish", stance))
    (sure_of_hype,) = _shares(row, "hype_p", (hype,))
    # Labels of one's own are neither for nor against, nor in the middle.
    sure_of_stance *= _knows(row, "stance_p", ("bullish", "bearish"))
    sure_of_hype *= _knows(row, "hype_p", ("hype",))
    for task in tasks_of(row):
        if task not in _ADDED_UP:
            _string(row, task)
            _shares(row, f"{task}_p", ())
    offset = _place(row, "start") or 0
    _place(row, "end")
    return ScoredRow(
        article,
        _string(row, "source"),
        _string(row, "title"),
        _day(row, "published"),
        _string(row, "model") or "",
        number,
        text,
        stance,
        bullish,
        bearish,
        sure_of_stance,
        _string(row, "topic"),
        hype,
        sure_of_hype,
        [_mention(each, offset, len(text)) for each in named],
    )


def _mention(row: Row, offset: int, length: int) -> RowMention:
    company = _string(row, "company") if isinstance(row, dict) else None
    if company is None:
        raise no_scored_row("companies has one without an id")
    places = _place(row, "start"), _place(row, "end")
    start, end = (-1 if place is None else place - offset for place in places)
    if not 0 <= start < end <= length:
        # Places count characters of the file, of which cleaning may have dropped some here.
        start = end = -1
    positive, negative, neutral, source = _shares(
        row, "sentiment_p", ("positive", "negative", "neutral", "source")
    )
    return RowMention(
        company,
        _string(row, "ticker"),
        _string(row, "mention") or "",
        start,
        end,
        _string(row, "sentiment"),
        positive,
        negative,
        neutral,
        source,
        _move(row, "move_pct"),
        _string(row, "via"),
    )


def tasks_of(row: Row) -> tuple[str, ...]:
    """The tasks that a row has labels of, those with probabilities beside.

    >>> tasks_of({"text": "漲", "stance": "bullish", "stance_p": {"bullish": 1.0}})
    ('stance',)
    """
    return _tasks(tuple(row))


@lru_cache(maxsize=64)
def _tasks(fields: tuple[str, ...]) -> tuple[str, ...]:
    found = (name.removesuffix("_p") for name in fields if name.endswith("_p"))
    return tuple(task for task in found if task in fields and task not in _NO_TASKS)


def no_scored_row(why: str) -> InputError:
    """What to raise of a row that is none, naming its field."""
    return InputError(f"is no scored row ({why}); {HOW}")


def _string(row: Row, name: str) -> str | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise no_scored_row(f"{name} is no text")
    return whole(value)


def _place(row: Row, name: str) -> int | None:
    value = row.get(name)
    try:
        place = None if value is None or value == "" else index(value)
    except TypeError:
        raise no_scored_row(f"{name} is no whole number") from None
    if place is not None and abs(place) >= _FARTHEST:
        raise no_scored_row(f"{name} lies outside any text")
    return place


def _shares(row: Row, name: str, labels: Iterable[str | None]) -> list[float]:
    """Probabilities of labels; one that is not there has none."""
    p = row.get(name) or {}
    try:
        for share in p.values():
            if share is not None and not 0 <= share <= 1:
                raise ValueError
        return [float(p.get(label) or 0) for label in labels]
    except (AttributeError, TypeError, ValueError):
        raise no_scored_row(f"{name} holds no probabilities") from None


def _knows(row: Row, name: str, labels: Iterable[str]) -> bool:
    """Whether there is a probability of any of the labels, be it 0."""
    p = row.get(name) or {}
    return any(p.get(label) is not None for label in labels)


def _move(row: Row, name: str) -> float | None:
    """Percent; NaN, by which some writers say that there is none, is none."""
    value = row.get(name)
    try:
        if value is None or math.isnan(value):
            return None
        if abs(value) < _LARGEST:
            return float(value)
    except (TypeError, OverflowError):
        pass
    raise no_scored_row(f"{name} is no number")


def _day(row: Row, name: str) -> str | None:
    """An ISO date; a spreadsheet may have written it anew in the form of its country."""
    value = row.get(name)
    written = value.isoformat() if isinstance(value, date) else _string(row, name)
    if written is None:
        return None
    try:
        day = date.fromisoformat(written[:10]).isoformat()
    except ValueError:
        day = iso_date(written) or ""
    # What is outside can have no week or month around it, and is no day of a newspaper.
    if day[:4] not in _YEARS:
        raise no_scored_row(f"{name} is no date such as 2025-01-31")
    return day
