"""Reports whose rows the workers of a cluster read."""

from pathlib import Path

import pytest

from chipstance.models.stored.store import find
from chipstance.reports.findings import Wanted
from chipstance.runs import cluster_report
from chipstance.runs.scoring import to_file
from chipstance.runs.work import Recipe
from chipstance.shipped import SHIPPED_MODEL, shipped
from tests.cli.test_score import Classify
from tests.conftest import ROOT

pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Scored rows of a week, in three files and in three forms."""
    folder = tmp_path_factory.mktemp("scored")
    seeds = sorted((ROOT / "seeds" / "tw").glob("*.txt"))
    for number, form in enumerate(("parquet", "jsonl", "csv")):
        paths = [str(path) for path in seeds[10 * number : 10 * number + 12]]
        to_file(paths, Recipe(form=form), folder / f"{number}.{form}", problems=print)
    return folder


def test_a_report_made_on_a_cluster_has_the_bytes_of_one_made_here(
    classify: Classify, cluster: str, scored: Path, tmp_path: Path
) -> None:
    asked = ("report", scored, "--by", "company", "--min-relevance", "30")
    for ending in ("csv", "xlsx", "json"):
        here, there = tmp_path / f"here.{ending}", tmp_path / f"there.{ending}"
        assert classify(*asked, "-o", here, "--html", f"{here}.html").status == 0
        done = classify(*asked, "-o", there, "--html", f"{there}.html", "--cluster", cluster)
        assert done.status == 0, done.err
        assert Path(f"{here}.html").read_bytes() == Path(f"{there}.html").read_bytes()
        assert here.read_bytes() == there.read_bytes()
    table = classify("report", scored, "--company", "tsmc", "--cluster", cluster)
    assert table.out == classify("report", scored, "--company", "tsmc").out
    assert "tsmc" in table.out


def test_rows_that_workers_cannot_read_are_said_and_the_others_are_added_up(
    classify: Classify, cluster: str, scored: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"no": "row"}\n', "utf-8")
    done = classify("report", scored, broken, "--cluster", cluster)
    assert done.status == 1
    assert f"{broken}: row 1: is no scored row" in done.err
    assert done.out == classify("report", scored).out


def test_a_company_that_no_row_names_is_refused_as_it_is_here(
    classify: Classify, cluster: str, scored: Path
) -> None:
    done = classify("report", scored, "--company", "no_such_firm", "--cluster", cluster)
    assert done.status == 1
    assert done.err == classify("report", scored, "--company", "no_such_firm").err


def test_what_needs_the_rows_twice_is_refused(classify: Classify, tmp_path: Path) -> None:
    for args in (("--stories", tmp_path / "s.jsonl", "rows.jsonl"), ("-",)):
        done = classify("report", *args, "--cluster", "tcp://127.0.0.1:1")
        assert done.status == 2
        assert "--cluster reads shared storage once" in done.err


def test_a_model_that_is_gone_is_missed_before_rows_are_read_and_only_for_words(
    classify: Classify, scored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chipstance.runs.scheduler._SECONDS_TO_ANSWER", 0.5)
    monkeypatch.setenv("CHIPSTANCE_MODELS", str(tmp_path))
    (tmp_path / "in-use").write_text("gone", "utf-8")
    asked = ("report", scored, "--cluster", "tcp://127.0.0.1:1")
    assert "no Dask scheduler answers" in classify(*asked).err
    assert "gone" in classify(*asked, "--html", tmp_path / "page.html").err


def test_the_shipped_model_is_meant_whatever_a_worker_has_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = Wanted("company", False, True, True, model=None, companies=None)
    told = cluster_report._absolute(wanted)
    # What the worker finds where it looks.
    monkeypatch.setenv("CHIPSTANCE_MODELS", str(tmp_path))
    (tmp_path / "in-use").write_text("desk", "utf-8")
    assert find(told.model) == shipped(SHIPPED_MODEL)
