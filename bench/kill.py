"""A run that is killed again and again, and gone on with: is anything lost, or there twice?

    python -m bench.kill [MILLISECONDS] [ARTICLES] [JOBS]

Scores the seeds, repeated to 1,000 articles, once without a kill; then with kill -9 every 200
milliseconds, each time resumed, and compares the bytes. The clock of a kill starts with the
process. Where a process has not even scored its first articles by then nothing would ever be done:
after two such runs the clock starts with the first new row, and that is printed.
"""

import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

CLASSIFY = str(Path(sys.executable).with_name("classify"))
SEEDS = Path(__file__).parent.parent / "seeds"


def run_killed(command: Sequence[str], output: Path, seconds: float, most: int = 10_000) -> int:
    """Run a command until it ends by itself, killing it again and again.

    Args:
        command: One that goes on with what is there.
        output: What it writes.
        seconds: After which to kill.
        most: Kills after which it is let alone.

    Returns:
        How many times it was killed.
    """
    killed = idle = 0
    begin = Path(f"{output}.unfinished/rows")
    while True:
        before = begin.stat().st_size if begin.exists() else 0
        with subprocess.Popen(command) as run:
            # A run that starts too slowly to do anything in the time is given its start.
            while idle > 1 and run.poll() is None and not _goes_on(begin, before):
                time.sleep(0.005)
            try:
                status = run.wait(seconds if killed < most else None)
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)
                killed += 1
                after = begin.stat().st_size if begin.exists() else 0
                idle = idle if idle > 1 or after > before else idle + 1
                continue
        if status:
            raise SystemExit(f"ended with status {status}")
        if idle > 1:
            print("the clock had to start with the first new row: the start takes longer than that")
        return killed


def _goes_on(rows: Path, before: int) -> bool:
    return rows.exists() and rows.stat().st_size > before


def articles(path: Path, n: int) -> None:
    """Write a JSON Lines file of the seeds, repeated."""
    texts = [seed.read_text("utf-8") for seed in sorted(SEEDS.glob("*/*.txt"))]
    with path.open("w", encoding="utf-8") as out:
        for number in range(n):
            row = {"text": texts[number % len(texts)], "source": f"no. {number}"}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    """Print what became of the rows."""
    milliseconds, n, jobs = [int(arg) for arg in sys.argv[1:]] + [200, 1000, 1][len(sys.argv) - 1 :]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, whole, out = folder / "in.jsonl", folder / "whole.jsonl", folder / "out.jsonl"
        articles(source, n)
        score = [CLASSIFY, "score", str(source), "--jobs", str(jobs)]
        begin = time.perf_counter()
        subprocess.run([*score, "-o", str(whole)], check=True)
        undisturbed = time.perf_counter() - begin
        begin = time.perf_counter()
        killed = run_killed([*score, "-o", str(out), "--resume"], out, milliseconds / 1000)
        took = time.perf_counter() - begin
        rows, expected = out.read_bytes().splitlines(), whole.read_bytes().splitlines()
        print(f"{n} articles, {len(expected)} rows; a run without kills took {undisturbed:.1f} s")
        print(f"killed {killed} times, {milliseconds} ms apart; {took:.1f} s in all")
        print(f"lost: {len(set(expected) - set(rows))}, twice: {len(rows) - len(set(rows))},")
        same = out.read_bytes() == whole.read_bytes()
        print("same bytes" if same else "OTHER BYTES")
        sys.exit(not same)


if __name__ == "__main__":
    main()
