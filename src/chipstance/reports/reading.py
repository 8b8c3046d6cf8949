"""Scored rows read back, as `classify score` wrote them: JSON Lines, CSV or Parquet.

A row that is no scored row is said in one line, and every other row is still read.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from chipstance.articles.reading import check_kind, files
from chipstance.articles.rows import csv_rows, json_objects, jsonl_rows
from chipstance.articles.separated import as_written
from chipstance.errors import InputError
from chipstance.reports.parsing import HOW, Row, ScoredRow, parse_row

Problems = Callable[[str], None]

_JSON = frozenset({".jsonl", ".ndjson"})
_CSV = frozenset({".csv", ".tsv"})
_ENDINGS = _JSON | _CSV | {".parquet"}
_ROWS_AT_ONCE = 2048
_ENCODING = "utf-8"


def scored_files(paths: Iterable[str], problems: Problems) -> list[str]:
    """The files of scored rows that paths name, each once and in the order of their names.

    Args:
        paths: `.jsonl`, `.csv` and `.parquet` files, folders of them, or `-` for standard input.
        problems: Told in one line of every path that holds none.
    """
    found: set[str] = set()
    for path in paths:
        if path == "-":
            found.add(path)
        elif Path(path).is_dir():
            inside = set(_inside(Path(path), problems))
            if not inside:
                problems(f"{path}: no .jsonl, .csv or .parquet file in it; {HOW}")
            found |= inside
        elif not Path(path).exists():
            problems(f"{path}: no such file; check the name")
        elif Path(path).suffix.lower() not in _ENDINGS:
            problems(f"{path}: scored rows are read from .jsonl, .csv and .parquet")
        else:
            found.add(path)
    return sorted(found)


def _inside(folder: Path, problems: Problems) -> Iterator[str]:
    for path in files(folder):
        if path.suffix.lower() in _ENDINGS and path.is_file():
            yield str(path)
        elif path.is_dir():
            problems(f"{path}: cannot be looked into; check its permissions")


def scored_rows(files: Iterable[str], problems: Problems) -> Iterator[tuple[ScoredRow, Row]]:
    """Read the rows of files as a stream.

    Args:
        files: As `scored_files` gives them.
        problems: Told in one line of every row, and every file, that cannot be read.

    Yields:
        Each row parsed, and the same row as it stands in the file.
    """
    for file in files:

        def report(number: int, what: str, file: str = file) -> None:
            problems(f"{file}: row {number}: {what}")

        try:
            for number, row in _rows(file, report):
                try:
                    yield parse_row(row), row
                except InputError as error:
                    report(number, str(error))
        except InputError as error:
            problems(f"{file}: {error}")
        except OSError as error:
            problems(f"{file}: cannot be read: {error.strerror}")


def _rows(file: str, report: Callable[[int, str], None]) -> Iterator[tuple[int, Row]]:
    path = Path(file)
    if file != "-":
        check_kind(path)
    ending = path.suffix.lower()
    if file == "-":
        for number, row in json_objects(_stdin(), report):
            yield number, dict(row)
    elif ending in _JSON:
        for number, row in jsonl_rows(path, _ENCODING, report):
            yield number, dict(row)
    elif ending in _CSV:
        for number, cells in csv_rows(path, _ENCODING, report):
            try:
                yield number, _of_cells(cells)
            except (ValueError, RecursionError) as error:
                report(number, f"is no scored row ({error}); {HOW}")
    else:
        yield from _parquet_rows(path)


def _stdin() -> Any:
    sys.stdin.reconfigure(encoding=_ENCODING, errors="replace")  # type: ignore[union-attr]
    return sys.stdin


def _parquet_rows(path: Path) -> Iterator[tuple[int, Row]]:
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except pyarrow.ArrowException as error:
        what = str(error).splitlines()[0][:100]
        raise InputError(f"is not a Parquet file that can be read ({what}); {HOW}") from None


def _of_cells(cells: Mapping[str, Any]) -> Row:
    """A row of the cells of a CSV file, in which probabilities and companies are JSON."""
    row: Row = {}
    for name, cell in cells.items():
        if cell == "" and name != "model":
            row[name] = None
        elif name == "companies" or name.endswith("_p"):
            row[name] = json.loads(cell)
        elif name in ("index", "start", "end"):
            row[name] = int(cell)
        else:
            row[name] = as_written(cell)
    return row
