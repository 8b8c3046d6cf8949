"""The figures that the README states are those that its commands print."""

import re
from pathlib import Path

import pytest

from chipstance.labels.reading import read_labels
from chipstance.models.evaluation import evaluate
from chipstance.models.model import Model
from tests.conftest import PRESS

README = Path(__file__).parent.parent / "README.md"
GOLD = PRESS / "gold" / "press.jsonl"
TASKS = ("stance", "topic", "hype", "sentiment")


def stated(task: str) -> list[str]:
    """Cells of the row of a task, its name left out."""
    (row,) = re.findall(rf"^\| {task} .*", README.read_text("utf-8"), re.MULTILINE)
    return [cell.strip() for cell in row.strip("|").split("|")][1:]


@pytest.mark.parametrize("task", TASKS)
def test_cross_validated_figures_are_those_of_the_shipped_model(model: Model, task: str) -> None:
    tasks = [each for view in model.manifest["views"].values() for each in view["tasks"]]
    (scores,) = (each["cross_validated"] for each in tasks if each["task"] == task)
    assert float(stated(task)[0]) == pytest.approx(scores["macro_f1"], abs=0.006)


@pytest.mark.skipif(not GOLD.exists(), reason="the press articles are not here")
@pytest.mark.parametrize("task", TASKS)
def test_figures_on_press_are_those_of_the_shipped_model(model: Model, task: str) -> None:
    report = evaluate(model, read_labels([GOLD]), with_baselines=True)
    scores = report["companies"][task] if task == "sentiment" else report[task]
    ours, snownlp = stated(task)[1:]
    assert float(ours) == pytest.approx(scores["macro_f1"], abs=0.006)
    if snownlp:
        assert float(snownlp) == pytest.approx(
            scores["baselines"]["snownlp"]["macro_f1"], abs=0.006
        )
