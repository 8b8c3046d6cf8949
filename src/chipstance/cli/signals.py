"""Ctrl-C, and what else asks a process to end: once, what is half done is taken away first.

Asked again, it ends at once: whatever that leaves behind, the next run takes away.
"""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_ASKING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
# Seconds to end in, of which nobody who waits gives much more: `docker stop` gives ten.
_PATIENCE = 5


def heed_signals() -> None:
    """Have signals end commands in good order, those apart that whoever called us ignores."""
    for number in _ASKING:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _end)
    sys.unraisablehook = _dropped


def heed_no_more() -> None:
    """Let a process that has done all it had to do end as it is about to, Ctrl-C or not."""
    _leave_when_asked()
    if signal.getsignal(signal.SIGINT) is _leave:
        # What Python ends with puts back how Ctrl-C is met by default.
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _leave_when_asked() -> None:
    for number in _ASKING:
        if signal.getsignal(number) is _end:
            signal.signal(number, _leave)


def _end(number: int, _frame: FrameType | None) -> None:
    _leave_when_asked()
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    # As the shell counts a program that a signal ended. Nobody is there to ask again.
    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, lambda *_: os._exit(128 + number))
        signal.alarm(_PATIENCE)
    raise SystemExit(128 + number)


def _leave(number: int, _frame: FrameType | None) -> None:
    if number == signal.SIGINT:
        with suppress(OSError):
            os.write(2, b"Stopped.\n")
    os._exit(128 + number)


def _dropped(what: "UnraisableHookArgs") -> None:
    """Leave where Python goes on after what was raised, as it does when it was tidying up."""
    if isinstance(what.exc_value, KeyboardInterrupt):
        _leave(signal.SIGINT, None)
    if isinstance(what.exc_value, SystemExit):
        os._exit(int(what.exc_value.code or 0))
    sys.__unraisablehook__(what)
