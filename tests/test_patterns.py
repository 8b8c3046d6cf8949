import re
from importlib import import_module
from pkgutil import walk_packages

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import chipstance
from chipstance.articles.furniture import _LABELS
from chipstance.patterns import Lazy, lazily


def _hinted() -> dict[str, Lazy]:
    """Every pattern of the package that has hints, by where it stands."""
    modules = [
        import_module(found.name)
        for found in walk_packages(chipstance.__path__, "chipstance.")
        if found.name.split(".")[1] in ("articles", "companies", "models")
    ]
    found = {f"{each.__name__}.{name}": p for each in modules for name, p in vars(each).items()}
    found |= {f"label of {kind}": pattern for kind, pattern in _LABELS.items()}
    return {name: each for name, each in found.items() if isinstance(each, Lazy) and each.hints}


HINTED = _hinted()


@pytest.mark.parametrize("name", HINTED)
@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=20)
@given(data=st.data())
def test_nothing_that_a_pattern_finds_is_without_its_hints(name: str, data: st.DataObject) -> None:
    pattern = HINTED[name]
    text = data.draw(st.from_regex(re.compile(*pattern.source)))
    assert any(hint in text for hint in pattern.hints)


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
