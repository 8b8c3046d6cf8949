import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from chipstance.errors import LabelError
from chipstance.labels.rows import LabelRow, as_record, parse_row


def test_a_row_keeps_every_task_it_brings() -> None:
    row = parse_row({"article": "a1", "text": "台積電漲", "mood": "good"}, "f: row 1")
    assert (row.text, row.labels, row.companies, row.article) == (
        "台積電漲", {"mood": "good"}, None, "a1",
    )  # fmt: skip


def test_a_row_without_an_article_is_an_article_of_its_own() -> None:
    assert parse_row({"text": "甲", "stance": "neutral"}, "").article == "甲"
    assert LabelRow("甲", {"stance": "neutral"}).article == "甲"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([], "not an object"),
        ({"stance": "neutral"}, "no text"),
        ({"text": "  ", "stance": "neutral"}, "no text"),
        ({"text": "甲"}, "no label"),
        ({"text": "甲", "stance": 0.3}, "not a string"),
        ({"text": "甲", "stance": ["bullish"]}, "not a string"),
        ({"text": "甲", "companies": ["tsmc"]}, "not an object of id: label"),
        ({"text": "甲", "companies": {"tsmc": 1}}, "not an object of id: label"),
        ({"text": "甲", "companies": "{tsmc"}, "not JSON"),
        ({"text": "甲", "companies": "tsmc"}, "tsmc=positive"),
    ],
)
def test_a_bad_row_says_where_and_what(row: object, why: str) -> None:
    with pytest.raises(LabelError, match=rf"f: row 7: .*{why}"):
        parse_row(row, "f: row 7")


@pytest.mark.parametrize(("value", "label"), [(1, "1"), (0, "0"), (2.0, "2"), (True, "true")])
def test_labels_may_be_whole_numbers(value: object, label: str) -> None:
    assert parse_row({"text": "甲", "label": value}, "").labels == {"label": label}


def test_columns_that_describe_the_article_are_no_tasks_and_are_kept() -> None:
    row = {"text": "甲", "mood": "good", "source": "udn", "title": "乙", "stance_p": {"bullish": 1}}
    parsed = parse_row(row, "")
    assert parsed.labels == {"mood": "good"}
    assert parsed.extra == {"source": "udn", "title": "乙", "stance_p": {"bullish": 1}}


def test_a_row_without_labels_is_kept_where_that_is_asked_for() -> None:
    row = parse_row({"text": "甲"}, "", unlabelled=True)
    assert not row.labelled


@pytest.mark.parametrize(
    ("row", "same"),
    [
        ({"text": "甲", "mood": "good\ud800"}, {"text": "甲", "mood": "good?"}),
        ({"text": "甲", "mood\udfff": "good"}, {"text": "甲", "mood?": "good"}),
        (
            {"text": "甲\ud800", "mood": "good", "article": "a\udc00"},
            {"text": "甲?", "mood": "good", "article": "a?"},
        ),
        ({"text": "甲", "companies": {"a\ud800": "x"}}, {"text": "甲", "companies": {"a?": "x"}}),
        (
            {"text": "甲", "companies": '{"tsmc": "\\ud800"}'},
            {"text": "甲", "companies": {"tsmc": "?"}},
        ),
        (
            {"text": "甲", "mood": "good", "url": ["\ud800", {"\ud800": 1}]},
            {"text": "甲", "mood": "good", "url": ["?", {"?": 1}]},
        ),
        (
            {"text": "甲", "mood": "good", "extra": '{"a": "\\ud800", "b": NaN}'},
            {"text": "甲", "mood": "good", "extra": {"a": "?", "b": None}},
        ),
    ],
)
def test_half_a_character_is_none_wherever_it_stands(row: object, same: object) -> None:
    parsed = parse_row(row, "")
    assert parsed == parse_row(same, "")
    assert parsed.extra == parse_row(same, "").extra
    json.dumps(as_record(parsed), ensure_ascii=False).encode()


def test_the_name_of_a_task_may_be_given_with_half_a_character() -> None:
    row = {"text": "甲", "mood\ud800": "good", "other": "x"}
    assert parse_row(row, "", tasks=["mood\ud800"]).labels == {"mood?": "good"}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal(7), 7),
        (Decimal("7.5"), 7.5),
        (Decimal("NaN"), None),
        (b"tsmc\xff", "tsmc\ufffd"),
        (date(2025, 3, 3), "2025-03-03"),
        (datetime(2025, 3, 3, 9, 30), "2025-03-03T09:30:00"),
        (time(9, 30), "09:30:00"),
        (timedelta(days=1), "1 day, 0:00:00"),
        (float("nan"), None),
        (float("-inf"), None),
        ([(b"a", {"b": float("nan")})], [["a", {"b": None}]]),
        ({1: True}, {"1": True}),
        ("2025", "2025"),
        (0.25, 0.25),
    ],
)
def test_what_else_a_row_says_can_be_written_as_json(value: object, kept: object) -> None:
    row = parse_row({"text": "甲", "mood": "good", "source": value}, "")
    assert row.extra.get("source") == kept
    json.dumps(as_record(row), allow_nan=False)


def test_whole_numbers_of_any_kind_are_labels_and_ids() -> None:
    row = parse_row({"text": "甲", "mood": Decimal(1), "article": Decimal("20250303")}, "")
    assert (row.labels, row.article) == ({"mood": "1"}, "20250303")


def test_lists_in_lists_without_end_are_named() -> None:
    nested: list[object] = []
    for _ in range(5000):
        nested = [nested]
    with pytest.raises(LabelError, match=r"f: row 7: lists in lists"):
        parse_row({"text": "甲", "mood": "good", "url": nested}, "f: row 7")
