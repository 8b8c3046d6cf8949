"""Runs that are stopped: nothing half written, nothing lost, nothing twice."""

import contextlib
import json
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from bench.kill import run_killed

from chipstance.runs.scoring import to_file
from chipstance.runs.work import Recipe
from tests.conftest import ROOT
from tests.runs.conftest import RUN, Start


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 90 articles in some eight pieces, enough to be stopped in the middle of."""
    seeds = sorted((ROOT / "seeds" / "hk").glob("*.txt"))[:90]
    rows = [json.dumps({"text": seed.read_text("utf-8")}) + "\n" for seed in seeds]
    path = tmp_path_factory.mktemp("large") / "large.jsonl"
    path.write_text("".join(rows))
    return path


@pytest.fixture(scope="session")
def whole(large: Path) -> Callable[[str], bytes]:
    """What a run that nothing stops writes, by form."""

    @cache
    def score(form: str) -> bytes:
        out = large.with_name(f"whole.{form}")
        to_file([str(large)], Recipe(form=form), out, problems=pytest.fail)
        return out.read_bytes()

    return score


def begun(out: Path) -> Path:
    return out.with_name(out.name + ".unfinished")


def wait_for_rows(out: Path, run: "subprocess.Popen[bytes]") -> None:
    """Wait until some of the rows are written, which a run must live to see."""
    end = time.monotonic() + 60
    rows = begun(out) / "rows"
    while not (rows.exists() and rows.stat().st_size):
        assert run.poll() is None
        assert time.monotonic() < end
        time.sleep(0.01)


def stop(run: "subprocess.Popen[bytes]", out: Path, number: signal.Signals) -> str:
    wait_for_rows(out, run)
    run.send_signal(number)
    return run.communicate()[1].decode()


@pytest.mark.parametrize(("form", "jobs"), [("jsonl", 1), ("jsonl", 2), ("csv", 1), ("parquet", 2)])
def test_a_killed_run_is_gone_on_with_and_gives_the_same_bytes(
    start: Start,
    large: Path,
    whole: Callable[[str], bytes],
    tmp_path: Path,
    form: str,
    jobs: int,
) -> None:
    out = tmp_path / f"out.{form}"
    stop(start("score", large, "-o", out, "-j", jobs), out, signal.SIGKILL)
    assert not out.exists()
    resumed = start("score", large, "-o", out, "-j", jobs, "--resume")
    assert resumed.communicate()[1] == b""
    assert resumed.returncode == 0
    assert out.read_bytes() == whole(form)
    assert not begun(out).exists()


def test_kills_at_any_moment_lose_nothing_and_double_nothing(
    large: Path, whole: Callable[[str], bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    command = [*RUN, "score", str(large), "-o", str(out), "--resume"]
    assert run_killed(command, out, 0.2, most=4).n >= 2
    assert out.read_bytes() == whole("jsonl")


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_is_one_line_and_leaves_what_was_there(
    start: Start, large: Path, tmp_path: Path, jobs: int
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")
    run = start("score", large, "-o", out, "-j", jobs, start_new_session=True)
    wait_for_rows(out, run)
    # As a terminal does it: to the whole group of processes.
    os.killpg(run.pid, signal.SIGINT)
    said = run.communicate()[1].decode()
    assert run.returncode == 130
    assert said == f"Error: {out}: stopped; go on with --resume\n"
    assert out.read_text() == "old"


@pytest.mark.parametrize("wait", [0, 0.002, 0.005, 0.01, 0.02])
def test_ctrl_c_while_processes_are_begun_ends_the_run(
    start: Start, large: Path, tmp_path: Path, wait: float
) -> None:
    out = tmp_path / "out.jsonl"
    run = start("score", large, "-o", out, "-j", 12, start_new_session=True)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    while not children.read_text():
        assert run.poll() is None
    time.sleep(wait)
    os.killpg(run.pid, signal.SIGINT)
    said = run.communicate(timeout=60)[1].decode()
    assert (run.returncode, said) == (130, f"Error: {out}: stopped; go on with --resume\n")


@pytest.mark.parametrize("wait", [0, 0.005, 0.02, 0.05])
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_twice_ends_the_run_though_workers_are_not_done(
    start: Start, large: Path, whole: Callable[[str], bytes], tmp_path: Path, jobs: int, wait: float
) -> None:
    out = tmp_path / "out.jsonl"
    run = start("score", large, "-o", out, "-j", jobs, start_new_session=True)
    wait_for_rows(out, run)
    for _ in range(2):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGINT)
        time.sleep(wait)
    said = run.communicate(timeout=60)[1].decode()
    assert run.returncode == 130
    assert set(said.splitlines()) <= {
        f"Error: {out}: stopped; go on with --resume", "Stopped.",
    }  # fmt: skip
    assert start("score", large, "-o", out, "--resume").wait() == 0
    assert out.read_bytes() == whole("jsonl")


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_who_is_asked_to_end_takes_away_what_is_half_written(
    start: Start, large: Path, tmp_path: Path, jobs: int, number: signal.Signals
) -> None:
    run = start("score", large, "-", "-o", tmp_path / "out.txt", "--format", "table", "-j", jobs,
                stdin=subprocess.PIPE)  # fmt: skip
    while not any(path.stat().st_size for path in tmp_path.iterdir()):
        assert run.poll() is None
        time.sleep(0.01)
    run.send_signal(number)
    assert run.communicate(timeout=60)[1] == b""
    assert run.returncode == 128 + number
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_who_is_asked_to_end_says_what_is_kept_and_how_to_go_on(
    start: Start, large: Path, whole: Callable[[str], bytes], tmp_path: Path, jobs: int,
    number: signal.Signals,
) -> None:  # fmt: skip
    out = tmp_path / "out.jsonl"
    run = start("score", large, "-o", out, "-j", jobs)
    wait_for_rows(out, run)
    run.send_signal(number)
    said = run.communicate(timeout=60)[1].decode()
    assert said == f"Error: {out}: stopped; go on with --resume\n"
    assert run.returncode == 128 + number
    assert start("score", large, "-o", out, "--resume").wait() == 0
    assert out.read_bytes() == whole("jsonl")


def test_a_terminal_that_was_closed_is_no_other_error(
    start: Start, large: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    reader, writer = os.pipe()
    os.close(reader)
    run = start("score", large, "-o", out, stderr=writer)
    wait_for_rows(out, run)
    run.send_signal(signal.SIGHUP)
    assert run.wait(timeout=60) == 128 + signal.SIGHUP


def test_what_is_to_be_ignored_is_ignored(start: Start, large: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"

    def ignoring() -> None:
        for number in (signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)

    run = start("score", large, "-o", out, "-j", 2, preexec_fn=ignoring, start_new_session=True)
    wait_for_rows(out, run)
    for number in (signal.SIGHUP, signal.SIGINT):
        os.killpg(run.pid, number)
    assert (run.communicate()[1], run.returncode) == (b"", 0)


def test_ctrl_c_while_views_are_trained_beside_one_another_is_one_line(tmp_path: Path) -> None:
    said = ("漲", "bullish", "positive"), ("跌", "bearish", "negative")
    rows = [
        {"text": f"第{n}日台積電{verb}。", "stance": stance, "companies": {"tsmc": sentiment}}
        for n in range(40)
        for verb, stance, sentiment in said
    ]
    labels, out = tmp_path / "labels.jsonl", tmp_path / "model"
    labels.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    # As if there were so many rows that threads are worth while, and each took a while.
    many = (
        "import os, time; from chipstance.models.learning import whole;"
        " whole._WORTH_A_THREAD = 0;"
        " begun = lambda *_, **__: (os.write(2, b'begun\\n'), time.sleep(2));"
        " whole.train_view = begun; "
    )
    command = [RUN[0], RUN[1], many + RUN[2], "train", "--labels", labels, "--only", "-o", out]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    assert run.stderr is not None
    while b"begun" not in run.stderr.readline():
        assert run.poll() is None
    os.killpg(run.pid, signal.SIGINT)
    assert run.communicate()[1].decode().removeprefix("begun\n") == "Error: stopped\n"
    assert run.returncode == 130
    assert not out.exists()


def test_ctrl_c_while_printing_is_one_line(start: Start, large: Path) -> None:
    run = start("score", large, "--format", "jsonl", start_new_session=True)
    assert run.stdout is not None
    run.stdout.readline()
    os.killpg(run.pid, signal.SIGINT)
    assert run.communicate()[1].decode() == "Error: stopped\n"
    assert run.returncode == 130


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_reader_that_has_enough_ends_the_run_quietly(
    start: Start, large: Path, jobs: int
) -> None:
    run = start("score", large, "--format", "jsonl", "-j", jobs)
    assert run.stdout is not None
    assert run.stderr is not None
    json.loads(run.stdout.readline())
    run.stdout.close()
    assert run.stderr.read() == b""
    assert run.wait() == 128 + signal.SIGPIPE


def test_a_full_disk_is_a_line_and_costs_nothing_but_time(
    start: Start, large: Path, whole: Callable[[str], bytes], tmp_path: Path
) -> None:
    out, size = tmp_path / "out.jsonl", len(whole("jsonl")) // 2

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    full = start("score", large, "-o", out, preexec_fn=small_disk)
    said = full.communicate()[1].decode()
    assert full.returncode == 1
    assert said.startswith(f"Error: {out}: cannot be written: ")
    assert len(said.splitlines()) == 1
    assert not out.exists()
    assert start("score", large, "-o", out, "--resume").wait() == 0
    assert out.read_bytes() == whole("jsonl")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_stdout_that_takes_nothing_is_a_line(start: Start, news: Path) -> None:
    with open("/dev/full", "wb") as full:
        run = start("score", news, "--format", "jsonl", stdout=full)
        said = run.communicate()[1].decode()
    assert run.returncode == 1
    assert said.splitlines()[-1] == "Error: cannot be written: No space left on device"
    assert "Traceback" not in said


def test_a_folder_that_cannot_be_written_is_a_line(start: Start, news: Path) -> None:
    # Nobody, not even root, makes files there.
    run = start("score", news, "-o", "/proc/rows.jsonl")
    said = run.communicate()[1].decode()
    assert run.returncode == 1
    assert said.startswith("Error: /proc/rows.jsonl: cannot be written: ")
    assert len(said.splitlines()) == 1


def test_a_second_run_into_one_output_is_refused(start: Start, large: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    first = start("score", large, "-o", out)
    wait_for_rows(out, first)
    second = start("score", large, "-o", out)
    said = second.communicate()[1].decode()
    first.kill()
    first.communicate()
    assert second.returncode == 1
    assert said.startswith(f"Error: {out}: another run is writing it")


@pytest.mark.parametrize("jobs", [1, 2])
def test_standard_input_is_scored_as_it_comes(start: Start, news: Path, jobs: int) -> None:
    # Behind files, of which others than the first are for other processes.
    files = sorted(set(news.glob("*.txt")) - set(news.glob("*-en.txt")))[: 40 * (jobs - 1)]
    run = start("score", *files, "-", "--format", "jsonl", "-j", jobs, stdin=subprocess.PIPE)
    assert run.stdin is not None
    assert run.stdout is not None
    for number in range(12):
        line = json.dumps({"text": f"台積電上漲{number}%。"}).encode() + b"\n"
        # The beginning of a line that is not there yet keeps none waiting.
        run.stdin.write(line[9 * (number > 0) :] + line[: 9 * (number < 11)])
        run.stdin.flush()
        sentences = (json.loads(row)["text"] for row in iter(run.stdout.readline, b""))
        assert f"台積電上漲{number}%。" in sentences
    run.stdin.close()
    assert run.wait() == 0
    with contextlib.suppress(OSError):
        run.stdout.close()
