"""Records of a file of any kind: JSON Lines, CSV, TSV, Excel and Parquet, as decoded values.

What the columns mean is for `columns` to say.
"""

import codecs
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from chipstance.articles.encodings import HEAD
from chipstance.articles.files import check_kind
from chipstance.articles.tables.parquet import parquet_records
from chipstance.articles.tables.plain import plain
from chipstance.articles.tables.rows import json_objects, opened
from chipstance.callbacks import RowReport
from chipstance.errors import InputError, LabelError
from chipstance.labels.separated import check_header
from chipstance.labels.separated import records as separated

# Number of the row as people count it, and its values by column.
Record = tuple[int, dict[str, Any]]
# Bytes, of a file or of what is packed in it: labels of ten million sentences.
_LARGEST = 1 << 31
_LARGEST_UNPACKED = 1 << 28


def read_records(path: Path, report: RowReport) -> list[Record]:
    """Read every record of one file.

    Args:
        path: A file whose ending is in `READERS`.
        report: Told of each row that is broken: its number and what to do.

    Returns:
        Number of the row (in a table the header is row 1) and its values by column.

    Raises:
        LabelError: The file cannot be read at all.
    """
    try:
        check_kind(path)
        if path.stat().st_size > _LARGEST:
            raise InputError("is larger than any label file this version reads; part it")
        return list(READERS[path.suffix.lower()](path, report))
    except InputError as error:
        raise LabelError(f"{path}: {error}") from error
    except (OSError, UnicodeError, MemoryError) as error:
        raise LabelError(f"{path}: cannot be read: {error}") from error


def unread_sheets(path: Path) -> str:
    """What to say of a file in which no labels were found: nothing, or that it has more sheets."""
    if path.suffix.lower() != ".xlsx":
        return ""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    first, *others = book.sheetnames
    book.close()
    return f"; only its first sheet, {first!r}, is read, so put the labels there" if others else ""


def encoding_of(path: Path) -> str | None:
    """`utf-8` where the file is valid UTF-8, else None: to be detected.

    Label files may be in any language, and detection knows Chinese alone.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return None
    return None if b"\0" in head else "utf-8"


def _json_lines(path: Path, report: RowReport) -> Iterator[Record]:
    with opened(path, encoding_of(path)) as stream:
        for number, row in json_objects(stream, report):
            yield number, dict(row)


def _separated(path: Path, report: RowReport) -> Iterator[Record]:
    with opened(path, encoding_of(path)) as stream:
        yield from separated(stream.readlines(), report)


def _excel(path: Path, report: RowReport) -> Iterator[Record]:
    import openpyxl

    try:
        with ZipFile(path) as archive:
            if sum(each.file_size for each in archive.infolist()) > _LARGEST_UNPACKED:
                raise InputError("unpacks to more than any workbook of labels; save it as CSV")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # The size that a file states is wrong in many that no Excel wrote.
        sheet.reset_dimensions()
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        book.close()
    except (OSError, InputError):
        raise
    except Exception as error:
        # openpyxl lets through whatever its parsers raise on a damaged file.
        raise InputError("is no .xlsx file that can be read; save it anew as .xlsx") from error
    filled = [
        (number, row)
        for number, row in enumerate(rows, 1)
        if any(cell not in (None, "") for cell in row)
    ]
    if not filled:
        return
    header = [str(name).strip() if name is not None else "" for name in filled[0][1]]
    check_header(header)
    for number, row in filled[1:]:
        yield number, {name: plain(cell) for name, cell in zip(header, row, strict=False) if name}


def _parquet(path: Path, report: RowReport) -> Iterator[Record]:
    for number, row in parquet_records(path, _checked):
        yield number, plain(row)


def _checked(names: list[str]) -> list[str]:
    check_header(names)
    return names


READERS: dict[str, Callable[[Path, RowReport], Iterator[Record]]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".csv": _separated,
    ".tsv": _separated,
    ".xlsx": _excel,
    ".parquet": _parquet,
}
ENDINGS = ", ".join(ending for ending in READERS if ending != ".ndjson")
