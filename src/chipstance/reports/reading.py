"""Scored rows read back, as `classify score` wrote them: JSON Lines, CSV or Parquet.

A row that is no scored row is said in one line, and every other row is still read.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from chipstance.articles.files import check_kind, files
from chipstance.articles.parquet import parquet_records
from chipstance.articles.rows import Report, csv_rows, json_objects, jsonl_rows, rows_of_csv
from chipstance.articles.separated import as_written
from chipstance.errors import InputError
from chipstance.reports.parsing import HOW, Row, ScoredRow, parse_row

Problems = Callable[[str], None]
_Numbered = tuple[int, Row]

_JSON = frozenset({".jsonl", ".ndjson"})
_CSV = frozenset({".csv", ".tsv"})
_ENDINGS = _JSON | _CSV | {".parquet"}
_ENCODING = "utf-8"
# How CSV of scored rows and Parquet begin.
_HEADER, _PARQUET = "article,", "PAR1"


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


def _rows(file: str, report: Report) -> Iterator[_Numbered]:
    path = Path(file)
    if file != "-":
        check_kind(path)
    ending = path.suffix.lower()
    if file == "-":
        yield from _of_stdin(report)
    elif ending in _JSON:
        yield from _of_objects(jsonl_rows(path, _ENCODING, report))
    elif ending in _CSV:
        yield from _of_table(csv_rows(path, _ENCODING, report), report)
    else:
        yield from parquet_records(path)


def _of_stdin(report: Report) -> Iterator[_Numbered]:
    """The rows on standard input: JSON Lines, or CSV where the first line is its header."""
    sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")  # type: ignore[union-attr]
    first = next(sys.stdin, "")
    if first.startswith(_PARQUET):
        raise InputError("is Parquet, which cannot be read from a pipe; name the file")
    lines = chain([first], sys.stdin)
    if first.startswith(_HEADER):
        yield from _of_table(rows_of_csv(lines, report), report)
    else:
        yield from _of_objects(json_objects(lines, report))


def _of_objects(found: Iterable[tuple[int, Mapping[str, Any]]]) -> Iterator[_Numbered]:
    return ((number, dict(row)) for number, row in found)


def _of_table(
    found: Iterable[tuple[int, Mapping[str, Any]]], report: Report
) -> Iterator[_Numbered]:
    for number, cells in found:
        try:
            yield number, _of_cells(cells)
        except (ValueError, RecursionError) as error:
            report(number, f"is no scored row ({error}); {HOW}")


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
