import json
from pathlib import Path

import pytest

from chipstance.errors import LabelError
from chipstance.labels.rows import parse_row, read_labels


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def test_a_row_keeps_every_task_it_brings() -> None:
    row = parse_row({"article": "a1", "text": "台積電漲", "mood": "good"}, "f: row 1")
    assert (row.text, row.labels, row.companies, row.article) == (
        "台積電漲", {"mood": "good"}, None, "a1",
    )  # fmt: skip


def test_a_row_without_an_article_is_an_article_of_its_own() -> None:
    assert parse_row({"text": "甲", "stance": "neutral"}, "").article == "甲"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([], "not an object"),
        ({"stance": "neutral"}, "no text"),
        ({"text": "  ", "stance": "neutral"}, "no text"),
        ({"text": "甲"}, "no label"),
        ({"text": "甲", "stance": 3}, "not a string"),
        ({"text": "甲", "companies": ["tsmc"]}, "not an object of id: label"),
    ],
)
def test_a_bad_row_says_where_and_what(row: object, why: str) -> None:
    with pytest.raises(LabelError, match=rf"f: row 7: .*{why}"):
        parse_row(row, "f: row 7")


def test_a_bad_row_is_reported_and_the_others_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"text": "甲", "stance": "neutral"}\n{broken\n{"text": "乙", "stance": "x"}\n')
    problems: list[str] = []
    rows = read_labels([path], problems=problems.append)
    assert [row.text for row in rows] == ["甲", "乙"]
    assert len(problems) == 1
    assert f"{path}: row 2: not JSON" in problems[0]


def test_csv_brings_tasks_by_its_columns_and_companies_as_json(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text('﻿text,sentiment,companies\n"甲,乙",good,"{""tsmc"": ""positive""}"\n丙,bad,\n')
    rows = read_labels([path])
    assert [(row.text, row.labels["sentiment"], row.companies) for row in rows] == [
        ("甲,乙", "good", {"tsmc": "positive"}),
        ("丙", "bad", None),
    ]


def test_a_folder_is_all_its_label_files_but_the_company_table(tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl", {"text": "乙", "stance": "neutral"})
    write(tmp_path / "a.jsonl", {"text": "甲", "stance": "neutral"})
    (tmp_path / "companies.csv").write_text("id\n")
    (tmp_path / "README.md").write_text("")
    assert [row.text for row in read_labels([tmp_path])] == ["甲", "乙"]


@pytest.mark.parametrize("name", ["gone.jsonl", "labels.docx", "empty.jsonl"])
def test_a_file_that_gives_no_labels_is_named(tmp_path: Path, name: str) -> None:
    if not name.startswith("gone"):
        (tmp_path / name).write_text("")
    with pytest.raises(LabelError, match=name):
        read_labels([tmp_path / name])


def test_a_row_with_a_comma_too_many_is_named_and_left_out(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("text,urgency\n美光停產,搶修中,urgent\n聯電召開股東會,calm\n", "utf-8")
    problems: list[str] = []
    assert [row.text for row in read_labels([path], problems=problems.append)] == ["聯電召開股東會"]
    assert problems == [f"{path}: row 2: more or fewer cells than the header; quote the text"]


def test_columns_that_describe_the_article_are_no_tasks() -> None:
    row = {"text": "甲", "mood": "good", "source": "udn", "title": "乙", "stance_p": {"bullish": 1}}
    assert parse_row(row, "").labels == {"mood": "good"}
