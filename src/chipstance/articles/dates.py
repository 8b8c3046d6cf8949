"""Publication dates as pages write them, turned into ISO dates."""

from datetime import date

from chipstance.patterns import lazily

_ISO = lazily(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s*(?:[-/.]|年)\s*(?P<month>\d{1,2})\s*(?:[-/.]|"
    r"月)\s*(?P<day>\d{1,2})(?![\d])",
    hints=("19", "20"),
)
_COMPACT = lazily(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)", hints=("19", "20")
)
# Day first, as Hong Kong and Europe write it.
_DAY_FIRST = lazily(
    r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)",
    hints=("/19", "/20"),
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH = lazily(
    rf"(?i)\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\.? (?P<day>\d{{1,2}}),? (?P<year>(?:19|20)\d\d)\b"
)
# The calendar of Taiwan counts from 1911.
_MINGUO = lazily(
    r"(?:民國|民国)\s*(?P<year>1[01]\d|\d\d)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日",
    hints=("民國", "民国"),
)
_FORMS = ((_ISO, 0), (_COMPACT, 0), (_MINGUO, 1911), (_DAY_FIRST, 0), (_ENGLISH, 0))


def iso_date(text: str) -> str | None:
    """The first full date in a text.

    Args:
        text: For instance a line of a page, or the value of a column.

    Returns:
        `YYYY-MM-DD`, or None where there is no date with year, month and day.

    >>> iso_date("2025年1月28日 14:03"), iso_date("3小時前"), iso_date("2025-13-01")
    ('2025-01-28', None, None)
    >>> iso_date("28/01/2025 17:30"), iso_date("January 28, 2025")
    ('2025-01-28', '2025-01-28')
    """
    for pattern, first_year in _FORMS:
        for match in pattern.finditer(text):
            try:
                month = match["month"]
                found = date(
                    int(match["year"]) + first_year,
                    int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1,
                    int(match["day"]),
                )
            except ValueError:
                continue
            return found.isoformat()
    return None
