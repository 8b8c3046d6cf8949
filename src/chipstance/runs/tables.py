"""A large table in pieces: byte ranges of lines, row groups, or rows in hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from chipstance.articles.changes import Seen, look, unchanged
from chipstance.articles.encodings import HEAD, codec, detect
from chipstance.articles.files import naming
from chipstance.articles.tables.columns import COLUMNS, Called
from chipstance.articles.tables.reading import table_rows
from chipstance.articles.tables.refusals import LINES, check_articles
from chipstance.errors import InputError
from chipstance.runs.pieces import (
    Entry,
    InHand,
    Piece,
    RowGroups,
    Span,
    batches,
    digest,
    weight,
    whole_files,
)


class Table(NamedTuple):
    """A file of articles that is larger than a piece.

    Attributes:
        path: The file.
        stamp: What tells whether it is the same later.
        n_bytes: Its size.
        encoding: Its encoding, or None to have it detected.
        called: What its columns are called.
    """

    path: Path
    stamp: str
    n_bytes: int
    encoding: str | None
    called: Called


def cut_table(table: Table, size: int, in_hand: bool) -> Iterator[Piece]:
    """Cut a table into pieces.

    Args:
        table: The table.
        size: Bytes of a piece.
        in_hand: Whether rows may be read here and handed on.

    Returns:
        The pieces, in order; one where the table cannot be cut.
    """
    kind = table.path.suffix.lower()
    whole = whole_files([(str(table.path), table.stamp)], table.n_bytes)
    try:
        check_articles(table.path, table.encoding, table.called)
        if kind in LINES:
            seen, known = _look(table)
            # In these a byte that looks like a line break may be half of a character.
            if not known.startswith(("utf-16", "utf-32")):
                return _cut_lines(table, size, seen, known, count=in_hand)
        elif kind == ".parquet" and not in_hand:
            return iter(_cut_row_groups(table, size))
    except (InputError, OSError):
        # Whoever reads it will say why it cannot be read.
        return iter([whole])
    return _hand_on(table, size) if in_hand else iter([whole])


def _look(table: Table) -> tuple[Seen, str]:
    """What a table is now, and Python's name of its encoding."""
    with table.path.open("rb") as file:
        seen = look(file)
        return seen, codec(table.encoding) if table.encoding else detect(file.read(HEAD))


def _cut_lines(table: Table, size: int, seen: Seen, known: str, *, count: bool) -> Iterator[Piece]:
    """Byte ranges of a file of lines; where it is gone before its end, a piece that says so."""
    name = str(table.path)
    try:
        for span in _spans(table.path, table.n_bytes, size, known, count=count):
            stamp = digest(table.stamp, span.start, span.stop, known)
            yield Piece((name,), stamp, span, span.stop - span.start, seen)
    except OSError as error:
        yield Piece((name,), "", InHand((f"{name}: {error}; the rest of it is lost",)))


def _cut_row_groups(table: Table, size: int) -> list[Piece]:
    with unchanged(table.path) as file:
        seen, cuts = look(file), list(_row_groups(table.path, size))
    return [
        Piece((str(table.path),), digest(table.stamp, *groups.numbers), groups, seen=seen)
        for groups in cuts
    ]


def _hand_on(table: Table, size: int) -> Iterator[Piece]:
    """Rows that are read here, some at a time."""
    packed, left = _packed(table.path, table.n_bytes), table.n_bytes
    entries = _table_entries(table.path, table.encoding, table.called)
    for number, part in enumerate(batches(entries, size)):
        taken = min(left, round(packed * sum(map(weight, part.rows))))
        left -= taken
        yield Piece((str(table.path),), digest(table.stamp, number), part, taken)


def _spans(path: Path, n_bytes: int, size: int, known: str, *, count: bool) -> Iterator[Span]:
    """Byte ranges of a file of lines; counting lines reads it, some gigabytes a second."""
    starts = range(0, n_bytes, size)
    if not count:
        yield from (Span(at, min(at + size, n_bytes), known, None) for at in starts)
        return
    with path.open("rb") as file:
        breaks, last = 0, b"\n"
        for at in starts:
            before = breaks + (last != b"\n")
            yield Span(at, min(at + size, n_bytes), known, before)
            block = file.read(size)
            breaks, last = breaks + block.count(b"\n"), block[-1:]


def _packed(path: Path, n_bytes: int) -> float:
    """Bytes of a table for a byte of what it holds: Parquet is compressed."""
    if path.suffix.lower() != ".parquet":
        return 1.0
    import pyarrow
    import pyarrow.parquet

    try:
        metadata = pyarrow.parquet.read_metadata(path)
    except (pyarrow.ArrowException, OSError):
        # Whoever reads it will say why it cannot be read.
        return 1.0
    groups = map(metadata.row_group, range(metadata.num_row_groups))
    unpacked = sum(int(group.total_byte_size) for group in groups)
    return n_bytes / max(1, unpacked)


def _row_groups(path: Path, size: int) -> Iterator[RowGroups]:
    import pyarrow
    import pyarrow.parquet

    try:
        metadata = pyarrow.parquet.read_metadata(path)
    except pyarrow.ArrowException as error:
        raise InputError(str(error)) from None
    numbers: list[int] = []
    weight = 0
    for number in range(metadata.num_row_groups):
        n_bytes = metadata.row_group(number).total_byte_size
        if numbers and weight + n_bytes > size:
            yield RowGroups(tuple(numbers))
            numbers, weight = [], 0
        numbers.append(number)
        weight += n_bytes
    if numbers:
        yield RowGroups(tuple(numbers))


def _table_entries(path: Path, encoding: str | None, called: Called) -> Iterator[Entry]:
    """The rows of a table, and between them, in place, what was found wrong."""
    wrong: list[str] = []

    def report(number: int, what: str) -> None:
        wrong.append(f"{path}: row {number}: {what}")

    try:
        with naming(path), unchanged(path):
            for number, row in table_rows(path, encoding, report, called):
                yield from wrong
                wrong.clear()
                yield number, {name: row[name] for name in COLUMNS if name in row}
    except InputError as error:
        wrong.append(str(error))
    yield from wrong
