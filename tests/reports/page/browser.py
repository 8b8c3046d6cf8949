"""A page in the real Chromium, driven as a reader would."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

from chipstance.reports.page.render import render
from chipstance.reports.summary import Summary

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars"
    " --disable-background-networking --disable-dev-shm-usage"
    " --disable-component-update --disable-sync --lang=en-US"
)


def programs() -> tuple[str, str] | None:
    """Paths of Chromium and its driver; None when one is missing."""
    names = ("chromium", "chromium-browser", "google-chrome")
    browser = next(filter(None, map(shutil.which, names)), None)
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


@contextmanager
def started(browser: str, driver: str) -> Iterator[webdriver.Chrome]:
    """A Chromium with an empty profile."""
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*_FLAGS.split(), f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        chrome = webdriver.Chrome(options=options, service=Service(driver))
        try:
            # Away from the browser's own first page, which may be loading still.
            chrome.get("about:blank")
            yield chrome
        finally:
            chrome.quit()


class Page:
    """One report open in the browser."""

    def __init__(self, chrome: webdriver.Chrome, folder: Path) -> None:
        self.chrome = chrome
        self.folder = folder

    def open(self, summary: Summary, width: int = 1280, dark: bool = False) -> "Page":
        """Write the page of a report and open it from its file, all switches as they come."""
        path = self.folder / "report.html"
        path.write_bytes(render(summary))
        self.resize(width)
        self.prefer("dark" if dark else "light")
        self.problems()
        self.requests()
        self.chrome.get(path.as_uri())
        # On a busy machine the driver is back before the page is.
        WebDriverWait(self.chrome, 30).until(
            lambda _: self.run(
                "return location.href === arguments[0] && document.readyState === 'complete'",
                path.as_uri(),
            )
        )
        return self

    def forget(self) -> None:
        """Leave nothing that the next page could remember."""
        self.run("localStorage.clear()")

    def resize(self, width: int) -> None:
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def prefer(self, scheme: str) -> None:
        """Have the system ask for light or dark."""
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        self.wait(0)

    def wait(self, milliseconds: int) -> None:
        """Let the page take notice: a frame, and some time if it is asked for."""
        self.chrome.execute_async_script(
            "const [milliseconds, done] = arguments; setTimeout(() =>"
            " requestAnimationFrame(() => requestAnimationFrame(done)), milliseconds)",
            milliseconds,
        )

    def run(self, script: str, *values: object) -> Any:
        return self.chrome.execute_script(script, *values)

    def at(self, selector: str) -> WebElement:
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.chrome.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector: str) -> str:
        return self.at(selector).text

    def column(self, number: int) -> list[str]:
        """What the table shows in a column, from 1, top row first."""
        return list(
            self.run(
                "return [...document.querySelectorAll(`tbody td:nth-child(${arguments[0]})`)]"
                ".map((cell) => cell.innerText.trim())",
                number,
            )
        )

    def companies(self) -> list[str]:
        """Ids of the rows of the table, top row first."""
        return list(
            self.run(
                "return [...document.querySelectorAll('tbody tr')]"
                ".map((row) => row.dataset.company)"
            )
        )

    def choose(self, name: str, value: str) -> None:
        Select(self.at(f"#{name}")).select_by_value(value)

    def press(self, *keys: str) -> None:
        ActionChains(self.chrome).send_keys(*keys).perform()

    def point_at(self, selector: str) -> None:
        """Move the pointer to the middle of an element."""
        self.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)
        ActionChains(self.chrome).move_to_element(self.at(selector)).perform()

    def tab_to(self, selector: str, most: int = 80) -> None:
        """Press Tab until an element has the focus."""
        for _ in range(most):
            self.press(Keys.TAB)
            if self.run("return document.activeElement.matches(arguments[0])", selector):
                return
        raise AssertionError(f"{most} presses of Tab do not reach {selector}")

    def drawer_is_open(self) -> bool:
        return bool(self.run("return document.querySelector('#drawer').open"))

    def problems(self) -> list[str]:
        """What the console has said since it was last asked."""
        return [entry["message"] for entry in self.chrome.get_log("browser")]

    def requests(self) -> list[str]:
        """Addresses asked for since this was last called, the page's own and data: left out."""
        own = (self.folder / "report.html").as_uri()
        messages = [
            json.loads(entry["message"])["message"] for entry in self.chrome.get_log("performance")
        ]
        asked = [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
            # The browser's own first page tells late what it asked for.
            and not message["params"]["documentURL"].startswith("chrome://")
        ]
        return [url for url in asked if url != own and not url.startswith("data:")]
