import json
from pathlib import Path

import pytest

from chipstance.companies.table import load_table
from chipstance.errors import LabelError
from chipstance.labels import checks
from chipstance.labels.rows import LabelRow

A = "台積電三月營收創下單月新高，先進製程需求仍然強勁。"


def row(text: str, article: str = "a1", where: str = "f: row 1", **labels: str) -> LabelRow:
    return LabelRow(text, labels or {"stance": "neutral"}, None, article, where)


def test_labels_outside_the_guide_are_named_but_ones_own_tasks_are_free() -> None:
    rows = [row(A, stance="up"), row(A, mood="good")]
    assert list(checks.schema(rows)) == [
        "f: row 1: stance 'up' is not in the guide; write one of bearish, bullish, neutral"
    ]


def test_a_label_outside_the_guide_is_told_once_with_the_number_of_its_rows() -> None:
    rows = [row(A, where=f"f: row {n}", stance="看多" if n % 2 else "看空") for n in range(2, 86)]
    rows += [LabelRow(A, {}, {"tsmc": "利多", "umc": "利多"}, "a", "f: row 86")]
    assert [problem.split(": ", 2)[1:] for problem in checks.schema(rows)] == [
        ["row 2", "stance '看空' is not in the guide; write one of bearish, bullish, neutral"
         " (and 41 more)"],
        ["row 3", "stance '看多' is not in the guide; write one of bearish, bullish, neutral"
         " (and 41 more)"],
        ["row 86", "companies '利多' is not in the guide; write one of negative, neutral, positive,"
         " source (and 1 more)"],
    ]  # fmt: skip


def test_an_article_whose_rows_lie_apart_is_named() -> None:
    rows = [row("甲", "a1"), row("乙", "a2"), row("丙", "a1", "f: row 3")]
    assert list(checks.order(rows)) == [
        "f: row 3: article a1 began further up; keep its rows together"
    ]


def test_a_text_that_recurs_is_no_article_out_of_order() -> None:
    rows = [row("甲", "甲"), row("乙", "乙"), row("甲", "甲", "f: row 3")]
    assert list(checks.order(rows)) == []


def test_sentences_without_a_row_and_rows_without_a_sentence_are_named() -> None:
    rows = [row("甲。"), row("乙。", where="f: row 2")]
    assert list(checks.article_text(rows, {"a1": ["甲。", "丙。"]})) == [
        "f: row 2: no sentence of a1 reads '乙。'",
        "a1: no label for '丙。'",
    ]


def test_sentences_without_a_row_are_named_in_their_order() -> None:
    found = list(
        checks.article_text([row("甲。")], {"a1": ["甲。", *"子丑寅卯辰巳午未申酉", "子"]})
    )
    assert [line[-2] for line in found] == list("子丑寅卯辰巳午未申酉")


@pytest.mark.parametrize(
    ("company", "what"),
    [
        ("台積電", "no company id; write tsmc"),
        ("TSMC", "no company id; write tsmc"),
        ("great_lake", "in no company table; give yours with --companies"),
    ],
)
def test_a_company_that_is_not_named_is_told_from_one_that_there_is_not(
    company: str, what: str
) -> None:
    said = {company: "positive", "umc": "neutral", "nvidia": "neutral"}
    rows = [LabelRow("甲", {}, said, "a", f"f: row {n}") for n in (1, 2)]
    assert list(checks.named(rows, [{"umc"}] * 2, load_table())) == [
        f"f: row 1: {company} is {what} (and 1 more)",
        "f: row 1: nvidia is not named in '甲'",
        "f: row 2: nvidia is not named in '甲'",
    ]


def test_balance_is_held_to_the_bounds_of_a_file(tmp_path: Path) -> None:
    bounds = tmp_path / "bounds.json"
    bounds.write_text(
        json.dumps({"least": {"rows": 3}, "stance": {"bullish": 0.5, "neutral": 0.5}})
    )
    problems = list(checks.balance([row("甲"), row("乙")], bounds))
    assert [problem.split(": ")[1] for problem in problems] == [
        "2 rows, at least 3 wanted",
        "stance bullish is 0.0%, at least 50%",
    ]


@pytest.mark.parametrize(
    ("bounds", "why"),
    [
        ([], "not an object"),
        (3, "not an object"),
        (None, "not an object"),
        ("x", "not an object"),
        ({"stance": [1]}, "stance is not an object"),
        ({"least": 3}, "least is not an object"),
        ({"least": None}, "least is not an object"),
        ({"least": {"rows": "x"}}, "least rows is not a number"),
        ({"least": {"rows": None}}, "least rows is not a number"),
        ({"stance": {"bullish": True}}, "stance bullish is not a number"),
        ({"stance": {"bullish": 10**400}}, "stance bullish is not a number"),
        ({"stance": {"bullish": float("nan")}}, "stance bullish is not a number"),
    ],
)
def test_bounds_of_another_shape_are_named(tmp_path: Path, bounds: object, why: str) -> None:
    path = tmp_path / "bounds.json"
    path.write_text(json.dumps(bounds))
    with pytest.raises(LabelError, match=rf"bounds\.json: {why}; write {{"):
        list(checks.balance([row("甲")], path))


@pytest.mark.parametrize("text", ["{", "[" * 9999, "\ufeff\ufeff{}", ""])
def test_bounds_that_are_no_json_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bounds.json"
    path.write_text(text, "utf-8")
    with pytest.raises(LabelError, match="not JSON"):
        list(checks.balance([row("甲")], path))


@pytest.mark.parametrize("bounds", [{}, {"least": {}}, {"stance": {}}, {"least": {"rows": 0.5}}])
def test_bounds_that_ask_for_nothing_more_are_kept(tmp_path: Path, bounds: object) -> None:
    path = tmp_path / "bounds.json"
    path.write_text(json.dumps(bounds))
    assert list(checks.balance([row("甲")], path)) == []


def test_the_projects_own_labels_pass_every_check(classify) -> None:  # type: ignore[no-untyped-def]
    root = Path(__file__).parents[2]
    ran = classify("labels", "check", root / "labels", "--articles", root / "seeds")
    assert ran.status == 0, ran.err[:2000]
    assert ran.out.endswith("rows, 0 problems\n")


@pytest.mark.parametrize("name", ["stats", "agree"])
def test_counts_and_agreement_are_printed(classify, name: str) -> None:  # type: ignore[no-untyped-def]
    readings = Path(__file__).parents[2] / "labels" / "readings"
    args = [] if name == "stats" else [readings / "first.jsonl", readings / "second.jsonl"]
    ran = classify("labels", name, *args)
    assert ran.status == 0
    assert "stance" in ran.out
