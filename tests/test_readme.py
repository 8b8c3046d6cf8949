"""The figures that the READMEs and the page of quality state are those that commands print."""

import re
from pathlib import Path
from typing import Any

import pytest
from bench import hard

from chipstance.labels.reading import read_labels
from chipstance.models.judging.evaluation import evaluate
from chipstance.models.verdicts.model import Model
from tests.conftest import PRESS

TOP = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-Hant.md")
GOLD = PRESS / "gold" / "press.jsonl"
TASKS = ("stance", "topic", "hype", "sentiment")
needs_press = pytest.mark.skipif(not GOLD.exists(), reason="the press articles are not here")


def stated(page: str, row: str) -> list[str]:
    """Cells of a row of a page's table, the first left out, by how the row begins."""
    (found,) = re.findall(rf"^\| {row}.*", (TOP / page).read_text("utf-8"), re.MULTILINE)
    return [cell.strip() for cell in found.strip("|").split("|")][1:]


def close_to(figure: float) -> Any:
    """What rounds to a figure of two digits."""
    return pytest.approx(figure, abs=0.006)


@pytest.fixture(scope="module")
def press(model: Model) -> dict[str, Any]:
    """The report on the press articles, company sentiment beside the other tasks."""
    report = evaluate(model, read_labels([GOLD]), with_baselines=True)
    return report | {"sentiment": report["companies"]["sentiment"]}


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("task", TASKS)
def test_cross_validated_figures_are_those_of_the_shipped_model(
    model: Model, task: str, readme: str
) -> None:
    tasks = [each for view in model.manifest["views"].values() for each in view["tasks"]]
    (scores,) = (each["cross_validated"] for each in tasks if each["task"] == task)
    assert float(stated(readme, task)[0]) == close_to(scores["macro_f1"])


@needs_press
@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("task", TASKS)
def test_figures_on_press_are_those_of_the_shipped_model(
    press: dict[str, Any], task: str, readme: str
) -> None:
    _, ours, _, snownlp = stated(readme, task)
    assert float(ours) == close_to(press[task]["macro_f1"])
    if snownlp:
        assert float(snownlp) == close_to(press[task]["baselines"]["snownlp"]["macro_f1"])


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("task", TASKS)
def test_figures_on_hard_sentences_are_those_of_the_shipped_model(
    model: Model, task: str, readme: str
) -> None:
    scores = hard.judged_by(model, hard.read("settled"))[task].scores()
    assert float(stated(readme, task)[2]) == close_to(scores.macro_f1)


@needs_press
@pytest.mark.parametrize("readme", READMES)
def test_companies_found_on_press_are_as_many_as_stated(press: dict[str, Any], readme: str) -> None:
    assert float(stated(readme, "companies found")[1]) == close_to(
        press["companies"]["linking"]["f1"]
    )


@needs_press
@pytest.mark.parametrize("task", TASKS)
def test_the_page_of_quality_states_what_evaluation_prints(
    press: dict[str, Any], task: str
) -> None:
    n, macro_f1, interval, accuracy, majority, snownlp, error, chance = stated(
        "docs/quality.md", rf"{task} \| 1"
    )
    scores, baselines = press[task], press[task]["baselines"]
    assert int(n) == scores["n"]
    assert float(macro_f1) == close_to(scores["macro_f1"])
    assert [float(bound) for bound in interval.split(" to ")] == close_to(scores["macro_f1_ci95"])
    assert float(accuracy) == close_to(scores["accuracy"])
    assert float(majority) == close_to(baselines["majority"]["macro_f1"])
    if snownlp:
        assert float(snownlp) == close_to(baselines["snownlp"]["macro_f1"])
    assert float(error) == close_to(scores["calibration_error"])
    assert float(chance) == close_to(scores["calibration_error_by_chance"])
