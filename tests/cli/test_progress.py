"""A bar for people who wait, and nothing for programs that read."""

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from chipstance.cli import progress, report, score
from chipstance.cli.progress import progress_bar
from chipstance.cli.telling import Problems
from tests.conftest import Ran
from tests.reports.made import scored, write

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make a terminal of stderr; in the test itself, as pytest captures that anew for each."""
    found = Terminal()
    monkeypatch.setattr(sys, "stderr", found)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(progress, "_REFRESH", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    return found


def test_the_bar_says_how_much_is_done_of_how_much(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = terminal(monkeypatch)
    with progress_bar(lambda: 4_000_000) as done:
        done(1_000_000)
        done(2_000_000)
        shown = ESCAPES.sub("", stderr.getvalue())
    assert "1.0/4.0 MB" in shown
    assert "3.0/4.0 MB" in shown


def test_a_problem_stands_on_a_line_of_its_own_beside_the_bar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stderr, problems = terminal(monkeypatch), Problems()
    with progress_bar(lambda: 4_000_000) as done:
        done(1_000_000)
        problems("a.txt: is empty")
    lines = re.split(r"[\r\n]+", ESCAPES.sub("", stderr.getvalue()))
    assert "Error: a.txt: is empty" in lines


def test_a_short_run_draws_nothing_and_does_not_ask_how_long_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stderr = terminal(monkeypatch)
    monkeypatch.setattr(progress, "_PATIENCE", 60.0)
    with progress_bar(lambda: pytest.fail("asked")) as done:
        done(1)
    assert stderr.getvalue() == ""


@pytest.mark.parametrize("silent", [False, True])
def test_nothing_is_drawn_for_programs_or_where_it_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch, silent: bool
) -> None:
    stderr: io.StringIO = terminal(monkeypatch)
    if not silent:
        stderr = io.StringIO()
        monkeypatch.setattr(sys, "stderr", stderr)
    with progress_bar(lambda: pytest.fail("asked"), silent=silent) as done:
        done(1)
    assert stderr.getvalue() == ""


def watching(monkeypatch: pytest.MonkeyPatch, command: ModuleType) -> list[list[int]]:
    """What each bar of a command is told: less than nothing all there is, then what is done."""
    bars: list[list[int]] = []

    @contextmanager
    def watched(total: Callable[[], int], *, silent: bool) -> Iterator[Callable[[int], None]]:
        assert not silent
        bars.append([-total()])
        yield bars[-1].append

    monkeypatch.setattr(command, "progress_bar", watched)
    return bars


def test_a_run_into_a_file_ends_where_all_of_its_inputs_are_done(
    classify: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bars = watching(monkeypatch, score)
    line = json.dumps({"text": "台積電股價下跌。" * 40}, ensure_ascii=False) + "\n"
    (tmp_path / "large.jsonl").write_text(line * 200, "utf-8")
    (tmp_path / "small.txt").write_text("台積電股價下跌。", "utf-8")
    ran = classify("score", tmp_path, "-o", tmp_path / "scored.csv")
    assert ran.status == 0
    [told] = bars
    assert len(told) > 3
    assert sum(told) == 0


def test_a_report_ends_where_all_rows_are_read_and_does_so_again_for_stories(
    classify: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bars = watching(monkeypatch, report)
    rows = write(tmp_path / "rows.jsonl", [scored(article=f"a{at}") for at in range(100)])
    for form in ("csv", "parquet"):
        again = tmp_path / f"again.{form}"
        assert classify("report", rows, "--stories", again).status == 0
        assert classify("report", rows, again).status == 0
    assert len(bars) == 6
    assert [sum(told) for told in bars] == [0] * 6
    assert all(len(told) > 3 for told in bars)
