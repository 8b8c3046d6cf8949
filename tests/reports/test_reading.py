import csv
import io
import json
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipstance.errors import InputError
from chipstance.reports.rows.forms import FORMS, csv_head, retold_layout
from chipstance.reports.rows.parsing import parse_row
from chipstance.reports.rows.reading import scored_files, scored_rows
from tests.reports.made import Row, mention, scored, write

ROWS = [
    scored(index=0, companies=[mention("tsmc", move_pct=-3.5), mention("umc", "source")]),
    scored(index=1, source=None, title="=台積電", published=None),
]


def write_scored(form: str, out: IO[bytes]) -> None:
    columns = retold_layout(ROWS)._replace(retold=False)
    out.write(FORMS[form].head(columns))
    FORMS[form].put_together([FORMS[form].chunk(ROWS, columns)], out, columns)


def read(*paths: Path) -> tuple[list, list[str]]:
    problems: list[str] = []
    files = scored_files(map(str, paths), problems.append)
    return [row for row, _ in scored_rows(files, problems.append)], problems


@pytest.mark.parametrize("form", FORMS)
def test_every_format_that_score_writes_is_read_the_same(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"rows.{form}"
    with path.open("wb") as out:
        write_scored(form, out)
    assert read(path) == ([parse_row(row) for row in ROWS], [])


def test_a_task_with_a_comma_in_its_name_has_one_column() -> None:
    layout = retold_layout([scored() | {"mood,tone": "good", "mood,tone_p": {"good": 1.0}}])
    assert next(csv.reader([csv_head(layout).decode()])) == list(layout.fields)


def test_a_folder_is_read_in_the_order_of_names_and_no_file_twice(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write(tmp_path / f"{name}.jsonl", [scored(article=name)])
    (tmp_path / "notes.txt").write_text("not rows")
    rows, problems = read(tmp_path, tmp_path / "a.jsonl")
    assert [row.article for row in rows] == ["a", "b"]
    assert problems == []


BAD = {
    "{": "is not JSON",
    "[]": "is not an object",
    '{"text": "台積電"}': "no field article",
    json.dumps(scored(article="") | {"article": ""}): "article and text must be strings",
    json.dumps(scored() | {"index": "one"}): "index is no number",
    json.dumps(scored() | {"companies": {}}): "companies is no list",
    json.dumps(scored() | {"published": "yesterday"}): "published is no date such as 2025-01-31",
    json.dumps(scored() | {"published": 45685}): "published is no text",
    json.dumps(scored() | {"source": ["報"]}): "source is no text",
    json.dumps(scored() | {"start": "x"}): "start is no whole number",
    json.dumps(scored() | {"stance_p": {"bullish": 7}}): "stance_p holds no probabilities",
    json.dumps(scored() | {"hype_p": "plain"}): "hype_p holds no probabilities",
    json.dumps(scored(companies=["tsmc"])): "companies has one without an id",
    json.dumps(scored(companies=[{"ticker": "x"}])): "companies has one without an id",
    json.dumps(scored(companies=[mention("tsmc", move_pct="3%")])): "move_pct is no number",
    json.dumps(scored(companies=[mention("tsmc", move_pct=1e308)])): "move_pct is no number",
}


@pytest.mark.parametrize("line", BAD)
def test_a_bad_row_is_named_by_file_and_row_and_the_others_are_read(
    tmp_path: Path, line: str
) -> None:
    good = json.dumps(scored())
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{good}\n{line}\n{json.dumps(scored(article='b'))}\n", "utf-8")
    rows, problems = read(path)
    assert [row.article for row in rows] == ["a", "b"]
    (problem,) = problems
    assert problem.startswith(f"{path}: row 2: ")
    assert BAD[line] in problem


def test_a_broken_cell_of_csv_is_named_by_its_row(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    with path.open("wb") as out:
        write_scored("csv", out)
    cells = list(csv.reader(path.open(encoding="utf-8")))
    cells[1][cells[0].index("companies")] = "[{"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(cells)
    rows, problems = read(path)
    assert [row.number for row in rows] == [1]
    assert problems[0].startswith(f"{path}: row 2: is no scored row (companies is no JSON); ")


@pytest.mark.parametrize(
    "written",
    ["2025-03-28", "2025/3/28", "28/3/2025", "28/03/2025 00:00", "20250328", "2025年3月28日"],
)
def test_a_date_that_a_spreadsheet_wrote_anew_is_the_day_it_was(
    tmp_path: Path, written: str
) -> None:
    rows, problems = read(write(tmp_path / "rows.jsonl", [scored(published=written)]))
    assert [row.published for row in rows] == ["2025-03-28"]
    assert problems == []


def test_what_is_wrong_with_a_whole_file_is_said_once(tmp_path: Path) -> None:
    wrong = json.dumps(scored(published="03/28/25"))
    path, other = tmp_path / "a.jsonl", write(tmp_path / "b.jsonl", [scored()])
    lines = [wrong, "{", *[wrong] * 1200, json.dumps(scored()), wrong, "{"]
    path.write_text("\n".join(lines), "utf-8")
    rows, problems = read(path, other)
    assert len(rows) == 2
    not_json, again, dates = problems
    assert not_json.startswith(f"{path}: row 2: is not JSON")
    assert again.startswith(f"{path}: row 1205: is not JSON")
    assert dates.startswith(f"{path}: row 1 and 1,201 more: is no scored row (published is no date")


def test_rows_that_are_wrong_among_others_are_named_each(tmp_path: Path) -> None:
    good, wrong = scored(), scored(published="yesterday")
    path = write(tmp_path / "a.jsonl", [wrong, wrong, good, *[wrong] * 3])
    rows, problems = read(path)
    assert len(rows) == 1
    where = [problem.split(": ")[1] for problem in problems]
    assert where == ["row 1", "row 2", "row 4", "row 5", "row 6"]


def test_a_file_in_another_encoding_is_refused_and_not_shown_as_rubbish(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(json.dumps(scored(text="台積電上漲"), ensure_ascii=False).encode("big5"))
    rows, problems = read(path)
    assert rows == []
    assert problems == [f"{path}: row 1: is not in UTF-8; save the file as UTF-8"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_rows_that_a_spreadsheet_saved_with_a_mark_of_their_byte_order_are_read(
    tmp_path: Path, encoding: str
) -> None:
    row = scored(text="台積電上漲")
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    lines = tmp_path / "rows.jsonl"
    lines.write_text(mark + json.dumps(row, ensure_ascii=False) + "\n", encoding)
    cells = [json.dumps(cell) if isinstance(cell, (dict, list)) else cell for cell in row.values()]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t").writerows([row, cells])
    table = tmp_path / "rows.tsv"
    table.write_bytes((mark + text.getvalue()).encode(encoding))
    for path in (lines, table):
        (found,), problems = read(path)
        assert (found.text, problems) == ("台積電上漲", [])


@pytest.mark.parametrize("name", ["gone.jsonl", "rows.txt", "empty", "not.parquet"])
def test_a_path_without_rows_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "rows.txt").write_text("text")
    (tmp_path / "empty").mkdir()
    (tmp_path / "not.parquet").write_text("PAR1")
    rows, problems = read(tmp_path / name)
    assert rows == []
    assert len(problems) == 1
    assert name in problems[0]


def test_a_mention_stands_where_the_sentence_says() -> None:
    named = [mention("tsmc", start=102, end=105)]
    row = scored(text="昨日台積電漲", start=100, end=106, companies=named)
    (found,) = parse_row(row).companies
    assert row["text"][found.start : found.end] == "台積電"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(field=st.sampled_from(list(ROWS[0])), value=JSON)
def test_whatever_a_field_holds_is_read_or_refused_in_words(field: str, value: object) -> None:
    row: Row = ROWS[0] | {field: value}
    try:
        parse_row(row)
    except InputError as error:
        assert "classify score" in str(error)  # noqa: PT017 (either outcome is right)


@given(field=st.sampled_from(list(ROWS[0]["companies"][0])), value=JSON)
def test_whatever_a_company_holds_is_read_or_refused_in_words(field: str, value: object) -> None:
    row: Row = ROWS[0] | {"companies": [ROWS[0]["companies"][0] | {field: value}]}
    try:
        parse_row(row)
    except InputError as error:
        assert "classify score" in str(error)  # noqa: PT017 (either outcome is right)
