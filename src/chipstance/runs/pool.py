"""Many cores: a function over a stream of items by several processes, results in order.

Processes and not threads, because most of reading and linking is Python that holds the
interpreter. `concurrent.futures` and not joblib: a forked worker has the model that its parent
opened, and is there in hundredths of a second, where joblib's workers start anew and open it
again; and joblib's generator does not wait for who takes its results, so that its memory is
bounded only by luck.
"""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from chipstance.errors import ChipstanceError

if TYPE_CHECKING:
    from ctypes import c_bool
    from multiprocessing.process import BaseProcess

Item = TypeVar("Item")
Result = TypeVar("Result")
# Fewer items are done sooner by one process than by starting others; see `bench.jobs`.
_FEW = 4
# In a worker: true when nobody waits for results any more.
_stopped: "c_bool | None" = None


def _never(item: object) -> bool:
    return False


def in_order(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    jobs: int,
    is_latest: Callable[[Item], bool] = _never,
) -> Iterator[Result]:
    """Results of a function, in the order of its items.

    Args:
        function: What can be pickled; it should open what it needs once in a process.
        items: A stream; no more of it is taken than there is work for.
        jobs: Processes; with 1 everything happens in this one.
        is_latest: Whether nobody knows when there will be an item behind this one: what there is
            to do is done before that is asked for.

    Raises:
        ChipstanceError: A process was killed from outside.
    """
    items = iter(items)
    few: list[Item] = []
    for item in items:
        few.append(item)
        if jobs < 2 or is_latest(item):
            yield from map(function, few)
            few = []
        elif len(few) == _FEW:
            # What the first one imports, compiles and opens is then there in those that are forked.
            yield function(few[0])
            yield from _by_processes(function, chain(few[1:], items), jobs, is_latest)
            return
    yield from map(function, few)


def _by_processes(
    function: Callable[[Item], Result],
    items: Iterator[Item],
    jobs: int,
    is_latest: Callable[[Item], bool],
) -> Iterator[Result]:
    # Here and not above: small inputs and one process need none of it.
    import multiprocessing
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from ctypes import c_bool

    # Elsewhere the system's own libraries do not bear forking. Here no thread of Python's is there
    # when it happens, as the executor forks before it starts its own, and OpenBLAS ends those of
    # numpy's for the moment: what is copied holds no lock of anybody who was not copied.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    # A byte and not an event: a worker killed while it looks at an event holds its lock for ever.
    stopped = context.RawValue(c_bool, False)
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(stopped,))
    waiting: deque[Future[Result]] = deque()
    try:
        for item in items:
            with _undisturbed():
                waiting.append(pool.submit(_unless_stopped, function, item))
            most = 0 if is_latest(item) else 2 * jobs
            while len(waiting) > most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise ChipstanceError(
            "a worker process was killed, most likely for want of memory; use fewer --jobs"
        ) from error
    finally:
        # Before the end, what a process is at is finished and nothing more begun: of one that is
        # ended while it hands over a result, the rest would be waited for without end.
        stopped.value = True
        pool.shutdown(cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off what asks to end until processes are begun.

    Amid a fork it would be lost, or kill one that does not know yet to leave it to its parent.
    """
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _unless_stopped(function: Callable[[Item], Result], item: Item) -> Result:
    if _stopped is not None and _stopped.value:
        raise ChipstanceError("stopped: nobody waits for this")
    return function(item)


def _begin(stopped: "c_bool") -> None:
    """Leave Ctrl-C to the parent, end when it says so, and do not outlive it."""
    from multiprocessing import parent_process
    from threading import Thread

    global _stopped
    _stopped = stopped
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in signal.valid_signals():
        # What the parent does in good order is not for others to do.
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
    parent = parent_process()
    if parent is not None:
        Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: "BaseProcess") -> None:
    parent.join()
    os._exit(1)
