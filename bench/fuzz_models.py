"""Whether a model folder that was changed in any way does anything but be refused, or score.

    python -m bench.fuzz_models [SECONDS] [SEED]

Trains a small model, then for SECONDS (60 where none is given) changes a copy of it: bytes of its
files, their length, which is which, what their headers claim, any field of the manifest; half of
the time the manifest is made to agree with what the files are now, as somebody would who forges a
model. Then everything that reads a model does so: scoring a little and much, what it remembers,
its card. Good answers are a `ModelError`, or probabilities. Anything else is printed and the folder
kept: another error, more than five seconds, more memory than a few times what the files have.
"""

import json
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from chipstance.errors import ModelError
from chipstance.labels.rows import LabelRow
from chipstance.models.judging.drifting import drift
from chipstance.models.learning.card import card
from chipstance.models.learning.whole import train
from chipstance.models.learning.writing import fill
from chipstance.models.stored.saved import file_digest, read_manifest
from chipstance.models.stored.seen import open_seen
from chipstance.models.verdicts.model import Model

_SLOW = 5.0
# What scoring takes for itself, and much less than what a forged size could ask for.
_MEMORY = 1 << 30
_FEW = "台積電上漲3%。服務很好。"
_MANY = _FEW * 120
_VALUES: list[Any] = [
    None, True, -1, 0, 1, 2**31, 2**63, 10**30, -0.5, 1e308, float("nan"), float("inf"), "", "x",
    "x" * 5000, "\x1b[2J", "../../x", "stance", [], {}, [[]], [None], {"task": 1}, ["a", "a"],
]  # fmt: skip
_SHAPES = ["(999999999999,)", "(1, 99999999)", "()", "(0,)", "(-1,)", "(2, 2)", "('a',)", "(1e9,)"]


def made(folder: Path) -> Path:
    """A small model that knows companies and remembers its texts."""
    from chipstance.companies.linking import Linker
    from chipstance.companies.table import load_table

    rows = [
        LabelRow(f"第{n}天台積電{said}", {"mood": mood}, {"tsmc": sentiment}, str(n))
        for n in range(12)
        for said, mood, sentiment in (
            ("上漲,服務很好", "good", "positive"), ("下跌,服務很差", "bad", "negative"),
        )
    ]  # fmt: skip
    folder.mkdir()
    fill(folder, train(rows, Linker(load_table()), name="small"))
    return folder


def change(folder: Path, chance: random.Random) -> str:
    """Change something of a model folder, and say what."""
    path = chance.choice(_files(folder))
    if path.name == "manifest.json" and chance.random() < 0.8:
        with suppress(ValueError):
            return _change_field(path, chance)
    how = chance.choice([_flip, _cut, _lengthen, _swap, _claim, _fill, _stranger])
    return f"{path.name}: {how(path, chance)}"


def _files(folder: Path) -> list[Path]:
    """What an earlier change has left of the files."""
    inside = sorted(path for path in folder.iterdir() if path.name != "README.md")
    return [path for path in inside if path.is_file() and not path.is_symlink()]


def _flip(path: Path, chance: random.Random) -> str:
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 1, 8, 200])):
        if data:
            data[chance.randrange(len(data))] = chance.choice([0, 1, 127, 128, 255])
    path.write_bytes(data)
    return "bytes changed"


def _cut(path: Path, chance: random.Random) -> str:
    data = path.read_bytes()
    path.write_bytes(data[: chance.choice([0, 1, 9, 10, 128, chance.randrange(len(data) + 1)])])
    return "cut"


def _lengthen(path: Path, chance: random.Random) -> str:
    with path.open("ab") as file:
        file.write(bytes(chance.choice([1, 3, 4, 8, 4096])))
    return "lengthened"


def _swap(path: Path, chance: random.Random) -> str:
    other = chance.choice(_files(path.parent))
    one, two = path.read_bytes(), other.read_bytes()
    path.write_bytes(two)
    other.write_bytes(one)
    return f"swapped with {other.name}"


