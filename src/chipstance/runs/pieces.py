"""A piece of the inputs: what is read and scored by itself, here or on another machine.

`cutting` makes pieces; they are small enough to send, and each is read without the others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from chipstance.articles.article import Article
from chipstance.articles.changes import Seen, unchanged
from chipstance.articles.files import naming
from chipstance.articles.reading import read
from chipstance.articles.tables.columns import Called
from chipstance.articles.text import from_text
from chipstance.callbacks import RowReport, Say
from chipstance.digests import blake2b
from chipstance.errors import InputError, UnreachedError

if TYPE_CHECKING:
    from chipstance.articles.tables.rows import Row


class Span(NamedTuple):
    """The lines of a JSON Lines file that begin at bytes `start` to `stop`, `stop` excluded.

    Attributes:
        start: Position of a byte, from 0.
        stop: Position of a byte, from 0.
        codec: Python's name of the encoding.
        before: How many lines begin before `start`; None where nobody counted them.
    """

    start: int
    stop: int
    codec: str
    before: int | None


class RowGroups(NamedTuple):
    """Some row groups of a Parquet file, by number."""

    numbers: tuple[int, ...]


# A row that was read already, its number and cells, or what was found wrong between rows.
Entry = tuple[int, Mapping[str, Any]] | str


class InHand(NamedTuple):
    """Rows that were read already, and in place what was found wrong between them."""

    rows: tuple[Entry, ...]


class Text(NamedTuple):
    """The text of one article."""

    text: str


class Piece(NamedTuple):
    """A part of the inputs.

    Attributes:
        paths: The files it stands in: one or more whole ones, or the one it is cut from.
        stamp: Digest of what was true of them when they were cut: names, sizes, times and where
            the piece lies; empty for standard input, which is gone once it is read, and for the
            rest of a file that broke off while it was cut.
        cut: Which part of the file; None for the whole files.
        size: Bytes of the inputs that it takes, nearly; 0 where nobody can tell.
        seen: What the file was when it was cut, where a part of it is still to be read there.
        latest: Whether it ends a feed for now, as nothing came in a while.
    """

    paths: tuple[str, ...]
    stamp: str
    cut: Span | RowGroups | InHand | Text | None = None
    size: int = 0
    seen: Seen | None = None
    latest: bool = False


def whole_files(named: Sequence[tuple[str, str]], n_bytes: int) -> Piece:
    """Whole files as one piece.

    Args:
        named: Name of each, and what tells whether it is the same later.
        n_bytes: Their size together.
    """
    return Piece(
        tuple([name for name, _ in named]), digest(*(stamp for _, stamp in named)), size=n_bytes
    )


def digest(*stamps: object) -> str:
    """One stamp for several."""
    joined = "\0\0".join(map(str, stamps))
    return blake2b(joined.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def batches(entries: Iterable[Entry], size: int) -> Iterator[InHand]:
    """Put entries together, some more than `size` bytes of text each time."""
    batch: list[Entry] = []
    taken = 0
    for entry in entries:
        batch.append(entry)
        taken += weight(entry)
        if taken > size:
            yield InHand(tuple(batch))
            batch, taken = [], 0
    if batch:
        yield InHand(tuple(batch))


def weight(entry: Entry) -> int:
    """Bytes of the text of a row, in UTF-8, as the size of files is: three a character."""
    text = entry if isinstance(entry, str) else entry[1].get("text")
    return 3 * len(text) if isinstance(text, str) else 0


def read_piece(
    piece: Piece,
    *,
    encoding: str | None,
    called: Called = (),
    problems: Say,
    unreached: Say | None = None,
) -> Iterator[Article]:
    """Read the articles of a piece.

    Args:
        piece: As `cutting.cut` yields it.
        encoding: Name of the encoding of whole files, or None to have it detected.
        called: What tables call their columns, as when the piece was cut.
        problems: Told in one line of every row and file that is lost.
        unreached: Told instead of it of files that are not there or cannot be opened.
    """
    for path in piece.paths:
        try:
            if piece.cut is None:
                yield from read(path, encoding=encoding, called=called, problems=problems)
            else:
                with naming(path):
                    yield from _part(path, piece, called, problems)
        except UnreachedError as error:
            (unreached or problems)(str(error))
        except InputError as error:
            problems(str(error))


def _part(name: str, piece: Piece, called: Called, problems: Say) -> Iterator[Article]:
    if isinstance(piece.cut, Text):
        yield from_text(piece.cut.text, source=Path(name).name)
    else:
        yield from _articles_of_rows(name, piece, called, problems)


def _articles_of_rows(name: str, piece: Piece, called: Called, problems: Say) -> Iterator[Article]:
    # Here and not above: a text or two would wait for what only tables need.
    from chipstance.articles.tables.reading import of_rows

    cut = piece.cut

    def report(number: int, what: str) -> None:
        if not isinstance(cut, Span):
            problems(f"{name}: row {number}: {what}")
        elif cut.before is None:
            problems(f"{name}: row {number} after byte {cut.start}: {what}")
        else:
            problems(f"{name}: row {cut.before + number}: {what}")

    if isinstance(cut, InHand):
        found = _told(cut, problems)
    else:
        found = _read_again(name, piece, report, called)
    yield from of_rows(found, Path(name).name, report)


def _read_again(name: str, piece: Piece, report: RowReport, called: Called) -> "Iterator[Row]":
    """The rows of a part of a file, which is to be what it was when it was cut."""
    from chipstance.articles.tables.rows import articles_of_json, parquet_rows

    with unchanged(name, piece.seen) as file:
        if isinstance(piece.cut, RowGroups):
            yield from parquet_rows(Path(name), piece.cut.numbers, called)
        elif isinstance(piece.cut, Span):
            codec = piece.cut.codec
            lines = (line.decode(codec, "replace") for line in _lines(file, piece.cut))
            yield from articles_of_json(lines, report, called)


def _told(cut: InHand, problems: Say) -> "Iterator[Row]":
    for entry in cut.rows:
        if isinstance(entry, str):
            problems(entry)
        else:
            yield entry


def _lines(file: IO[bytes], span: Span) -> Iterator[bytes]:
    """The lines that begin in a span; a line belongs to the span it begins in."""
    at = max(span.start - 1, 0)
    file.seek(at)
    block = file.read(span.stop - at)
    # Without a line break no line begins here: a line of many spans is read once, not often.
    first = block.find(b"\n") + 1 if span.start else 0
    if span.start and not first:
        return
    *whole, last = block[first:].split(b"\n")
    yield from whole
    if last:
        yield last + file.readline()
