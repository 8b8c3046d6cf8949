"""Tables written as CSV, to be read back as the same rows by every Python and spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from typing import IO


def write_rows(rows: Iterable[Sequence[object]], out: IO[str]) -> None:
    r"""Write rows of a table, cells set apart by commas and lines ended by `\n`.

    Args:
        rows: Cells, made harmless where they are strangers' texts.
        out: Where to; it must leave line breaks as they are.

    >>> import sys
    >>> write_rows([["a", 1], ["b,c", None]], sys.stdout)
    a,1
    "b,c",
    """
    plain = csv.writer(out, lineterminator="\n")
    # Before Python 3.13 a return alone has no marks around it, and ends a line for whoever reads.
    quoted = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        returns = any(isinstance(cell, str) and "\r" in cell for cell in row)
        (quoted if returns else plain).writerow(row)
