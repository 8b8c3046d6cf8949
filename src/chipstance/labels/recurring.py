"""Problems that recur from row to row, mostly because one thing is wrong with the whole file."""

import re
from collections.abc import Iterable, Iterator

_PLACE = re.compile(r"(?:row|task) \d+: ")
_SHOWN = 3


def cut_short(problems: Iterable[str]) -> Iterator[str]:
    """The problems of a file, of those that differ in their rows alone the first few.

    Args:
        problems: A line each, `FILE: row 2: what to do`.

    Yields:
        The lines, and in place of those left out one that counts them.

    >>> list(cut_short(f"f: row {n}: no text" for n in range(2, 90)))[2:]
    ['f: row 4: no text', 'f: 85 rows more: no text']
    """
    alike: dict[str, list[str]] = {}
    for line in problems:
        alike.setdefault(_PLACE.sub("", line, count=1), []).append(line)
    for lines in alike.values():
        # The line that counts takes the place of two at least.
        shown = len(lines) if len(lines) <= _SHOWN + 1 else _SHOWN
        yield from lines[:shown]
        if rest := len(lines) - shown:
            yield _PLACE.sub(f"{rest} rows more: ", lines[0], count=1)
