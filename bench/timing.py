"""Timing side by side, functions or whole processes: interleaved rounds, medians.

Every round runs each once, so that a slow moment of the machine meets them all; a round before the
first warms the caches and is not counted.

Every process finds its modules compiled, as an installer leaves them: in a checkout that keeps no
bytecode, half of a start is the compiling of this package's own source.
"""

import os
import random
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from operator import truediv
from typing import NamedTuple


class Took(NamedTuple):
    """What a command took, in seconds.

    Attributes:
        wall: By the clock.
        processor: Of all cores together; others on the machine hardly change it.
    """

    wall: float
    processor: float


def took(command: Sequence[str], stdin: bytes, bytecode: str) -> Took:
    """What one run of a command takes, which must succeed.

    Args:
        command: Program and arguments.
        stdin: What it gets to read.
        bytecode: Folder in which it finds its modules compiled, or leaves them.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONPYCACHEPREFIX": bytecode}
    worked, begin = _worked(), time.perf_counter()
    subprocess.run(command, input=stdin, stdout=subprocess.DEVNULL, check=True, env=environment)
    return Took(time.perf_counter() - begin, _worked() - worked)


def _worked() -> float:
    """Processor time of the processes that this one has started and that are done."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def of_functions(functions: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median processor time of each function, in seconds.

    Processor time and not that of the clock: all of them run on one core, and others may want the
    same one.
    """
    times: dict[str, list[float]] = {name: [] for name in functions}
    for number in range(rounds + 1):
        for name, function in functions.items():
            begin = time.process_time()
            function()
            if number:
                times[name].append(time.process_time() - begin)
    return {name: statistics.median(each) for name, each in times.items()}


class Rounds:
    """What commands took, each once a round."""

    def __init__(self, times: Mapping[str, Sequence[Took]]) -> None:
        """Keep what each command took, round by round."""
        self._times = times

    def median(self, name: str) -> Took:
        """What a command takes."""
        return Took(*map(statistics.median, zip(*self._times[name], strict=True)))

    def ratio(self, one: str, other: str) -> Took:
        """How many times as long one command takes as another, both times: the median of rounds.

        Round by round and not of the medians, as a machine may slow down by a half in between.
        """
        pairs = zip(self._times[one], self._times[other], strict=True)
        ratios = [Took(*map(truediv, *each)) for each in pairs]
        return Took(*map(statistics.median, zip(*ratios, strict=True)))


def of_commands(
    commands: Mapping[str, Sequence[str]], *, rounds: int, stdin: bytes = b""
) -> Rounds:
    """What each command takes, round by round.

    Args:
        commands: By name.
        rounds: Counted rounds.
        stdin: What each command gets to read.
    """
    times: dict[str, list[Took]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as bytecode:
        for number in range(rounds + 1):
            # What ran before leaves the caches of the machine to the next one, each time another.
            for name in random.Random(number).sample(list(commands), len(commands)):
                each = took(commands[name], stdin, bytecode)
                if number:
                    times[name].append(each)
    return Rounds(times)
