"""The three streams of a process, made such that all that is written arrives, or else it is said.

A caller may have closed them, and may have them answer at once where there is nothing to read or no
room to write; and Python may have been told not to gather what is written (`PYTHONUNBUFFERED`, as
images of containers do), when what the system does not take in one go is lost without a word.
"""

import io
import os
import sys
from contextlib import suppress
from typing import IO, TextIO


def prepare_streams() -> None:
    """Make the streams of this process fit for what commands read and print."""
    _replace_closed()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if (number := descriptor(stream)) is not None:
            # Windows knows only some that it can make wait.
            with suppress(OSError):
                os.set_blocking(number, True)
    sys.stdout, sys.stderr = _whole(sys.stdout), _whole(sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        # A terminal in Big5 or ASCII lacks characters; it shows them as escapes.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write_no_more(stream: TextIO | None = None) -> None:
    """Let what is left to write go nowhere: its reader has gone, as `head` does, or it is full.

    Args:
        stream: Where it was to go; stdout by default.
    """
    if (number := descriptor(stream or sys.stdout)) is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def descriptor(stream: IO[str]) -> int | None:
    """The descriptor of a stream; None for one that a program put in its place."""
    try:
        return stream.fileno()
    except OSError:
        return None


def _replace_closed() -> None:
    """Replace streams that the caller closed.

    There is nothing to read; writing to stdout fails, and what goes to stderr is lost.
    """
    # Lowest number first, for a file opened later must not become the standard output. Open for
    # reading alone, a stream refuses what is written as a closed one does.
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def _whole(stream: TextIO) -> TextIO:
    """A stream that writes on until all is written, in place of one that tries once."""
    if not isinstance(stream, io.TextIOWrapper) or not isinstance(stream.buffer, io.RawIOBase):
        return stream
    # A line at a time, as somebody watches.
    return open(stream.fileno(), "w", 1, stream.encoding, stream.errors, closefd=False)
