"""What a reader does with the page: sort, search, open, switch, print."""

from itertools import pairwise

import pytest
from selenium.webdriver.common.keys import Keys

from chipstance.reports.summary import Summary
from tests.reports.made import mention
from tests.reports.page.browser import Page
from tests.reports.page.reports import an_article, summary_of

NAME, STORIES = 1, 3


@pytest.fixture
def opened(page: Page, desk: Summary) -> Page:
    return page.open(desk)


def test_the_table_counts_what_the_rows_say(opened: Page) -> None:
    rows = dict(
        zip(opened.companies(), zip(*map(opened.column, range(3, 9)), strict=True), strict=True)
    )
    #                      stories, sentences, positive, negative, neutral, source
    assert rows["tsmc"] == ("8", "8", "8", "0", "0", "0")
    assert rows["smic"] == ("3", "3", "0", "3", "0", "0")
    assert rows["umc"] == ("1", "1", "0", "0", "0", "1")


def test_the_most_covered_company_stands_first(opened: Page) -> None:
    assert opened.companies() == ["tsmc", "smic", "umc"]


def test_a_head_sorts_down_and_then_up_and_says_so(opened: Page) -> None:
    opened.at("[data-sort=net]").click()
    assert opened.companies()[:2] == ["tsmc", "smic"]
    assert opened.at("th.net").get_attribute("aria-sort") == "descending"
    opened.at("[data-sort=net]").click()
    assert opened.companies()[:2] == ["smic", "tsmc"]
    assert opened.at("th.net").get_attribute("aria-sort") == "ascending"


def test_what_is_not_known_stands_last_either_way(opened: Page) -> None:
    for _ in range(2):
        opened.at("[data-sort=move]").click()
        assert opened.companies()[0] == "tsmc"


def test_the_focus_stays_on_the_head_that_sorted(opened: Page) -> None:
    opened.at("[data-sort=sentences]").send_keys(Keys.ENTER)
    assert opened.run("return document.activeElement.dataset.sort") == "sentences"


@pytest.mark.parametrize(
    "typed", ["smic", "SMIC", "中芯", "中芯国际", "0981", "00981", "981.hk", " smic "]
)
def test_search_finds_a_company_by_any_name_and_ticker(opened: Page, typed: str) -> None:
    opened.at("#search").send_keys(typed)
    assert opened.companies() == ["smic"]
    assert opened.text("#shown") == "1 of 3"


def test_search_without_a_match_says_so(opened: Page) -> None:
    opened.at("#search").send_keys("(nobody[")
    assert opened.companies() == []
    assert opened.at("#none-found").is_displayed()


def test_companies_with_few_stories_are_marked_and_can_be_hidden(opened: Page) -> None:
    few = [row.get_attribute("data-company") for row in opened.all("tbody tr.few")]
    assert "umc" in few
    assert "tsmc" not in few
    opened.at("#hide-few").click()
    assert "umc" not in opened.companies()


def test_a_click_on_a_row_opens_the_drawer_and_its_button_closes_it(opened: Page) -> None:
    opened.at("[data-company=tsmc] .net").click()
    assert opened.drawer_is_open()
    assert opened.text("#drawer-name") == "TSMC"
    assert "Title" in opened.text("#drawer .evidence")
    opened.at("#drawer .close").click()
    assert not opened.drawer_is_open()


def test_the_drawer_is_used_wholly_by_keyboard(opened: Page) -> None:
    opened.tab_to("[data-company=smic] .name")
    opened.press(Keys.ENTER)
    assert opened.drawer_is_open()
    for _ in range(6):
        opened.press(Keys.TAB)
        # Between the last and the first stop of a dialog, the browser itself has the focus.
        assert opened.run("return document.activeElement.matches('body, dialog, dialog *')")
    opened.press(Keys.ESCAPE)
    assert not opened.drawer_is_open()
    assert opened.run("return document.activeElement.closest('tr').dataset.company") == "smic"


