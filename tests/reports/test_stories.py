from pathlib import Path

import pytest

from chipstance.articles.text import from_text
from chipstance.reports.rows.parsing import parse_row
from chipstance.reports.sums.collecting import collect
from chipstance.reports.sums.stories import find_stories
from tests.reports.made import Row, said, scored

SEEDS = Path(__file__).parent.parent.parent / "seeds"


def article(name: str, sentences: list[str], day: str | None = "2025-03-03") -> list[Row]:
    return [
        scored(article=name, source=name, published=day, index=index, text=text)
        for index, text in enumerate(sentences)
    ]


def told(*articles: list[Row]) -> dict[str, tuple[str, float]]:
    """Story and novelty of each article."""
    archive = collect(parse_row(row) for rows in articles for row in rows)
    found = find_stories(archive)
    return {
        each.id: (archive.articles[int(found.story[at])].id, float(found.novelty[at]))
        for at, each in enumerate(archive.articles)
    }


def sentences(name: str) -> list[str]:
    """Sentences of a training article."""
    text = (SEEDS / name).read_text("utf-8")
    return [sentence.text for sentence in from_text(text).sentences]


WIRE = [said(f"wire {at}") for at in range(10)]


def test_the_same_words_in_another_script_and_punctuation_are_one_story() -> None:
    first = "台積電調升全年財測,分析師認為先進製程需求強勁。" + WIRE[0]
    other = "台积电调升全年财测，分析师认为先进制程需求强劲！" + WIRE[0]
    assert told(article("a", [first]), article("b", [other])) == {"a": ("a", 1), "b": ("a", 0.5)}


def test_a_reprint_that_leaves_out_the_end_and_adds_a_line_is_the_same_story() -> None:
    whole = sentences("tw/tw-0202.txt")
    shorter = ["本報綜合外電報導。", *whole[: len(whole) * 3 // 4]]
    assert told(article("a", whole), article("b", shorter))["b"] == ("a", 0.5)


def test_two_articles_on_the_same_day_are_two_stories() -> None:
    found = told(
        article("a", sentences("tw/tw-0202.txt")), article("b", sentences("tw/tw-0201.txt"))
    )
    assert found == {"a": ("a", 1), "b": ("b", 1)}


def test_novelty_halves_with_each_further_copy_within_a_day() -> None:
    found = told(
        article("a", WIRE), article("b", WIRE), article("c", WIRE, "2025-03-04"),
        article("undated", WIRE, None),
    )  # fmt: skip
    assert [found[name] for name in ("a", "b", "c", "undated")] == [
        ("a", 1), ("a", 0.5), ("a", 0.25), ("a", 0.125),
    ]  # fmt: skip


def test_a_later_copy_without_new_facts_is_not_new_at_all() -> None:
    assert told(article("a", WIRE), article("b", WIRE, "2025-03-20"))["b"] == ("a", 0)


def test_a_later_copy_is_as_new_as_its_new_sentences() -> None:
    later = [*WIRE[:9], said("new")]
    assert told(article("a", WIRE), article("b", later, "2025-03-20"))["b"] == ("a", 0.1)


def test_last_months_report_with_new_figures_is_a_new_story() -> None:
    def report(month: int, *figures: float) -> list[str]:
        return [f"{WIRE[at]}{month}月為{figure}億元{WIRE[at]}" for at, figure in enumerate(figures)]

    march, april = report(3, 2859.5, 1.2, 7), report(4, 3495.7, 2.4, 8)
    found = told(article("a", march), article("b", april, "2025-04-10"))
    assert found["b"] == ("b", 1)
    assert told(article("a", march), article("b", april))["b"] == ("a", 0.5)


def test_copies_are_chained_day_by_day() -> None:
    """The third shares half with the first, but more with the second."""
    chain = [WIRE[0:6], WIRE[1:7], WIRE[2:8]]
    found = told(*(article(name, said) for name, said in zip("abc", chain, strict=True)))
    assert {story for story, _ in found.values()} == {"a"}


def test_the_first_published_is_the_first_whatever_order_rows_come_in() -> None:
    rows = [article("a", WIRE, "2025-03-04"), article("b", WIRE, "2025-03-03")]
    expected = {"a": ("b", 0.5), "b": ("b", 1)}
    assert told(*rows) == expected
    assert told(*reversed(rows)) == expected


@pytest.mark.parametrize("text", ["漲", "!!!", ""])
def test_articles_too_short_to_compare_are_stories_of_their_own(text: str) -> None:
    assert told(article("a", [text]), article("b", [text]))["b"] == ("b", 1)


def test_a_story_of_a_thousand_copies_is_one() -> None:
    found = told(*(article(f"a{at:03}", [*WIRE, said(f"byline {at}", 9)]) for at in range(1000)))
    assert {story for story, _ in found.values()} == {"a000"}
