"""One process and two, on the same articles, as whole commands: start included.

    python -m bench.jobs [ARTICLES] [JOBS] [ROUNDS]

Prints medians of interleaved rounds and the median of their ratios. Both write the same bytes; that
is checked. Then what starting two processes costs, in this one where the model is open, and by
joblib.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from joblib import Parallel, delayed
from joblib.externals.loky import get_reusable_executor

from bench.material import CLASSIFY, write_articles
from bench.timing import of_commands
from chipstance.runs.pool import in_order


def start(begin: Callable[[], object], rounds: int) -> float:
    """The least that something took, in seconds."""
    took = []
    for _ in range(rounds):
        before = time.perf_counter()
        begin()
        took.append(time.perf_counter() - before)
    return min(took)


def by_joblib(jobs: int) -> None:
    """Start joblib's workers, have them do nothing and end them."""
    Parallel(jobs)(delayed(abs)(number) for number in range(8))
    get_reusable_executor().shutdown(wait=True)


def main() -> None:
    """Print the table."""
    n, jobs, rounds = [int(arg) for arg in sys.argv[1:]] + [200, 2, 5][len(sys.argv) - 1 :]
    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "in.jsonl")
        write_articles(source, n)
        outs = {number: Path(name, f"{number}.jsonl") for number in (1, jobs)}
        commands = {
            str(number): [CLASSIFY, "score", str(source), "-o", str(out), "-j", str(number)]
            for number, out in outs.items()
        }
        took = of_commands(commands, rounds=rounds)
        assert outs[1].read_bytes() == outs[jobs].read_bytes()
        size = source.stat().st_size
    print(f"{n} articles, {size / 1e6:.2f} MB; medians of {rounds} interleaved rounds")
    for number in commands:
        wall = took.median(number).wall
        print(f"{wall:8.2f} s  {size / wall / 1e6:6.2f} MB/s  --jobs {number}")
    print(f"one job / {jobs} jobs: {took.ratio('1', str(jobs)).wall:.2f}")
    ours = start(lambda: list(in_order(abs, range(8), jobs)), 15)
    theirs = start(lambda: by_joblib(jobs), 3)
    print(
        f"starting and ending {jobs} processes: {ours * 1000:.0f} ms, joblib {theirs * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
