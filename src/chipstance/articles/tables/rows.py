"""Files of articles: JSON Lines, CSV and Parquet, one article a row, read as a stream."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from chipstance.articles.encodings import HEAD, codec, detect
from chipstance.articles.tables.columns import (
    COLUMNS,
    Called,
    check_text,
    renamed,
)
from chipstance.articles.tables.parquet import parquet_records
from chipstance.articles.tables.separated import OPEN, header_of, is_blank, records
from chipstance.callbacks import RowReport
from chipstance.errors import InputError

Row = tuple[int, Mapping[str, Any]]


def jsonl_rows(
    path: Path, encoding: str | None, report: RowReport, called: Called = ()
) -> Iterator[Row]:
    """The objects of a JSON Lines file.

    Args:
        path: The file.
        encoding: Its encoding, or None to have it detected.
        report: Told of every row that is no object: its number and what to do.
        called: What the columns are called.

    Yields:
        Number of the line, from 1, and the object.
    """
    with opened(path, encoding) as stream:
        yield from articles_of_json(stream, report, called)


def articles_of_json(
    stream: Iterable[str], report: RowReport, called: Called = ()
) -> Iterator[Row]:
    """The objects of lines of JSON, their columns called as ours; see `jsonl_rows`."""
    for number, row in json_objects(stream, report):
        yield number, as_ours(row, called)


def as_ours(row: Mapping[str, Any], called: Called) -> Mapping[str, Any]:
    """A row whose columns are called as ours."""
    return dict(zip(renamed(row, called), row.values(), strict=True))


def json_objects(stream: Iterable[str], report: RowReport) -> Iterator[Row]:
    """The objects of lines of JSON as they are; see `jsonl_rows`."""
    for number, line in enumerate(stream, 1):
        if is_blank(line):
            continue
        try:
            row = json.loads(line.lstrip("\ufeff"))
        except (ValueError, RecursionError) as error:
            what = error.msg if isinstance(error, json.JSONDecodeError) else "cannot be read"
            report(number, f"is not JSON ({what}); mend the line")
            continue
        if isinstance(row, dict):
            yield number, row
        elif isinstance(row, list) and row and isinstance(row[0], dict):
            report(number, "is not an object but a list of them; call the file .json")
        else:
            report(number, 'is not an object; write {"text": "…"}')


def csv_rows(
    path: Path, encoding: str | None, report: RowReport, called: Called = ()
) -> Iterator[Row]:
    """The rows of a CSV file with a header; tabs and semicolons separate as well as commas.

    Args:
        path: The file.
        encoding: Its encoding, or None to have it detected.
        report: Told of every row that does not fit the header: its number and what to do.
        called: What the columns are called.

    Yields:
        Number of the row, the header being 1 where no blank line is above it, and its cells by
        column.

    Raises:
        InputError: There is no column `text`.
    """
    with opened(path, encoding) as stream:
        mark = "\t" if path.suffix.lower() == ".tsv" else None
        yield from rows_of_csv(stream, report, mark, called)


def rows_of_csv(
    stream: Iterator[str], report: RowReport, mark: str | None = None, called: Called = ()
) -> Iterator[Row]:
    """The rows of lines of CSV, the header first; see `csv_rows`.

    Args:
        stream: The lines.
        report: As for `csv_rows`.
        mark: What separates cells; None for what separates those of the header.
        called: What the columns are called.
    """
    written, mark, row = header_of(stream, mark)
    _check_columns(written, called)
    header = renamed(written, called)
    for number, cells in enumerate(records(stream, mark, len(header)), row + 1):
        if cells is None:
            report(number, OPEN)
        elif len(cells) > len(header):
            report(number, f"has {len(cells)} cells, the header {len(header)}; quote the text")
        elif cells:
            yield number, dict(zip(header, cells, strict=False))


def parquet_rows(
    path: Path, groups: Sequence[int] | None = None, called: Called = ()
) -> Iterator[Row]:
    """The rows of a Parquet file, a few hundred in memory at a time.

    Args:
        path: The file.
        groups: Numbers of the row groups to read, ascending; all by default.
        called: What the columns are called.

    Yields:
        Number of the row in the file, from 1, and its values by column.

    Raises:
        InputError: It is no Parquet file, or there is no column `text`.
    """
    for number, row in parquet_records(path, partial(_readable, called=called), groups):
        yield number, as_ours(row, called)


def _readable(names: list[str], *, called: Called) -> list[str]:
    """The columns of a table that are read."""
    _check_columns(names, called)
    mapped = zip(names, renamed(names, called), strict=True)
    return [name for name, column in mapped if column in COLUMNS]


def _check_columns(written: Sequence[str], called: Called) -> None:
    check_text(written, called)
    names = renamed(written, called)
    for name in COLUMNS:
        if names.count(name) > 1:
            raise InputError(f"has two columns named {name!r}; rename or delete one")


def opened(path: Path, encoding: str | None) -> io.TextIOWrapper:
    """The file as a stream of text; damaged bytes become U+FFFD.

    Args:
        path: The file.
        encoding: Its encoding, or None to have it detected.

    Raises:
        InputError: It is no text.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    name = codec(encoding) if encoding else detect(head)
    if name == "utf-8":
        name = "utf-8-sig"
    newline = "" if path.suffix.lower() in (".csv", ".tsv") else "\n"
    stream = path.open(encoding=name, errors="replace", newline=newline)
    # The codecs that name a byte order leave the mark in the text.
    if name.startswith(("utf-16-", "utf-32-")) and stream.read(1) != "\ufeff":
        stream.seek(0)
    return stream
