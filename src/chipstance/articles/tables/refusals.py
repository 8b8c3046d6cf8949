"""Files that look like articles and hold none: said of the file, before a row is read."""

import json
from contextlib import suppress
from functools import partial
from pathlib import Path

from chipstance.articles.encodings import HEAD
from chipstance.articles.tables.columns import (
    SCORED,
    Called,
    are_scored,
    check_text,
    renamed,
)
from chipstance.articles.tables.rows import json_objects, jsonl_rows, opened
from chipstance.articles.tables.separated import header_of, is_blank
from chipstance.articles.tables.whole_json import json_rows
from chipstance.errors import InputError

LINES = frozenset({".jsonl", ".ndjson"})


def check_articles(path: Path, encoding: str | None, called: Called = ()) -> None:
    """Refuse a file of scored rows, and one of JSON Lines of which none has a text.

    Args:
        path: A file of articles, by its ending.
        encoding: Its encoding, or None to have it detected.
        called: What the columns are called.

    Raises:
        InputError: There are no articles in it.
        OSError: It cannot be read.
    """
    if is_scored(path, encoding):
        raise InputError(SCORED)
    if path.suffix.lower() not in LINES:
        return
    first = None
    with opened(path, encoding) as stream:
        for _, row in json_objects(stream, lambda *_: None):
            if "text" in renamed(row, called):
                return
            first = first or row
    if first is not None:
        check_text(first, called)


def lacking(path: Path, encoding: str | None, called: Called) -> set[str]:
    """Columns beside the text that a user calls otherwise and a table does not have, by our names.

    Args:
        path: A file of articles, by its ending.
        encoding: Its encoding, or None to have it detected.
        called: What the columns are called.

    Raises:
        InputError: It cannot be read.
        OSError: It cannot be opened.
    """
    sought = {column for column, _ in called} - {"text"}
    sought -= set(renamed(first_columns(path, encoding), called))
    suffix = path.suffix.lower()
    if sought and (suffix in LINES or suffix == ".json"):
        # An object may leave out what it does not know.
        read_rows = json_rows if suffix == ".json" else jsonl_rows
        for _, row in read_rows(path, encoding, lambda *_: None, called):
            sought -= row.keys()
            if not sought:
                break
    return sought


def is_scored(path: Path, encoding: str | None = None) -> bool:
    """Whether a file holds scored rows, by its first one."""
    return are_scored(first_columns(path, encoding))


def check_first(begun: str) -> None:
    """Refuse scored rows in JSON Lines, by how they begin.

    Raises:
        InputError: The first is a scored row.
    """
    if are_scored(_names_of_object(begun)):
        raise InputError(SCORED)


def first_columns(path: Path, encoding: str | None = None) -> tuple[str, ...]:
    """The columns of a table, by its first row, as they are written; none where that is damaged.

    Args:
        path: A file of articles, by its ending.
        encoding: Its encoding, or None to have it detected.

    Raises:
        InputError: It is no text.
        OSError: It cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        import pyarrow
        import pyarrow.parquet

        try:
            return tuple(pyarrow.parquet.read_schema(path).names)
        except pyarrow.ArrowException:
            return ()
    with opened(path, encoding) as stream:
        if suffix == ".json":
            return _names_of_object(stream.read(HEAD))
        lines = iter(partial(stream.readline, HEAD), "")
        if suffix in (".csv", ".tsv"):
            return header_of(lines).names
        return _names_of_object(next((line for line in lines if not is_blank(line)), ""))


def _names_of_object(text: str) -> tuple[str, ...]:
    """The names in the first object of JSON, in lines or in a list of them."""
    begun = text.lstrip("\ufeff \t\r\n[")
    if begun.startswith("{"):
        with suppress(ValueError, RecursionError):
            return tuple(json.JSONDecoder().raw_decode(begun)[0])
    return ()
