"""The page on the ablation shows the rows that the command prints."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from bench.ablation import COLUMNS, FULL, TASKS, Variant, cell, measure, variants
from bench.folds import verdicts

from chipstance.models.judging.paired import Paired
from chipstance.models.learning.examples import Example
from chipstance.models.learning.parameters import Parameters

PAGE = Path(__file__).parent.parent / "docs" / "ablation.md"


@pytest.mark.parametrize("of", COLUMNS)
def test_the_rows_of_the_page_are_rows_of_the_table_in_its_order(of: str) -> None:
    _, table = PAGE.read_text("utf-8").split(f"| {of} view |", 1)
    lines = table.split("\n\n", 1)[0].splitlines()[2:]
    shown = [line.split("|")[1].strip() for line in lines]
    assert shown == [name for name in variants(of) if name in shown]
    assert shown[0] == "full"
    assert len(shown) > 10


def paired(low: float, high: float) -> Paired:
    return Paired("stance", 100, 0.5, 0.51, (low, high), 2, 1, 1.0, Counter())


def test_a_star_marks_what_is_no_chance() -> None:
    assert cell(paired(0.002, 0.018)) == "0.510, +0.010 (+0.002 to +0.018)*"
    assert not cell(paired(-0.002, 0.022)).endswith("*")


def test_a_variant_is_measured_on_every_example_by_who_has_not_seen_its_article() -> None:
    # The word says the label in all articles; what is learned from the others holds in each.
    words = {"up": "漲漲", "down": "跌跌"}
    made = [
        Example(f"{words[label]}{at}", dict.fromkeys(TASKS, label), f"article {at % 10}", at)
        for at, label in enumerate(["up", "down"] * 30)
    ]
    start = Parameters()
    for variant in (FULL, Variant(changed={"longest_ngram": 1})):
        found = measure(made, variant, start)
        for task in TASKS:
            assert (found.verdicts[task].given == found.truth[task].y).all()


def test_verdicts_of_values_that_exaggerate_are_better_calibrated_after_calibration() -> None:
    # Eight of ten are right, yet each is claimed to be certain.
    y = np.array([0, 1] * 50)
    said = np.where(np.arange(100) % 10 < 8, y, 1 - y)
    logits = np.where(np.arange(2) == said[:, None], 9.0, -9.0)
    fold = np.arange(100) // 20
    raw = verdicts(logits, y, fold, calibrated=False)
    assert raw.calibration_error == pytest.approx(0.2, abs=1e-6)
    assert verdicts(logits, y, fold).calibration_error < 0.05
    assert (raw.given == said).all()
