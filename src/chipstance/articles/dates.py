"""Publication dates as pages write them, turned into ISO dates.

The day of a stamp that names its zone is that of UTC+8, where the trade's press is: the same moment
has one day, however it is written.
"""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta, timezone

from chipstance.articles.normalising.fold import fold
from chipstance.patterns import lazily

_ISO = lazily(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s*(?:[-/.]|年)\s*(?P<month>\d{1,2})\s*(?:[-/.]|"
    r"月)\s*(?P<day>\d{1,2})(?![\d])",
    hints=("19", "20"),
)
# The hour may follow without a mark.
_COMPACT = lazily(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?=(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d))",
    hints=("19", "20"),
)
_DIGIT = lazily(r"\d")
# Day first, as Hong Kong and Europe write it.
_DAY_FIRST = lazily(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)"
    r"(?P<year>(?:19|20)\d\d)(?!\.?\d)",
    hints=("19", "20"),
)
# More digits count no days; thousands of them Python makes no number of.
_NUMBER = lazily(r"(\d{1,20})(?:\.\d*)?")
# Days of spreadsheets, and seconds of computers, from 1990 to 2099.
_SERIALS_BEGAN = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 73_051
_LEAST_SECONDS, _MOST_SECONDS = 631_123_200, 4_102_444_800
_LEAST_MILLISECONDS = 100_000_000_000
_PRESS_AHEAD = timedelta(hours=8)
_PRESS_TIME = timezone(_PRESS_AHEAD)
# What stands behind a day that has an hour of a zone.
_CLOCK = lazily(
    r"[日号]?(?P<iso>t)?[\s,]*(?:at\s)?(?P<hour>2[0-3]|[01]?\d):?(?P<minute>[0-5]\d)"
    r"(?P<second>:?[0-5]\d(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*[(\[]?(?P<name>[a-z]{1,3}(?![a-z]))?"
    r"(?P<sign>[-+])?(?(sign)(?P<hours>1[0-4]|0?\d)(?P<colon>:)?(?P<minutes>[0-5]\d)?(?![\d:]))"
)
# Hours that zones are ahead of UTC, where it is not the eight of the trade's press.
_ZONES = {"z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "pst": -8, "pdt": -7}
_RELATIVE = lazily(r"前|ago\b|今[天日]|昨[天日]|刚刚|剛剛")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
# With the hour between, as letters and bulletin boards have it: Wed Jan 28 14:03:00 2025.
_MONTH_FIRST = lazily(
    rf"\b{_MONTH} +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    r"(?:,| \d\d:\d\d:\d\d)? (?P<year>(?:19|20)\d\d)\b",
    hints=("19", "20"),
)
# 28 January 2025, and 28-Jan-25 as spreadsheets show it.
_MONTH_SECOND = lazily(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH},?(?:[ -](?P<year>(?:19|20)\d\d)|"
    r"-(?P<short>\d\d))\b",
    hints=("19", "20", "-"),
)
# 2025-Jan-28, which means the same in every language.
_MONTH_INSIDE = lazily(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)-{_MONTH}-(?P<day>\d{{1,2}})(?!\d)", hints=("19", "20")
)
# The calendar of Taiwan counts from 1911: of what is no year of the common one it needs no name.
_MINGUO = lazily(
    r"(?:民国\s*(?P<named>1[01]\d|\d\d)|(?<![\d.,/:-])(?P<year>1[01]\d))"
    r"\s*[年/-]\s*(?P<month>\d{1,2})\s*[月/-]\s*(?P<day>\d{1,2})(?![\d,/-])",
    hints=("民国", "10", "11"),
)
# As computers print it, the year last: Mon Jan 27 23:30:00 2025.
_YEAR_LAST = lazily(
    rf"\b{_MONTH}\s{{1,2}}(?P<day>\d{{1,2}})"
    r"(?=\s\d\d:\d\d:\d\d\s(?:[-+:\w]{1,6}\s)?(?P<year>(?:19|20)\d\d)\b)",
    hints=("19", "20"),
)
_FORMS = (
    _ISO, _COMPACT, _DAY_FIRST, _MONTH_FIRST, _MONTH_SECOND, _MONTH_INSIDE, _YEAR_LAST, _MINGUO,
)  # fmt: skip
_MINGUO_BEGAN = 1911


