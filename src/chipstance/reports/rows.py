"""Scored rows to JSON Lines, CSV and Parquet: the same fields in each.

In CSV the probabilities and the companies are JSON in their cells.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from chipstance.errors import ChipstanceError
from chipstance.models.scored import COMPANY_FIELDS

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
_ROW_GROUP = 16384
# For a file in which no company is named.
_SENTIMENTS = ("negative", "neutral", "positive", "source")


def write_jsonl(rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write rows as JSON Lines, UTF-8."""
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")


def write_csv(rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write rows as CSV, UTF-8, with a head line; no rows make an empty file."""
    import csv
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
    schema = _schema(group)
    with pq.ParquetWriter(out, schema) as writer:
        while group:
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            group = list(islice(rows, _ROW_GROUP))


def _schema(rows: Sequence[Row]) -> "pa.Schema":
    import pyarrow as pa

    def probabilities(labels: Iterable[str]) -> "pa.DataType":
        return pa.struct([(label, pa.float64()) for label in labels])

    companies = [company for row in rows for company in row["companies"]]
    known = next((each["sentiment_p"] for each in companies if each["sentiment_p"]), _SENTIMENTS)
    kinds = dict.fromkeys(("index", "start", "end", "relevance"), pa.int64())
    kinds |= dict.fromkeys(("move_pct", "novelty"), pa.float64())
    company = pa.struct(
        [
            (name, probabilities(known) if name == "sentiment_p" else kinds.get(name, pa.string()))
            for name in (companies[0] if companies else COMPANY_FIELDS)
        ]
    )

    def kind(name: str, value: object) -> "pa.DataType":
        if name == "companies":
            return pa.list_(company)
        if isinstance(value, dict):
            return probabilities(value)
        return kinds.get(name, pa.string())

    return pa.schema([(name, kind(name, value)) for name, value in rows[0].items()] if rows else [])


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
    import tempfile

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
