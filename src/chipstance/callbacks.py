"""What functions are handed to tell by, while they work."""

from collections.abc import Callable

# Told one line.
Say = Callable[[str], None]
# Told the number of a row, and in one line what is wrong with it and what to do.
RowReport = Callable[[int, str], None]
# Told how many more bytes are done.
Progress = Callable[[int], None]
# Asked now and then by what takes long; raises where nobody waits for the outcome any more.
Check = Callable[[], None]


def once(say: Say) -> Say:
    """Say a line once where it would be said several times in a row, as of pieces of one file."""
    said = None

    def say_what_is_new(line: str) -> None:
        nonlocal said
        if line != said:
            say(line)
        said = line

    return say_what_is_new


def unwatched(_n_bytes: int) -> None:
    """Progress that nobody watches."""


def go_on() -> None:
    """A check that lets all work go on to its end."""
