"""Tables of text, cells set apart by commas, tabs or semicolons: one bad row costs one row."""

import csv
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from chipstance.errors import InputError

# Lines that one quoted cell may span. A quotation mark left open swallows what follows; the row is
# then given up and reading goes on at the next line.
_LONGEST = 1000
_LARGEST_CELL = 16 * 2**20


def records(
    lines: Sequence[str], report: Callable[[int, str], None]
) -> Iterator[tuple[int, dict[str, Any]]]:
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
    csv.field_size_limit(_LARGEST_CELL)
    mark = max(",\t;", key=lines[0].count) if lines else ","
    header: list[str] = []
    number = at = 0
    while at < len(lines):
        cells, used, broken = _record(lines, at, mark, len(header))
        at += used
        if not cells and not broken:
            continue
        number += 1
        if number == 1:
            header = [name.strip() for name in cells]
            check_header(header)
        elif broken:
            report(number, "a quotation mark is left open; close it, or double those inside a text")
        elif len(cells) != len(header):
            report(number, "more or fewer cells than the header; quote the text")
        else:
            yield number, {name: c for name, c in zip(header, cells, strict=True) if name}


def _record(lines: Sequence[str], at: int, mark: str, width: int) -> tuple[list[str], int, bool]:
    """Cells of the row that begins at a line, the lines it takes, and whether it is broken."""
    window = range(at, min(at + _LONGEST, len(lines)))
    reader = csv.reader((lines[number] for number in window), delimiter=mark)
    try:
        cells = next(reader, [])
    except csv.Error:
        return [], 1, True
    used = reader.line_num
    marks = sum(lines[at + n].count('"') for n in range(used))
    # A mark left open ends with the file, or with the next mark in the middle of another row.
    if used > 1 and (marks % 2 or len(cells) != (width or len(cells))):
        return [], 1, True
    return cells, used, False


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
