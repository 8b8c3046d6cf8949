import numpy as np
import pytest

from chipstance.errors import LabelError
from chipstance.labels.agreement import agreement, kappa
from chipstance.labels.rows import LabelRow


def row(text: str, stance: str, **companies: str) -> LabelRow:
    return LabelRow(text, {"stance": stance}, companies, "a", f"f: {text}")


def test_kappa_of_a_table_worked_out_by_hand() -> None:
    # Observed (45 + 15) / 100 = 0.6; by chance 0.6 * 0.7 + 0.4 * 0.3 = 0.54.
    assert kappa(np.array([[45.0, 15.0], [25.0, 15.0]])) == pytest.approx(0.06 / 0.46)


def test_full_agreement_is_one_even_with_one_label() -> None:
    assert kappa(np.array([[5.0]])) == 1.0


def test_readings_are_matched_by_article_and_text_and_differences_named() -> None:
    first = [row("甲", "bullish", tsmc="positive", umc="neutral"), row("乙", "neutral")]
    second = [row("乙", "neutral"), row("甲", "bearish", tsmc="neutral"), row("丙", "bullish")]
    found, differences = agreement(first, second)
    by_task = {each.task: each for each in found}
    assert (by_task["stance"].n, by_task["stance"].agreed) == (2, 0.5)
    assert by_task["companies"].n == 1
    assert [(d.text, d.task, d.first, d.second) for d in differences] == [
        ("甲", "stance", "bullish", "bearish"),
        ("甲", "tsmc", "positive", "neutral"),
    ]


def test_readings_without_a_common_sentence_are_refused() -> None:
    with pytest.raises(LabelError, match="no sentence in common"):
        agreement([row("甲", "neutral")], [row("乙", "neutral")])
