"""How far a run is: a bar on a terminal, once the run has lasted long enough to ask."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# Seconds before there is a bar, and between two looks at it.
_PATIENCE, _REFRESH = 2.0, 0.2


@contextmanager
def progress_bar(
    total: Callable[[], int], *, silent: bool = False
) -> Iterator[Callable[[int], None]]:
    """A bar on stderr, which goes when the run ends; nothing where that is no terminal.

    Args:
        total: Says how many bytes there are to do; asked once, when the bar is first drawn.
        silent: Whether there is to be none on a terminal either.

    Yields:
        What is to be told how many more bytes are done.
    """
    if silent or not sys.stderr.isatty():
        yield lambda _n_bytes: None
        return
    with ExitStack() as stack:
        yield _Bar(total, stack)


class _Bar:
    def __init__(self, total: Callable[[], int], stack: ExitStack) -> None:
        self._total, self._stack = total, stack
        self._bar: tuple[Progress, TaskID] | None = None
        self._began = time.monotonic()
        self._next = self._began + _PATIENCE
        self._done = 0

    def __call__(self, n_bytes: int) -> None:
        self._done += n_bytes
        if time.monotonic() < self._next:
            return
        progress, task = self._bar = self._bar or self._drawn()
        progress.update(task, completed=self._done, refresh=True)
        self._next = time.monotonic() + _REFRESH

    def _drawn(self) -> "tuple[Progress, TaskID]":
        # Here and not above: most runs are over before they need it.
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

        # No thread of its own draws it, for processes may still be forked.
        progress = Progress(
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
        )
        self._stack.enter_context(progress)
        return progress, progress.add_task("", total=self._total())
