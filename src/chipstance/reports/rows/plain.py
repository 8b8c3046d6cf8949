"""Rows with values that every form can hold, whatever they were read from."""

from typing import Any

from chipstance.articles.tables.plain import plain
from chipstance.reports.rows.parsing import Row, tasks_of

_PLACES = ("index", "start", "end")


def plain_row(row: Row) -> Row:
    """A row that `parse_row` takes, as JSON, CSV and Parquet can hold it.

    Args:
        row: As it stands in a file; what is no field of scored rows may be anything.

    Returns:
        The same fields; a number that is none, and a place or probabilities left empty, are None.
    """
    shares = {f"{task}_p" for task in tasks_of(row)}
    said = {name: _plain(name, value, shares) for name, value in row.items()}
    said["companies"] = [
        {name: _plain(name, value, {"sentiment_p"}) for name, value in each.items()}
        for each in row["companies"]
    ]
    return said


def _plain(name: str, value: Any, shares: set[str]) -> Any:
    if name in _PLACES:
        return None if value in (None, "") else int(value)
    if name in shares:
        return plain(value) if value else None
    try:
        return plain(value)
    except RecursionError:
        # No field of scored rows is lists in lists without end.
        return None
