"""Timing whole processes side by side: interleaved rounds, medians, ratios.

Every process finds its modules compiled, as an installer leaves them: in a checkout that keeps no
bytecode, half of a start is the compiling of this package's own source.
"""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence


def seconds(command: Sequence[str], stdin: bytes, bytecode: str) -> float:
    """Wall time of one run of a command, which must succeed; see `medians`."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONPYCACHEPREFIX": bytecode}
    begin = time.perf_counter()
    subprocess.run(command, input=stdin, stdout=subprocess.DEVNULL, check=True, env=environment)
    return time.perf_counter() - begin


def medians(
    commands: Mapping[str, Sequence[str]], *, rounds: int, stdin: bytes = b""
) -> dict[str, float]:
    """Median wall time of each command, in seconds.

    Every round runs each command once, so that a slow moment of the machine meets them all; a
    round before the first warms the caches, compiles and is not counted.

    Args:
        commands: By name.
        rounds: Counted rounds.
        stdin: What each command gets to read.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as bytecode:
        for number in range(rounds + 1):
            for name, command in commands.items():
                took = seconds(command, stdin, bytecode)
                if number:
                    times[name].append(took)
    return {name: statistics.median(each) for name, each in times.items()}
