"""Label rows to JSON Lines, CSV and Excel, to be read back as the same rows; tasks to JSON."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import IO, Any

from chipstance.articles.tables.separated import harmless
from chipstance.articles.tables.writing import write_rows
from chipstance.errors import LabelError
from chipstance.labels.company_cells import company_cell
from chipstance.labels.guide import GUIDE_LABELS
from chipstance.labels.rows import LabelRow, as_record

# What Excel holds in one cell.
_LONGEST_CELL = 32_767
_WIDTHS = {"text": 80, "companies": 30, "suggested": 40, "why": 40}


def write_jsonl(rows: Sequence[LabelRow], out: IO[bytes], tasks: Sequence[str] = ()) -> None:
    """Write rows as JSON Lines; `tasks` to be labelled have null where they are not."""
    empty = dict.fromkeys((*tasks, *(["companies"] if tasks else [])))
    write_json_lines(({**empty, **as_record(row)} for row in rows), out)


def write_csv(rows: Sequence[LabelRow], out: IO[bytes], tasks: Sequence[str] = ()) -> None:
    """Write rows as CSV with columns for `tasks` too, UTF-8 with the mark that Excel looks for."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    write_rows(([harmless(cell) for cell in row] for row in _table(rows, tasks)), text)
    text.detach()


def write_excel(rows: Sequence[LabelRow], out: IO[bytes], tasks: Sequence[str] = ()) -> None:
    """Write rows as one sheet, the labels of the guide to choose from in their columns.

    Args:
        rows: Label rows.
        out: A file open for writing.
        tasks: Columns to have though no row has such a label.

    Raises:
        LabelError: A text is longer than Excel holds, or has a character that it cannot hold.
    """
    import openpyxl
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter
    from openpyxl.utils.exceptions import IllegalCharacterError
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title, sheet.freeze_panes = "labels", "A2"
    table = _table(rows, tasks)
    header = next(table)
    places = chain(["the names of the columns"], (row.where for row in rows))
    for number, (where, cells) in enumerate(zip(places, chain([header], table), strict=True), 1):
        if max(map(len, cells)) > _LONGEST_CELL:
            raise LabelError(f"{where}: longer than Excel holds in a cell; export to csv")
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(number, column)
            try:
                cell.value = value or None
            except IllegalCharacterError:
                raise LabelError(f"{where}: a character no Excel holds; export to csv") from None
            # A text that begins with = is no formula.
            cell.data_type = "s" if value else "n"
            if number > 1:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column, name in enumerate(header, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 14)
        if name in GUIDE_LABELS:
            choice = DataValidation("list", formula1=f'"{",".join(sorted(GUIDE_LABELS[name]))}"')
            sheet.add_data_validation(choice)
            choice.add(f"{letter}2:{letter}{max(2, len(rows) + 1)}")
    # Whole, then written: `openpyxl` would go on complaining of a disk that is full.
    whole = io.BytesIO()
    book.save(whole)
    out.write(whole.getbuffer())


def _table(rows: Sequence[LabelRow], tasks: Sequence[str]) -> Iterator[list[str]]:
    """A header and the cells of each row."""
    records = [as_record(row) for row in rows]
    fields = [name for record in records for name in record]
    labels = dict.fromkeys((*tasks, *(task for row in rows for task in row.labels)))
    columns = dict.fromkeys(("article", "text", *labels, "companies", *fields))
    yield list(columns)
    for row, record in zip(rows, records, strict=True):
        cells: Mapping[str, Any] = {**record, "companies": company_cell(row.companies)}
        yield [_cell(cells.get(name)) for name in columns]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def write_json(tasks: Iterable[object], out: IO[bytes]) -> None:
    """Write objects as one JSON array, a line each, as Label Studio imports them."""
    first = True
    for task in tasks:
        out.write(b"[\n" if first else b",\n")
        out.write(json.dumps(task, ensure_ascii=False).encode())
        first = False
    out.write(b"[]\n" if first else b"\n]\n")


def write_json_lines(objects: Iterable[object], out: IO[bytes]) -> None:
    """Write objects as JSON Lines."""
    for each in objects:
        out.write(json.dumps(each, ensure_ascii=False).encode() + b"\n")


WRITERS: dict[str, Callable[[Sequence[LabelRow], IO[bytes], Sequence[str]], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "xlsx": write_excel,
}
