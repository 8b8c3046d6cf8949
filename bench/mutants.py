"""Do the tests notice when the code is wrong? Mutants of three rooms, and the share killed.

    python -m bench.mutants [ROOM]… [--size N] [--seed N] [--jobs N]

A mutant is the source with one small mistake: a comparison turned or made strict, `and` for `or`,
a `not` left out, a number raised by one, a flag or an arithmetic sign turned, a result withheld, a
loop left early. All mistakes of a room are listed, a sample is drawn from the list by a seed, and
each meets the room's own tests and doctests in a copy of the tree; those of other rooms, which
would kill more, do not count. Words and patterns are not mutated: their tests are cases kept as
data. Left out are the tests that measure time, which fail on a busy machine whatever the code,
and the one that trains the shipped model anew, a minute for each mutant. A mutant that takes five
times as long as the tests do without it counts as killed.

Prints the share killed with its 95 % interval (Wilson) and writes who survived to
`bench/survivors.txt`. A runner of our own because mutmut and cosmic-ray draw no sample of a size
one asks for, and all mutants of the three rooms would take a day on two cores.
"""

import argparse
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from bench.mistakes import Mutant, mutants

ROOT = Path(__file__).parent.parent
ROOMS = ("articles", "companies", "models")
SURVIVORS = Path(__file__).with_name("survivors.txt")
_NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "bench", "build", "dist")
_LEFT_OUT = "not time_grows and not on_the_labels_again"


def survived(tree: Path, mutant: Mutant, room: str, seconds: float) -> bool:
    """Whether a room's tests pass with a mistake in the code; the tree is as before then."""
    path = tree / mutant.path
    original, stamp = path.read_bytes(), path.stat()
    path.write_bytes(mutant.applied(original))
    try:
        return passes(tree, room, seconds)
    finally:
        path.write_bytes(original)
        # What was compiled of the original is good again.
        os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def passes(tree: Path, room: str, seconds: float, *, keep_compiled: bool = False) -> bool:
    """Whether the tests of a room pass, within a time."""
    command = [
        sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "-p", "no:xdist",
        "--hypothesis-seed=0", "-k", _LEFT_OUT, f"src/chipstance/{room}", f"tests/{room}",
    ]  # fmt: skip
    environment = os.environ | {
        "PYTHONPATH": str(tree / "src"),
        "PYTHONDONTWRITEBYTECODE": "" if keep_compiled else "1",
        "OMP_NUM_THREADS": "1",
    }
    with subprocess.Popen(
        command,
        cwd=tree,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as run:
        try:
            return run.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, 9)
            return False


def drawn(room: str, size: int, seed: int) -> tuple[list[Mutant], int]:
    """A sample of a room's mutants in the order of the source, and how many there are."""
    found = [
        mutant
        for path in sorted((ROOT / "src/chipstance" / room).rglob("*.py"))
        for mutant in mutants(path.read_bytes(), path.relative_to(ROOT))
    ]
    sample = random.Random(f"{seed} {room}").sample(found, min(size, len(found)))
    return sorted(sample, key=lambda mutant: (mutant.path, mutant.start)), len(found)


def survivors_of(room: str, sample: Sequence[Mutant], trees: Sequence[Path]) -> Iterator[Mutant]:
    """Yield the mutants of a sample that a room's tests pass."""
    begin = time.monotonic()
    for tree in trees:
        if not passes(tree, room, 600, keep_compiled=True):
            sys.exit(f"the tests of {room} fail without a mutant; mend them first")
    seconds = 10 + 5 * (time.monotonic() - begin) / len(trees)
    free = SimpleQueue[Path]()
    for tree in trees:
        free.put(tree)

    def judge(mutant: Mutant) -> bool:
        tree = free.get()
        try:
            return survived(tree, mutant, room, seconds)
        finally:
            free.put(tree)

    with ThreadPoolExecutor(len(trees)) as pool:
        for mutant, alive in zip(sample, pool.map(judge, sample), strict=True):
            if alive:
                yield mutant


def interval(killed: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval of a share."""
    middle = (killed + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(killed * (n - killed) / n + z * z / 4)
    return middle - half, middle + half


def line(name: str, killed: int, n: int, of: int) -> str:
    """One line of the result."""
    low, high = interval(killed, n)
    share = f"{killed / n:4.0%}, 95 % interval {low:.0%} to {high:.0%}"
    return f"{name:<10} {killed:>3} of {n} killed ({share}), drawn from {of}"


def main() -> None:
    """Draw, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rooms", nargs="*", default=ROOMS)
    parser.add_argument("--size", type=int, default=40, help="mutants of each room")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("-o", "--output", type=Path, default=SURVIVORS)
    asked = parser.parse_args()
    killed = n = of = 0
    said: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        trees = [Path(folder) / str(number) for number in range(asked.jobs)]
        for tree in trees:
            shutil.copytree(ROOT, tree, ignore=_NOT_COPIED)
        for room in asked.rooms:
            sample, there = drawn(room, asked.size, asked.seed)
            alive: list[Mutant] = []
            for mutant in survivors_of(room, sample, trees):
                print(f"  {mutant}", file=sys.stderr, flush=True)
                alive.append(mutant)
            said += [line(room, len(sample) - len(alive), len(sample), there)]
            said += [f"  {mutant}" for mutant in alive]
            killed, n, of = killed + len(sample) - len(alive), n + len(sample), of + there
            print(line(room, len(sample) - len(alive), len(sample), there), flush=True)
    print(line("together", killed, n, of))
    head = f"seed {asked.seed}, {asked.size} mutants a room; python -m bench.mutants"
    asked.output.write_text("\n".join([head, *said, line("together", killed, n, of)]) + "\n")


if __name__ == "__main__":
    main()
