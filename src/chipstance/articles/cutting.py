"""From inputs to pieces: what one worker reads at a time, and what a stopped run goes on from.

Small files are read several at a time, a large JSON Lines file by byte ranges. Other large tables
have no places to cut at that could be found without reading them: here they are read once and
handed on row by row. On a cluster no row may pass through the one who cuts: there Parquet is cut
by row groups, and CSV, and JSON Lines in UTF-16, are not cut at all.

The same inputs give the same pieces.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from chipstance.articles.columns import COLUMNS, Called
from chipstance.articles.encodings import HEAD, codec, detect
from chipstance.articles.files import TABLES, files, naming
from chipstance.articles.pieces import Entry, InHand, Piece, RowGroups, Span, batches, weight
from chipstance.articles.reading import table_rows
from chipstance.articles.refusals import LINES, check_articles
from chipstance.articles.standard_input import STDIN, standard_input
from chipstance.digests import blake2b
from chipstance.errors import InputError

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
        for file in _inputs(path, leave_out):
            name = str(file)
            stamp, n_bytes = _stamp(name)
            large = name == STDIN or (n_bytes > size and file.suffix.lower() in TABLES)
            if together and (large or weight + n_bytes > size):
                yield _whole(together, weight)
                together, weight = [], 0
            if name == STDIN:
                yield from standard_input(encoding, HERE, called)
            elif large:
                table = _Table(file, stamp, n_bytes, encoding, called)
                yield from _cut_table(table, size, in_hand)
            else:
                together.append((name, stamp))
                weight += n_bytes
    if together:
        yield _whole(together, weight)


def total_size(paths: Sequence[str], *, leave_out: Path | int | None = None) -> int:
    """Bytes of the inputs together; standard input, and what is not there, has none.

    Args:
        paths: As for `cut`.
        leave_out: As for `cut`.
    """
    return sum(_stamp(str(file))[1] for path in paths for file in _inputs(path, leave_out))


def holds(paths: Sequence[str], file: Path) -> bool:
    """Whether a folder of the inputs holds a file as an input.

    Args:
        paths: As for `cut`.
        file: It may be called otherwise there, as links are, or not be there at all.
    """
    folders, status = filter(os.path.isdir, paths), _status(file)
    return status is not None and any(
        _same(each, status) for folder in folders for each in files(Path(folder))
    )


def _inputs(path: str, leave_out: Path | int | None) -> Iterator[Path]:
    """The files of an input; a folder without any stands for itself, and will be complained of."""
    if path == STDIN or not os.path.isdir(path):
        yield Path(path)
        return
    found, output = False, _status(leave_out)
    for file in files(Path(path)):
        found = True
        if not _same(file, output):
            yield file
    if not found:
        yield Path(path)


def _status(file: Path | int | None) -> os.stat_result | None:
    try:
        return None if file is None else os.stat(file)
    except OSError:
        return None


def _same(file: Path, other: os.stat_result | None) -> bool:
    status = other and _status(file)
    return bool(other and status and os.path.samestat(status, other))


def _stamp(name: str) -> tuple[str, int]:
    """What tells whether a file is the same later, and its size."""
    try:
        status = os.stat(name)
    except OSError:
        return f"{name}\0missing", 0
    return f"{name}\0{status.st_size}\0{status.st_mtime_ns}", status.st_size


def _digest(*stamps: object) -> str:
    return blake2b(
        "\0\0".join(map(str, stamps)).encode(errors="replace"), digest_size=8
    ).hexdigest()


def _whole(named: Sequence[tuple[str, str]], n_bytes: int) -> Piece:
    names = tuple(name for name, _ in named)
    return Piece(names, _digest(*(stamp for _, stamp in named)), size=n_bytes)


class _Table(NamedTuple):
    path: Path
    stamp: str
    n_bytes: int
    encoding: str | None
    called: Called


def _cut_table(table: _Table, size: int, in_hand: bool) -> Iterator[Piece]:
    path, stamp, n_bytes, encoding, called = table
    name, begun = str(path), False
    try:
        check_articles(path, encoding, called)
        if path.suffix.lower() in LINES:
            known = codec(encoding) if encoding else _detected(path)
            # In these a byte that looks like a line break may be half of a character.
            if not known.startswith(("utf-16", "utf-32")):
                for span in _spans(path, n_bytes, size, known, count=in_hand):
                    begun = True
                    digest = _digest(stamp, span.start, span.stop, known)
                    yield Piece((name,), digest, span, span.stop - span.start)
                return
        elif path.suffix.lower() == ".parquet" and not in_hand:
            for groups in _row_groups(path, size):
                yield Piece((name,), _digest(stamp, *groups.numbers), groups)
            return
    except (InputError, OSError) as error:
        if begun:
            yield Piece((name,), "", InHand((f"{name}: {error}; the rest of it is lost",)))
            return
        # Whoever reads it will say why it cannot be read.
        in_hand = False
    if not in_hand:
        yield _whole([(name, stamp)], n_bytes)
        return
    packed, left = _packed(path, n_bytes), n_bytes
    for number, part in enumerate(batches(_table_entries(path, encoding, called), size)):
        taken = min(left, round(packed * sum(map(weight, part.rows))))
        left -= taken
        yield Piece((name,), _digest(stamp, number), part, taken)


def _detected(path: Path) -> str:
    with path.open("rb") as file:
        return detect(file.read(HEAD))


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
        with naming(path):
            for number, row in table_rows(path, encoding, report, called):
                yield from wrong
                wrong.clear()
                yield number, {name: row[name] for name in COLUMNS if name in row}
    except InputError as error:
        wrong.append(str(error))
    yield from wrong
