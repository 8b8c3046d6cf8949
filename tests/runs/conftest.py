"""Runs of the command in a process of its own, which can be killed, or kept from files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
RUN = (sys.executable, "-c", "from chipstance.cli.main import main; main()")
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start() -> Start:
    """Begin `classify` in another process: `start("score", path)`."""

    def begin(*args: object, **how: object) -> "subprocess.Popen[bytes]":
        env = {**how.pop("env", os.environ), "PYTHONPATH": str(ROOT / "src")}  # type: ignore[dict-item]
        return subprocess.Popen(
            [*RUN, *map(str, args)],
            env=env,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how,  # type: ignore[call-overload]
        )

    return begin


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 120 articles, and between them files that cannot be read."""
    folder = tmp_path_factory.mktemp("news")
    for number, path in enumerate(sorted((ROOT / "seeds" / "tw").glob("*.txt"))[:120]):
        shutil.copy(path, folder / path.name)
        if number % 40 == 20:
            (folder / f"{path.stem}-en.txt").write_text("Chip shares fell.")
    return folder
