"""Label files checked as `classify labels check` does, with what lies beside them."""

from pathlib import Path

from chipstance.labels.rows import LabelRow
from chipstance.models.labelling.checking import check_rows

GOOD = LabelRow(
    "嵐鯨半導體宣布擴產。", {"stance": "bullish"}, {"lanjing": "positive"}, "a", "f: row 1"
)


def test_companies_that_lie_beside_the_labels_are_known(tmp_path: Path) -> None:
    assert check_rows([GOOD], [tmp_path]) == [
        "f: row 1: lanjing is in no company table; give yours with --companies"
    ]
    (tmp_path / "companies.csv").write_text("id,names_tw\nlanjing,嵐鯨半導體\n", "utf-8")
    assert check_rows([GOOD], [tmp_path]) == []


def test_sentences_that_differ_in_companies_and_numbers_alone_are_named() -> None:
    rows = [
        LabelRow(f"{name}漲{percent}%。", {"stance": "bullish"}, None, name, f"f: row {at}")
        for at, (name, percent) in enumerate((("台積電", 2), ("聯電", 3)), 1)
    ]
    assert check_rows(rows, []) == ["f: row 2: only names and numbers differ from f: row 1"]


def test_rows_are_held_to_their_articles_where_these_are_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("台積電上漲。聯電下跌。", "utf-8")
    rows = [LabelRow("台積電大漲。", {"stance": "bullish"}, None, "a", "f: row 1")]
    assert check_rows(rows, []) == []
    assert sorted(check_rows(rows, [], articles=tmp_path)) == [
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
    assert check_rows(rows, [], articles=tmp_path, notes=notes.append) == []
    assert notes == [f"{tmp_path}: 1 of 2 articles not there as ID.txt, their texts unchecked"]
    assert check_rows(rows, [], articles=tmp_path / "empty") == [
        f"{tmp_path / 'empty'}: 2 of 2 articles not there as ID.txt, their texts unchecked"
    ]


def test_a_folder_is_held_to_its_own_bounds(tmp_path: Path) -> None:
    rows = [LabelRow("今日無事。", {"stance": "neutral"}, None, "a", "f: row 1")]
    (tmp_path / "bounds.json").write_text('{"least": {"rows": 2}}')
    assert check_rows(rows, [tmp_path]) == [f"{tmp_path}/bounds.json: 1 rows, at least 2 wanted"]
