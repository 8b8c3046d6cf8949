"""Which files are read, and what is said of those that cannot be."""

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from chipstance.errors import InputError, UnreachedError

TEXTS = frozenset({".txt", ".text", ".md", ".html", ".htm", ".xhtml"})
TABLES = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet"})


def files(folder: Path) -> Iterator[Path]:
    """The readable files below a folder, in order; hidden ones and circular links left out.

    Last come folders that cannot be looked into, so that reading them as files tells why.
    """
    closed: list[OSError] = []
    for path in _all_files(folder, closed.append):
        if path.suffix.lower() in TEXTS | TABLES:
            yield path
    yield from (Path(error.filename) for error in closed)


def left_out(folder: Path) -> Counter[str]:
    """How many files below a folder have another ending than those that are read, by ending."""
    return Counter(
        path.suffix.lower()
        for path in _all_files(folder)
        if path.suffix.lower() not in TEXTS | TABLES
    )


def _all_files(folder: Path, closed: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    seen: set[str] = set()
    for root, folders, names in os.walk(folder, followlinks=True, onerror=closed):
        real = os.path.realpath(root)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(names) if not name.startswith("."))


@contextmanager
def naming(path: Path | str) -> Iterator[None]:
    """Make what goes wrong inside an `InputError` that begins with the name of the file.

    Raises:
        UnreachedError: The file is not there or cannot be opened.
        InputError: It cannot be read.
    """
    try:
        yield
    except InputError as error:
        raise type(error)(f"{path}: {error}") from None
    except FileNotFoundError:
        raise UnreachedError(f"{path}: no such file; check the name") from None
    except OSError as error:
        raise UnreachedError(f"{path}: {error.strerror or error}; check the file") from None
    except MemoryError as error:
        what = error or "too large for the memory"
        raise InputError(f"{path}: {what}; check the file") from None


def check_kind(path: Path) -> None:
    """Refuse what has no end, or would keep everyone waiting.

    Raises:
        InputError: It is a device or, but for a text that the shell hands over, a pipe.
        OSError: It is not there, or a folder that is closed.
    """
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        # No folder is read as a file but one of `files` that is closed, and this tells why.
        os.listdir(path)
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        raise InputError("is a device; give a file, or - for standard input")
    # What the shell makes of <(…) has no ending; a pipe with one can be read once alone, and lies
    # in a folder with nobody writing to it.
    if stat.S_ISFIFO(mode) and path.suffix:
        raise InputError("is no regular file but a pipe; feed it to standard input and give -")
