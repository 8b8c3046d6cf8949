import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from chipstance.reports.summary import Summary
from tests.reports.made import mention
from tests.reports.page.browser import Page, programs, started
from tests.reports.page.reports import an_article, summary_of


@pytest.fixture(scope="session")
def chrome() -> Iterator[webdriver.Chrome]:
    """One Chromium for all tests of the page."""
    found = programs()
    if found is None:
        missing = "no chromium or chromedriver; apt-get install chromium chromium-driver"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with started(*found) as chrome:
        yield chrome


@pytest.fixture
def page(chrome: webdriver.Chrome, tmp_path: Path) -> Iterator[Page]:
    page = Page(chrome, tmp_path)
    yield page
    page.forget()


@pytest.fixture(scope="session")
def desk() -> Summary:
    """TSMC 8 times good, SMIC 3 times bad, and UMC once, quoted."""
    good = [
        an_article(n, n + 1, mention("tsmc", ticker="2330.TW", move_pct=2.0), stance="bullish")
        for n in range(8)
    ]
    bad = [
        an_article(n + 10, n + 2, mention("smic", "negative", ticker="0981.HK"), stance="bearish",
                   hype="hype", topic="policy")
        for n in range(3)
    ]  # fmt: skip
    quoted = [an_article(20, 9, mention("umc", "source", ticker="2303.TW"))]
    return summary_of(good + bad + quoted)
