"""Scored rows read back, as `classify score` wrote them: JSON Lines, CSV or Parquet.

A row that is no scored row is said in one line, and every other row is still read.
"""

import io
import json
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, cast

from chipstance.articles.files import check_kind, files
from chipstance.articles.tables.parquet import parquet_records
from chipstance.articles.tables.rows import json_objects, opened, rows_of_csv
from chipstance.articles.tables.separated import as_written
from chipstance.callbacks import Progress, RowReport, Say, unwatched
from chipstance.errors import InputError
from chipstance.reports.rows.parsing import HOW, Row, ScoredRow, no_scored_row, parse_row

_Numbered = tuple[int, Row]

_JSON = frozenset({".jsonl", ".ndjson"})
_CSV = frozenset({".csv", ".tsv"})
_ENDINGS = _JSON | _CSV | {".parquet"}
_ENCODING = "utf-8"
# Rows from which on it is the file that is wrong.
_FIRST_FEW = 3
# How CSV of scored rows and Parquet begin.
_HEADER, _PARQUET = "article,", "PAR1"


def scored_files(paths: Iterable[str], problems: Say) -> list[str]:
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


def _inside(folder: Path, problems: Say) -> Iterator[str]:
    for path in files(folder):
        if path.suffix.lower() in _ENDINGS and path.is_file():
            yield str(path)
        elif path.is_dir():
            problems(f"{path}: cannot be looked into; check its permissions")


def scored_rows(
    files: Iterable[str], problems: Say, progress: Progress = unwatched
) -> Iterator[tuple[ScoredRow, Row]]:
    """Read the rows of files as a stream.

    Args:
        files: As `scored_files` gives them.
        problems: Told in one line of every row, and every file, that cannot be read; what refuses
            the first rows of a file is said once, with how many rows it refuses.
        progress: Told of all bytes of the files in the end, of standard input of none.

    Yields:
        Each row parsed, and the same row as it stands in the file.
    """
    for file in files:
        refused = _Refused(file, problems)
        try:
            for number, row in _rows(file, refused, progress):
                try:
                    parsed = parse_row(row)
                except InputError as error:
                    refused(number, str(error))
                else:
                    refused.one_is_read()
                    yield parsed, row
        except InputError as error:
            problems(f"{file}: {error}")
        except OSError as error:
            problems(f"{file}: cannot be read: {error.strerror}")
        refused.finish()


class _Refused:
    """Complaints about rows of a file: a line for each, but one in all for what is wrong with all.

    That is what refuses a few rows before the first one is read.
    """

    def __init__(self, file: str, problems: Say) -> None:
        self._file, self._problems = file, problems
        self._rows: dict[str, list[int]] = {}
        self._counts: Counter[str] = Counter()
        self._some_read = False

    def __call__(self, number: int, why: str) -> None:
        if self._some_read and why not in self._rows:
            self._say(f"row {number}", why)
            return
        self._counts[why] += 1
        rows = self._rows.setdefault(why, [])
        if len(rows) < _FIRST_FEW:
            rows.append(number)

    def one_is_read(self) -> None:
        if self._some_read:
            return
        self._some_read = True
        few = {why: rows for why, rows in self._rows.items() if len(rows) < _FIRST_FEW}
        for number, why in sorted((each, why) for why, rows in few.items() for each in rows):
            self._say(f"row {number}", why)
            self._rows.pop(why, None)

    def finish(self) -> None:
        self.one_is_read()
        for why, rows in self._rows.items():
            self._say(f"row {rows[0]} and {self._counts[why] - 1:,} more", why)

    def _say(self, where: str, why: str) -> None:
        self._problems(f"{self._file}: {where}: {why}")


def _rows(file: str, report: RowReport, progress: Progress) -> Iterator[_Numbered]:
    path = Path(file)
    if file != "-":
        check_kind(path)
    ending = path.suffix.lower()
    if file == "-":
        yield from _of_stdin(report)
    elif ending in _JSON:
        with opened(path, _encoding(path)) as stream:
            yield from _of_objects(json_objects(_watched(stream, progress), report))
    elif ending in _CSV:
        with opened(path, _encoding(path)) as stream:
            yield from _of_table(rows_of_csv(_watched(stream, progress), report), report)
    else:
        yield from parquet_records(path)
        progress(path.stat().st_size)


def _encoding(path: Path) -> str | None:
    """That in which `score` writes, or none where a spreadsheet saved the rows in another."""
    with path.open("rb") as file:
        return None if file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE) else _ENCODING


def _watched(stream: io.TextIOWrapper, progress: Progress) -> Iterator[str]:
    done, file = 0, cast(io.BufferedReader, stream.buffer)
    for line in stream:
        yield line
        read = file.tell()
        if read > done:
            progress(read - done)
            done = read


def _of_stdin(report: RowReport) -> Iterator[_Numbered]:
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
    found: Iterable[tuple[int, Mapping[str, Any]]], report: RowReport
) -> Iterator[_Numbered]:
    for number, cells in found:
        try:
            yield number, {name: _of_cell(name, cell) for name, cell in cells.items()}
        except InputError as error:
            report(number, str(error))


def _of_cell(name: str, cell: str) -> Any:
    """A value of a cell of a CSV file, in which probabilities and companies are JSON."""
    if cell == "" and name not in ("model", "text"):
        return None
    if name == "companies" or name.endswith("_p"):
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            raise no_scored_row(f"{name} is no JSON") from None
    if name in ("index", "start", "end"):
        try:
            return int(cell)
        except ValueError:
            raise no_scored_row(f"{name} is no whole number") from None
    return as_written(cell)
