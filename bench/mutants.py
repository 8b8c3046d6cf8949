"""Do the tests notice when the code is wrong? Mutants of three rooms, and the share killed.

    python -m bench.mutants [ROOM]… [--size N] [--seed N] [--jobs N]

A mutant is the source with one small mistake, made by mutmut: a comparison made strict, `and` for
`or`, a number raised by one, an argument left out, a word of a message changed, a value withheld.
Of all that mutmut can make in a room a sample is drawn by a seed. Each meets the tests of its own
room (those of other rooms, which would kill more, do not count): first, in mutmut, those that ran
through the function when nothing was wrong; who is left then meets all of them and the doctests,
in a process of its own. The second round is there because what is cached, made on import or by a
fixture runs in the first test that asks for it, and mutmut takes no other for its test.

Left out are the tests that measure time, which fail on a busy machine whatever the code, and the
one that trains the shipped model anew, a minute for each mutant. A mutant that never comes to an
end counts as killed; how many did is said.

Prints the share killed with its 95 % interval (Wilson) and writes who survived to
`bench/survivors/ROOM.md`.
"""

import argparse
import contextlib
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from mutmut.configuration import reset_config
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.utils.format_utils import get_mutant_name

ROOT = Path(__file__).parent.parent
ROOMS = ("articles", "companies", "models")
SURVIVORS = Path(__file__).with_name("survivors")
# Mutants that somebody has looked at and found to be as good as the original: function, the line
# with the mistake, why. They count as survivors all the same.
SAME = SURVIVORS / "same.tsv"
_NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "build", "dist")
_ARGUMENTS = (
    "-pno:cacheprovider",
    "-pno:xdist",
    "--hypothesis-seed=0",
    "-knot time_grows and not in_no_time and not on_the_labels_again",
    # As mutmut asks for tests by name, in which a backslash would be lost.
    "-odisable_test_id_escaping_and_forfeit_all_rights_to_community_support=true",
)
# Workers start from a process that has run no test yet: what a test caches would hide mistakes.
# Without `debug` mutmut does not say which test failed before there was a mutant.
_SETTINGS = """[mutmut]
source_paths=src
only_mutate=src/chipstance/{room}/*
also_copy=
    labels
    models
    seeds
    bench
pytest_add_cli_args=
    {arguments}
pytest_add_cli_args_test_selection=tests/{room}
process_isolation=forkserver
debug=true
"""
# What mutmut writes of a mutant: pytest failed or broke down; the time or the processor's ran out.
_KILLED = (1, 3)
_ENDLESS = (-24, 24, 36, 152)
_LIMIT = 600  # seconds


def prepared(folder: Path, room: str) -> Path:
    """A copy of the project that mutmut is set up for."""
    tree = folder / room
    shutil.copytree(ROOT, tree, ignore=_NOT_COPIED)
    settings = _SETTINGS.format(room=room, arguments="\n    ".join(_ARGUMENTS))
    (tree / "setup.cfg").write_text(settings, "utf-8")
    # Python looks once for the folders it is to import from.
    (tree / "mutants/src").mkdir(parents=True)
    return tree


def mutants(tree: Path, room: str) -> list[str]:
    """The names of all mutants of a room, in the order of the source."""
    with contextlib.chdir(tree):
        reset_config()
        return [
            get_mutant_name(path, name)
            for path in sorted(Path("src/chipstance", room).rglob("*.py"))
            for name in mutate_file_contents(str(path), path.read_text("utf-8")).mutant_names
        ]


