"""Label files checked as `classify labels check` does, with what lies beside them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from chipstance.labels.rows import LabelRow
from chipstance.models.labelling.checking import check_rows


def problems(rows: Sequence[LabelRow], paths: Sequence[Path] = (), **kwargs: Any) -> list[str]:
    """All of them, in order."""
    return list(check_rows(rows, paths, **kwargs).lines())


GOOD = LabelRow(
    "嵐鯨半導體宣布擴產。", {"stance": "bullish"}, {"lanjing": "positive"}, "a", "f: row 1"
)


def test_companies_that_lie_beside_the_labels_are_known(tmp_path: Path) -> None:
    assert problems([GOOD], [tmp_path]) == [
        "f: row 1: lanjing is in no company table; give yours with --companies"
    ]
    (tmp_path / "companies.csv").write_text("id,names_tw\nlanjing,嵐鯨半導體\n", "utf-8")
    assert problems([GOOD], [tmp_path]) == []


def test_sentences_that_differ_in_companies_and_numbers_alone_are_named() -> None:
    rows = [
        LabelRow(f"{name}漲{percent}%。", {"stance": "bullish"}, None, name, f"f: row {at}")
        for at, (name, percent) in enumerate((("台積電", 2), ("聯電", 3)), 1)
    ]
    assert problems(rows) == ["f: row 2: only names and numbers differ from f: row 1"]


def test_rows_are_held_to_their_articles_where_these_are_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("台積電上漲。聯電下跌。", "utf-8")
    rows = [LabelRow("台積電大漲。", {"stance": "bullish"}, None, "a", "f: row 1")]
    assert problems(rows) == []
    assert sorted(problems(rows, articles=tmp_path)) == [
        "a: no label for '台積電上漲。'",
        "a: no label for '聯電下跌。'",
        "f: row 1: no sentence of a reads '台積電大漲。'",
    ]


def test_articles_that_are_not_there_are_counted_and_none_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("台積電大漲。", "utf-8")
    rows = [
        LabelRow("台積電大漲。", {"stance": "bullish"}, None, "a", "f: row 1"),
        LabelRow("今日無事。", {"stance": "neutral"}, None, "b", "f: row 2"),
    ]
    notes: list[str] = []
    assert problems(rows, articles=tmp_path, notes=notes.append) == []
    assert notes == [f"{tmp_path}: 1 of 2 articles not there as ID.txt, their texts unchecked"]
    assert problems(rows, articles=tmp_path / "empty") == [
        f"{tmp_path / 'empty'}: 2 of 2 articles not there as ID.txt, their texts unchecked"
    ]


def test_a_folder_is_held_to_its_own_bounds(tmp_path: Path) -> None:
    rows = [LabelRow("今日無事。", {"stance": "neutral"}, None, "a", "f: row 1")]
    (tmp_path / "bounds.json").write_text('{"least": {"rows": 2}}')
    assert problems(rows, [tmp_path]) == [f"{tmp_path}/bounds.json: 1 rows, at least 2 wanted"]


def wire(n: int, stance: str = "bearish") -> LabelRow:
    return LabelRow(
        f"台積電第{n}批訂單遭砍，股價跌{n % 9}%。", {"stance": stance}, None, "", f"f: row {n}"
    )


def test_errors_come_before_rows_that_are_alike_of_which_each_is_told_once() -> None:
    # Two that differ in figures alone are near-duplicates, too.
    rows = [wire(1), wire(2), LabelRow("聯電漲。", {"stance": "bulish"}, None, "", "f: row 3")]
    rows += [LabelRow("聯電漲。", {"stance": "bulish"}, None, "", "f: row 4")]
    assert problems(rows) == [
        "f: row 3: stance 'bulish' is not in the guide; write one of bearish, bullish, neutral"
        " (and 1 more)",
        "f: row 4: the same text as f: row 3; delete one",
        "f: row 2: only names and numbers differ from f: row 1",
    ]


def test_a_contradiction_is_an_error_and_told_before_rows_that_are_merely_alike() -> None:
    rows = [wire(1), wire(2), wire(3), replace(wire(1, "bullish"), where="f: row 4")]
    assert problems(rows) == [
        "f: row 4: the same text with other labels as f: row 1; settle on one",
        "f: row 2: only names and numbers differ from f: row 1",
        "f: row 3: only names and numbers differ from f: row 1",
    ]


def test_of_rows_that_follow_a_template_three_are_said_and_the_others_counted() -> None:
    checked = check_rows([wire(n) for n in range(1, 121)], [])
    assert checked.count == 119
    assert list(checked.lines(every=False)) == [
        "f: row 2: only names and numbers differ from f: row 1",
        "f: row 3: only names and numbers differ from f: row 1",
        "f: row 4: only names and numbers differ from f: row 1 (and 116 more)",
    ]
    assert len(list(checked.lines())) == 119


def test_one_thing_wrong_with_many_rows_does_not_bury_what_is_wrong_with_others() -> None:
    rows = [
        LabelRow(
            f"{han}市今日無事。", {"stance": "neutral"}, {"tsmc": "neutral"}, "", f"f: row {n}"
        )
        for n, han in enumerate("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", 2)
    ]
    rows += [LabelRow("聯電漲。", {"stance": "bulish"}, None, "", "f: row 99")]
    lines = list(check_rows(rows, []).lines(every=False))
    assert lines[0].startswith("f: row 99: stance 'bulish'")
    assert lines[1] == "f: row 2: tsmc is not named in '甲市今日無事。'"
    assert "3 problems more like these; --all says each" in lines