def test_focus_can_be_seen(opened: Page) -> None:
    opened.tab_to("#search")
    assert opened.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_ranking_is_walked_with_arrow_keys_and_opens_a_company(opened: Page) -> None:
    opened.tab_to("#ranking .plot")
    opened.press(Keys.ARROW_DOWN)
    assert opened.text("#ranking .readout").startswith("TSMC")
    opened.press(Keys.ARROW_DOWN)
    assert opened.text("#ranking .readout").startswith("SMIC")
    opened.press(Keys.ENTER)
    assert opened.text("#drawer-name") == "SMIC"
    opened.press(Keys.ESCAPE)
    assert opened.run("return document.activeElement.matches('#ranking .plot')")


def test_a_company_that_is_only_quoted_is_not_ranked(opened: Page) -> None:
    assert "UMC" not in opened.run("return document.querySelector('#ranking svg').textContent")


def test_the_sector_line_and_the_heat_map_tell_their_values(opened: Page) -> None:
    opened.tab_to("#sector .plot")
    opened.press(Keys.ARROW_RIGHT)
    assert opened.text("#sector .readout").startswith("2025-03-01")
    opened.tab_to("#heat .plot")
    opened.press(Keys.ARROW_RIGHT)
    assert opened.text("#heat .readout").startswith("TSMC 2025-03-01")
    opened.press(Keys.ARROW_DOWN)
    assert opened.text("#heat .readout").startswith("SMIC 2025-03-02")


def test_pointing_at_the_sector_line_tells_the_day(opened: Page) -> None:
    opened.point_at("#sector svg")
    # The news is of 1 to 8 March and of the 9th, so the middle is the 5th.
    assert opened.text("#sector .readout").startswith("2025-03-05")
    opened.point_at("h1")
    assert opened.text("#sector .readout") == ""


def test_a_cell_of_the_heat_map_opens_its_company_by_mouse(opened: Page) -> None:
    cells = opened.all(
        "#heat svg path[fill^='rgb'], #heat svg path[aria-roledescription='rect mark']"
    )
    opened.run("arguments[0].scrollIntoView({block: 'center'})", cells[-1])
    cells[-1].click()
    assert opened.text("#drawer-name") == "SMIC"


def test_the_language_changes_words_and_names(opened: Page) -> None:
    opened.choose("language", "tw")
    assert opened.text("#table h2") == "全部公司"
    assert opened.column(NAME)[0] == "台積電"
    assert opened.run("return document.documentElement.lang") == "zh-Hant-TW"
    assert "中芯國際" in opened.run("return document.querySelector('#ranking svg').textContent")
    opened.choose("language", "en")
    assert opened.text("#table h2") == "All companies"
    assert opened.column(NAME)[0] == "TSMC"


@pytest.mark.parametrize("language", ["en", "tw", "hk"])
def test_no_word_is_missing_in_a_language(opened: Page, language: str) -> None:
    opened.choose("language", language)
    opened.at("[data-company=tsmc] .name").click()
    shown = opened.run("return document.body.innerText")
    assert "_" not in shown
    assert "undefined" not in shown
    assert "{" not in shown


def test_light_and_dark_follow_the_system_until_chosen(opened: Page) -> None:
    background = "return getComputedStyle(document.documentElement).backgroundColor"
    light = opened.run(background)
    opened.prefer("dark")
    dark = opened.run(background)
    assert (
        sum(map(int, dark[4:-1].split(", "))) < 150 < 600 < sum(map(int, light[4:-1].split(", ")))
    )
    opened.choose("theme", "light")
    assert opened.run(background) == light


def test_choices_are_kept_for_the_next_morning(opened: Page) -> None:
    opened.choose("language", "hk")
    opened.choose("pair", "red")
    opened.chrome.refresh()
    assert opened.run("return document.documentElement.lang") == "zh-Hant-HK"
    assert opened.at("#pair").get_attribute("value") == "red"


def test_red_up_paints_good_news_red(opened: Page) -> None:
    opened.choose("pair", "red")
    colour = opened.run(
        "return getComputedStyle(document.querySelector('[data-company=tsmc] .up')).color"
    )
    red, green, blue = map(int, colour[4:-1].split(", "))
    assert red > 2 * green
    assert red > 2 * blue


