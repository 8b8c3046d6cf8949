"""The rows of a company table as a file has them; what the columns mean is for `table` to say."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from chipstance.articles.encodings import decode
from chipstance.articles.files import check_kind, naming
from chipstance.articles.tables.separated import mark_of
from chipstance.errors import CompanyTableError, InputError

_LONGEST_CELL = 20_000
# Number of the row, as a spreadsheet counts it, and its cells.
_Row = tuple[int, list[str]]


def read_cells(path: Path) -> tuple[list[str], Iterator[_Row]]:
    """Read a table whose cells are set apart by commas, tabs or semicolons.

    Args:
        path: A file of text in any encoding.

    Returns:
        The names of its columns, none where it is empty; and the number and cells of each row
        below them that says something.

    Raises:
        CompanyTableError: The file cannot be read, or a row is broken.
    """
    rows = _rows(path, _text(path))
    _, header = next(rows, (1, []))
    return [name.strip() for name in header], rows


def _rows(path: Path, text: str) -> Iterator[_Row]:
    first, end, rest = text.partition("\n")
    mark, stated = mark_of(first)
    lines = StringIO(rest if stated else first + end + rest, newline="")
    number = 0
    try:
        for cells in csv.reader(lines, strict=True, delimiter=mark):
            number += 1
            if any(cells):
                yield number, _bounded(path, number, cells)
    except csv.Error as error:
        where = f"{path}: cannot be read: row {number + 1}"
        raise CompanyTableError(f"{where}: {error}; mend the row") from error


def _text(path: Path) -> str:
    try:
        with naming(path):
            check_kind(path)
            data = path.read_bytes()
            # A table may be too small, or too Latin, for its encoding to be guessed where it need
            # not be.
            try:
                return data.decode("utf-8-sig")
            except UnicodeDecodeError:
                return decode(data)
    except InputError as error:
        raise CompanyTableError(str(error)) from error


def _bounded(path: Path, number: int, cells: list[str]) -> list[str]:
    longest = max(map(len, cells))
    if longest > _LONGEST_CELL:
        raise CompanyTableError(
            f"{path}: row {number}: a cell of {longest:,} characters; {_LONGEST_CELL:,} at most"
        )
    return cells
