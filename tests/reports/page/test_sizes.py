"""Reports of every size: nothing, one day, a company without a date, fifteen hundred companies."""

from datetime import date

import pytest

from chipstance.reports.sums.selection import Asked, Period
from tests.reports.made import mention
from tests.reports.page.browser import Page
from tests.reports.page.reports import an_article, summary_of


def test_a_period_without_news_says_so(page: Page) -> None:
    rows = [an_article(1, 1, mention("tsmc"))]
    page.open(summary_of(rows, Asked(Period(since=date(2030, 1, 1)))))
    assert page.text("#nothing") == "No scored sentences in this period."
    assert page.problems() == []


def test_one_day_has_its_point_and_no_choice_of_period(page: Page) -> None:
    page.open(summary_of([an_article(1, 5, mention("tsmc"), stance="bullish")]))
    assert page.all("#ranges button") == []
    assert page.text("#period") == "2025-03-05"
    assert (
        len(
            page.all(
                "#sector svg path[aria-roledescription='point'], #sector svg .mark-symbol path"
            )
        )
        >= 1
    )
    assert page.problems() == []


def test_articles_without_a_date_have_figures_but_no_line(page: Page) -> None:
    page.open(summary_of([an_article(1, 1, mention("tsmc"), published=None)]))
    assert "No dated article" in page.text("#sector")
    assert page.companies() == ["tsmc"]
    assert "1 undated" in page.text("#figures")
    assert page.problems() == []


def test_news_that_names_no_company_has_a_sector_but_no_ranking(page: Page) -> None:
    page.open(summary_of([an_article(1, 1, stance="bearish")]))
    assert "No company is named" in page.text("#ranking")
    assert page.problems() == []


def test_companies_that_only_speak_are_named_and_not_ranked(page: Page) -> None:
    page.open(summary_of([an_article(1, 1, mention("citi", "source"))]))
    assert "1 company named" in page.text("#figures")
    for chart in ("#ranking", "#heat"):
        assert "The companies named are quoted" in page.text(chart)
    assert page.companies() == ["citi"]
    assert page.problems() == []


def test_rows_without_a_topic_are_a_bar_without_a_name(page: Page) -> None:
    page.open(summary_of([an_article(1, 1, mention("tsmc"), topic=None)]))
    assert "null" not in page.text("#topics")
    assert page.problems() == []


@pytest.fixture(scope="module")
def many() -> object:
    return summary_of(
        [
            an_article(n, 1 + n % 28, mention(f"company_{n}", ["positive", "negative"][n % 2]))
            for n in range(1500)
        ]
    )


def test_fifteen_hundred_companies_are_shown_when_asked_for(
    page: Page, many: dict[str, object]
) -> None:
    page.open(many)
    assert len(page.companies()) == 60
    page.at("#show-all").click()
    assert len(page.companies()) == 1500
    page.at("#search").send_keys("company_1499")
    assert page.companies() == ["company_1499"]
    assert page.problems() == []


def test_paper_has_every_company_and_the_screen_is_as_it_was_afterwards(
    page: Page, many: dict[str, object]
) -> None:
    page.open(many)
    page.tab_to("tbody .name")
    focused = "return document.activeElement.closest('tr')?.dataset.company"
    first = page.run(focused)
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert len(set(page.companies())) == 1500
    page.run("dispatchEvent(new Event('afterprint'))")
    assert len(page.companies()) == 60
    assert page.run(focused) == first
