"""What the system does in one step: two folders change places, a folder or a file is locked."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HERE = {"linux": -100, "darwin": -2}
_EXCHANGE = 2


def exchange(one: Path, other: Path) -> bool:
    """Have two folders change places, so that at no moment either place is empty.

    Returns:
        Whether it was done; the system, or the disk that they are on, may not know how.
    """
    # Here and not above, as whoever only locks needs none of it.
    import ctypes

    name = {"linux": "renameat2", "darwin": "renameatx_np"}.get(sys.platform)
    try:
        # Python has no call for it; the C library has.
        call = getattr(ctypes.CDLL(None), name or "")
    except (AttributeError, OSError, TypeError):
        return False
    here = _HERE[sys.platform]
    done: int = call(here, os.fsencode(one), here, os.fsencode(other), ctypes.c_uint(_EXCHANGE))
    return done == 0


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
