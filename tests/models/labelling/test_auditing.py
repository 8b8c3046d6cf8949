"""Planted errors are found: texts whose labels anyone can tell, some of them turned round."""

from dataclasses import replace

import numpy as np
import pytest

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.labels.rows import LabelRow
from chipstance.models.labelling.auditing import Doubtful, audit, doubted

RISES = ("大漲", "急升", "創新高", "優於預期", "獲追捧", "回升")
FALLS = ("重挫", "急跌", "創新低", "遜於預期", "遭拋售", "下滑")
FIRMS = {"tsmc": "台積電", "umc": "聯電", "nvidia": "輝達", "micron": "美光", "smic": "中芯國際"}
SUBJECTS = ("股價", "營收", "訂單", "毛利率", "評級", "出貨")


def corpus() -> list[LabelRow]:
    """360 sentences in 60 articles, half of them good news for their company and half bad."""
    rows = []
    for n in range(360):
        good = bool(n // 6 % 2) ^ bool(n % 2)
        firm = sorted(FIRMS)[n % 5]
        words = RISES if good else FALLS
        text = f"{FIRMS[firm]}{SUBJECTS[n % 6]}{words[n % 5]}，市況第{n}日{words[(n + 3) % 6]}。"
        stance, sentiment = ("bullish", "positive") if good else ("bearish", "negative")
        row = LabelRow(text, {"stance": stance}, {firm: sentiment}, f"a{n // 6}", f"f: row {n}")
        rows.append(row)
    return rows


def planted(rows: list[LabelRow], wrong_stance: set[int], wrong_sentiment: set[int]) -> None:
    turned = {"bullish": "bearish", "bearish": "bullish"}
    turned |= {"positive": "negative", "negative": "positive"}
    for at in wrong_stance | wrong_sentiment:
        row, labels, companies = rows[at], dict(rows[at].labels), dict(rows[at].companies or {})
        if at in wrong_stance:
            labels["stance"] = turned[labels["stance"]]
        if at in wrong_sentiment:
            companies = {who: turned[label] for who, label in companies.items()}
        rows[at] = LabelRow(row.text, labels, companies, row.article, row.where)


@pytest.fixture(scope="module")
def audited() -> tuple[list[Doubtful], set[tuple[str, bool]]]:
    rows = corpus()
    random = np.random.default_rng(0)
    stance, sentiment = (set(random.choice(360, 18, replace=False).tolist()) for _ in range(2))
    planted(rows, stance, sentiment)
    wrong = {(f"f: row {at}", True) for at in stance}
    wrong |= {(f"f: row {at}", False) for at in sentiment}
    return audit(rows, Linker(load_table())), wrong


def test_four_of_five_planted_errors_are_found(
    audited: tuple[list[Doubtful], set[tuple[str, bool]]],
) -> None:
    found, wrong = audited
    caught = {(each.row.where, each.task == "stance") for each in found} & wrong
    assert len(caught) >= 0.8 * len(wrong)


def test_nine_of_ten_of_the_most_doubtful_are_planted(
    audited: tuple[list[Doubtful], set[tuple[str, bool]]],
) -> None:
    found, wrong = audited
    top = [(each.row.where, each.task == "stance") in wrong for each in found[: len(wrong)]]
    assert sum(top) >= 0.9 * len(top)


def test_a_doubt_says_what_the_model_thinks_and_which_rows_say_so(
    audited: tuple[list[Doubtful], set[tuple[str, bool]]],
) -> None:
    first = audited[0][0]
    assert first.p < 0.5 < first.p_likelier
    assert str(first).startswith(f"{first.row.where}: {first.task}: {first.label}? ")
    assert first.alike
    for row in first.alike:
        assert row.article != first.row.article
        said = row.labels["stance"], *(row.companies or {}).values()
        assert first.likelier in said


def test_only_the_rows_asked_for_are_doubted() -> None:
    rows = corpus()
    planted(rows, {10, 20}, set())
    notes: list[str] = []
    found = audit(rows, Linker(load_table()), only=frozenset({20, 21}), notes=notes.append)
    assert [each.row.where for each in found] == ["f: row 20"]
    assert notes == ["stance: 1 doubtful of 2", "companies: sentiment: 0 doubtful of 2"]


def test_a_label_too_rare_to_hold_out_is_said_and_passed_over() -> None:
    rows = [*corpus(), LabelRow("聯電召開股東會", {"stance": "unclear"}, None, "b", "f: row 400")]
    notes: list[str] = []
    audit(rows, Linker(load_table()), notes=notes.append)
    assert "stance: unclear too rare to be audited (under 5)" in notes


def test_company_labels_that_cannot_be_audited_are_said_and_the_others_are_audited() -> None:
    rows = [replace(row, companies=None) for row in corpus()]
    rows[0] = replace(rows[0], companies={"台積電": "positive", "nvidia": "positive"})
    rows[1] = replace(rows[1], companies=corpus()[1].companies)
    notes: list[str] = []
    audit(rows, Linker(load_table()), notes=notes.append)
    assert notes == [
        "2 company labels of companies not found in the sentence: 台積電 1 (no company id; write"
        " tsmc), nvidia 1 (not named there); left out",
        "stance: 0 doubtful of 360",
        "company labels are not audited: too little text to learn from: no n-gram stands in 2"
        " texts or more; give more rows, or longer ones",
    ]


def test_too_few_articles_are_said() -> None:
    notes: list[str] = []
    assert audit(corpus()[:12], Linker(load_table()), notes=notes.append) == []
    assert "stance: too few articles or labels to be audited" in notes


def test_confident_learning_worked_out_by_hand() -> None:
    # Mean probability of the own label: (0.9 + 0.6) / 2 for the first, (0.7 + 0.1) / 2 for the
    # second; so 0.75 and 0.4 are sure. The second row is sure of the other label, the last of
    # the first, and the third of its own.
    p = np.array([[0.9, 0.1], [0.6, 0.4], [0.3, 0.7], [0.9, 0.1]])
    assert doubted(p, np.array([0, 0, 1, 1])).tolist() == [-1, 1, -1, 0]
