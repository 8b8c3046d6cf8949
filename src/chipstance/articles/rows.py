"""Files of articles: JSON Lines, CSV and Parquet, one article a row, read as a stream."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from chipstance.articles.encodings import HEAD, codec, detect
from chipstance.articles.parquet import parquet_records
from chipstance.articles.separated import OPEN, mark_of, records
from chipstance.errors import InputError

COLUMNS = ("text", "title", "published", "source")
# What exports of archives call them, the likeliest first.
_CALLED = {
    "text": "content body 內文 内文 正文 全文 內容 内容 新聞內容 新闻内容 文章",
    "title": "headline 標題 标题 新聞標題 新闻标题 題目 题目",
    "published": (
        "date datetime published_at publish_date publish_time pubdate 日期 發布日期 发布日期"
        " 發佈日期 刊登日期 發布時間 发布时间 發佈時間 時間 时间"
    ),
    "source": "publisher media 來源 来源 新聞來源 新闻来源 媒體 媒体",
}
Row = tuple[int, Mapping[str, Any]]
Report = Callable[[int, str], None]

# Columns that together only rows have which were scored.
_SCORED = frozenset({"article", "index", "start", "end", "text"})


def jsonl_rows(path: Path, encoding: str | None, report: Report) -> Iterator[Row]:
    """The objects of a JSON Lines file.

    Args:
        path: The file.
        encoding: Its encoding, or None to have it detected.
        report: Told of every row that is no object: its number and what to do.

    Yields:
        Number of the line, from 1, and the object.
    """
    with opened(path, encoding) as stream:
        yield from articles_of_json(stream, report)


def articles_of_json(stream: Iterable[str], report: Report) -> Iterator[Row]:
    """The objects of lines of JSON, their columns called as ours; see `jsonl_rows`."""
    for number, row in json_objects(stream, report):
        ours = _ours(tuple(row))
        yield number, {ours.get(name, name): row[name] for name in row} if ours else row


def json_objects(stream: Iterable[str], report: Report) -> Iterator[Row]:
    """The objects of lines of JSON as they are; see `jsonl_rows`."""
    for number, line in enumerate(stream, 1):
        if not line.strip("\ufeff \t\r\n"):
            continue
        try:
            row = json.loads(line.lstrip("\ufeff"))
        except (ValueError, RecursionError) as error:
            what = error.msg if isinstance(error, json.JSONDecodeError) else "cannot be read"
            report(number, f"is not JSON ({what}); mend the line")
            continue
        if isinstance(row, dict):
            yield number, row
        else:
            report(number, 'is not an object; write {"text": "…"}')


def csv_rows(path: Path, encoding: str | None, report: Report) -> Iterator[Row]:
    """The rows of a CSV file with a header; tabs and semicolons separate as well as commas.

    Args:
        path: The file.
        encoding: Its encoding, or None to have it detected.
        report: Told of every row that does not fit the header: its number and what to do.

    Yields:
        Number of the row, the header being 1, and its cells by column.

    Raises:
        InputError: There is no column `text`.
    """
    with opened(path, encoding) as stream:
        yield from rows_of_csv(stream, report, "\t" if path.suffix.lower() == ".tsv" else None)


def rows_of_csv(stream: Iterator[str], report: Report, mark: str | None = None) -> Iterator[Row]:
    """The rows of lines of CSV, the header first; see `csv_rows`.

    Args:
        stream: The lines.
        report: As for `csv_rows`.
        mark: What separates cells; None for what separates those of the header.
    """
    first = next(stream, "")
    found, stated = mark_of(first)
    if stated:
        first = next(stream, "")
    mark = found if stated or mark is None else mark
    written = _names(first, mark)
    ours = _ours(written)
    header = [ours.get(name, name) for name in written]
    _check_columns(header)
    for number, cells in enumerate(records(stream, mark, len(header)), 2):
        if cells is None:
            report(number, OPEN)
        elif len(cells) > len(header):
            report(number, f"has {len(cells)} cells, the header {len(header)}; quote the text")
        elif cells:
            yield number, dict(zip(header, cells, strict=False))


def is_header(line: str) -> bool:
    """Whether a line names the columns of a table with the text of articles in it.

    >>> is_header("標題,內文"), is_header("text"), is_header("內文如下,請看")
    (True, False, False)
    """
    names = _names(line, mark_of(line)[0])
    return len(names) > 1 and "text" in {*names, *_ours(names).values()}


def _names(header: str, mark: str) -> tuple[str, ...]:
    """The columns that a header names."""
    cells = next(csv.reader([header], delimiter=mark), [])
    return tuple([name.strip().lower() for name in cells])


def parquet_rows(path: Path, groups: Sequence[int] | None = None) -> Iterator[Row]:
    """The rows of a Parquet file, a few hundred in memory at a time.

    Args:
        path: The file.
        groups: Numbers of the row groups to read, ascending; all by default.

    Yields:
        Number of the row in the file, from 1, and its values by column.

    Raises:
        InputError: It is no Parquet file, or there is no column `text`.
    """
    for number, row in parquet_records(path, _readable, groups):
        ours = _ours(tuple(row))
        yield number, {ours.get(name, name): row[name] for name in row}


def _readable(names: list[str]) -> list[str]:
    """The columns of a table that are read."""
    ours = _ours(tuple(names))
    found = [name for name in names if ours.get(name, name) in COLUMNS]
    _check_columns([ours.get(name, name) for name in found])
    return found


@lru_cache(maxsize=16)
def _ours(names: tuple[str, ...]) -> Mapping[str, str]:
    """What columns that are called otherwise are to us, one for each that is missing.

    >>> _ours(("標題", "內容", "內文", "source", "來源"))
    {'內文': 'text', '標題': 'title'}
    """
    ours = {}
    for column, called in _CALLED.items():
        known = [name for name in called.split() if name in names]
        if known and column not in names:
            ours[known[0]] = column
    return ours


def _check_columns(names: list[str]) -> None:
    if "text" not in names:
        raise InputError(
            "has no column named text (or content, 內文, 正文, 內容); call the column of the"
            " articles text (title, published and source may stand beside it)"
        )
    for name in COLUMNS:
        if names.count(name) > 1:
            raise InputError(f"has two columns named {name!r}; rename or delete one")


def check_unscored(path: Path, encoding: str | None) -> None:
    """Refuse a file of scored rows, whose sentences are no articles.

    Args:
        path: A file of articles, by its ending.
        encoding: Its encoding, or None to have it detected.

    Raises:
        InputError: It holds scored rows.
        OSError: It cannot be read.
    """
    if is_scored(path, encoding):
        raise InputError("holds scored rows and no articles; give it to `classify report`")


def is_scored(path: Path, encoding: str | None = None) -> bool:
    """Whether a file holds scored rows; see `check_unscored`."""
    return _SCORED.issubset(_columns(path, encoding))


def _columns(path: Path, encoding: str | None) -> frozenset[str]:
    """The columns of the first row, as they are written; none where that is damaged."""
    if path.suffix.lower() == ".parquet":
        import pyarrow
        import pyarrow.parquet

        try:
            return frozenset(pyarrow.parquet.read_schema(path).names)
        except pyarrow.ArrowException:
            return frozenset()
    with opened(path, encoding) as stream:
        first = stream.readline(HEAD)
    if path.suffix.lower() in (".csv", ".tsv"):
        return frozenset(_names(first, mark_of(first)[0]))
    rows = json_objects([first], lambda *_: None)
    return frozenset(name for _, row in rows for name in row)


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
