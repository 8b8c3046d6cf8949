"""From the rows of a file to articles; a row that holds none is said, and the others are read."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from chipstance.articles.article import Article
from chipstance.articles.dates import from_cell, states_day
from chipstance.articles.encodings import is_damaged
from chipstance.articles.tables import rows
from chipstance.articles.tables.columns import Called
from chipstance.articles.tables.refusals import check_articles
from chipstance.articles.tables.whole_json import json_rows
from chipstance.articles.text import from_text
from chipstance.callbacks import RowReport, Say
from chipstance.errors import InputError


def articles_of_table(
    path: Path, encoding: str | None, called: Called, problems: Say
) -> Iterator[Article]:
    """The articles of a file of them.

    Args:
        path: A file whose ending is one of `TABLES`.
        encoding: Its encoding, or None to have it detected.
        called: What the columns are called.
        problems: Told in one line of every row that is lost.

    Raises:
        InputError: The file cannot be read at all, or has no row.
        OSError: It cannot be opened.
    """
    something = False

    def report(number: int, what: str) -> None:
        nonlocal something
        something = True
        problems(f"{path}: row {number}: {what}")

    for article in of_rows(table_rows(path, encoding, report, called), path.name, report):
        something = True
        yield article
    if not something:
        raise InputError("has no row; give a file with at least one article")


def table_rows(
    path: Path, encoding: str | None, report: RowReport, called: Called = ()
) -> Iterator[rows.Row]:
    """The rows of a file of articles, by its ending.

    Args:
        path: A file whose ending is one of `TABLES`.
        encoding: Its encoding, or None to have it detected.
        report: Told of every row that is none: its number and what to do.
        called: What the columns are called.

    Raises:
        InputError: The file cannot be read at all, or holds scored rows.
    """
    suffix = path.suffix.lower()
    if path.stat().st_size == 0:
        raise InputError("is empty; give a file with at least one article")
    check_articles(path, encoding, called)
    if suffix == ".parquet":
        return rows.parquet_rows(path, called=called)
    if suffix == ".json":
        return json_rows(path, encoding, report, called)
    read_rows = rows.csv_rows if suffix in (".csv", ".tsv") else rows.jsonl_rows
    return read_rows(path, encoding, report, called)


def of_rows(found: Iterable[rows.Row], source: str, report: RowReport) -> Iterator[Article]:
    """The articles of rows.

    Args:
        found: Numbers and cells of the rows.
        source: What stands for the publisher where a row names none.
        report: Told of every row that holds no article, or a date that cannot be read: its number
            and what to do.
    """
    for number, row in found:
        try:
            article = of_row(row, source)
        except InputError as error:
            report(number, str(error))
            continue
        written = row.get("published")
        if article.published is None and states_day(written):
            report(number, f"has a date that cannot be read ({written!s:.40}); write 2025-01-28")
        yield article


def of_row(row: Mapping[str, Any], source: str) -> Article:
    """The article of a row.

    Args:
        row: Its `text` and, where known, `title`, `published` and `source`.
        source: What stands for the publisher where the row names none.

    Raises:
        InputError: It holds no article.
    """
    text = row.get("text")
    if text is None:
        raise InputError("has no text; fill the column text")
    if not isinstance(text, str):
        raise InputError("has a text that is not a string; write it in quotation marks")
    if is_damaged(text):
        raise InputError("has a text with damaged characters; name the file's encoding")
    return from_text(
        text,
        source=source,
        publisher=_publisher(row.get("source")),
        title=_string(row.get("title")),
        published=from_cell(row.get("published")),
    )


def _publisher(value: object) -> str | None:
    """A publisher's name, which may stand in an object of its own beside an id."""
    return _string(value.get("name") if isinstance(value, Mapping) else value)


def _string(value: object) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None
