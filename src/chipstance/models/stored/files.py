"""Files of a model folder that another process may be replacing at this moment.

What is promised: whoever opens a model has the old one or the new one, whole. `placing` changes a
folder in one step, but a reader opens several files one after the other, and the step may come
between them. So every file is checked through the descriptor that is read from then on, against
one manifest; and where a check fails while the folder was replaced, all of it is read anew.

A file that somebody writes into in its place, as `cp` does, cannot be kept from changing. So none
is mapped: what is used was read and checked, and nobody can change it any more.
"""

import os
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

from chipstance.errors import ModelError

MANIFEST: Final = "manifest.json"
# Bytes that have a checksum of their own.
BLOCK: Final = 4096
ANEW: Final = "copy the model anew or train it again"
_FILE_LIMIT: Final = 1 << 30
# For who shares a place in a file, where the system cannot read at one that is given.
_LOCK = Lock()
# Readings of a folder before it is given up: each takes milliseconds, a training seconds.
_TRIES: Final = 50
_PAUSE: Final = 0.02

Result = TypeVar("Result")


def aside(folder: Path) -> str:
    """How the name of a folder begins that stands where an earlier model was put aside."""
    return f".{folder.name}.old."


def of_one_version(folder: Path, read: Callable[[Path], Result]) -> Result:
    """Read a model folder, all of it as it was at one moment.

    Args:
        folder: Of a model.
        read: Reads it, and raises `ModelError` where its files are not of one manifest.

    Raises:
        ModelError: It is missing or damaged, and nobody is replacing it.
    """
    for _ in range(_TRIES):
        version = _version(folder)
        try:
            return read(folder)
        except ModelError:
            if _version(folder) == version and not _is_aside(folder):
                raise
        time.sleep(_PAUSE)
    return read(folder)


def _version(folder: Path) -> tuple[int, ...] | None:
    """What a folder's manifest is known by: another one that takes its place differs in it."""
    try:
        status = os.stat(folder / MANIFEST)
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size


def _is_aside(folder: Path) -> bool:
    """Whether a model is between its old place and its new one; see `placing`."""
    import glob

    try:
        folder = folder.resolve()
        return not folder.exists() and any(folder.parent.glob(f"{glob.escape(aside(folder))}*"))
    except (OSError, ValueError):
        # No name that a folder could have.
        return False


def is_there(folder: Path) -> bool:
    """Whether a folder holds a model, though one be replacing it at this moment."""
    for _ in range(_TRIES):
        if os.path.isfile(folder / MANIFEST):
            return True
        if not _is_aside(folder):
            return False
        time.sleep(_PAUSE)
    return False


class Blocks:
    """A file of which as much is read as is asked for, and each block checked when it is.

    What was read is a copy: whoever writes into the file changes nothing that is in use, and what
    was changed before is noticed. Scoring a sentence asks for a fifth of a model.
    """

    def __init__(self, path: Path, checksum: object, most: int = _FILE_LIMIT) -> None:
        """Open a file.

        Args:
            path: The file.
            checksum: As `checksum_of` gives it; None where the manifest names no such file.
            most: Bytes that it may have.

        Raises:
            ModelError: It is missing, too large or of another size.
        """
        if not isinstance(checksum, str) or not os.path.isfile(path):
            raise ModelError(f"{path}: missing from the model; {ANEW}")
        self.path = path
        try:
            self._file = path.open("rb", buffering=0)
            self.size = os.fstat(self._file.fileno()).st_size
            self._sums = bytes.fromhex(checksum)
        except OSError as error:
            raise self._unreadable(error) from error
        except ValueError:
            raise self._changed() from None
        if self.size > most:
            raise ModelError(f"{path}: larger than any model this version makes; not opened")
        if len(self._sums) != 4 * -(-self.size // BLOCK):
            raise self._changed()

    def __del__(self) -> None:
        if file := getattr(self, "_file", None):
            file.close()

    def read(self, number: int) -> bytes:
        """One block.

        Raises:
            ModelError: It was changed.
        """
        data = self._read(BLOCK, number * BLOCK)
        if zlib.crc32(data) != int.from_bytes(self._sums[4 * number : 4 * number + 4]):
            raise self._changed()
        return data

    def whole(self) -> bytes:
        """All of the file.

        Raises:
            ModelError: It was changed.
        """
        data = self._read(self.size, 0)
        if _sums(data) != self._sums:
            raise self._changed()
        return data

    def _read(self, size: int, at: int) -> bytes:
        try:
            if hasattr(os, "pread"):
                return os.pread(self._file.fileno(), size, at)
            with _LOCK:
                self._file.seek(at)
                return self._file.read(size)
        except OSError as error:
            raise self._unreadable(error) from error

    def _changed(self) -> ModelError:
        return ModelError(f"{self.path}: changed since the model was saved; {ANEW}")

    def _unreadable(self, error: OSError) -> ModelError:
        return ModelError(f"{self.path}: cannot be read ({error.strerror}); {ANEW}")


def checksum_of(data: bytes) -> str:
    """CRC-32 of each `BLOCK` of some bytes, 8 hexadecimal digits each.

    It notices every changed byte at three gigabytes a second. Against somebody who forges a model
    no digest in the same folder would help; that loading runs nothing is what does.
    """
    return _sums(data).hex()


def _sums(data: bytes) -> bytes:
    blocks = (data[at : at + BLOCK] for at in range(0, len(data), BLOCK))
    return b"".join([zlib.crc32(block).to_bytes(4) for block in blocks])
