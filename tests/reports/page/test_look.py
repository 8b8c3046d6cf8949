"""The files the page is made of: colours that can be read, words in both languages, the library."""

import hashlib
import re
from itertools import product
from pathlib import Path

import pytest

from chipstance.reports.page import look as look_module
from chipstance.reports.page.look import colours, look, words
from chipstance.reports.page.render import as_json, render
from chipstance.reports.summary import Summary
from tests.conftest import ROOT

FOLDER = Path(look_module.__file__).parent


def luminance(colour: str) -> float:
    """As WCAG 2 defines it, 0 for black to 1 for white."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("shade", "pair"), list(product(["light", "dark"], ["blue", "red", "green"]))
)
def test_every_text_can_be_read_on_every_ground(shade: str, pair: str) -> None:
    now = colours(shade, pair)  # type: ignore[arg-type]
    for text, ground in product(
        ("ink", "muted", "positive", "negative"), ("paper", "card", "field")
    ):
        assert contrast(now[text], now[ground]) >= 4.5, (text, ground)


def test_both_languages_have_the_same_words_with_the_same_gaps() -> None:
    words = look()["words"]
    assert words["en"].keys() == words["zh"].keys()
    for key, english in words["en"].items():
        gaps = set(re.findall(r"\{\w+\}", words["zh"][key]))
        assert gaps <= set(re.findall(r"\{\w+\}", english)), key


def test_every_word_the_page_asks_for_is_there() -> None:
    scripts = "".join(path.read_text("utf-8") for path in (FOLDER / "js").glob("*.js"))
    asked = set(re.findall(r'word\("(\w+)"', scripts))
    template = (FOLDER / "template.html").read_text("utf-8")
    asked |= set(re.findall(r'data-word(?:-label|-hint)?="(\w+)"', template))
    assert len(asked) > 50
    assert asked <= look()["words"]["en"].keys()


def test_the_library_is_the_one_its_note_says() -> None:
    note = (FOLDER / "vendor" / "README.md").read_text("utf-8")
    files = sorted((FOLDER / "vendor").glob("*.js"))
    assert len(files) == 3
    for path in files:
        assert f"`{path.name}`" in note
        assert hashlib.sha256(path.read_bytes()).hexdigest() in note


def test_the_same_report_gives_the_same_bytes(desk: Summary) -> None:
    assert render(desk) == render(desk)


def test_nothing_in_json_can_end_the_element_it_stands_in() -> None:
    hostile = "</script><!--\u2028\u2029&"
    written = as_json({hostile: hostile})
    assert not set(written) & set("<>&\u2028\u2029")


def test_one_word_stands_for_hype_on_the_page_and_in_the_readme() -> None:
    readme = (ROOT / "README.zh-Hant.md").read_text("utf-8")
    assert f"`hype` {words('tw')['hype']}" in readme
