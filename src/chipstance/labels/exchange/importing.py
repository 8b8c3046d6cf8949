"""Label rows out of any file that people or tools export."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from chipstance.callbacks import Say
from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.errors import LabelError
from chipstance.labels.exchange.doccano import Offsets
from chipstance.labels.exchange.exported import Tool, read_exported
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow

Writer = Tool | Literal["csv", "xlsx"]


def import_file(
    path: Path,
    tool: Writer,
    *,
    companies: Path | None = None,
    columns: Mapping[str, str] | None = None,
    offsets: Offsets = "utf-16",
    problems: Say,
    notes: Say,
) -> list[LabelRow]:
    """Read one exported file.

    Args:
        path: The file.
        tool: What wrote it.
        companies: A company table of one's own.
        columns: The file's name of a column, field or task by ours, where they differ.
        offsets: What doccano's positions count.
        problems: Called with one line for each row that cannot be used.
        notes: Called with a line about what was guessed or left out.

    Raises:
        LabelError: The file is missing, of another kind, or nothing in it is labelled.
    """
    if not path.is_file():
        raise LabelError(f"{path}: no such file; check the name")
    if tool == "label-studio" or tool == "doccano":
        return read_exported(
            path,
            tool,
            linker=Linker(load_table(companies)),
            columns=columns,
            offsets=offsets,
            problems=problems,
            notes=notes,
        )
    endings = (".xlsx",) if tool == "xlsx" else (".csv", ".tsv")
    if path.suffix.lower() not in endings:
        raise LabelError(f"{path}: the ending is not {' or '.join(endings)}; name it so")
    return read_labels([path], problems=problems, columns=columns, notes=notes)
