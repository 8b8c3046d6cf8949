"""Scored rows to JSON Lines, CSV and Parquet: the same fields in each.

In CSV the probabilities and the companies are JSON in their cells.
"""

import csv
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any

from chipstance.errors import ChipstanceError

Row = dict[str, Any]
_ROW_GROUP = 16384


def write_jsonl(rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write rows as JSON Lines, UTF-8."""
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


def write_csv(rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write rows as CSV, UTF-8, with a head line; no rows make an empty file."""
    import io

    text = io.TextIOWrapper(
        out, encoding="utf-8", errors="backslashreplace", newline="", write_through=True
    )
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(text, fieldnames=list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow({key: _cell(value) for key, value in row.items()})
    text.detach()


def _cell(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def write_parquet(rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write rows as Parquet, a row group at a time; probabilities are structs by label."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = iter(rows)
    group = list(islice(rows, _ROW_GROUP))
    schema = _schema(group[0] if group else {})
    with pq.ParquetWriter(out, schema) as writer:
        while group:
            writer.write_table(pa.Table.from_pylist(_encodable(group), schema=schema))
            group = list(islice(rows, _ROW_GROUP))


def _schema(row: Row):  # type: ignore[no-untyped-def]
    import pyarrow as pa

    sentiments = ("negative", "neutral", "positive", "source")
    integers, floats = {"index", "start", "end"}, {"move_pct"}
    company = pa.struct(
        [(name, pa.string()) for name in ("company", "ticker", "mention")]
        + [(name, pa.int64()) for name in ("start", "end")]
        + [("sentiment", pa.string())]
        + [("sentiment_p", pa.struct([(label, pa.float64()) for label in sentiments]))]
        + [(name, pa.float64()) for name in sorted(floats)]
        + [("via", pa.string())]
    )

    def kind(name: str, value: object):  # type: ignore[no-untyped-def]
        if name == "companies":
            return pa.list_(company)
        if isinstance(value, dict):
            return pa.struct([(label, pa.float64()) for label in value])
        return pa.int64() if name in integers else pa.string()

    return pa.schema([(name, kind(name, value)) for name, value in row.items()])


def _encodable(rows: list[Row]) -> list[Row]:
    """Lone surrogates, which Parquet cannot hold, as replacement characters."""
    return json.loads(json.dumps(rows).encode("utf-8", "replace")) if _broken(rows) else rows


def _broken(rows: list[Row]) -> bool:
    try:
        for row in rows:
            row["text"].encode()
    except UnicodeEncodeError:
        return True
    return False


WRITERS: dict[str, Callable[[Iterable[Row], IO[bytes]], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
}


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing beside its place; it is renamed there when all went well.

    Args:
        path: Where the file is to be; what is there stays until then.

    Raises:
        ChipstanceError: The folder cannot be written, or the disk is full.
    """
    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as out:
            yield out
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except OSError as error:
        raise ChipstanceError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
