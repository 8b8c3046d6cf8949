"""Tables of text, cells set apart by commas, tabs or semicolons: one bad row costs one row.

What the columns mean is for others to say.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chipstance.errors import InputError
from chipstance.patterns import lazily

# A quotation mark left open swallows what follows: the row is given up, and reading goes on at its
# second line. Any row may have so many lines, fewer behind some that were given up, so that no more
# is read again than was read once. One whose marks are odd, as they are inside a cell,
# may have more, up to so many characters: up to the next line with odd marks all have even ones, so
# that none is read more than twice for that.
_LONGEST, _LEAST = 1000, 16
_LARGEST_ROW = 2**20
_LARGEST_CELL = 16 * 2**20
# What a spreadsheet takes for a formula, in full width too, and what was kept from it before.
_FORMULA = lazily(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
# Excel's own line before the header.
_STATED = lazily(r'"?sep=([^"\r\n])"?\s*')
OPEN = "a quotation mark is left open; close it, or double those inside a text"


class Header(NamedTuple):
    """The row of a table that says what its columns are called.

    Attributes:
        names: Of the columns, in small letters.
        mark: What stands between cells.
        number: Of the row, from 1: blank lines above it count, and Excel's `sep=;` does not.
    """

    names: tuple[str, ...]
    mark: str
    number: int


def header_of(lines: Iterable[str], mark: str | None = None) -> Header:
    r"""The header of a table: its first line that is not blank, which is the last that is taken.

    Args:
        lines: The lines with their ends.
        mark: What stands between cells; None for what it has most of, or Excel states.

    Raises:
        InputError: No table begins so.

    >>> header_of(["\n", "sep=;\n", "Text;日期\n"])
    Header(names=('text', '日期'), mark=';', number=2)
    """
    number, first = 1, ""
    for line in lines:
        found, stated = mark_of(line)
        if stated:
            mark = found
        elif is_blank(line):
            number += 1
        else:
            first, mark = line, mark or found
            break
    try:
        cells = next(_reader_of([first], mark or ","), [])
    except csv.Error as error:
        raise InputError(f"has no header in its first line ({error}); name the columns") from None
    return Header(tuple([name.strip().lower() for name in cells]), mark or ",", number)


def is_blank(line: str) -> bool:
    """Whether a line has nothing in it, be it the first one, with a byte order mark."""
    return not line.lstrip("\ufeff").strip()


def _reader_of(lines: Iterable[str], mark: str, *, strict: bool = False) -> Iterator[list[str]]:
    """Cells of lines, as long as any text of ours may be."""
    csv.field_size_limit(_LARGEST_CELL)
    return csv.reader(lines, delimiter=mark, strict=strict)


def mark_of(first: str) -> tuple[str, bool]:
    """What stands between the cells of a table.

    Args:
        first: Its first line.

    Returns:
        The mark, and whether the line says nothing else, as Excel's `sep=;` does, and the header
        is the next one.

    >>> mark_of("id;names_tw"), mark_of("sep=;")
    ((';', False), (';', True))
    """
    if stated := _STATED.fullmatch(first):
        return stated[1], True
    return max(",\t;", key=first.count), False


def records(lines: Iterable[str], mark: str, width: int = 0) -> Iterator[list[str] | None]:
    """The rows of a table.

    Args:
        lines: The lines with their ends, as many as there are; few of them are kept.
        mark: What stands between cells.
        width: Cells of a whole row; 0 takes that of the first.

    Yields:
        The cells of each row, none of a blank line; None for a row in which a quotation mark is
        left open.
    """
    rest, ahead, most = iter(lines), deque[str](), _LONGEST
    while True:
        taken: list[str] = []
        try:
            cells = next(_reader_of(_fed(ahead, rest, taken, most), mark), None)
        except csv.Error:
            cells = []
            broken = True
        else:
            if cells is None:
                return
            # A mark left open may end with the next mark, in another row's middle.
            marks = sum(line.count('"') for line in taken)
            broken = len(taken) > 1 and (
                marks % 2 == 1
                or len(cells) != (width or len(cells))
                or (len(taken) > _LONGEST and not _closed_behind_cells(taken, mark))
            )
        if broken:
            ahead.extendleft(reversed(taken[1:]))
            most = max(_LEAST, most - len(taken) + 1)
            yield None
        else:
            most = min(_LONGEST, most + len(taken))
            width = width or len(cells)
            yield cells


def _closed_behind_cells(lines: list[str], mark: str) -> bool:
    """Whether every mark that closes has the end of its cell behind it, and is none that opens."""
    try:
        return next(_reader_of(lines, mark, strict=True), None) is not None
    except csv.Error:
        return False


def _fed(ahead: deque[str], rest: Iterator[str], taken: list[str], most: int) -> Iterator[str]:
    """The lines of one row, so many or, where its marks are odd, more; those read ahead first.

    Raises:
        csv.Error: Its end is not found.
    """
    marks = size = 0
    while len(taken) < most or (marks % 2 and size < _LARGEST_ROW):
        line = ahead.popleft() if ahead else next(rest, None)
        if line is None:
            if taken:
                # More is asked for only where a mark is open.
                break
            return
        taken.append(line)
        marks, size = marks + line.count('"'), size + len(line)
        yield line
    raise csv.Error(OPEN)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs; `as_written` gives it back.

    >>> harmless("=HYPERLINK(1)"), harmless("台積電")
    ("'=HYPERLINK(1)", '台積電')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_written(cell: str) -> str:
    """A cell without the mark that kept a spreadsheet from running it.

    >>> as_written("'=HYPERLINK(1)")
    '=HYPERLINK(1)'
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
