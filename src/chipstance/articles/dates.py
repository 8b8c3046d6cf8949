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
# The calendar of Taiwan counts from 1911.
_MINGUO = lazily(
    r"(?:民國|民国)\s*(?P<year>1[01]\d|\d\d)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日",
    hints=("民國", "民国"),
)


def iso_date(text: str) -> str | None:
    """The first full date in a text.

    Args:
        text: For instance a line of a page, or the value of a column.

    Returns:
        `YYYY-MM-DD`, or None where there is no date with year, month and day.

    >>> iso_date("2025年1月28日 14:03"), iso_date("3小時前"), iso_date("2025-13-01")
    ('2025-01-28', None, None)
    """
    for pattern, first_year in ((_ISO, 0), (_COMPACT, 0), (_MINGUO, 1911)):
        for match in pattern.finditer(text):
            try:
                found = date(
                    int(match["year"]) + first_year, int(match["month"]), int(match["day"])
                )
            except ValueError:
                continue
            return found.isoformat()
    return None
