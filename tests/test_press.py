"""What the shipped model and the cleaning are held to on press that nothing was trained on."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from chipstance.articles.reading import read
from chipstance.labels.reading import read_labels
from chipstance.models.judging.evaluation import evaluate
from chipstance.models.verdicts.model import Model
from tests.conftest import PRESS

GOLD = PRESS / "gold" / "press.jsonl"
pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="the press articles are not here")


@pytest.fixture(scope="module")
def report(model: Model) -> dict:
    return evaluate(model, read_labels([GOLD]))


def squeezed(text: str) -> str:
    return "".join(text.split())


def gold_sentences() -> Iterator[tuple[str, list[str]]]:
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    for article in dict.fromkeys(row["article"] for row in rows):
        yield article, [squeezed(row["text"]) for row in rows if row["article"] == article]


def sentences(path: Path) -> list[str]:
    return [squeezed(s.text) for a in read(path, problems=pytest.fail) for s in a.sentences]


def test_at_least_95_percent_of_the_sentences_come_out_and_no_furniture() -> None:
    wanted = found = 0
    for article, gold in gold_sentences():
        ours = sentences(PRESS / "seeds" / f"{article}.txt")
        assert set(ours) <= set(gold), "something that is no sentence of the article came out"
        wanted += len(gold)
        found += sum(text in ours for text in gold)
    assert found >= 0.95 * wanted


def test_linking_finds_the_companies(report: dict) -> None:
    assert report["companies"]["linking"]["f1"] >= 0.92


# Floors well below what is measured (`classify evaluate --labels FILE` prints it): they are to
# notice when something breaks, not to say how good it is.
@pytest.mark.parametrize(("task", "floor"), [("stance", 0.55), ("topic", 0.45), ("hype", 0.60)])
def test_verdicts_on_press_stay_above_their_floor(report: dict, task: str, floor: float) -> None:
    assert report[task]["macro_f1"] >= floor


def test_sentiment_on_press_stays_above_its_floor(report: dict) -> None:
    assert report["companies"]["sentiment"]["macro_f1"] >= 0.52
