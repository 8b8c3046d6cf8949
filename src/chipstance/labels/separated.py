"""Labels in tables of text: rows under a header whose columns have a name each."""

from collections.abc import Iterator, Sequence
from typing import Any

from chipstance.articles.tables import separated
from chipstance.callbacks import RowReport
from chipstance.errors import InputError


def records(lines: Sequence[str], report: RowReport) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a table with a header.

    Args:
        lines: The lines with their ends.
        report: Told of every row that does not fit the header: its number and what to do.

    Yields:
        Number of the row, the header being 1, and its cells by column; columns without a name are
        left out.

    Raises:
        InputError: Two columns have one name.
    """
    mark, stated = separated.mark_of(lines[0] if lines else "")
    header: list[str] = []
    number = 0
    for cells in separated.records(lines[stated:], mark):
        if cells == []:
            continue
        number += 1
        if cells is None:
            report(number, separated.OPEN)
        elif number == 1:
            header = [separated.as_written(name.strip()) for name in cells]
            check_header(header)
        elif len(cells) != len(header):
            report(number, "more or fewer cells than the header; quote the text")
        else:
            yield (
                number,
                {
                    name: separated.as_written(c)
                    for name, c in zip(header, cells, strict=True)
                    if name
                },
            )


def check_header(names: list[str]) -> None:
    """Refuse a table in which two columns have one name.

    Raises:
        InputError: It says which.
    """
    for at, name in enumerate(names):
        if name and name in names[:at]:
            raise InputError(
                f"has two columns named {name!r}, {names.index(name) + 1} and {at + 1};"
                " rename or delete one"
            )