def _claim(path: Path, chance: random.Random) -> str:
    shape = chance.choice(_SHAPES)
    kind = chance.choice(["<f4", "<u4", "<i8", "<u8", "<i2", "|O", "|V9999"])
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}"
    data = path.read_bytes()[128:]
    path.write_bytes(b"\x93NUMPY\x01\x00v\x00" + header.ljust(117).encode() + b"\n" + data)
    return f"claims to be {kind} {shape}"


def _fill(path: Path, chance: random.Random) -> str:
    data = path.read_bytes()
    value = chance.choice([0, 1, 0x7F, 0x80, 0xFF])
    path.write_bytes(data[:128] + bytes([value]) * max(len(data) - 128, 0))
    return f"filled with {value}"


def _stranger(path: Path, chance: random.Random) -> str:
    path.unlink()
    what = chance.choice(["nothing", "folder", "/dev/zero", "/dev/null", "itself"])
    if what == "folder":
        path.mkdir()
    elif what != "nothing":
        path.symlink_to(path if what == "itself" else what)
    return f"is {what}"


def _change_field(path: Path, chance: random.Random) -> str:
    manifest = json.loads(path.read_text("utf-8"))
    at, way = manifest, []
    while True:
        keys = list(at) if isinstance(at, dict) else range(len(at))
        key = chance.choice(list(keys))
        way.append(str(key))
        if not isinstance(at[key], dict | list) or not at[key] or chance.random() < 0.2:
            break
        at = at[key]
    if isinstance(at, dict) and chance.random() < 0.2:
        del at[key]
        value: Any = "nothing"
    else:
        value = at[key] = chance.choice(_VALUES)
    path.write_text(json.dumps(manifest), "utf-8")
    return f"manifest: {'.'.join(way)} is {str(value)[:20]}"


def agree(folder: Path) -> None:
    """Have the manifest say what the files are now."""
    path = folder / "manifest.json"
    if not path.is_file():
        return
    with suppress(OSError, ValueError, TypeError, LookupError):
        manifest = json.loads(path.read_text("utf-8"))
        for name in manifest["files"]:
            if (folder / name).is_file():
                manifest["files"][name] = file_digest(folder / name)
        path.write_text(json.dumps(manifest), "utf-8")


def read(folder: Path) -> None:
    """All that reads a model; each refuses it by itself.

    Raises:
        AssertionError: It gave probabilities that are none.
    """
    for use in (_score(_FEW), _score(_MANY), open_seen, _show, _drift):
        with suppress(ModelError):
            use(folder)


def _score(text: str) -> Callable[[Path], None]:
    def score(folder: Path) -> None:
        for sentence in Model(folder).score(text).sentences:
            for verdict in sentence.verdicts.values():
                assert abs(sum(verdict.p.values()) - 1) < 1e-6

    return score


def _show(folder: Path) -> None:
    manifest, _ = read_manifest(folder)
    card(manifest)


def _drift(folder: Path) -> None:
    model = Model(folder)
    drift(model, model.score_many([_FEW])).as_json()


def complaint(folder: Path) -> str | None:
    """What was wrong with how a folder was read; None for nothing."""
    begin = time.perf_counter()
    try:
        read(folder)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "took more than five seconds" if time.perf_counter() - begin > _SLOW else None


def main() -> None:
    """Run, and print what was found."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    below = Path(tempfile.mkdtemp(prefix="fuzz."))
    whole = made(below / "whole")
    # Everything is imported now: what is taken from here on, models ask for.
    read(whole)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + _MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    tried = found = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        folder = below / str(tried)
        shutil.copytree(whole, folder)
        changes = [change(folder, chance) for _ in range(chance.choice([1, 1, 2]))]
        if chance.random() < 0.5:
            agree(folder)
        wrong = complaint(folder)
        tried += 1
        if wrong is None:
            shutil.rmtree(folder)
        else:
            found += 1
            print(f"{folder}: {'; '.join(changes)}: {wrong}", flush=True)
    print(f"{tried} models tried, {found} answered badly")
    shutil.rmtree(below if not found else whole)


if __name__ == "__main__":
    main()
