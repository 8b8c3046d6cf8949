"""What a user names to be read: files, folders and standard input."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from chipstance.articles.files import files

STDIN = "-"


def total_size(paths: Sequence[str], *, leave_out: Path | int | None = None) -> int:
    """Bytes of the inputs together; standard input, and what is not there, has none.

    Args:
        paths: Files, folders, and `-` for standard input.
        leave_out: As for `inputs`.
    """
    return sum(stamp(str(file))[1] for path in paths for file in inputs(path, leave_out))


def holds(paths: Sequence[str], file: Path) -> bool:
    """Whether a folder of the inputs holds a file as an input.

    Args:
        paths: Files, folders, and `-` for standard input.
        file: It may be called otherwise there, as links are, or not be there at all.
    """
    folders, status = filter(os.path.isdir, paths), _status(file)
    return status is not None and any(
        _same(each, status) for folder in folders for each in files(Path(folder))
    )


def inputs(path: str, leave_out: Path | int | None) -> Iterator[Path]:
    """The files of an input; a folder without any stands for itself, and will be complained of.

    Args:
        path: A file, a folder, or `-` for standard input.
        leave_out: A file, or the descriptor of one, that is no input where a folder holds it: the
            output.
    """
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


def stamp(name: str) -> tuple[str, int]:
    """What tells whether a file is the same later, and its size."""
    try:
        status = os.stat(name)
    except OSError:
        return f"{name}\0missing", 0
    return f"{name}\0{status.st_size}\0{status.st_mtime_ns}", status.st_size
