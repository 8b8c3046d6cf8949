"""Scored rows read back, as `classify score` wrote them: JSON Lines, CSV or Parquet.

A row that is no scored row is said in one line, and every other row is still read.
"""

import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from operator import index
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from chipstance.articles.reading import check_kind, files
from chipstance.articles.rows import csv_rows, json_objects, jsonl_rows
from chipstance.articles.separated import as_written
from chipstance.errors import InputError

Problems = Callable[[str], None]
Row = dict[str, Any]

_JSON = frozenset({".jsonl", ".ndjson"})
_CSV = frozenset({".csv", ".tsv"})
_ENDINGS = _JSON | _CSV | {".parquet"}
_ROWS_AT_ONCE = 2048
_ENCODING = "utf-8"
# A spreadsheet may have saved the file in another encoding.
_MOST_BROKEN = 0.2
_YEARS = range(1900, 2200)
_HOW = "give rows as `classify score` writes them"


class RowMention(NamedTuple):
    """One company of a scored row; probabilities are 0 where the model gave none.

    `start` and `end` count characters of the row's text; both are -1 where they lie outside it.
    """

    company: str
    ticker: str | None
    mention: str
    start: int
    end: int
    sentiment: str | None
    positive: float
    negative: float
    neutral: float
    source: float
    move_pct: float | None


class ScoredRow(NamedTuple):
    """What a report needs of a scored row; probabilities are 0 where the model gave none."""

    article: str
    source: str | None
    title: str | None
    published: str | None
    model: str
    number: int
    text: str
    stance: str | None
    bullish: float
    bearish: float
    stance_confidence: float
    topic: str | None
    hype: str | None
    hype_p: float
    hype_confidence: float
    companies: list[RowMention]


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
                problems(f"{path}: no .jsonl, .csv or .parquet file in it; {_HOW}")
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
                report(number, f"is no scored row ({error}); {_HOW}")
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
        raise InputError(f"is not a Parquet file that can be read ({what}); {_HOW}") from None


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


def parse_row(row: Row) -> ScoredRow:
    """Make a scored row of a decoded one.

    Args:
        row: With the fields that `classify score` gives.

    Raises:
        InputError: A field is missing or of another kind; the message names it.
    """
    try:
        article, text, number = row["article"], row["text"], row["index"]
        named = row["companies"]
    except KeyError as error:
        raise InputError(f"is no scored row (no field {error.args[0]}); {_HOW}") from None
    if not isinstance(article, str) or not isinstance(text, str) or not article:
        raise InputError(f"is no scored row (article and text must be strings); {_HOW}")
    if text.count("\ufffd") > _MOST_BROKEN * len(text):
        raise InputError("is not in UTF-8; save the file as UTF-8")
    if not isinstance(number, int) or not 0 <= number < 2**31:
        raise InputError(f"is no scored row (index is no number from 0); {_HOW}")
    if not isinstance(named, list):
        raise InputError(f"is no scored row (companies is no list); {_HOW}")
    try:
        return _parsed(row, whole(article), whole(text), number, named)
    except (TypeError, ValueError, AttributeError, KeyError, OverflowError):
        raise InputError(f"has a field of another kind than a scored row's; {_HOW}") from None


def _parsed(row: Row, article: str, text: str, number: int, named: list[Row]) -> ScoredRow:
    get = row.get
    stance_p, hype_p = get("stance_p") or {}, get("hype_p") or {}
    offset = index(get("start") or 0)
    return ScoredRow(
        article,
        _string(get("source")),
        _string(get("title")),
        _day(get("published")),
        _string(get("model")) or "",
        number,
        text,
        _string(get("stance")),
        _share(stance_p, "bullish"),
        _share(stance_p, "bearish"),
        _share(stance_p, get("stance")),
        _string(get("topic")),
        _string(get("hype")),
        _share(hype_p, "hype"),
        _share(hype_p, get("hype")),
        [_mention(each, offset, len(text)) for each in named],
    )


def _mention(row: Row, offset: int, length: int) -> RowMention:
    p = row.get("sentiment_p") or {}
    start, end = (
        -1 if place is None else index(place) - offset
        for place in (row.get("start"), row.get("end"))
    )
    if not 0 <= start < end <= length:
        # Places count characters of the file, of which cleaning may have dropped some here.
        start = end = -1
    return RowMention(
        _string(row["company"]) or _refused(),
        _string(row.get("ticker")),
        _string(row.get("mention")) or "",
        start,
        end,
        _string(row.get("sentiment")),
        _share(p, "positive"),
        _share(p, "negative"),
        _share(p, "neutral"),
        _share(p, "source"),
        _move(row.get("move_pct")),
    )


def _refused() -> NoReturn:
    raise ValueError


def _move(value: Any) -> float | None:
    """Percent; NaN, by which some writers say that there is none, is none."""
    if value is None or math.isnan(value):
        return None
    return float(value) if math.isfinite(value) else _refused()


def _string(value: object) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise TypeError
    return whole(value)


def whole(text: str) -> str:
    r"""A text without lone surrogates, which JSON can hold and no file.

    >>> whole("晶\ud800片")
    '晶?片'
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


def _share(p: Mapping[str | None, Any], label: str | None) -> float:
    """A probability; a label that is not there has none."""
    value = p.get(label)
    if value is None:
        return 0.0
    if not 0 <= value <= 1:
        raise ValueError
    return float(value)


def _day(value: object) -> str | None:
    written = value.isoformat() if isinstance(value, date) else _string(value)
    if written is None:
        return None
    day = date.fromisoformat(written[:10])
    # What is outside can have no week or month around it, and is no day of a newspaper.
    return day.isoformat() if day.year in _YEARS else _refused()