def iso_date(text: str) -> str | None:
    """A full date in a text: the first of those that begin with the year, else the first.

    Args:
        text: For instance a line of a page, or the value of a column.

    Returns:
        `YYYY-MM-DD`, or None where there is no date with year, month and day.

    >>> iso_date("2025年1月28日 14:03"), iso_date("3小時前"), iso_date("2025-13-01")
    ('2025-01-28', None, None)
    >>> iso_date("28/01/2025 17:30"), iso_date("January 28, 2025"), iso_date("114年1月28日")
    ('2025-01-28', '2025-01-28', '2025-01-28')
    >>> iso_date("2025-01-27T23:30:00Z"), iso_date("2025-01-27T23:30:00+08:00")
    ('2025-01-28', '2025-01-27')
    """
    if not _DIGIT.search(text):
        return None
    folded = fold(text)
    for pattern in _FORMS:
        for match in pattern.finditer(folded):
            try:
                return _in_press_time(_date(match), folded, match.end()).isoformat()
            except (ValueError, OverflowError):
                continue
    return None


def _date(found: re.Match[str]) -> date:
    parts = found.groupdict()
    month, day, named = parts["month"] or "", int(parts["day"] or 0), parts.get("named")
    number = int(month) if month.isdecimal() else _MONTHS.index(month) + 1
    if short := parts.get("short"):
        return date(2000 + int(short), number, day)
    year = int(named or parts["year"] or 0)
    return date(year + _MINGUO_BEGAN if named or year < 200 else year, number, day)


def _in_press_time(day: date, text: str, end: int) -> date:
    """The day in the press's zone, where an hour and a zone of its own stand behind a day."""
    clock = _CLOCK.match(text, end)
    ahead = _ahead(clock) if clock else None
    if clock is None or ahead is None:
        return day
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + 12 * (clock["half"][0] == "p")
    moment = datetime(day.year, day.month, day.day, hour, int(clock["minute"]))
    return (moment - ahead + _PRESS_AHEAD).date()


def _ahead(clock: re.Match[str]) -> timedelta | None:
    """How far the zone of an hour is ahead of UTC, or None where it names none that is known."""
    name, sign = clock["name"], clock["sign"]
    if sign is None:
        return timedelta(hours=_ZONES[name]) if name in _ZONES else None
    # Behind an hour without seconds a minus may be that of a span: 10:00-11:30.
    if sign == "-" and clock["colon"] and not (name or clock["iso"] or clock["second"]):
        return None
    ahead = timedelta(hours=int(clock["hours"]), minutes=int(clock["minutes"] or 0))
    return -ahead if sign == "-" else ahead


def from_cell(value: object) -> str | None:
    """The day that a cell of a table states, in words or as a number.

    Args:
        value: A date, text with a date in it, days as spreadsheets count them, or seconds or
            milliseconds since 1970.

    >>> from_cell(45685), from_cell("1738022400"), from_cell(1738022400000), from_cell("28-Jan-25")
    ('2025-01-28', '2025-01-28', '2025-01-28', '2025-01-28')
    """
    if isinstance(value, datetime) and value.tzinfo is not None:
        with suppress(OverflowError):
            value = value.astimezone(_PRESS_TIME)
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = str(value).strip() if isinstance(value, (str, int, float)) else ""
    number = _NUMBER.fullmatch(text)
    if number is None:
        return iso_date(text)
    count = int(number[1])
    if _FIRST_SERIAL <= count < _LAST_SERIAL:
        return (_SERIALS_BEGAN + timedelta(days=count)).isoformat()
    seconds = count // 1000 if count >= _LEAST_MILLISECONDS else count
    if _LEAST_SECONDS <= seconds < _MOST_SECONDS:
        return datetime.fromtimestamp(seconds, _PRESS_TIME).date().isoformat()
    return iso_date(text)


def states_day(value: object) -> bool:
    """Whether a cell seems to state a day: there is a figure in it, and none of hours ago.

    >>> states_day("01/28"), states_day("3小時前"), states_day("即時")
    (True, False, False)
    """
    text = "" if value is None else str(value)
    return _RELATIVE.search(text) is None and any(map(str.isdecimal, text))
