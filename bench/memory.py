"""Peak memory of scoring more and more sentences: does it stay flat?

    python -m bench.memory [SENTENCES …]

Scores the seeds repeated, from a folder of JSON Lines files of 1,000 articles each, into a JSON
Lines file, in one process, and prints the most memory it held (resident, files mapped into it
included). By default 10,000 and 100,000 sentences; 1,000,000 take as long as they take.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.material import CLASSIFY, write_articles

SENTENCES_AN_ARTICLE = 14
ARTICLES_A_FILE = 1000


def main() -> None:
    """Print the table."""
    for n in [int(arg) for arg in sys.argv[1:]] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory() as name:
            source, out = Path(name, "in"), Path(name, "out.jsonl")
            source.mkdir()
            for number in range(max(1, n // SENTENCES_AN_ARTICLE // ARTICLES_A_FILE)):
                write_articles(source / f"{number:05d}.jsonl", ARTICLES_A_FILE)
            begin = time.perf_counter()
            subprocess.run([CLASSIFY, "score", str(source), "-o", str(out)], check=True)
            seconds = time.perf_counter() - begin
            with out.open("rb") as rows:
                n_rows = sum(1 for _ in rows)
        # The largest of all children so far: sizes are in ascending order.
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{n_rows:9d} sentences  {seconds:7.1f} s  {peak:6.0f} MB at most", flush=True)


if __name__ == "__main__":
    main()