def first_round(tree: Path, names: Sequence[str], jobs: int) -> dict[str, int | None]:
    """Run mutmut on some mutants; returns what pytest said of each."""
    mutmut = Path(sys.executable).with_name("mutmut")
    command = [str(mutmut), "run", "--max-children", str(jobs), *names]
    # What tests print of a mutant need not be text.
    ran = subprocess.run(
        command,
        cwd=tree,
        env=_environment(tree),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if ran.returncode:
        sys.exit(f"mutmut gave up:\n{ran.stdout[-3000:]}{ran.stderr[-3000:]}")
    said: dict[str, int | None] = {}
    for path in (tree / "mutants").rglob("*.py.meta"):
        said |= json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return {name: said[name] for name in names}


def second_round(tree: Path, room: str, name: str) -> int:
    """What all tests and doctests of a room say of a mutant, or of none, in mutmut's words.

    Pytest has other numbers than a failed test's for code that cannot even be imported.
    """
    command = [sys.executable, "-m", "pytest", "-x", *_ARGUMENTS]
    command += [f"src/chipstance/{room}", f"tests/{room}"]
    try:
        ran = subprocess.run(
            command,
            cwd=tree / "mutants",
            env=_environment(tree) | {"MUTANT_UNDER_TEST": name},
            capture_output=True,
            timeout=_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _ENDLESS[0]
    return int(ran.returncode != 0)


def judged(tree: Path, room: str, names: Sequence[str], jobs: int) -> dict[str, int | None]:
    """What the tests of a room say of each mutant, after both rounds."""
    said = first_round(tree, names, jobs)
    if second_round(tree, room, ""):
        sys.exit(f"the tests of {room} fail without a mutant; mend them first")
    left = [name for name in names if said[name] not in (*_KILLED, *_ENDLESS)]
    print(f"{room}: {len(left)} left of {len(names)}, a second round", file=sys.stderr)
    with ThreadPoolExecutor(jobs) as pool:
        said |= zip(left, pool.map(partial(second_round, tree, room), left), strict=True)
    return said


def _environment(tree: Path) -> dict[str, str]:
    own = {"PYTHONPATH": str(tree / "mutants/src"), "OMP_NUM_THREADS": "1"}
    return {**os.environ, **own}


def change(tree: Path, name: str, same: Mapping[tuple[str, str], str]) -> str:
    """What a mutant changes, as the lines of a diff with its name above."""
    mutmut = Path(sys.executable).with_name("mutmut")
    diff = subprocess.run(
        [str(mutmut), "show", name], cwd=tree, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    lines = [line for line in diff if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    function = name.removeprefix("chipstance.").partition("__mutmut_")[0]
    why = next((same[key] for line in lines if (key := (function, line[1:].strip())) in same), None)
    return "\n".join([function if why is None else f"{function}: the same, {why}", *lines])


def looked_at() -> dict[tuple[str, str], str]:
    """Why a mutant changes nothing, by its function and the line with the mistake."""
    rows = (row.split("\t") for row in SAME.read_text("utf-8").splitlines())
    return {(function, line): why for function, line, why in rows}


def interval(killed: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval of a share."""
    middle = (killed + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(killed * (n - killed) / n + z * z / 4)
    return middle - half, middle + half


def summary(room: str, said: Mapping[str, int | None], there: int) -> str:
    """One line of the result."""
    endless = sum(code in _ENDLESS for code in said.values())
    killed = sum(code in _KILLED for code in said.values()) + endless
    low, high = interval(killed, len(said))
    share = f"{killed / len(said):.0%}, 95 % interval {low:.0%} to {high:.0%}"
    drawn = f"drawn from {there}; {endless} of them by never ending"
    return f"{room}: {killed} of {len(said)} killed ({share}), {drawn}"


def main() -> None:
    """Draw, judge, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rooms", nargs="*", default=ROOMS)
    parser.add_argument("--size", type=int, default=120, help="mutants of each room")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("-o", "--output", type=Path, default=SURVIVORS, help="a folder")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    for room in asked.rooms:
        with tempfile.TemporaryDirectory() as folder:
            tree = prepared(Path(folder), room)
            there = mutants(tree, room)
            size = min(asked.size, len(there))
            names = sorted(random.Random(f"{asked.seed} {room}").sample(there, size))
            said = judged(tree, room, names, asked.jobs)
            line = summary(room, said, len(there))
            print(line, flush=True)
            alive = [name for name in names if said[name] not in (*_KILLED, *_ENDLESS)]
            changes = [f"```diff\n{change(tree, name, looked_at())}\n```" for name in alive]
        command = f"`python -m bench.mutants {room} --size {asked.size} --seed {asked.seed}`"
        text = "\n\n".join([line, command, "Who survived:", *changes])
        (asked.output / f"{room}.md").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
