"""What is written arrives, and what is read is read to its end, however streams were made."""

import json
import os
import resource
import select
import time
from pathlib import Path

import pytest

from tests.runs.conftest import Start


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Articles whose rows are more than a pipe holds."""
    path = tmp_path / "many.jsonl"
    path.write_text((json.dumps({"text": "聯發科上漲2%。日月光下跌1%。"}) + "\n") * 400, "utf-8")
    return path


@pytest.fixture(params=["", "1"], ids=["gathered", "at once"])
def environment(request: pytest.FixtureRequest) -> dict[str, str]:
    """One in which Python gathers what is written, or does not, and nobody counts branches."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    return given | {"PYTHONUNBUFFERED": request.param}


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "table"])
def test_a_pipe_that_does_not_wait_gets_every_byte(
    start: Start, many: Path, environment: dict[str, str], form: str
) -> None:
    command = ("score", many, "--format", form)
    whole = start(*command)
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    run = start(*command, stdout=theirs, env=environment)
    # Until the pipe is full, or holds all there is, and some more was to be written.
    while run.poll() is None and select.select([], [theirs], [], 0)[1]:
        time.sleep(0.01)
    time.sleep(0.2)
    os.close(theirs)
    with open(ours, "rb") as got:
        assert got.read() == whole.communicate()[0]
    assert (run.communicate()[1], run.returncode) == (b"", 0)


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_a_disk_that_fills_while_rows_are_printed_is_said(
    start: Start, many: Path, tmp_path: Path, environment: dict[str, str], form: str
) -> None:
    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    with (tmp_path / "rows").open("wb") as out:
        run = start(
            "score", many, "--format", form,
            stdout=out, env=environment, preexec_fn=small_disk,
        )  # fmt: skip
        said = run.communicate()[1].decode()
    assert (run.returncode, said) == (1, "Error: cannot be written: File too large\n")


@pytest.mark.parametrize("before", [0, 1])
def test_a_feed_that_has_nothing_yet_has_not_ended(start: Start, before: int) -> None:
    theirs, ours = os.pipe()
    os.set_blocking(theirs, False)
    lines = [json.dumps({"text": "聯電上漲1%。"}).encode() + b"\n" for _ in range(4)]
    for line in lines[:before]:
        os.write(ours, line)
    run = start("score", "-", "--format", "jsonl", stdin=theirs)
    os.close(theirs)
    for line in lines[before:]:
        time.sleep(0.5)
        assert run.poll() is None
        os.write(ours, line)
    os.close(ours)
    out, said = run.communicate()
    assert (len(out.splitlines()), said, run.returncode) == (4, b"", 0)
