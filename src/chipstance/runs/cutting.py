"""From inputs to pieces: what one worker reads at a time, and what a stopped run goes on from.

Small files are read several at a time, a large JSON Lines file by byte ranges. Other large tables
have no places to cut at that could be found without reading them: here they are read once and
handed on row by row. On a cluster no row may pass through the one who cuts: there Parquet is cut
by row groups, and CSV, and JSON Lines in UTF-16, are not cut at all.

The same inputs give the same pieces.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from chipstance.articles.files import TABLES
from chipstance.articles.inputs import STDIN, inputs, stamp
from chipstance.articles.tables.columns import Called
from chipstance.runs.pieces import Piece, whole_files
from chipstance.runs.standard_input import standard_input

# Some 25 articles: scoring more at once gains nothing, and this much is lost to a kill.
HERE = 32 * 2**10
# Some 20,000 articles, minutes of work for one core, and a part of some 100 MB of Parquet.
CLUSTER = 64 * 2**20


def cut(
    paths: Sequence[str],
    *,
    encoding: str | None = None,
    called: Called = (),
    size: int = HERE,
    in_hand: bool = True,
    leave_out: Path | int | None = None,
) -> Iterator[Piece]:
    """Cut inputs into pieces, in the order of the inputs.

    Args:
        paths: Files, folders, and `-` for standard input.
        encoding: Name of the encoding, or None to have it detected.
        called: What tables call their columns.
        size: Bytes of a piece; one has more where a file cannot be cut.
        in_hand: Whether rows may be read here and handed on; see the module's docstring.
        leave_out: A file, or the descriptor of one, that is no input where a folder holds it: the
            output.

    Yields:
        Pieces. What cannot be read becomes a piece too, so that reading it tells why.
    """
    together: list[tuple[str, str]] = []
    weight = 0
    for path in paths:
        for file in inputs(path, leave_out):
            name = str(file)
            mark, n_bytes = stamp(name)
            large = name == STDIN or (n_bytes > size and file.suffix.lower() in TABLES)
            if together and (large or weight + n_bytes > size):
                yield whole_files(together, weight)
                together, weight = [], 0
            if name == STDIN:
                yield from standard_input(encoding, HERE, called)
            elif large:
                # Here and not above: a text or two would wait for what only tables need.
                from chipstance.runs.tables import Table, cut_table

                table = Table(file, mark, n_bytes, encoding, called)
                yield from cut_table(table, size, in_hand)
            else:
                together.append((name, mark))
                weight += n_bytes
    if together:
        yield whole_files(together, weight)
