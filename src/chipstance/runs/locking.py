"""One run at a time into one output."""

import errno
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
    """Take a lock, which goes with the process that holds it, however that ends.

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
