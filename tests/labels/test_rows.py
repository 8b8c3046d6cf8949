import pytest

from chipstance.errors import LabelError
from chipstance.labels.rows import LabelRow, parse_row


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
