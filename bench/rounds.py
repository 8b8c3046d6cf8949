"""Timing functions side by side in one process: interleaved rounds, medians."""

import statistics
import time
from collections.abc import Callable, Mapping


def medians(functions: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median processor time of each function, in seconds.

    Every round calls each once, so that a slow moment of the machine meets them all; a round
    before the first warms the caches and is not counted. Processor time and not that of the clock:
    all of them run on one core, and others may want the same one.
    """
    times: dict[str, list[float]] = {name: [] for name in functions}
    for number in range(rounds + 1):
        for name, function in functions.items():
            begin = time.process_time()
            function()
            if number:
                times[name].append(time.process_time() - begin)
    return {name: statistics.median(each) for name, each in times.items()}
