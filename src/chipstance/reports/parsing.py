"""One scored row: what a report needs of it, every field looked at once.

Rows may come from anywhere; what is no scored row is refused here with a message that names why.
"""

import math
from collections.abc import Mapping
from datetime import date
from operator import index
from typing import Any, Final, NamedTuple, NoReturn

from chipstance.errors import InputError

Row = dict[str, Any]

# What to do, at the end of every complaint about rows.
HOW: Final = "give rows as `classify score` writes them"
# A spreadsheet may have saved the file in another encoding.
_MOST_BROKEN = 0.2
_YEARS = range(1900, 2200)


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


class ScoredRow(NamedTuple):
    """What a report needs of a scored row; probabilities are 0 where the model gave none."""

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
    hype_p: float
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
        raise InputError(f"is no scored row (no field {error.args[0]}); {HOW}") from None
    if not isinstance(article, str) or not isinstance(text, str) or not article:
        raise InputError(f"is no scored row (article and text must be strings); {HOW}")
    if text.count("\ufffd") > _MOST_BROKEN * len(text):
        raise InputError("is not in UTF-8; save the file as UTF-8")
    if not isinstance(number, int) or not 0 <= number < 2**31:
        raise InputError(f"is no scored row (index is no number from 0); {HOW}")
    if not isinstance(named, list):
        raise InputError(f"is no scored row (companies is no list); {HOW}")
    try:
        return _parsed(row, whole(article), whole(text), number, named)
    except (TypeError, ValueError, AttributeError, KeyError, OverflowError):
        raise InputError(f"has a field of another kind than a scored row's; {HOW}") from None


def _parsed(row: Row, article: str, text: str, number: int, named: list[Row]) -> ScoredRow:
    get = row.get
    stance_p, hype_p = get("stance_p") or {}, get("hype_p") or {}
    offset = index(get("start") or 0)
    return ScoredRow(
        article,
        _string(get("source")),
        _string(get("title")),
        _day(get("published")),
        _string(get("model")) or "",
        number,
        text,
        _string(get("stance")),
        _share(stance_p, "bullish"),
        _share(stance_p, "bearish"),
        _share(stance_p, get("stance")),
        _string(get("topic")),
        _string(get("hype")),
        _share(hype_p, "hype"),
        _share(hype_p, get("hype")),
        [_mention(each, offset, len(text)) for each in named],
    )


def _mention(row: Row, offset: int, length: int) -> RowMention:
    p = row.get("sentiment_p") or {}
    start, end = (
        -1 if place is None else index(place) - offset
        for place in (row.get("start"), row.get("end"))
    )
    if not 0 <= start < end <= length:
        # Places count characters of the file, of which cleaning may have dropped some here.
        start = end = -1
    return RowMention(
        _string(row["company"]) or _refused(),
        _string(row.get("ticker")),
        _string(row.get("mention")) or "",
        start,
        end,
        _string(row.get("sentiment")),
        _share(p, "positive"),
        _share(p, "negative"),
        _share(p, "neutral"),
        _share(p, "source"),
        _move(row.get("move_pct")),
    )


def _refused() -> NoReturn:
    raise ValueError


def _move(value: Any) -> float | None:
    """Percent; NaN, by which some writers say that there is none, is none."""
    if value is None or math.isnan(value):
        return None
    return float(value) if math.isfinite(value) else _refused()


def _string(value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise TypeError
    return whole(value)


def whole(text: str) -> str:
    r"""A text without lone surrogates, which JSON can hold and no file.

    >>> whole("晶\ud800片")
    '晶?片'
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


def _share(p: Mapping[str | None, Any], label: str | None) -> float:
    """A probability; a label that is not there has none."""
    value = p.get(label)
    if value is None:
        return 0.0
    if not 0 <= value <= 1:
        raise ValueError
    return float(value)


def _day(value: object) -> str | None:
    written = value.isoformat() if isinstance(value, date) else _string(value)
    if written is None:
        return None
    day = date.fromisoformat(written[:10])
    # What is outside can have no week or month around it, and is no day of a newspaper.
    return day.isoformat() if day.year in _YEARS else _refused()
