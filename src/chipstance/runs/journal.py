"""A run that may be stopped at any moment and gone on with.

Beside the output OUT stands, until it is whole, a folder `OUT.unfinished`:

    journal     a line that says what run it is, then one for every group of pieces that is done
    rows        the chunks of these groups, one behind the other

A chunk is written before its line, and the line has the chunk's checksum. So whatever a kill, a
full disk or a loss of power leaves there, the lines that agree with their chunks are sound, and
the rest is cut off. It does not matter then where pieces end: the same inputs give the same bytes.
"""

import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from chipstance.errors import ChipstanceError
from chipstance.locking import lock, opened_to_change

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """A group of pieces that is done.

    Attributes:
        pieces: How many.
        stamp: Of the group.
        size: Bytes of its chunk.
        checksum: CRC-32 of its chunk.
        problems: What was complained of.
    """

    pieces: int
    stamp: str
    size: int
    checksum: int
    problems: tuple[str, ...]


class Journal:
    """The unfinished folder of one output, locked against a second run."""

    def __init__(self, output: Path, facts: Facts, *, resume: bool) -> None:
        """Open it, or begin anew.

        Args:
            output: Where the result is to be.
            facts: What must not change between the run that was stopped and the one that goes on.
            resume: Whether to go on with what is there; else it is thrown away.

        Raises:
            ChipstanceError: Another run writes the same output, the facts are other ones, or a
                file stands where the folder is to be.
            OSError: It cannot be written.
        """
        self.output = output
        self.folder = output.with_name(output.name + ".unfinished")
        try:
            self.folder.mkdir(exist_ok=True)
        except FileExistsError:
            raise ChipstanceError(
                f"{self.folder}: is no folder; rename it, what is done is kept there"
            ) from None
        self._journal = opened_to_change(self.folder / "journal")
        lock(self._journal, output)
        self._rows = opened_to_change(self.folder / "rows")
        self.done: tuple[Done, ...] = ()
        begun = _entry(self._journal.readline())
        if resume and begun is not None:
            _check(begun, facts, self.folder)
            self._keep_what_is_sound()
        else:
            self._rows.truncate(0)
            self._journal.truncate(0)
            self._write_line(facts)

    def _keep_what_is_sound(self) -> None:
        kept = []
        end, rows_end = self._journal.tell(), 0
        for line in self._journal:
            done = _done(line)
            if done is None:
                break
            chunk = self._rows.read(done.size)
            if len(chunk) != done.size or zlib.crc32(chunk) != done.checksum:
                break
            kept.append(done)
            end, rows_end = end + len(line), rows_end + done.size
        for file, position in ((self._journal, end), (self._rows, rows_end)):
            file.seek(position)
            file.truncate()
        self.done = tuple(kept)

    @property
    def empty(self) -> bool:
        """Whether no row was written yet."""
        return self._rows.tell() == 0

    def add(self, pieces: int, stamp: str, chunk: bytes, problems: tuple[str, ...]) -> None:
        """Keep the chunk of the next group.

        Raises:
            OSError: The disk is full.
        """
        self._rows.write(chunk)
        self._rows.flush()
        self._write_line(asdict(Done(pieces, stamp, len(chunk), zlib.crc32(chunk), problems)))

    def _write_line(self, entry: Facts) -> None:
        # A name that is no UTF-8 has characters which UTF-8 has no bytes for; JSON reads them back.
        line = json.dumps(entry, ensure_ascii=False).encode("utf-8", "surrogatepass")
        self._journal.write(line + b"\n")
        self._journal.flush()

    def chunks(self) -> Iterator[bytes]:
        """All chunks, those of earlier runs too, to be read when there is nothing to add."""
        self._journal.seek(0)
        self._journal.readline()
        self._rows.seek(0)
        for line in self._journal:
            yield self._rows.read(json.loads(line)["size"])

    def finish(self, put_together: Callable[[Iterable[bytes], IO[bytes]], None] | None) -> None:
        """Put the output in its place, whole, and take the folder away.

        Args:
            put_together: Makes the output of the chunks, where they alone are not the output.

        Raises:
            OSError: The disk is full, or the output cannot be put in its place.
        """
        if put_together is None:
            whole, file = self.folder / "rows", self._rows
        else:
            whole = self.folder / "whole"
            file = whole.open("wb")
            put_together(self.chunks(), file)
            file.flush()
        os.fsync(file.fileno())
        file.close()
        whole.replace(self.output)
        self.take_away()

    def take_away(self) -> None:
        """Take the folder away, and leave alone what is in the output's place.

        Raises:
            OSError: Something in it cannot be taken away.
        """
        self._rows.close()
        for name in ("rows", "whole"):
            (self.folder / name).unlink(missing_ok=True)
        journal = self.folder / "journal"
        try:
            # While it is open, and so under its lock: at once another run may begin one.
            journal.unlink(missing_ok=True)
        except PermissionError:
            # Windows takes away no file that is open, and has no lock that could be lost.
            self.close()
            journal.unlink(missing_ok=True)
        # What somebody else put there is theirs.
        with suppress(OSError):
            self.folder.rmdir()
        self.close()

    def close(self) -> None:
        """Close the files; what they hold stays."""
        self._rows.close()
        self._journal.close()


def _entry(line: bytes) -> dict[str, Any] | None:
    """A line of the journal; None of one that was not written to its end."""
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and line.endswith(b"\n") else None


def _done(line: bytes) -> Done | None:
    entry = _entry(line)
    if entry is None or entry.keys() != {"pieces", "stamp", "size", "checksum", "problems"}:
        return None
    return Done(**entry | {"problems": tuple(entry["problems"])})


def _check(begun: Facts, facts: Facts, folder: Path) -> None:
    for name, now in facts.items():
        if begun.get(name) != now:
            raise ChipstanceError(
                f"{folder}: cannot be resumed: {changed(name, begun.get(name), now)};"
                " run without --resume to begin anew"
            )


def changed(name: str, before: Any, now: Any) -> str:
    """Say in words which of the facts of a run is another one now.

    Args:
        name: The fact.
        before: What it was.
        now: What it is.

    >>> changed("encoding", None, "big5"), changed("context", True, False)
    ('encoding changed from none to big5', '--no-context is given, and was not')
    """
    if isinstance(now, bool):
        # The switch for leaving it out.
        return f"--no-{name} " + ("is not given, and was" if now else "is given, and was not")
    return f"{name} changed from {_in_words(before)} to {_in_words(now)}"


def _in_words(value: Any) -> str:
    if isinstance(value, Mapping):
        value = [f"{name}={column}" for name, column in value.items()]
    return "none" if value is None else ", ".join(value) if isinstance(value, list) else str(value)
