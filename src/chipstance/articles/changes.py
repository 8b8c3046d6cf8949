"""Whether a file of articles stays what it is while it is read.

Who reads a table in pieces opens it often, and who reads it once may take minutes: a file that is
emptied, written anew or replaced meanwhile would lose rows or give them twice, and nobody would
know. One that only grew at its end is read as far as it reached, which harms nothing.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from chipstance.digests import blake2b
from chipstance.errors import UnreachedError

# Of the end of a file, so many that no other file has the same there.
_END = 4096


class Seen(NamedTuple):
    """What a file was when it was looked at.

    Attributes:
        n_bytes: Its size.
        time: When it was written last, in nanoseconds.
        end: Digest of its last bytes.
    """

    n_bytes: int
    time: int
    end: str


def look(file: IO[bytes]) -> Seen:
    """What an open file is now."""
    status = os.fstat(file.fileno())
    return Seen(status.st_size, status.st_mtime_ns, _end(file, status.st_size))


@contextmanager
def unchanged(path: Path | str, seen: Seen | None = None) -> Iterator[IO[bytes]]:
    """Hold a file open, and make sure that it is the same before and after a `with` block.

    Args:
        path: The file.
        seen: What it was; None for what it is when the block begins.

    Raises:
        UnreachedError: It is another one, and did not only grow at its end.
        OSError: It cannot be opened.
    """
    with open(path, "rb") as file:
        seen = seen or look(file)
        _check(file, seen)
        yield file
        _check(file, seen)


def _check(file: IO[bytes], seen: Seen) -> None:
    status = os.fstat(file.fileno())
    same = (status.st_size, status.st_mtime_ns) == (seen.n_bytes, seen.time)
    grown = status.st_size > seen.n_bytes
    if not same and not (grown and _end(file, seen.n_bytes) == seen.end):
        raise UnreachedError(
            "changed while it was read, so that rows are missing or come twice;"
            " run again when nobody writes to it"
        )


def _end(file: IO[bytes], n_bytes: int) -> str:
    """Digest of what stands in front of a place; where the file is read next does not change."""
    place = file.tell()
    file.seek(max(0, n_bytes - _END))
    found = file.read(min(n_bytes, _END))
    file.seek(place)
    return blake2b(found, digest_size=8).hexdigest()
