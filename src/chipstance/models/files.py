"""Files of a model folder that another process may be replacing at this moment.

What is promised: whoever opens a model has the old one or the new one, whole. `placing` changes a
folder in one step, but a reader opens several files one after the other, and the step may come
between them. So every file is checked through the descriptor that is read from then on, against
one manifest; and where a check fails while the folder was replaced, all of it is read anew.

A file that somebody writes into in its place, as `cp` does, changes under whoever has it mapped.
That is not to be prevented, only noticed: a file cut short before each use, any change when a
long run makes tables of its own, which nobody can change any more.
"""

import glob
import os
import time
import zlib
from collections.abc import Callable
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final, TypeVar

from chipstance.errors import ModelError

MANIFEST: Final = "manifest.json"
_FILE_LIMIT: Final = 1 << 30
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


def opened(path: Path, checksum: object, most: int = _FILE_LIMIT) -> memoryview:
    """The bytes of a file, memory-mapped after they were found to be those of the manifest.

    Args:
        path: The file.
        checksum: As `checksum_of` gives it; None where the manifest names no such file.
        most: Bytes that it may have.

    Raises:
        ModelError: It is missing, too large or changed.
    """
    if checksum is None or not os.path.isfile(path):
        raise ModelError(f"{path}: missing from the model; copy the model anew or train it again")
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > most:
                raise ModelError(f"{path}: larger than any model this version makes; not opened")
            # No system maps a file of no bytes.
            data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ) if size else b"")
    except OSError as error:
        raise ModelError(
            f"{path}: cannot be read ({error.strerror}); copy the model anew"
        ) from error
    if checksum_of(data) != checksum:
        raise ModelError(
            f"{path}: changed since the model was saved; copy it anew or train it again"
        )
    return data


def is_changed(data: memoryview, checksum: str | None = None) -> bool:
    """Whether a file that was opened is shorter by now, so that reading it would end the process.

    Args:
        data: What `opened` gave, or a part of it.
        checksum: Of the whole file; with it every other change is noticed too.
    """
    mapped = data.obj
    if isinstance(mapped, mmap) and mapped.size() < len(mapped):
        return True
    return checksum is not None and checksum_of(memoryview(mapped)) != checksum


def checksum_of(data: memoryview | bytes) -> str:
    """CRC-32 of bytes, 8 hexadecimal digits.

    It notices every changed byte at four gigabytes a second. Against somebody who forges a model
    no digest in the same folder would help; that loading runs nothing is what does.
    """
    return f"{zlib.crc32(data):08x}"
