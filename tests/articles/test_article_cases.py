"""The cases in `cases/`: what must go, what must stay, what a text must come out as."""

import json
from pathlib import Path
from typing import Any

import pytest

from chipstance.articles.cleaning.paragraphs import STEPS, clean, explain
from chipstance.articles.line import split_lines
from chipstance.articles.sentences import sentences, split
from chipstance.articles.text import from_text

CASES = Path(__file__).parent / "cases"
BEFORE = "聯電公布4月營收，月增3.1%，高於市場預期。"
AFTER = "管理層料第二季出貨量續增，產能利用率回升。"


def load(name: str) -> list[Any]:
    return list(json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")))


def article(text: str) -> list[str]:
    return [one.text for one in sentences(clean(split_lines(text)))]


def marked(case: dict[str, Any]) -> Any:
    reason = case.get("fails")
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(case, marks=marks, id=case["label"])


@pytest.mark.parametrize("case", load("furniture"), ids=lambda case: case["line"])
@pytest.mark.parametrize("place", ["behind", "between"])
def test_page_furniture_goes(case: dict[str, str], place: str) -> None:
    lines = [BEFORE, case["line"]] if place == "behind" else [BEFORE, case["line"], AFTER]
    assert article("\n".join(lines)) == [line for line in lines if line != case["line"]]


@pytest.mark.parametrize("case", load("furniture"), ids=lambda case: case["line"])
def test_explaining_names_a_step_of_the_list_for_every_line_dropped(case: dict[str, str]) -> None:
    story = explain(f"{BEFORE}\n{case['line']}")
    assert story
    assert {name for name, _ in story} <= {name for name, _ in STEPS}


@pytest.mark.parametrize("case", load("kept"), ids=lambda case: case["line"])
def test_running_text_stays_whatever_words_it_uses(case: dict[str, str]) -> None:
    assert "".join(article(f"{BEFORE}\n{case['line']}\n{AFTER}")) == BEFORE + case["line"] + AFTER
    assert "".join(article(f"{BEFORE}\n{case['line']}")) == BEFORE + case["line"]


@pytest.mark.parametrize("line", load("headings"))
def test_a_heading_with_news_in_it_stays_between_paragraphs(line: str) -> None:
    assert "".join(article(f"{BEFORE}\n\n{line}\n\n{AFTER}")) == BEFORE + line + AFTER


@pytest.mark.parametrize("case", [marked(case) for case in load("articles")])
def test_an_article_comes_out_as_its_sentences(case: dict[str, Any]) -> None:
    assert article(case["text"]) == case["sentences"]


@pytest.mark.parametrize("case", [marked(case) for case in load("layouts")])
def test_a_page_of_an_outlets_layout_comes_out_as_its_story(case: dict[str, Any]) -> None:
    found = from_text(case["text"])
    assert [sentence.text for sentence in found.sentences] == case["sentences"]
    assert (found.title, found.published) == (case["title"], case["published"])


@pytest.mark.parametrize("case", load("splitting"), ids=lambda case: case["text"])
def test_a_paragraph_splits_into_its_sentences(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [text[start:end] for start, end in split(text)] == case["sentences"]


def test_there_are_at_least_120_cases() -> None:
    names = ("furniture", "kept", "articles", "splitting")
    assert sum(len(load(name)) for name in names) >= 120
