"""The output folder of a run on a cluster: a Parquet file for every piece of the inputs.

    part-000017-3f2a9c81d0b4.parquet        rows of the 18th piece; the digest is of what it was
    _part-000017-3f2a9c81d0b4.problems.txt  what was lost of it, if anything
    _part-000017-3f2a9c81d0b4.unreached     a file was not there or could not be opened
    _run.json                               the model and the options; locked while a run goes on
    _SUCCESS                                every part is there

Readers of Parquet take the folder as one table: they leave out names that begin with `_` or `.`.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from uuid import uuid4

from chipstance.articles.files import files
from chipstance.digests import blake2b
from chipstance.errors import ChipstanceError
from chipstance.locking import lock, opened_to_change
from chipstance.runs.journal import changed

if TYPE_CHECKING:
    # Who looks whether a run is finished needs nothing that reads articles.
    from chipstance.runs.pieces import Piece

_PART = re.compile(r"part-\d{6}-[0-9a-f]{12}\.parquet")
# A part or a note on one, and what both are called by.
_OF_PART = re.compile(r"_?(part-\d{6}-[0-9a-f]{12})\.(parquet|problems\.txt|unreached)")
_SUCCESS, _RUN, _BEGUN = "_SUCCESS", "_run.json", ".part-"
_PROBLEMS, _UNREACHED = ".problems.txt", ".unreached"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece and the file its rows go to.

    Attributes:
        number: Of the piece among all of the inputs, from 0.
        piece: What is scored.
        path: The file, in the folder of the run; it is there when it is whole and not before.
    """

    number: int
    piece: "Piece"
    path: Path

    @property
    def problems(self) -> Path:
        """The file that says what was lost."""
        return _beside(self.path, _PROBLEMS)

    @property
    def unreached(self) -> Path:
        """The file that says to make the part again: what was not there may be back."""
        return _beside(self.path, _UNREACHED)

    def begun(self) -> Path:
        """A new name to write to until the part is whole."""
        # Not one name for the part: a worker that was given up may still be writing.
        return self.path.with_name(f"{_BEGUN}{uuid4().hex}")

    def forget_losses(self) -> None:
        """Take away what an earlier worker noted that died before its part was whole."""
        self.problems.unlink(missing_ok=True)
        self.unreached.unlink(missing_ok=True)

    def put(self, begun: Path) -> None:
        """Put the part in its place, now that it is whole.

        Args:
            begun: What was written, under its name of `begun`.

        Raises:
            ChipstanceError: Every part is there: the run that asked for this one is long over, and
                another run may have found other inputs since.
            OSError: It cannot be renamed, for such a run took it away.
        """
        if (self.path.parent / _SUCCESS).exists():
            begun.unlink(missing_ok=True)
            raise ChipstanceError(f"{self.path}: is asked for no more; another run is over since")
        begun.replace(self.path)


@contextmanager
def only_run(folder: Path, run: Mapping[str, Any]) -> Iterator[None]:
    """Keep a folder to one run of one model for as long as a `with` block takes.

    Args:
        folder: The folder, which is there.
        run: What must be the same for all of its parts.

    Raises:
        ChipstanceError: It holds other files or a run of another model, or another run goes on.
        OSError: It cannot be written.
    """
    if not (folder / _RUN).exists() and any(folder.iterdir()):
        raise ChipstanceError(f"{folder}: holds other files; name a new folder")
    with opened_to_change(folder / _RUN) as file:
        lock(file, folder)
        _check_same_run(file, folder, run)
        yield


def _check_same_run(file: IO[bytes], folder: Path, run: Mapping[str, Any]) -> None:
    written = file.read()
    if not written:
        file.write(json.dumps(run).encode())
        file.flush()
        return
    try:
        before = json.loads(written)
    except ValueError:
        before = {}
    for name, now in run.items():
        if before.get(name) != now:
            raise ChipstanceError(
                f"{folder}: holds another run: {changed(name, before.get(name), now)};"
                " name another folder"
            )


def parts_of(pieces: "Iterable[Piece]", folder: Path, run: Mapping[str, Any]) -> Iterator[Part]:
    """The parts that pieces become.

    Args:
        pieces: As `cutting.cut` yields them.
        folder: Where the parts are to be.
        run: As for `only_run`.
    """
    for number, piece in enumerate(pieces):
        about = f"{piece.stamp} {json.dumps(run, sort_keys=True)}"
        digest = blake2b(about.encode(), digest_size=6).hexdigest()
        yield Part(number, piece, folder / f"part-{number:06d}-{digest}.parquet")


def make_room(folder: Path, parts: Sequence[Part]) -> list[Part]:
    """Take away parts of other inputs, and those that lost a file which could not be reached.

    Args:
        folder: Of the run.
        parts: Those that are to be there in the end.

    Returns:
        Those that are missing.

    Raises:
        OSError: The folder cannot be read, or something in it not be taken away.
    """
    names = {path.name for path in folder.iterdir()}
    there = set(filter(_PART.fullmatch, names))
    sound = {part.path.name for part in parts if part.unreached.name not in names}
    missing = [part for part in parts if part.path.name not in there & sound]
    if missing or there - sound:
        (folder / _SUCCESS).unlink(missing_ok=True)
    _keep(folder, sound)
    return missing


def finish(folder: Path, parts: Iterable[Part]) -> None:
    """Say that every part is there, and take away what workers of an earlier run left since.

    Args:
        folder: Of the run.
        parts: Those that are to be there.

    Raises:
        OSError: The folder cannot be written.
    """
    # First this: whoever is still at work on a part of that run can put it in its place no more.
    for path in folder.glob(f"{_BEGUN}*"):
        path.unlink(missing_ok=True)
    _keep(folder, {part.path.name for part in parts})
    (folder / _SUCCESS).touch()


def unfinished(paths: Iterable[str]) -> list[Path]:
    """Folders of runs that lack parts, or may: those that `finish` said nothing of.

    Args:
        paths: Files and folders that are to be read, `-` among them.
    """
    folders = {
        file.parent
        for path in paths
        for file in (files(Path(path)) if os.path.isdir(path) else [Path(path)])
    }
    folders |= {Path(path) for path in paths}
    return sorted(
        folder
        for folder in folders
        if (folder / _RUN).is_file() and not (folder / _SUCCESS).exists()
    )


def _keep(folder: Path, names: Set[str]) -> None:
    """Take away all parts but some, and what is noted of them."""
    for path in list(folder.iterdir()):
        found = _OF_PART.fullmatch(path.name)
        if found and f"{found[1]}.parquet" not in names:
            path.unlink(missing_ok=True)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f"_{path.stem}{ending}")
