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
        ("甲", "umc", "neutral", None),
    ]


def test_a_row_without_an_article_is_matched_by_its_text_and_each_row_once() -> None:
    texts = ["央行維持利率不變。", "台積電漲。", "央行維持利率不變。", "聯電跌。"]
    articles = ["a", "a", "b", "b"]
    first = [
        LabelRow(text, {"stance": f"{at}"}, None, article)
        for at, (text, article) in enumerate(zip(texts, articles, strict=True))
    ]
    second = [LabelRow(row.text, row.labels, None, row.text) for row in first[:3]]
    notes: list[str] = []
    for one, other in ((first, second), (second, first)):
        ((stance,), differences) = agreement(one, other, notes.append)
        assert (stance.n, stance.agreed, differences) == (3, 1.0, [])
    assert notes == [
        "1 of 4 rows of the first file and 0 of 3 of the second have no partner in the other",
        "0 of 3 rows of the first file and 1 of 4 of the second have no partner in the other",
    ]
    moved = [LabelRow(row.text, row.labels, None, "c") for row in first]
    with pytest.raises(LabelError, match="no sentence in common"):
        agreement(first, moved)


def test_companies_that_one_reader_alone_lists_are_counted_and_no_part_of_kappa() -> None:
    first = [row("甲", "bullish", tsmc="positive"), LabelRow("乙", {}, {"umc": "neutral"}, "a")]
    second = [row("甲", "bullish", tsmc="positive", amd="neutral"), LabelRow("乙", {}, None, "a")]
    notes: list[str] = []
    found, differences = agreement(first, second, notes.append)
    assert {each.task: (each.n, each.agreed) for each in found} == {
        "stance": (1, 1.0), "companies": (1, 1.0),
    }  # fmt: skip
    # Of the other sentence the second reader has labelled no companies at all.
    assert [(d.task, d.first, d.second) for d in differences] == [("amd", None, "neutral")]
    (note,) = notes
    assert note.startswith("companies: 0 only of the first file and 1 only of the second")


def test_tasks_that_the_readings_do_not_share_are_named() -> None:
    first = [LabelRow("甲", {"stance": "bullish", "hype": "plain"}, None, "a")]
    with pytest.raises(
        LabelError, match=r"first file has stance, hype, the second 看法; .* --column"
    ):
        agreement(first, [LabelRow("甲", {"看法": "bullish"}, None, "a")])
    notes: list[str] = []
    agreement(first, [LabelRow("甲", {"看法": "x", "hype": "plain"}, None, "a")], notes.append)
    assert notes == ["not compared, as only one of the files has it: stance, 看法"]


def test_readings_without_a_common_sentence_are_refused() -> None:
    with pytest.raises(LabelError, match="no sentence in common"):
        agreement([row("甲", "neutral")], [row("乙", "neutral")])
