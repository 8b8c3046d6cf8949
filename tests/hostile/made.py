"""Files of the cases: what stands in `cases/*.jsonl` about an input, made into one.

A file is written as one of

    "text"                                   in UTF-8; a lone surrogate becomes its three bytes
    {"bytes": "\\u00ff…"}                    a byte for each character, so U+00FF is 0xFF
    {"text": "…", "in": "big5", "cut": 1}    in an encoding, less some bytes at the end
    {"text": "…", "times": 9, "head": "…", "tail": "…"}    one text many times over
    {"json": …, "deep": 9}                   a JSON value, inside so many lists
    {"parquet": {"column": [values]}}, {"xlsx": [[cells]]}, {"zip": {"name": "text"}}
    {"link": "target"}, {"fifo": true}, {"folder": true}
"""

import io
import json
import os
import zipfile
from pathlib import Path
from typing import Any


def make(path: Path, what: Any) -> None:
    """Make one file as a case describes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not isinstance(what, dict):
        path.write_bytes(data(what))
    elif "link" in what:
        path.symlink_to(what["link"])
    elif "fifo" in what:
        os.mkfifo(path)
    elif "folder" in what:
        path.mkdir(exist_ok=True)
    else:
        path.write_bytes(data(what))


def data(what: Any) -> bytes:
    """The bytes that a case describes."""
    if isinstance(what, str):
        return what.encode("utf-8", "surrogatepass")
    kind = next(kind for kind in _KINDS if kind in what)
    made: bytes = _KINDS[kind](what)
    return made[: len(made) - what.get("cut", 0)]


def _text(what: dict[str, Any]) -> bytes:
    text = what.get("head", "") + what["text"] * what.get("times", 1) + what.get("tail", "")
    return text.encode(what.get("in", "utf-8"), "surrogatepass")


def _json(what: dict[str, Any]) -> bytes:
    deep = what.get("deep", 0)
    return b"[" * deep + json.dumps(what["json"]).encode() + b"]" * deep


def _parquet(what: dict[str, Any]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(what["parquet"]), out)
    return out.getvalue()


def _xlsx(what: dict[str, Any]) -> bytes:
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in what["xlsx"]:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def _zip(what: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in what["zip"].items():
            archive.writestr(name, data(inside))
    return out.getvalue()


_KINDS = {
    "bytes": lambda what: what["bytes"].encode("latin-1") * what.get("times", 1),
    "text": _text,
    "json": _json,
    "parquet": _parquet,
    "xlsx": _xlsx,
    "zip": _zip,
}
