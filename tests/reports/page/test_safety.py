"""What an article must never do to its reader."""

import pytest
from selenium.webdriver.common.keys import Keys

from chipstance.reports.page.render import render
from chipstance.reports.summary import Summary
from tests.reports.made import mention, said
from tests.reports.page.browser import Page
from tests.reports.page.reports import an_article, summary_of

HOSTILE = [
    "<script>window.hit = 1</script>",
    "</script><script>window.hit = 1</script>",
    "</SCRIPT ><img src=x onerror='window.hit = 1'>",
    "<!--<script>",
    "]]><svg onload=window.hit=1>",
    "javascript:window.hit=1",
    "{{constructor.constructor('window.hit = 1')()}}",
    "${window.hit = 1}$hit #{hit} <%= hit %>",
    "\u2028window.hit = 1\u2029",
    "<a href='javascript:window.hit=1'>按此</a>",
    "<iframe srcdoc='<script>parent.hit = 1</script>'></iframe>",
    "<style>@import url(//example.invalid/x.css)</style>",
    '"><base href="//example.invalid/">',
    "datum.constructor.constructor('window.hit = 1')()",
]


@pytest.fixture(scope="module")
def hostile() -> Summary:
    """Every trap as text, title, source, name and company id."""
    return summary_of(
        [
            an_article(
                n, 1 + n % 28, mention(trap, ticker=trap, mention=trap),
                text=trap + said(trap), title=trap, source=trap, topic=trap,
            )
            for n, trap in enumerate(HOSTILE)
        ]
    )  # fmt: skip


def test_no_script_of_an_article_runs(page: Page, hostile: Summary) -> None:
    page.open(hostile)
    for row in range(len(hostile["companies"])):
        page.run("document.querySelectorAll('tbody .name')[arguments[0]].click()", row)
        assert page.all("#drawer :is(script, img, iframe, a, style)") == []
        page.press(Keys.ESCAPE)
    page.tab_to("#ranking .plot")
    for _ in HOSTILE:
        page.press(Keys.ARROW_DOWN)
    assert page.run("return window.hit") is None
    assert page.problems() == []
    assert page.requests() == []


def test_hostile_text_is_shown_as_it_was_written(page: Page, hostile: Summary) -> None:
    page.open(hostile)
    page.at("#search").send_keys("<!--<script>")
    page.at("tbody .name").click()
    assert page.text("#drawer blockquote").startswith("<!--<script>")


def test_using_everything_asks_the_network_for_nothing(page: Page, desk: Summary) -> None:
    page.open(desk)
    for name, values in (
        ("language", "tw hk en"),
        ("theme", "dark light auto"),
        ("pair", "red green blue"),
    ):
        for value in values.split():
            page.choose(name, value)
    page.at("[data-company=tsmc] .name").click()
    page.press(Keys.ESCAPE)
    page.at("[data-sort=net]").click()
    assert page.problems() == []
    assert page.requests() == []


def test_the_policy_forbids_a_script_that_is_not_the_page_s_own(page: Page, desk: Summary) -> None:
    page.open(desk)
    page.run(
        "const own = document.createElement('script'); own.textContent = 'window.hit = 1';"
        "document.body.append(own)"
    )
    assert page.run("return window.hit") is None
    assert any("Content Security Policy" in line for line in page.problems())
    blocked = (
        "const done = arguments[0]; fetch('data:,x').then(() => done(false), () => done(true))"
    )
    assert page.chrome.execute_async_script(blocked)


def test_the_page_names_no_address(desk: Summary) -> None:
    head = render(desk).decode().split("<style>")[0]
    assert "http://" not in head
    assert "https://" not in head
    assert "unsafe" not in head
    assert "default-src 'none'" in head
