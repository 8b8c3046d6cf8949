"""Labels that are perhaps another one written otherwise."""

from collections.abc import Mapping

import pytest

from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.labels.spellings import doubtful
from chipstance.shipped import shipped


def said(counts: Mapping[str, int], task: str = "stance") -> list[str]:
    """What is said where each label has so many rows."""
    labels = [label for label, n in counts.items() for _ in range(n)]
    return list(
        doubtful(
            [
                LabelRow(f"{at}", {task: label}, None, "", f"f: row {at}")
                for at, label in enumerate(labels, 2)
            ]
        )
    )


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("Bullish", "bullish"),
        ("BULLISH", "bullish"),
        ("ｂｕｌｌｉｓｈ", "bullish"),
        ("bulish", "bullish"),
        ("bullishh", "bullish"),
        ("bullsih", "bullish"),
        ("bullich", "bullish"),
        ("Bulish", "bullish"),
        ("bullish.", "bullish"),
        ("very good", "very_good"),
        ("very-good", "very_good"),
        ("VeryGood", "very_good"),
        ("看涨", "看漲"),
        ("看 漲", "看漲"),
        ("True", "true"),
    ],
)
def test_a_label_written_otherwise_is_named_with_the_one_it_looks_like(
    label: str, meant: str
) -> None:
    assert said({meant: 30, label: 1}) == [
        f"f: row 32: stance {label!r} (1 row) looks like {meant!r} (30 rows);"
        " they are learned as two labels"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # One letter off, and another label all the same.
        ("看多", "看空"),
        ("利多", "利空"),
        ("cost", "post"),
        ("up", "us"),
        ("class1", "class2"),
        ("1", "-1"),
        ("B+", "B-"),
        ("+", "-"),
        ("positive", "negative"),
        ("bullish", "bearish"),
        ("hold", "sell"),
    ],
)
def test_labels_that_are_short_or_figures_or_chinese_may_differ_in_one_character(
    one: str, other: str
) -> None:
    assert said({one: 30, other: 2}) == []


def test_of_two_common_labels_neither_is_a_slip_for_being_one_letter_off() -> None:
    assert said({"macro": 30, "micro": 20}) == []
    assert len(said({"macro": 30, "micro": 6})) == 1


def test_capitals_are_doubted_however_common() -> None:
    assert said({"Market": 20, "market": 30}) == [
        "f: row 2: stance 'Market' (20 rows) looks like 'market' (30 rows);"
        " they are learned as two labels"
    ]


def test_labels_in_a_single_row_are_named_in_a_line() -> None:
    assert said({"up": 9, "觀望": 1, "down": 9, "買": 1}) == [
        "stance: in a single row each, too few to learn from: '觀望' (f: row 11), '買' (f: row 21)"
    ]


def test_of_many_doubtful_labels_the_first_are_said_and_how_many_more() -> None:
    lines = said({f"word{letter}": 9 for letter in "abcdefgh"} | {f"Word{x}": 1 for x in "abcdefg"})
    assert len(lines) == 6
    assert lines[-1] == "stance: 2 labels more that look like another one"
    [line] = said({f"第{n}類": 1 for n in range(9)})
    assert line.endswith("'第4類' (f: row 6), …")


def test_sentiments_of_companies_are_labels_too() -> None:
    rows = [LabelRow("甲", {}, {"tsmc": "positive"}, "", f"f: row {n}") for n in (2, 3)]
    rows.append(LabelRow("乙", {}, {"umc": "Positive"}, "", "f: row 4"))
    assert list(doubtful(rows)) == [
        "f: row 4: companies 'Positive' (1 row) looks like 'positive' (2 rows);"
        " they are learned as two labels"
    ]


def test_the_projects_own_labels_are_beyond_doubt() -> None:
    assert list(doubtful(read_labels([shipped("labels")]))) == []
