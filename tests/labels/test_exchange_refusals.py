"""Exports of other tools that are not as they should be: the row is named, the others are read."""

import json
from pathlib import Path

import pytest

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.errors import LabelError
from chipstance.labels.exchange.exported import read_exported
from chipstance.labels.rows import LabelRow

LINKER = Linker(load_table())
GOOD = {"text": "輝達急跌。", "label": ["stance:bearish"]}


def read(path: Path, content: object, tool: str = "doccano") -> tuple[list[LabelRow], list[str]]:
    path.write_text(json.dumps(content), "utf-8")
    problems: list[str] = []
    return read_exported(path, tool, linker=LINKER, problems=problems.append), problems


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("輝達急跌。", "not an object; export the project as JSONL"),
        ({"text": "輝達急跌。", "label": [["a", 2, "negative"]]}, "a form that doccano does not"),
        ({"text": "輝達急跌。", "label": [[0, 99, "negative"]]}, "fits no UTF-16 units"),
        ({"text": "輝達急跌。", "label": [[2, 2, "negative"]]}, "lies outside the text"),
        ({"text": "輝達急跌。", "label": ["stance:bearish", "stance:bullish"]}, "stance is both"),
        (
            {"text": "輝達急跌,輝達反彈。", "label": [[0, 2, "negative"], [5, 7, "positive"]]},
            "nvidia is both negative and positive",
        ),
    ],
)
def test_a_line_of_doccano_that_contradicts_itself_is_named(
    tmp_path: Path, line: object, message: str
) -> None:
    (row,), (problem,) = read(tmp_path / "d.json", [line, GOOD])
    assert row.labels == {"stance": "bearish"}
    assert problem.startswith(f"{tmp_path / 'd.json'}: ")
    assert message in problem


def test_a_task_of_label_studio_that_is_none_is_named(tmp_path: Path) -> None:
    good = {"text": "輝達急跌。", "annotation_id": 7, "stance": "bearish"}
    (row,), (problem,) = read(tmp_path / "l.json", ["輝達急跌。", good], "label-studio")
    assert row.labels == {"stance": "bearish"}
    assert "not an object; export the project as JSON" in problem


@pytest.mark.parametrize(
    "value",
    [
        {"start": 0, "end": float("inf"), "labels": ["negative"]},
        {"start": float("-inf"), "end": 2, "labels": ["negative"]},
        {"start": 0, "end": float("nan"), "labels": ["negative"]},
        {"start": 0, "end": "x", "labels": ["negative"]},
        {"start": 0, "end": [2], "labels": ["negative"]},
        {"start": 0, "end": 2, "labels": []},
        {"start": 0, "labels": ["negative"]},
    ],
)
def test_a_span_of_label_studio_without_a_place_or_a_label_is_named(
    tmp_path: Path, value: object
) -> None:
    good = {"text": "輝達急跌。", "annotation_id": 7, "stance": "bearish"}
    bad = {"text": "輝達反彈。", "annotation_id": 8, "companies": [value]}
    (row,), (problem,) = read(tmp_path / "l.json", [bad, good], "label-studio")
    assert row.text == good["text"]
    assert "task 1: an annotation of no form that Label Studio writes" in problem


def test_a_span_of_words_that_have_changed_since_is_refused(tmp_path: Path) -> None:
    value = {"start": 0, "end": 2, "text": "超微", "labels": ["negative"]}
    task = {"text": "輝達急跌。", "annotation_id": 7, "companies": [value]}
    with pytest.raises(LabelError, match="nothing in it is labelled"):
        read(tmp_path / "l.json", [task], "label-studio")


def test_nobody_called_so_is_left_out_and_said(tmp_path: Path) -> None:
    line = {"text": "某某廠與輝達急跌。", "label": [[0, 3, "negative"], [4, 6, "negative"]]}
    (row,), (problem,) = read(tmp_path / "d.json", [line])
    assert row.companies == {"nvidia": "negative"}
    assert "no company is called '某某廠'" in problem
    assert "--companies FILE" in problem


def test_older_doccano_calls_the_text_data(tmp_path: Path) -> None:
    (row,), problems = read(tmp_path / "d.json", [{"data": "輝達急跌。", "label": ["bearish"]}])
    assert (row.text, row.labels, problems) == ("輝達急跌。", {"stance": "bearish"}, [])


def test_a_missing_export_is_named(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"none\.json"):
        read_exported(tmp_path / "none.json", "doccano", linker=LINKER, problems=print)


OURS = '{"text": "甲", "stance": "bullish", "companies": {"tsmc": "positive"}}'
TABLE = "text,stance\n甲,bullish\n乙,bullish\n"


@pytest.mark.parametrize(
    ("tool", "content", "advice"),
    [
        ("doccano", OURS, "needs no import"),
        ("label-studio", OURS, "needs no import"),
        ("doccano", TABLE, "--from csv or xlsx"),
        ("label-studio", TABLE, "--from csv or xlsx"),
        ("doccano", '[{"data": {"text": "甲"}, "annotations": []}]', "--from label-studio"),
        ("label-studio", '{"text": "甲", "cats": ["stance:bullish"]}', "--from doccano"),
    ],
)
def test_a_file_that_the_tool_did_not_write_is_one_line_that_says_what_to_do(
    tmp_path: Path, tool: str, content: str, advice: str
) -> None:
    path = tmp_path / "mine.json"
    path.write_text(content, "utf-8")
    with pytest.raises(LabelError, match=rf"mine\.json: no.*; .*{advice}"):
        read_exported(path, tool, linker=LINKER, problems=pytest.fail)


@pytest.mark.parametrize(
    ("tool", "own", "why"),
    [
        ("doccano", GOOD, "no list of labels as doccano writes it"),
        ("label-studio", {"text": "甲", "annotation_id": 1, "stance": "bearish"}, "annotation_id"),
    ],
)
def test_a_label_row_among_a_tools_own_is_refused_and_loses_no_label_in_silence(
    tmp_path: Path, tool: str, own: object, why: str
) -> None:
    mine = {"text": "台積電大漲。", "stance": "bullish", "companies": {"tsmc": "positive"}}
    (row,), problems = read(tmp_path / "d.json", [own, *[mine] * 84], tool)
    assert row.labels == {"stance": "bearish"}
    assert [problem.split(": ")[1] for problem in problems] == [
        "task 2", "task 3", "task 4", "81 rows more",
    ]  # fmt: skip
    assert all(why in problem for problem in problems)
