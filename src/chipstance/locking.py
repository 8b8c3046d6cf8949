"""Locks, which go with the process that holds them, however that ends; Windows has none.

Two kinds, which do not see each other: `lock` is of a file that one process writes for as long as
it runs, and no worker that it forks has it; `locked` is of a file or a folder, for a block.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from chipstance.errors import ChipstanceError

# What storage answers that several machines share and that has no locks.
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP})


def opened_to_change(path: Path) -> IO[bytes]:
    """A file open for reading and writing from its beginning; an empty one where there is none."""
    path.touch()
    return path.open("r+b")


def lock(file: IO[bytes], output: Path) -> None:
    """Take a lock, so that one run at a time writes into an output.

    `lockf` and not `flock`: workers that are forked later must not hold it too. It also goes when
    the process closes the file wherever it has it open.

    Args:
        file: Open for writing.
        output: What is written under this lock.

    Raises:
        ChipstanceError: Another process holds it.
        OSError: It cannot be taken.
    """
    try:
        import fcntl
    except ImportError:  # not on Windows
        return
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        raise ChipstanceError(
            f"{output}: another run is writing it; wait for that, or name another output"
        ) from None
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise


@contextmanager
def locked(path: Path, *, wait: bool = True) -> Iterator[bool]:
    """Lock a folder or a file against others who ask; the lock goes with the process.

    Args:
        path: To lock.
        wait: Wait until nobody else has it.

    Yields:
        Whether it is locked; where the system has no locks, never.
    """
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield False
        return
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        yield False
        return
    try:
        yield _lock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    finally:
        os.close(descriptor)


def _lock(descriptor: int, how: int) -> bool:
    import fcntl

    try:
        fcntl.flock(descriptor, how)
    except OSError:
        return False
    return True
