import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chipstance.errors import LabelError
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.labels.writing import WRITERS

# What stands for damage is refused where it is all that there is.
printable = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\ufffd"
)
word = st.text(printable, min_size=1, max_size=20).filter(lambda text: text == text.strip() != "")
row = st.builds(
    LabelRow,
    st.one_of(word, word.map(lambda w: f'={w},"{w}"\n{w}')),
    st.dictionaries(st.sampled_from(["stance", "topic", "看法", "=1+1"]), word, min_size=1),
    st.none() | st.dictionaries(st.sampled_from(["tsmc", "umc"]), word),
    word,
    st.just(""),
    st.dictionaries(st.sampled_from(["url", "title"]), word),
)


@settings(max_examples=60)
@given(rows=st.lists(row, min_size=1, max_size=4, unique_by=lambda r: (r.article, r.text)))
@pytest.mark.parametrize("form", ["jsonl", "csv", "xlsx"])
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, form: str, rows: list[LabelRow]
) -> None:
    path = tmp_path_factory.mktemp("written") / f"mine.{form}"
    with path.open("wb") as out:
        WRITERS[form](rows, out, ())
    back = read_labels([path])
    assert back == rows
    assert [each.extra for each in back] == [each.extra for each in rows]


@pytest.mark.parametrize("text", ["台積電\r大漲", "台積電\r", "\r\n台積電", '"台積電"\r,大漲\r\r'])
def test_a_return_in_a_text_ends_no_row_of_csv(tmp_path: Path, text: str) -> None:
    rows = [LabelRow(text, {"stance": "bullish"}, None, "a", "", {"title": text})] * 2
    path = tmp_path / "mine.csv"
    with path.open("wb") as out:
        WRITERS["csv"](rows, out, ())
    back = read_labels([path])
    assert back == rows
    assert back[0].extra == {"title": text}


def test_csv_without_returns_has_marks_only_where_they_are_needed() -> None:
    out = io.BytesIO()
    WRITERS["csv"]([LabelRow("漲,跌", {"stance": "neutral"}, None, "a")], out, ())
    assert out.getvalue().decode("utf-8-sig") == (
        'article,text,stance,companies\na,"漲,跌",neutral,\n'
    )


def test_excel_offers_the_labels_of_the_guide_and_takes_no_text_for_a_formula() -> None:
    out = io.BytesIO()
    WRITERS["xlsx"]([LabelRow("=1+1", {}, None, "a")], out, ("stance", "mood"))
    sheet = openpyxl.load_workbook(out).active
    assert [cell.value for cell in sheet[1]] == ["article", "text", "stance", "mood", "companies"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"bearish,bullish,neutral"'


@pytest.mark.parametrize(("text", "why"), [("長" * 32_768, "longer"), ("a\x07b", "character")])
def test_what_excel_cannot_hold_is_said(text: str, why: str) -> None:
    rows = [LabelRow(text, {"stance": "neutral"}, None, "a", "f: row 1")]
    with pytest.raises(LabelError, match=rf"f: row 1: .*{why}.*csv"):
        WRITERS["xlsx"](rows, io.BytesIO(), ())


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+mood", "-mood", "@mood"])
def test_no_name_of_a_task_is_a_formula(name: str) -> None:
    out = io.BytesIO()
    WRITERS["xlsx"]([LabelRow("甲", {name: "good"}, None, "a")], out, ("=1+1",))
    sheet = openpyxl.load_workbook(out).active
    assert {cell.data_type for cell in sheet[1]} == {"s"}
    assert {name, "=1+1"} <= {cell.value for cell in sheet[1]}


@pytest.mark.parametrize(("name", "why"), [("mood\x07", "character"), ("長" * 32_768, "longer")])
def test_a_name_of_a_task_that_excel_cannot_hold_is_said(name: str, why: str) -> None:
    rows = [LabelRow("甲", {name: "good"}, None, "a", "f: row 1")]
    with pytest.raises(LabelError, match=rf"^the names of the columns: .*{why}.*csv"):
        WRITERS["xlsx"](rows, io.BytesIO(), ())


def test_a_sheet_to_be_labelled_can_be_read_once_it_is(tmp_path: Path) -> None:
    path = tmp_path / "to-label.csv"
    with path.open("wb") as out:
        WRITERS["csv"]([LabelRow(text, {}, None, "a", "") for text in "甲乙"], out, ("stance",))
    path.write_text(path.read_text("utf-8").replace("甲,", "甲,bullish"), "utf-8")
    (row,) = read_labels([path], problems=pytest.fail)
    assert (row.text, row.labels) == ("甲", {"stance": "bullish"})
