import re

import pytest

from chipstance.articles.normalising.fold import fold
from chipstance.companies.moves.figures import figures

from .linked import cases, link

MOVES = cases("moves.tsv")


def stated(sentence: str) -> dict[str, float]:
    return {m.company: m.move_pct for m in link(sentence)[0] if m.move_pct is not None}


def expected(moves: str) -> dict[str, float]:
    pairs = (pair.split("=") for pair in moves.split()) if moves != "-" else ()
    return {company: float(percent) for company, percent in pairs}


@pytest.mark.parametrize("case", MOVES, ids=[f"{c['shows']}: {c['sentence']}" for c in MOVES])
def test_a_stated_move_is_read_as_a_reader_reads_it(case: dict[str, str]) -> None:
    assert stated(case["sentence"]) == expected(case["moves"])


def spaced(sentence: str) -> str:
    """Set figures and Latin letters off with spaces, as some houses do."""
    return re.sub(r"(?<=[一-鿿])(?=[\w+(-])(?![一-鿿])|(?<=[a-zA-Z\d%)])(?=[一-鿿])", " ", sentence)


@pytest.mark.parametrize("case", MOVES, ids=[c["sentence"] for c in MOVES])
def test_spaces_around_figures_and_letters_change_no_move(case: dict[str, str]) -> None:
    assert stated(spaced(case["sentence"])) == expected(case["moves"])


def test_at_least_150_sentences_stand_for_the_moves() -> None:
    assert len({case["sentence"] for case in MOVES}) >= 150


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("半成", 5),
        ("三成", 30),
        ("一成九", 19),
        ("兩成半", 25),
        ("4成", 40),
        ("千分之五", 0.5),
        ("百分之三點五", 3.5),
        ("百分之二十三", 23),
        ("一倍", 100),
        ("兩倍半", 250),
        ("兩倍七", 270),
        ("一點五倍", 150),
        ("二十倍", 2000),
        ("16﹒86%", 16.86),
        ("1,234.5%", 1234.5),
    ],
)
def test_a_percentage_is_read_in_digits_and_in_chinese(text: str, percent: float) -> None:
    assert [f.value for f in figures(fold("升" + text))] == [percent]


@pytest.mark.parametrize("text", ["成交", "成本", "完成", "3個百分點", "百分之百二", "成為"])
def test_what_only_looks_like_a_percentage_is_left(text: str) -> None:
    assert figures(text) == []
