"""Putting a whole file in its place, as `stored.placing` does with folders.

It is written beside its place, locked, and renamed there. What a killed writer left beside it has
no lock any more, and is taken away by the next one.
"""

import glob
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from chipstance.errors import ChipstanceError
from chipstance.locking import locked
from chipstance.printable import safe_stream


def is_stream(path: Path) -> bool:
    """Whether it is a device or a pipe, such as `/dev/stdout`: written to, and never replaced.

    Of a folder this is true, too: opening it fails, and at once, not when all is there to be put
    in its place.
    """
    return path.exists() and not path.is_file()


def behind(path: Path) -> Path:
    """The file itself, of a link the one that it leads to, be that there or not.

    Raises:
        OSError: It leads in a circle.
    """
    if not path.is_symlink():
        return path
    with suppress(FileNotFoundError):
        path.stat()
    return path.resolve()


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing beside its place; it is renamed there when all went well.

    Args:
        path: Where the file is to be; what is there stays until then.

    Raises:
        BrokenPipeError: It is a pipe, and its reader went away.
        ChipstanceError: The folder cannot be written, or the disk is full.
    """
    try:
        if is_stream(path):
            with path.open("wb") as out:
                yield safe_stream(out)
            return
        # Of a link it is the file behind it that is replaced.
        path = behind(path)
        with _beside(path) as temporary:
            with temporary.open("wb") as out:
                yield out
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o666 & ~mask)
            temporary.replace(path)
    except BrokenPipeError:
        # Nothing failed: its reader has enough, and the command says so with its status.
        raise
    except OSError as error:
        what = error.strerror if path.parent.is_dir() else "no such folder; make it first"
        raise ChipstanceError(f"{path}: cannot be written: {what}") from error


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A new file beside another, locked as long as it is needed; it goes if it is still there."""
    # Here and not above, because it brings much that nothing else needs.
    import tempfile

    prefix = f".{path.name}.unfinished."
    with ExitStack() as held:
        with locked(path.parent):
            for left in path.parent.glob(f"{glob.escape(prefix)}????????"):
                with locked(left, wait=False) as is_free:
                    if is_free:
                        left.unlink(missing_ok=True)
            handle, name = tempfile.mkstemp(prefix=prefix, dir=path.parent)
            os.close(handle)
            held.callback(Path(name).unlink, missing_ok=True)
            held.enter_context(locked(Path(name), wait=False))
        yield Path(name)
