"""Runs of the command in a process of its own: killed, kept from files; a cluster of processes."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
RUN = (sys.executable, "-c", "from chipstance.cli.main import main; main()")
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture(autouse=True, scope="session")
def heeded() -> None:
    """What a shell runs in its background ignores Ctrl-C, and so would all that is started here."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


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


def dask(*args: str, log: Path) -> "subprocess.Popen[bytes]":
    """One of the commands of docs/cluster.md."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    with log.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *args], stdout=out, stderr=out, env=env, cwd=log.parent
        )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers of their own processes."""
    folder = tmp_path_factory.mktemp("dask")
    log = folder / "scheduler.log"
    running = [dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", log=log)]
    end = time.monotonic() + 60
    while not (found := re.search(rb"tcp://127\.0\.0\.1:\d+", log.read_bytes())):
        assert time.monotonic() < end
        time.sleep(0.05)
    address = found[0].decode()
    for name in ("one", "two"):
        args = ("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        running.append(dask(*args, "--name", name, log=folder / f"{name}.log"))
    yield address
    for process in running:
        process.kill()
        process.wait()
