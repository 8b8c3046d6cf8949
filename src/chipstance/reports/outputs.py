"""Rows of a report as JSON, CSV and Parquet.

JSON keeps lists and sentences as they are. CSV and Parquet have one value in a column: an interval
becomes two columns, and the strongest sentence of each side stands with its source and day.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

from chipstance.articles.tables.separated import harmless
from chipstance.reports.sums.few import Figures

if TYPE_CHECKING:
    import pyarrow as pa

Flat = dict[str, Any]
_BOM = "\ufeff".encode()
_FLOATS = frozenset(
    {
        "net", "net_low95", "net_high95", "change", "net_before", "mean_move_pct", "stance",
        "hype_share",
    }
)  # fmt: skip
_TEXTS = frozenset({"company", "ticker", "day", "week", "topic", "publisher"})
_SENTENCE = ("text", "source", "published")


def flat(row: Figures) -> Flat:
    """One value in a column.

    Args:
        row: As `Report.rows` gives it, `for` and `against` being lists of sentences.

    >>> flat({"net_ci95": [0.1, 0.3], "before": None})
    {'net_low95': 0.1, 'net_high95': 0.3, 'net_before': None, 'stories_before': None}
    """
    result: Flat = {}
    for name, value in row.items():
        if name == "net_ci95":
            result["net_low95"], result["net_high95"] = value or (None, None)
        elif name == "before":
            earlier = value or {}
            result |= {f"{each}_before": earlier.get(each) for each in ("net", "stories")}
        elif name in ("for", "against"):
            strongest: Mapping[str, Any] = value[0] if value else {}
            result |= {f"{name}_{each}": strongest.get(each) for each in _SENTENCE}
        else:
            result[name] = value
    return result


def write_json(rows: Sequence[Figures], out: IO[bytes]) -> None:
    """Write a list of objects, UTF-8."""
    out.write(json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")


def write_csv(rows: Sequence[Figures], out: IO[bytes], *, bom: bool = False) -> None:
    """Write CSV with a head line, UTF-8; no rows make an empty file.

    Args:
        rows: The rows.
        out: Where to.
        bom: Begin with a byte order mark, by which Excel knows UTF-8.
    """
    if bom:
        out.write(_BOM)
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="", write_through=True)
    if rows:
        writer = csv.DictWriter(text, fieldnames=list(flat(rows[0])), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({name: inert(value) for name, value in flat(row).items()})
    text.detach()


def inert(value: object) -> object:
    """A cell that no spreadsheet runs or takes for the end of a row; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    return harmless(value.replace("\r\n", "\n").replace("\r", "\n"))


def write_parquet(rows: Sequence[Figures], out: IO[bytes]) -> None:
    """Write Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    flattened = [flat(row) for row in rows]
    names = list(flattened[0]) if flattened else []
    schema = pa.schema([(name, _kind(name)) for name in names])
    pq.write_table(pa.Table.from_pylist(flattened, schema=schema), out)


def _kind(name: str) -> "pa.DataType":
    import pyarrow as pa

    if name in _FLOATS:
        return pa.float64()
    if name in _TEXTS or name.startswith(("for_", "against_")):
        return pa.string()
    return pa.bool_() if name == "few" else pa.int64()
