"""Runs that are killed again and again and gone on with: is anything lost, or there twice?

    python -m bench.kill [MILLISECONDS] [ARTICLES] [JOBS]

Scores the seeds, repeated to 1,000 articles, once without a kill; then with kill -9 every 200
milliseconds, counted from the start of the process, each time resumed, and compares the bytes.
Where a process has scored nothing by then, nothing would ever be done: after two such kills in a
row they come at random times from 200 milliseconds to 1.5 seconds from the start of the process,
so that they hit the start, the first rows and whatever comes then, and after ten more in vain to
twice as long. What came of it stands in the table.

Then trains a small model into the folder of another one, killed at random times from the start of
the process to its end, and looks after each kill whether the folder holds the old model or the new
one, whole.
"""

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.material import CLASSIFY, write_articles
from chipstance.errors import ModelError
from chipstance.models.verdicts.model import Model

_LONGEST = 1.5
_PATIENCE = 10
_TRAININGS = 20


@dataclass(frozen=True, slots=True)
class Kills:
    """What a run lived through.

    Attributes:
        n: How many kills there were.
        in_vain: Those before which it had done nothing new.
        latest: Seconds from the start of a process to the latest of them.
    """

    n: int
    in_vain: int
    latest: float


def run_killed(command: Sequence[str], output: Path, seconds: float, most: int = 10_000) -> Kills:
    """Run a command until it ends by itself, killing it again and again.

    Args:
        command: One that goes on with what is there.
        output: What it writes.
        seconds: From its start, after which to kill; see the module's docstring.
        most: Kills after which it is let alone.
    """
    chance = random.Random(0)
    killed = in_vain = idle = 0
    latest = 0.0
    while True:
        before = _size(output)
        wait = seconds
        if idle >= 2:
            wait = chance.uniform(seconds, _LONGEST * 2 ** (idle // _PATIENCE))
        with subprocess.Popen(command) as run:
            try:
                status = run.wait(wait if killed < most else None)
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)
                run.wait()
                killed, latest = killed + 1, max(latest, wait)
                if _size(output) > before:
                    # Two in a row decided for random times; they stay.
                    idle = 2 if idle >= 2 else 0
                else:
                    idle, in_vain = idle + 1, in_vain + 1
                continue
        if status:
            raise SystemExit(f"ended with status {status}")
        return Kills(killed, in_vain, latest)


def _size(output: Path) -> int:
    rows = Path(f"{output}.unfinished/rows")
    return rows.stat().st_size if rows.exists() else 0


def train_killed(commands: Sequence[Sequence[str]], folder: Path, times: int) -> tuple[int, int]:
    """Train into a folder that holds a model, killing every training at some moment.

    Args:
        commands: Trainings into the folder, in turn.
        folder: Of the model.
        times: How many trainings to kill.

    Returns:
        Kills after which the folder held the model from before, and those after which a new one.

    Raises:
        ModelError: A kill left something else.
    """
    chance = random.Random(0)
    begin = time.perf_counter()
    subprocess.run(commands[-1], check=True, capture_output=True)
    took = time.perf_counter() - begin
    old = new = 0
    for number in range(times):
        before = Model(folder).name
        with subprocess.Popen(
            commands[number % len(commands)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as run:
            # Most of the time goes by before anything is written: the end is what matters.
            time.sleep(took * chance.uniform(0.3, 1.1))
            run.send_signal(signal.SIGKILL)
        # Opening checks every byte against the manifest.
        after = Model(folder).name
        old, new = old + (after == before), new + (after != before)
    return old, new


def reviews(path: Path, turned: bool) -> None:
    """Write a label file that is learned in a second, or the same with its labels turned."""
    said = (("服務很好", "味道很香", "房間乾淨"), ("服務很差", "味道很怪", "房間很髒"))
    labels = ("bad", "good") if turned else ("good", "bad")
    with path.open("w", encoding="utf-8") as out:
        for number in range(40):
            for label, texts in zip(labels, said, strict=True):
                row = {
                    "text": f"第{number}家店{texts[number % 3]}",
                    "mood": label,
                    "article": str(number),
                }
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _scoring(folder: Path, milliseconds: int, n: int, jobs: int) -> bool:
    source, whole, out = folder / "in.jsonl", folder / "whole.jsonl", folder / "out.jsonl"
    write_articles(source, n)
    score = [CLASSIFY, "score", str(source), "--jobs", str(jobs)]
    begin = time.perf_counter()
    subprocess.run([*score, "-o", str(whole)], check=True)
    undisturbed = time.perf_counter() - begin
    begin = time.perf_counter()
    kills = run_killed([*score, "-o", str(out), "--resume"], out, milliseconds / 1000)
    took = time.perf_counter() - begin
    rows, expected = out.read_bytes().splitlines(), whole.read_bytes().splitlines()
    same = out.read_bytes() == whole.read_bytes()
    print("| scoring | |")
    print("| --- | ---: |")
    print(f"| articles | {n:,} |")
    print(f"| rows | {len(expected):,} |")
    print(f"| seconds without kills | {undisturbed:.1f} |")
    print(f"| seconds with kills | {took:.1f} |")
    print(f"| kill -9 | {kills.n} |")
    print(f"| of them before anything new was done | {kills.in_vain} |")
    print(f"| milliseconds from a process's start to its kill | {_range(milliseconds, kills)} |")
    print(f"| rows lost | {len(set(expected) - set(rows))} |")
    print(f"| rows twice | {len(rows) - len(set(rows))} |")
    print(f"| bytes | {'the same' if same else 'OTHERS'} |\n", flush=True)
    return same


def _range(milliseconds: int, kills: Kills) -> str:
    latest = round(kills.latest * 1000)
    return f"{milliseconds}" if latest <= milliseconds else f"{milliseconds} to {latest}"


def _training(folder: Path) -> bool:
    commands = []
    for turned in (False, True):
        labels = folder / f"labels{turned}.jsonl"
        reviews(labels, turned)
        train = [CLASSIFY, "train", "--only", "--labels", str(labels)]
        commands.append([*train, "-o", str(folder / "model")])
    print("| training | |")
    print("| --- | ---: |")
    try:
        old, new = train_killed(commands, folder / "model", _TRAININGS)
    except ModelError as error:
        print(f"| a model that was left | {error} |")
        return False
    subprocess.run(commands[0], check=True, capture_output=True)
    left = [path.name for path in folder.iterdir() if path.name.startswith(".model.")]
    print(f"| kill -9 | {old + new} |")
    print(f"| the old model, whole | {old} |")
    print(f"| the new model, whole | {new} |")
    print(f"| left beside it after the next training | {len(left)} |")
    return not left


def main() -> None:
    """Print what became of the rows and of the model."""
    milliseconds, n, jobs = [int(arg) for arg in sys.argv[1:]] + [200, 1000, 1][len(sys.argv) - 1 :]
    with tempfile.TemporaryDirectory() as name:
        done = [_scoring(Path(name), milliseconds, n, jobs), _training(Path(name))]
    sys.exit(not all(done))


if __name__ == "__main__":
    main()
