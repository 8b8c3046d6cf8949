"""Pieces of what is piped in: an article, CSV, or JSON Lines that may come for days."""

import codecs
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from chipstance.articles.encodings import HEAD, codec, decode, detect
from chipstance.articles.files import naming
from chipstance.articles.inputs import STDIN
from chipstance.articles.tables.columns import (
    SCORED,
    Called,
    are_header,
    are_scored,
    check_called,
)
from chipstance.articles.tables.separated import header_of
from chipstance.callbacks import RowReport
from chipstance.errors import InputError
from chipstance.patterns import lazily
from chipstance.runs.pieces import Entry, InHand, Piece, Text, batches

if TYPE_CHECKING:
    from chipstance.articles.tables.rows import Row

_BLANK = lazily(r"\A[\ufeff\s]+")
# Seconds: a program that writes as fast as it can is behind for less.
_WHILE = 0.05
# Characters of a first line, of four bytes each at most.
_ENOUGH = HEAD // 4
_OBJECT = lazily(r"[\ufeff\s]*\{[ \t]*\"")
# An array of objects, and an object of which the first line is its bracket alone.
_VALUE = lazily(r"[\ufeff\s]*(?:\[\s*(?:\{|\Z)|\{[ \t\r]*(?:\n|\Z))")


def standard_input(encoding: str | None, size: int, called: Called = ()) -> Iterator[Piece]:
    """The article on standard input, or the articles of a table there; JSON Lines as they come.

    Args:
        encoding: Its encoding, or None to have it detected.
        size: Bytes of a piece of a table.
        called: What tables call their columns.

    Yields:
        Pieces with what was read in them; what cannot be read tells why when it is their turn.
    """
    stream = cast(io.BufferedIOBase, sys.stdin.buffer)
    try:
        with naming(STDIN):
            head = _head(stream, encoding)
            known = _codec(head, encoding)
            decoder = codecs.getincrementaldecoder(known)("replace")
            start = decoder.decode(head)
            if _OBJECT.match(start):
                from chipstance.articles.tables.refusals import check_first

                check_first(start)
                for part, latest in _lines_as_they_come(start, stream, decoder, called):
                    yield Piece((STDIN,), "", part, latest=latest)
                return
            text = decode(head + stream.read(), encoding=encoding)
            report = partial(_complain, wrong := list[Entry]())
            found = _rows(text.lstrip("\ufeff"), start, report, called)
            if found is not None:
                for part in batches(_entries(found, wrong), size):
                    yield Piece((STDIN,), "", part)
            else:
                yield Piece((STDIN,), "", Text(text))
    except InputError as error:
        yield Piece((STDIN,), "", InHand((str(error),)))


def _rows(text: str, start: str, report: RowReport, called: Called) -> "Iterator[Row] | None":
    """The rows of a table; None for what is an article itself."""
    # Here and not above: a text or two would wait for what only tables need.
    if _VALUE.match(start):
        from chipstance.articles.tables.whole_json import rows_of_json

        return rows_of_json(text, report, called)
    lines = io.StringIO(text, newline="")
    names = _header(lines)
    if are_header(names, called):
        if are_scored(names):
            raise InputError(SCORED)
        check_called(names, called)
        from chipstance.articles.tables.rows import rows_of_csv

        lines.seek(0)
        return rows_of_csv(lines, report, called=called)
    return None


def _header(lines: Iterable[str]) -> tuple[str, ...]:
    """The cells of the first line; none of one that no table begins with."""
    try:
        return header_of(lines).names
    except InputError:
        return ()


def _head(stream: io.BufferedIOBase, encoding: str | None) -> bytes:
    """The first line that is not blank at least, so that the kind and the encoding can be told."""
    head = b""
    while more := stream.read1(HEAD):
        head += more
        # Of a byte or two at a time not each is worth a look at all of them.
        if (b"\n" in more or len(head) >= HEAD) and _tells(head, encoding):
            break
    return head


def _tells(head: bytes, encoding: str | None) -> bool:
    begun = _BLANK.sub("", head.decode(_codec(head, encoding), "replace"), count=1)
    return "\n" in begun or len(begun) >= _ENOUGH


def _codec(head: bytes, encoding: str | None) -> str:
    return codec(encoding) if encoding else detect(head)


def _lines_as_they_come(
    start: str, stream: io.BufferedIOBase, decoder: codecs.IncrementalDecoder, called: Called
) -> Iterator[tuple[InHand, bool]]:
    """The rows of what each read of a pipe brings: a slow feed is scored line by line.

    Yields:
        Rows, and False; none, and True, where nothing came behind them in a while.
    """
    before, held, behind = 0, [start], False
    while True:
        if "\n" in held[-1]:
            *lines, rest = "".join(held).split("\n")
            if entries := _line_entries(lines, before, called):
                behind = True
                yield InHand(entries), False
            before, held = before + len(lines), [rest]
        if behind and _is_quiet(stream):
            behind = False
            yield InHand(()), True
        data = stream.read1(HEAD)
        if not data:
            break
        held.append(decoder.decode(data))
    last = "".join(held) + decoder.decode(b"", final=True)
    if entries := _line_entries([last], before, called):
        yield InHand(entries), False


def _is_quiet(stream: io.BufferedIOBase) -> bool:
    """Whether nothing comes in a while, or nobody can tell."""
    import select

    try:
        return not select.select([stream], [], [], _WHILE)[0]
    except (OSError, ValueError):
        # No file, or one of Windows, where only sockets are asked.
        return True


def _entries(found: "Iterable[Row]", wrong: list[Entry]) -> Iterator[Entry]:
    """Rows, and between them, in place, what was found wrong."""
    for row in found:
        yield from wrong
        wrong.clear()
        yield row
    yield from wrong


def _complain(entries: list[Entry], number: int, what: str) -> None:
    entries.append(f"{STDIN}: row {number}: {what}")


def _line_entries(lines: Sequence[str], before: int, called: Called) -> tuple[Entry, ...]:
    from chipstance.articles.tables.rows import articles_of_json

    entries: list[Entry] = []

    def report(number: int, what: str) -> None:
        _complain(entries, before + number, what)

    # No comprehension: complaints are put between the rows as they are read.
    for number, row in articles_of_json(lines, report, called):
        entries.append((before + number, row))
    return tuple(entries)
