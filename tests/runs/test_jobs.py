"""Several processes give what one gives, in the same order."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from chipstance.articles.reading import read
from chipstance.errors import ChipstanceError
from chipstance.models.verdicts.model import Model
from chipstance.runs.pool import in_order
from chipstance.runs.scoring import shown
from chipstance.runs.work import Recipe
from tests.runs.conftest import Start


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_two_jobs_write_the_bytes_and_the_complaints_of_one(
    start: Start, news: Path, tmp_path: Path, form: str
) -> None:
    said = []
    for jobs in (1, 2):
        run = start("score", news, "-o", tmp_path / f"{jobs}.{form}", "--jobs", jobs)
        said.append(run.communicate()[1].decode())
        assert run.returncode == 1
    assert (tmp_path / f"1.{form}").read_bytes() == (tmp_path / f"2.{form}").read_bytes()
    assert said[0] == said[1]
    assert [line.split(": ")[1] for line in said[0].splitlines()] == [
        str(path) for path in sorted(news.glob("*-en.txt"))
    ]


def test_rows_to_stdout_are_those_of_a_file(start: Start, news: Path, tmp_path: Path) -> None:
    out = tmp_path / "rows.csv"
    start("score", news, "-o", out).wait()
    printed, _ = start("score", news, "--format", "csv", "-j", 2).communicate()
    assert printed == out.read_bytes()


@pytest.mark.parametrize("form", ["jsonl", "table"])
def test_what_a_run_writes_into_the_folder_it_reads_is_no_article(
    start: Start, article: Path, form: str
) -> None:
    name = "z.txt" if form == "table" else "z.jsonl"
    with article.with_name(name).open("wb") as out:
        run = start("score", article.parent, "--format", form, stdout=out)
        assert (run.communicate()[1], run.returncode) == (b"", 0)


def test_articles_to_be_shown_are_the_same_from_two_jobs(news: Path) -> None:
    said: list[list[str]] = [[], []]
    one, two = (
        list(shown([str(news)], Recipe(), jobs=jobs, problems=said[jobs - 1].append))
        for jobs in (1, 2)
    )
    assert one == two
    assert len(one) == 120
    assert said[0] == said[1]


def _slow_first(number: int) -> int:
    time.sleep(0.2 if number == 0 else 0)
    return number


def test_results_keep_the_order_of_the_items() -> None:
    assert list(in_order(_slow_first, range(20), 2)) == list(range(20))


def _process(number: int) -> int:
    return os.getpid()


def test_few_items_start_no_process() -> None:
    assert list(in_order(_process, range(3), 2)) == [os.getpid()] * 3


def test_the_first_of_many_items_is_done_before_there_are_other_processes() -> None:
    first, *others = in_order(_process, range(10), 2)
    assert first == os.getpid()
    assert first not in others


def _killed(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_worker_that_dies_is_said_in_a_line() -> None:
    # Often: with a lock that all of them share, one in dozens died holding it, and all stood still.
    for _ in range(50):
        with pytest.raises(ChipstanceError, match="fewer --jobs"):
            list(in_order(_killed, range(20), 2))


def test_no_more_items_are_taken_than_there_is_work_for() -> None:
    taken = []

    def items():
        for number in range(100):
            taken.append(number)
            yield number

    results = in_order(_slow_first, items(), 2)
    assert [next(results), next(results)] == [0, 1]
    assert len(taken) < 20
    results.close()  # type: ignore[attr-defined]


def test_what_is_the_latest_is_done_before_there_is_more() -> None:
    taken: list[int] = []

    def items():
        for number in range(40):
            taken.append(number)
            yield number

    for number in in_order(_slow_first, items(), 2, lambda number: number % 10 in (0, 1, 8)):
        # Nothing is asked for behind one while it, or one before it, is not done.
        assert not {each for each in range(number, taken[-1]) if each % 10 in (0, 1, 8)}
    assert taken == list(range(40))


def _large(number: int) -> bytes:
    return bytes(20_000_000)


def test_who_wants_no_more_results_is_not_kept_by_one_that_is_on_its_way() -> None:
    for _ in range(3):
        results = in_order(_large, range(30), 2)
        assert len([next(results), next(results)]) == 2
        results.close()  # type: ignore[attr-defined]


def test_workers_do_not_outlive_a_killed_parent(start: Start, tmp_path: Path) -> None:
    text = {"text": "台積電上漲3%。聯電下跌2%。" * 20}
    path = tmp_path / "a.jsonl"
    path.write_text((json.dumps(text) + "\n") * 40_000)
    run = start("score", path, "--format", "jsonl", "--jobs", 2)
    assert run.stdout is not None
    # The first rows come before there are workers.
    while len(children := _children(run.pid)) < 2:
        assert run.stdout.readline()
    run.kill()
    run.communicate()
    end = time.monotonic() + 10
    while time.monotonic() < end and any(Path(f"/proc/{child}").exists() for child in children):
        time.sleep(0.05)
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_rows_do_not_depend_on_what_is_scored_beside_them(model: Model, news: Path) -> None:
    articles = list(read(news, problems=lambda _: None))
    together = [row for scored in model.score_articles(articles) for row in scored.as_rows()]
    for size in (1, 7, 30):
        apart = [
            row
            for at in range(0, len(articles), size)
            for scored in model.score_articles(articles[at : at + size])
            for row in scored.as_rows()
        ]
        assert apart == together
