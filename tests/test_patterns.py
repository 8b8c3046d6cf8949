import re
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

import pytest

import chipstance
from chipstance.articles.fold import fold, folded_line
from chipstance.articles.furniture import _HINTS, _LABELS
from chipstance.patterns import Lazy, lazily
from tests.conftest import ROOT


def _hinted() -> dict[str, Lazy]:
    """Every pattern of the package that has hints, by where it stands."""
    modules = [
        import_module(found.name)
        for found in walk_packages(chipstance.__path__, "chipstance.")
        if found.name.split(".")[1] in ("articles", "companies", "models")
    ]
    found = {f"{each.__name__}.{name}": p for each in modules for name, p in vars(each).items()}
    found |= {f"label of {kind}": pattern for kind, pattern in _LABELS.items()}
    found |= {f"hints of {kind}": pattern for kind, pattern in _HINTS.items()}
    return {name: each for name, each in found.items() if isinstance(each, Lazy) and each.hints}


HINTED = _hinted()


@cache
def _texts() -> frozenset[str]:
    """Lines of articles and of pages, as they stand and folded, with what surrounds the text."""
    files = sorted((ROOT / "seeds").glob("*/*.txt"))[::4]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    for cases in (ROOT / "tests" / "articles" / "cases").glob("*.json"):
        lines += cases.read_text("utf-8").splitlines()
    lines = [*lines, *(part for line in lines for part in re.findall(r'"([^"]*)"', line))]
    return frozenset([*lines, *map(fold, lines), *map(folded_line, lines)])


@pytest.mark.parametrize("name", HINTED)
def test_nothing_that_a_pattern_finds_is_without_its_hints(name: str) -> None:
    source, hints = re.compile(*HINTED[name].source), HINTED[name].hints
    found = [text for text in _texts() if source.search(text)]
    assert [text for text in found if not any(map(text.__contains__, hints))] == []


def test_a_pattern_answers_the_same_with_hints_and_without() -> None:
    for text in ("", "台積電", "跌", "台積電跌3%,再跌1%", "漲跌"):
        plain, hinted = re.compile("跌(\\d)?"), lazily("跌(\\d)?", hints="跌")
        assert (hinted.search(text) is None) == (plain.search(text) is None)
        assert (hinted.match(text) is None) == (plain.match(text) is None)
        assert (hinted.fullmatch(text) is None) == (plain.fullmatch(text) is None)
        hinted = lazily("跌(\\d)?", hints="跌")
        assert hinted.findall(text) == plain.findall(text)
        hinted = lazily("跌(\\d)?", hints="跌")
        assert hinted.sub("漲", text) == plain.sub("漲", text)
        hinted = lazily("跌(\\d)?", hints="跌")
        assert hinted.split(text) == plain.split(text)
        hinted = lazily("跌(\\d)?", hints="跌")
        assert [m.span() for m in hinted.finditer(text, 1)] == [
            m.span() for m in plain.finditer(text, 1)
        ]
