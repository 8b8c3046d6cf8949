"""What a model wrote is not learned from, and what merely looks like it is."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from chipstance.errors import LabelError
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.labels.scored import told_by
from chipstance.labels.writing import WRITERS
from chipstance.models.learning.fitting import train
from chipstance.reports.rows.forms import FORMS, retold_layout
from tests.reports.made import mention, scored, write

SCORED = scored(topic_p={"market": 0.6, "other": 0.4})
OWN = {"text": "晶圓廠擴產。", "stance": "bullish"}
PLACED = {"article": "a1", "index": 0, "start": 0, "end": 6, **OWN}
SHARES = {"bullish": 0.75, "neutral": 0.25}


def as_table(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Rows as a spreadsheet saves them, lists and objects as JSON in their cells."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for row in rows:
            cells = {
                name: json.dumps(v) if isinstance(v, list | dict) else v for name, v in row.items()
            }
            writer.writerow(cells)
    return path


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize("companies", [[], [mention("tsmc")]])
def test_a_file_of_scored_rows_is_refused_whole_in_one_line(
    tmp_path: Path, form: str, companies: list[dict[str, Any]]
) -> None:
    path = tmp_path / f"rows.{form}"
    rows = [SCORED, scored(companies=companies)]
    writer, columns = FORMS[form], retold_layout(rows)._replace(retold=False)
    with path.open("wb") as out:
        out.write(writer.head(columns))
        writer.put_together([writer.chunk(rows, columns)], out, columns)
    problems: list[str] = []
    with pytest.raises(LabelError) as refused:
        read_labels([path], problems=problems.append)
    row = 2 if form == "csv" else 1
    assert str(refused.value) == (
        f"{path}: scored rows are no labels (row {row} has stance_p); give what people labelled"
    )
    assert problems == []


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"text": "漲。", "mood": "good", "mood_p": {"good": 0.9, "bad": 0.1}}, "mood_p"),
        ({"text": "漲。", "stance": "bullish", "companies": [mention("umc")]}, "companies"),
        ({**scored(), "stance_p": None, "hype_p": None}, "model"),
        ({**scored(), "story": "b", "novelty": 0.4}, "stance_p"),
    ],
)
def test_a_scored_row_is_known_by_any_of_what_tells_it(
    tmp_path: Path, row: dict[str, Any], field: str
) -> None:
    assert told_by(row) == field
    mixed = write(tmp_path / "rows.jsonl", [OWN, row])
    for path in (mixed, as_table(tmp_path / "rows.csv", [row])):
        with pytest.raises(LabelError, match=rf"\(row 2 has {field}\)"):
            read_labels([path])


@pytest.mark.parametrize(
    "row",
    [
        PLACED,
        {**PLACED, "stance_p": 0.8, "model": "human"},
        {**OWN, "stance_p": ""},
        {**OWN, "stance_p": {"bullish": 3, "neutral": 1}},
        {**OWN, "topic_p": SHARES},
        {**OWN, "source": "報", "title": "題", "published": "2025-03-03", "companies": {}},
        {**OWN, "companies": {"tsmc": "positive"}},
        {**OWN, "companies": []},
        {**OWN, "p": "{", "_p": "[1]"},
    ],
)
def test_labels_of_people_may_have_columns_like_those(tmp_path: Path, row: dict[str, Any]) -> None:
    assert told_by(row) is None
    for path in (as_table(tmp_path / "mine.csv", [row]), tmp_path / "mine.jsonl"):
        if path.suffix == ".jsonl":
            path.write_text(json.dumps(row), "utf-8")
        (found,) = read_labels([path], tasks=("stance",))
        assert found.labels == {"stance": "bullish"}


@pytest.mark.parametrize("form", WRITERS)
def test_a_table_with_suggestions_to_fill_in_is_read(tmp_path: Path, form: str) -> None:
    about = {"source": "a.txt", "title": "題", "published": "2025-03-03", "index": 4}
    said = {"suggested": "stance=bullish 91%; tsmc=positive 88%", "why": "new: 擴產"}
    row = LabelRow("晶圓廠擴產。", {"stance": "neutral"}, {}, "a1", "", {**about, **said})
    path = tmp_path / f"to-label.{form}"
    with path.open("wb") as out:
        WRITERS[form]([row], out, ("stance", "topic"))
    assert [each.labels for each in read_labels([path])] == [{"stance": "neutral"}]


def test_scored_rows_teach_nothing_in_python_either() -> None:
    with pytest.raises(LabelError, match=r"row 2: scored rows are no labels \(it has stance_p\)"):
        train([OWN, scored()])
