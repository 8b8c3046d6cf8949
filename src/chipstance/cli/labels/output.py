"""Where the commands of `classify labels` write rows."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from chipstance.cli.options import format_of
from chipstance.cli.telling import note
from chipstance.printable import counted, safe_stream

if TYPE_CHECKING:
    from chipstance.labels.rows import LabelRow


def form_of(output: Path | None) -> str:
    """The form of rows that a file's ending asks for, a key of `WRITERS`; JSON Lines for stdout.

    Raises:
        click.UsageError: There is no such form.
    """
    return format_of(output, ("jsonl", "csv", "xlsx"), default="jsonl")


def write(rows: "Sequence[LabelRow]", output: Path | None, tasks: Sequence[str] = ()) -> None:
    """Write label rows to a file by its ending, or as JSON Lines to stdout.

    Args:
        rows: The rows.
        output: A .jsonl, .csv or .xlsx file, or None.
        tasks: Columns to have though no row is labelled.
    """
    from chipstance.labels.writing import WRITERS

    form = form_of(output)
    to(output, lambda out: WRITERS[form](rows, out, tasks))
    if output is not None:
        note(f"{output}: {counted(len(rows), 'row')}")


def to(output: Path | None, writer: Callable[[IO[bytes]], object]) -> None:
    """Write to a file, which is replaced when all went well, or to stdout."""
    from chipstance.reports.rows.replacing import replacing

    if output is None:
        writer(safe_stream(sys.stdout.buffer))
        return
    with replacing(output) as out:
        writer(out)
