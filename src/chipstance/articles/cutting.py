"""From inputs to pieces: what one worker reads at a time, and what a stopped run goes on from.

Small files are read several at a time, a large JSON Lines file by byte ranges. Other large tables
have no places to cut at that could be found without reading them: here they are read once and
handed on row by row. On a cluster no row may pass through the one who cuts: there Parquet is cut
by row groups, and CSV, and JSON Lines in UTF-16, are not cut at all.

The same inputs give the same pieces.
"""

import codecs
import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from chipstance.articles.encodings import HEAD, codec, decode, detect
from chipstance.articles.pieces import InHand, Piece, RowGroups, Span, Text
from chipstance.articles.reading import TABLES, files, naming, table_rows
from chipstance.articles.rows import COLUMNS, articles_of_json, check_unscored
from chipstance.digests import blake2b
from chipstance.errors import InputError

# Some 25 articles: scoring more at once gains nothing, and this much is lost to a kill.
HERE = 32 * 2**10
# Some 20,000 articles, minutes of work for one core, and a part of some 100 MB of Parquet.
CLUSTER = 64 * 2**20
STDIN = "-"
_Entry = tuple[int, Mapping[str, Any]] | str


def cut(
    paths: Sequence[str],
    *,
    encoding: str | None = None,
    size: int = HERE,
    in_hand: bool = True,
    leave_out: Path | None = None,
) -> Iterator[Piece]:
    """Cut inputs into pieces, in the order of the inputs.

    Args:
        paths: Files, folders, and `-` for standard input.
        encoding: Name of the encoding, or None to have it detected.
        size: Bytes of a piece; one has more where a file cannot be cut.
        in_hand: Whether rows may be read here and handed on; see the module's docstring.
        leave_out: A file that is no input where a folder holds it: the output.

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
                yield from _standard_input(encoding)
            elif large:
                yield from _cut_table(file, stamp, n_bytes, encoding, size, in_hand)
            else:
                together.append((name, stamp))
                weight += n_bytes
    if together:
        yield _whole(together, weight)


def total_size(paths: Sequence[str], *, leave_out: Path | None = None) -> int:
    """Bytes of the inputs together; standard input, and what is not there, has none.

    Args:
        paths: As for `cut`.
        leave_out: As for `cut`.
    """
    return sum(_stamp(str(file))[1] for path in paths for file in _inputs(path, leave_out))


def _inputs(path: str, leave_out: Path | None) -> Iterator[Path]:
    """The files of an input; a folder without any stands for itself, and will be complained of."""
    if path == STDIN or not os.path.isdir(path):
        yield Path(path)
        return
    found = False
    for file in files(Path(path)):
        found = True
        if leave_out is None or file.name != leave_out.name or not _same(file, leave_out):
            yield file
    if not found:
        yield Path(path)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


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


def _cut_table(
    path: Path, stamp: str, n_bytes: int, encoding: str | None, size: int, in_hand: bool
) -> Iterator[Piece]:
    name, begun = str(path), False
    try:
        check_unscored(path, encoding)
        if path.suffix.lower() in (".jsonl", ".ndjson"):
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
    for number, part in enumerate(_batches(_table_entries(path, encoding), size)):
        taken = min(left, round(packed * sum(map(_weight, part.rows))))
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


def _table_entries(path: Path, encoding: str | None) -> Iterator[_Entry]:
    """The rows of a table, and between them, in place, what was found wrong."""
    wrong: list[str] = []

    def report(number: int, what: str) -> None:
        wrong.append(f"{path}: row {number}: {what}")

    try:
        with naming(path):
            for number, row in table_rows(path, encoding, report):
                yield from wrong
                wrong.clear()
                yield number, {name: row[name] for name in COLUMNS if name in row}
    except InputError as error:
        wrong.append(str(error))
    yield from wrong


def _batches(entries: Iterable[_Entry], size: int) -> Iterator[InHand]:
    batch: list[_Entry] = []
    weight = 0
    for entry in entries:
        batch.append(entry)
        weight += _weight(entry)
        if weight > size:
            yield InHand(tuple(batch))
            batch, weight = [], 0
    if batch:
        yield InHand(tuple(batch))


def _weight(entry: _Entry) -> int:
    """Bytes of the text of a row, in UTF-8, as the size of files is: three a character."""
    text = entry if isinstance(entry, str) else entry[1].get("text")
    return 3 * len(text) if isinstance(text, str) else 0


def _standard_input(encoding: str | None) -> Iterator[Piece]:
    """The article on standard input, or the articles where it holds JSON Lines, as they come."""
    stream = cast(io.BufferedIOBase, sys.stdin.buffer)
    try:
        with naming(STDIN):
            head = _head(stream)
            known = codec(encoding) if encoding else detect(head)
            decoder = codecs.getincrementaldecoder(known)("replace")
            start = decoder.decode(head)
            if start.lstrip("\ufeff \t\r\n").startswith('{"'):
                for part in _lines_as_they_come(start, stream, decoder):
                    yield Piece((STDIN,), "", part)
            else:
                text = decode(head + stream.read(), encoding=encoding)
                yield Piece((STDIN,), "", Text(text))
    except InputError as error:
        yield Piece((STDIN,), "", InHand((str(error),)))


def _head(stream: io.BufferedIOBase) -> bytes:
    """The first line at least, so that the kind and the encoding can be told."""
    head = b""
    while b"\n" not in head and len(head) < HEAD and (more := stream.read1(HEAD)):
        head += more
    return head


def _lines_as_they_come(
    start: str, stream: io.BufferedIOBase, decoder: codecs.IncrementalDecoder
) -> Iterator[InHand]:
    """The rows of what each read of a pipe brings: a slow feed is scored line by line."""
    before, held = 0, [start]
    while True:
        if "\n" in held[-1]:
            *lines, rest = "".join(held).split("\n")
            if entries := _line_entries(lines, before):
                yield InHand(entries)
            before, held = before + len(lines), [rest]
        data = stream.read1(HEAD)
        if not data:
            break
        held.append(decoder.decode(data))
    if entries := _line_entries(["".join(held) + decoder.decode(b"", final=True)], before):
        yield InHand(entries)


def _line_entries(lines: Sequence[str], before: int) -> tuple[_Entry, ...]:
    entries: list[_Entry] = []

    def report(number: int, what: str) -> None:
        entries.append(f"{STDIN}: row {before + number}: {what}")

    # No comprehension: complaints are put between the rows as they are read.
    for number, row in articles_of_json(lines, report):
        entries.append((before + number, row))
    return tuple(entries)
