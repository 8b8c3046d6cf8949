"""One process and two, on the same articles, as whole commands: start included.

    python -m bench.jobs [ARTICLES] [JOBS] [ROUNDS]

Prints medians of interleaved rounds and the ratio. Both write the same bytes; that is checked.
"""

import sys
import tempfile
from pathlib import Path

from bench.kill import CLASSIFY, articles
from bench.timing import medians


def main() -> None:
    """Print the table."""
    n, jobs, rounds = [int(arg) for arg in sys.argv[1:]] + [200, 2, 5][len(sys.argv) - 1 :]
    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "in.jsonl")
        articles(source, n)
        outs = {number: Path(name, f"{number}.jsonl") for number in (1, jobs)}
        took = medians(
            {
                str(number): [CLASSIFY, "score", str(source), "-o", str(out), "-j", str(number)]
                for number, out in outs.items()
            },
            rounds=rounds,
        )
        assert outs[1].read_bytes() == outs[jobs].read_bytes()
        size = source.stat().st_size
    print(f"{n} articles, {size / 1e6:.2f} MB; medians of {rounds} interleaved rounds")
    for number, seconds in took.items():
        print(f"{seconds:8.2f} s  {size / seconds / 1e6:6.2f} MB/s  --jobs {number}")
    print(f"one job / {jobs} jobs: {took['1'] / took[str(jobs)]:.2f}")


if __name__ == "__main__":
    main()