def test_paper_is_light_even_when_the_screen_is_dark(page: Page, desk: Summary) -> None:
    page.open(desk, dark=True)
    shade = "return document.documentElement.dataset.shade"
    assert page.run(shade) == "dark"
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert page.run(shade) == "light"
    page.run("dispatchEvent(new Event('afterprint'))")
    assert page.run(shade) == "dark"


def test_share_of_hype_is_never_the_same_twice_on_an_axis(page: Page) -> None:
    hype = [an_article(1, 1, index=at, hype="hype" if at == 0 else "plain") for at in range(90)]
    page.open(summary_of(hype))
    labels = page.run(
        "return [...document.querySelectorAll('#topics .role-axis-label text')]"
        ".map((text) => text.textContent).filter((text) => text.endsWith('%'))"
    )
    assert len(labels) > 1
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("language", ["en", "tw"])
def test_a_phone_has_nothing_to_scroll_sideways(page: Page, desk: Summary, language: str) -> None:
    page.open(desk, width=380)
    page.choose("language", language)
    wide = "return document.documentElement.scrollWidth"
    assert page.run(wide) == 380
    page.at("[data-company=tsmc] .name").click()
    assert page.run(wide) == 380
    assert page.run(
        "const d = document.querySelector('#drawer'); return d.scrollWidth <= d.clientWidth"
    )


def test_a_window_made_narrow_redraws_the_charts(opened: Page) -> None:
    opened.resize(380)
    opened.wait(300)
    assert (
        opened.run("return document.querySelector('#sector svg').getBoundingClientRect().width")
        < 380
    )
    assert opened.run("return document.documentElement.scrollWidth") == 380


def test_a_shorter_period_shows_its_days_alone(page: Page) -> None:
    days = ["2025-01-01", "2025-02-20", "2025-03-01"]
    rows = [
        an_article(n, 1, mention("tsmc"), published=day, stance="bullish")
        for n, day in enumerate(days)
    ]
    page.open(summary_of(rows))
    page.at("[data-range='30']").click()
    assert page.at("[data-range='30']").get_attribute("aria-pressed") == "true"
    page.tab_to("#sector .plot")
    page.press(Keys.ARROW_RIGHT)
    # 30 days up to 1 March begin on 31 January.
    assert page.text("#sector .readout").startswith("2025-02-20")
    page.at("[data-range='all']").click()
    page.tab_to("#sector .plot")
    page.press(Keys.ARROW_RIGHT)
    assert page.text("#sector .readout").startswith("2025-01-01")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_dates_below_a_company_s_days_stand_apart(page: Page, width: int) -> None:
    days = ["2024-01-04", "2024-12-30", "2025-09-01", "2026-06-19"]
    rows = [an_article(n, 1, mention("tsmc"), published=day) for n, day in enumerate(days)]
    page.open(summary_of(rows), width=width)
    page.at("tr[data-company='tsmc']").click()
    # Only those that are drawn: Vega hides what it drops by opacity.
    sides = page.run(
        "return [...document.querySelectorAll('#drawer .role-axis-label text')]"
        ".filter((text) => text.textContent.includes('-0') && text.getAttribute('opacity') !== '0')"
        ".map((text) => text.getBoundingClientRect()).map((box) => [box.left, box.right])"
    )
    assert len(sides) >= 2
    for (_, end), (begin, _) in pairwise(sides):
        assert begin - end >= 5


def test_the_lines_of_the_sector_break_where_there_is_no_article(page: Page) -> None:
    rows = [an_article(n, day, mention("tsmc")) for n, day in enumerate([1, 2, 3, 20, 30, 31])]
    page.open(summary_of(rows))
    lines = page.run(
        "return [...document.querySelectorAll('#sector .mark-line path')]"
        ".map((line) => line.getAttribute('d').match(/[ML]/g).length)"
    )
    # Of stance and of hype each: 1 to 3 March, the 20th by itself, and the 30th and 31st.
    assert lines == [3, 1, 2] * 2
