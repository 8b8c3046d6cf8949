"""Label Studio and doccano: what comes in, and that nothing is lost on the way out and back."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chipstance.companies.linking import Linker
from chipstance.companies.mention import Mention
from chipstance.companies.table import load_table
from chipstance.errors import LabelError
from chipstance.labels.exchange import doccano, label_studio
from chipstance.labels.exchange.exported import read_exported
from chipstance.labels.exchange.spans import from_utf16, utf16_length
from chipstance.labels.exchange.suggested import Suggestion
from chipstance.labels.rows import LabelRow, as_record, parse_row
from chipstance.labels.writing import write_json, write_json_lines

EXPORTED = Path(__file__).parent / "exported"
LINKER = Linker(load_table())
# Two characters that take two UTF-16 units each, then a company at the third and one further on.
ASTRAL = "📉𠮷輝達盤中急跌，惟台積電獲買盤支撐"
BOTH = {"nvidia": "negative", "tsmc": "positive"}


def read(name: str, tool: str, **options: object) -> tuple[list[LabelRow], list[str]]:
    problems: list[str] = []
    rows = read_exported(EXPORTED / name, tool, linker=LINKER, problems=problems.append, **options)
    return rows, problems


def test_label_studio_gives_the_last_annotation_and_keeps_what_else_the_task_says() -> None:
    (row,), problems = read("label_studio.json", "label-studio")
    assert (row.text, row.article) == (ASTRAL, "a-7")
    assert row.labels == {"stance": "bearish", "topic": "market"}
    assert row.companies == BOTH
    assert row.extra["url"] == "https://news.example/7"
    assert row.extra["label_studio"][0]["value"] == {"text": ["第二句存疑"]}
    assert problems == [
        f"{EXPORTED / 'label_studio.json'}: task 3: topic has several labels; leave one"
    ]


def test_label_studio_spans_counted_in_utf_16_units_are_told_by_their_text(tmp_path: Path) -> None:
    tasks = json.loads((EXPORTED / "label_studio.json").read_text("utf-8"))
    for each in tasks[0]["annotations"][1]["result"][2:4]:
        for side in ("start", "end"):
            each["value"][side] = utf16_length(ASTRAL[: each["value"][side]])
    path = tmp_path / "old.json"
    path.write_text(json.dumps(tasks), "utf-8")
    (row,) = read_exported(path, "label-studio", linker=LINKER, problems=lambda _: None)
    assert row.companies == BOTH


def test_label_studios_short_json_is_read_too() -> None:
    (row,), problems = read("label_studio_min.json", "label-studio")
    assert (row.labels, row.companies, problems) == ({"stance": "bearish"}, BOTH, [])


def test_doccano_counts_utf_16_units() -> None:
    (row,), problems = read("doccano_intent.jsonl", "doccano")
    assert row.labels == {"stance": "bearish", "topic": "market"}
    assert row.companies == BOTH
    assert row.extra["url"] == "https://news.example/7"
    assert problems == []


@pytest.mark.parametrize("name", ["doccano_spans.jsonl", "doccano_relations.jsonl"])
def test_every_kind_of_doccano_project_with_spans_is_read(name: str) -> None:
    (row,), _ = read(name, "doccano")
    assert (row.labels, row.companies) == ({}, BOTH)


def test_a_doccano_label_of_the_guide_belongs_to_its_task_and_another_to_a_task_named_label() -> (
    None
):
    rows, _ = read("doccano_classes.json", "doccano")
    assert [row.labels for row in rows] == [{"stance": "bearish"}, {"label": "好消息"}]


def test_positions_in_characters_are_read_where_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(json.dumps({"text": ASTRAL, "label": [[2, 4, "negative"]]}), "utf-8")
    (row,) = read_exported(
        path, "doccano", linker=LINKER, problems=lambda _: None, offsets="characters"
    )
    assert row.companies == {"nvidia": "negative"}


def test_a_position_inside_a_character_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    lines = [{"text": ASTRAL, "label": [[3, 4, "negative"]]}, {"text": "甲", "cats": ["bullish"]}]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    problems: list[str] = []
    (row,) = read_exported(path, "doccano", linker=LINKER, problems=problems.append)
    assert row.text == "甲"
    assert "row 1" in problems[0]
    assert "--offsets characters" in problems[0]


def test_a_span_that_names_nobody_known_costs_no_other_label(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    line = {"text": "某某公司與台積電", "label": [[0, 4, "negative"], [5, 8, "positive"]]}
    path.write_text(json.dumps(line), "utf-8")
    problems: list[str] = []
    (row,) = read_exported(path, "doccano", linker=LINKER, problems=problems.append)
    assert row.companies == {"tsmc": "positive"}
    assert "'某某公司'" in problems[0]


def test_a_company_with_two_sentiments_is_a_contradiction(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    line = {"text": "台積電與台積電", "label": [[0, 3, "negative"], [4, 7, "positive"]]}
    path.write_text(json.dumps(line) + '\n{"text": "甲", "cats": ["bullish"]}', "utf-8")
    problems: list[str] = []
    read_exported(path, "doccano", linker=LINKER, problems=problems.append)
    assert problems == [f"{path}: row 1: tsmc is both negative and positive; settle on one"]


@pytest.mark.parametrize("tool", ["label-studio", "doccano"])
@pytest.mark.parametrize(
    "content",
    ["", "[", "{}", "[1]", "[]", '{"text": "甲"}', '{"data": 3, "annotations": 4}', "\x00\x01",
     '{"data": {"text": "甲"}, "annotations": [{"result": [{"type": "labels", "value": {}}]}]}'],
)  # fmt: skip
def test_a_file_without_labels_ends_in_one_line(tmp_path: Path, tool: str, content: str) -> None:
    path = tmp_path / "mine.json"
    path.write_text(content, "utf-8")
    with pytest.raises(LabelError, match=r"mine\.json"):
        read_exported(path, tool, linker=LINKER, problems=lambda _: None)


def test_suggestions_are_predictions_with_a_score_and_no_labels(tmp_path: Path) -> None:
    (named,) = LINKER.link([_sentence(ASTRAL)])
    suggestion = Suggestion({"stance": ("bearish", 0.9)}, {"tsmc": ("positive", 0.6)}, "m@1")
    row = LabelRow(ASTRAL, {}, None, ASTRAL)
    (task,) = label_studio.to_tasks([row], [named], [suggestion])
    assert "annotations" not in task
    (prediction,) = task["predictions"]
    assert (prediction["model_version"], prediction["score"]) == ("m@1", 0.6)
    choice, span = prediction["result"]
    assert choice["value"] == {"choices": ["bearish"]}
    assert span["value"] == {"start": 10, "end": 13, "text": "台積電", "labels": ["positive"]}
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps([task]), "utf-8")
    with pytest.raises(LabelError, match="nothing in it is labelled"):
        read_exported(path, "label-studio", linker=LINKER, problems=lambda _: None)


def test_the_configuration_names_what_the_tasks_use() -> None:
    xml = label_studio.configuration({"a<b": ["x", 'y"']}, ["positive"])
    assert '<Choices name="a&lt;b" toName="text"' in xml
    assert "<Choice value='y\"'/>" in xml
    assert '<Label value="positive"/>' in xml
    assert '<Text name="text" value="$text"' in xml


@given(st.text(), st.data())
def test_positions_in_utf_16_units_and_characters_are_each_others_reverse(
    text: str, data: st.DataObject
) -> None:
    position = data.draw(st.integers(0, len(text)))
    assert from_utf16(text, utf16_length(text[:position])) == position


words = st.text(
    st.one_of(st.sampled_from("輝達台積電📉𠮷é,:=\"'\n #"), st.characters(codec="utf-8")),
    min_size=1,
).filter(lambda text: text == text.strip() != "")
values = st.recursive(
    st.integers() | st.booleans() | words, lambda inner: st.lists(inner, max_size=2), max_leaves=3
)
names = st.sampled_from(["stance", "topic", "my task", "看法", "url", "remark", "index", "extra"])
sentiments = st.sampled_from(["positive", "negative", "neutral", "source"])


@st.composite
def rows(draw: st.DrawFn) -> LabelRow:
    """A row whose companies stand in its text, or do not."""
    before, between = draw(words), draw(words)
    text = f"{before}輝達{between}台積電"
    labels = draw(
        st.dictionaries(names.filter(lambda n: n not in ("url", "index", "extra")), words)
    )
    who = st.sampled_from(["nvidia", "tsmc", "umc"])
    companies = draw(st.none() | st.dictionaries(who, sentiments))
    extra = draw(st.dictionaries(names, values))
    extra = {name: value for name, value in extra.items() if name not in labels}
    if not labels and companies is None:
        labels = {"stance": "neutral"}
    return LabelRow(text, labels, companies, draw(st.just(text) | words), "", extra)


def _sentence(text: str):  # type: ignore[no-untyped-def]
    from chipstance.articles.article import Sentence

    return Sentence(text, ((0, 0),))


def mentions(text: str) -> tuple[Mention, ...]:
    """The two companies of a made-up row, where they certainly are."""
    places = {"tsmc": (len(text) - 3, len(text))}
    at = text.rindex("輝達", 0, len(text) - 3)
    places["nvidia"] = (at, at + 2)
    return tuple(
        Mention(company, None, text[start:end], start, end, "name")
        for company, (start, end) in places.items()
    )


def same(row: LabelRow, other: LabelRow) -> None:
    assert other == row
    assert {k: v for k, v in row.extra.items() if v not in (None, "")} == other.extra


@given(rows())
def test_a_row_comes_back_from_its_plain_object(row: LabelRow) -> None:
    same(row, parse_row(json.loads(json.dumps(as_record(row))), ""))


@settings(max_examples=60)
@given(st.lists(rows(), min_size=1, max_size=3))
@pytest.mark.parametrize("tool", ["label-studio", "doccano"])
def test_nothing_is_lost_on_the_way_to_a_tool_and_back(
    tmp_path_factory: pytest.TempPathFactory, tool: str, given: list[LabelRow]
) -> None:
    named, none = [mentions(row.text) for row in given], [None] * len(given)
    out = io.BytesIO()
    if tool == "doccano":
        write_json_lines(doccano.to_lines(given, named, none), out)
    else:
        write_json(label_studio.to_tasks(given, named, none), out)
    path = tmp_path_factory.mktemp("tool") / "tasks.json"
    path.write_bytes(out.getvalue())
    problems: list[str] = []
    back = read_exported(path, tool, linker=LINKER, problems=problems.append)
    assert problems == []
    for row, other in zip(given, back, strict=True):
        same(row, other)
