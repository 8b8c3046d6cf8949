"""Articles in JSON that is no lines: an object, or an array of objects, read whole."""

import json
from collections.abc import Iterator
from pathlib import Path

from chipstance.articles.encodings import decode
from chipstance.articles.tables.columns import SCORED, Called, are_scored, check_text, renamed
from chipstance.articles.tables.rows import Row, articles_of_json, as_ours
from chipstance.callbacks import RowReport
from chipstance.errors import InputError

# Bytes of a file; the memory that reading takes is some times as much.
_LARGEST = 64 * 2**20


def json_rows(
    path: Path, encoding: str | None, report: RowReport, called: Called = ()
) -> Iterator[Row]:
    """The rows of a JSON file: an object, or an array of objects; see `jsonl_rows`.

    Raises:
        InputError: It is no JSON or too large, or none of its objects has a text.
    """
    if path.stat().st_size > _LARGEST:
        raise InputError(
            f"is larger than {_LARGEST // 2**20} MB, and JSON is read whole; write an object"
            " a line into a .jsonl file"
        )
    yield from rows_of_json(decode(path.read_bytes(), encoding=encoding), report, called)


def rows_of_json(text: str, report: RowReport, called: Called = ()) -> Iterator[Row]:
    """The rows of JSON that is one value; see `json_rows`."""
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else "cannot be read"
        if what == "Extra data":
            # Lines of JSON, for all that the file is called otherwise.
            yield from articles_of_json(text.split("\n"), report, called)
            return
        line = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"is not JSON ({what}{line}); mend the file") from None
    rows = found if isinstance(found, list) else [found]
    objects = [row for row in rows if isinstance(row, dict)]
    if objects and are_scored(objects[0]):
        raise InputError(SCORED)
    if objects and not any("text" in renamed(row, called) for row in objects):
        check_text(objects[0], called)
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):
            yield number, as_ours(row, called)
        else:
            report(number, 'is not an object; write {"text": "…"}')
