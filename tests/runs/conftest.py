"""Runs of the command in a process of its own: killed, kept from files; a cluster of processes."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
RUN = (sys.executable, "-c", "from chipstance.cli.main import main; main()")
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture(autouse=True, scope="session")
def heeded() -> None:
    """What a shell runs in its background, or `nohup`, ignores signals that are heeded here."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


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
    with running(tmp_path_factory.mktemp("dask"), workers=("one", "two")) as (address, _):
        yield address


@contextmanager
def running(
    folder: Path, *, workers: Sequence[str]
) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A scheduler's address, and its process and those of its workers, as long as a block takes."""
    log = folder / "scheduler.log"
    processes = [dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", log=log)]
    try:
        address = wait_for(rb"tcp://127\.0\.0\.1:\d+", log)
        for name in workers:
            args = ("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
            processes.append(dask(*args, "--name", name, log=folder / f"{name}.log"))
        yield address, processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def wait_for(pattern: bytes, log: Path) -> str:
    """What a process writes to its log sooner or later."""
    end = time.monotonic() + 60
    while not (found := re.search(pattern, log.read_bytes())):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found[0].decode()
