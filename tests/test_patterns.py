import re
from importlib import import_module
from itertools import product
from pkgutil import walk_packages

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chipstance
from chipstance.patterns import Lazy, lazily, narrowed, needing, parts, words
from tests.unhinted import unhinted


def _patterns() -> dict[str, Lazy]:
    """Every pattern of the package, by where it stands."""
    found: dict[str, object] = {}
    for each in walk_packages(chipstance.__path__, "chipstance."):
        for name, value in vars(import_module(each.name)).items():
            inside = value if isinstance(value, dict) else {}
            found |= {f"{each.name}.{name}[{key!r}]": one for key, one in inside.items()}
            found[f"{each.name}.{name}"] = value
    return {name: each for name, each in found.items() if isinstance(each, Lazy)}


PATTERNS = _patterns()
HINTED = {name: each for name, each in PATTERNS.items() if each.hints}
PARTED = {name: each for name, each in PATTERNS.items() if list(parts(each.source[0]))}


@pytest.mark.parametrize("name", HINTED)
def test_nothing_that_a_pattern_may_find_is_without_its_hints(name: str) -> None:
    source, flags = HINTED[name].source
    assert flags == 0
    assert unhinted(source, HINTED[name].hints) is None


@pytest.mark.parametrize("name", HINTED)
def test_what_a_pattern_may_find_is_found_out_when_its_hints_are_lost(name: str) -> None:
    assert unhinted(HINTED[name].source[0], ()) is not None


@pytest.mark.parametrize("name", PARTED)
def test_nothing_that_a_part_may_find_is_without_what_it_needs(name: str) -> None:
    for hints, part, _ in parts(PARTED[name].source[0]):
        if hints:
            assert unhinted(part, hints) is None
        else:
            assert all(word and word == re.escape(word) for word in part.split("|"))


@pytest.mark.parametrize("name", PARTED)
@given(data=st.data())
def test_a_pattern_without_the_parts_that_a_text_does_not_need_finds_the_same(
    name: str, data: st.DataObject
) -> None:
    pattern, flags = PARTED[name].source
    pieces = [piece for _, part, _ in parts(pattern) for piece in re.findall(r"\w+|\W", part)]
    drawn = st.lists(st.sampled_from([*pieces, "3%", "跌", "漲", "元", "5"]), max_size=8)
    text = data.draw(drawn.map("".join))
    whole, narrow = re.compile(pattern, flags), re.compile(narrowed(pattern, text), flags)
    assert [(m.span(), m.groups()) for m in narrow.finditer(text)] == [
        (m.span(), m.groups()) for m in whole.finditer(text)
    ]


def test_parts_are_found_in_every_text_not_only_in_the_first_ones() -> None:
    """The first few texts each have a pattern of their own; from then on one does for all."""
    pattern = lazily(f"(?:{words('漲|跌')}|{needing('升', '(?<!調)升')})了")
    texts = ["漲了", "跌了", "升了", "調升了", "漲", "升了", "跌了", "漲了", "調升了", "平了"]
    found = [pattern.search(text) for text in texts]
    assert [m[0] if m else None for m in found] == [
        "漲了", "跌了", "升了", None, None, "升了", "跌了", "漲了", None, None,
    ]  # fmt: skip


_PATTERNS = st.recursive(
    st.sampled_from(["甲", "乙", "甲乙", "[甲丙]", "[^甲]", ".", r"\d", r"\W", "(?=甲)", "$", ""]),
    lambda some: st.one_of(
        st.tuples(some, some).map("".join),
        st.tuples(some, some).map(lambda two: "(?:{}|{})".format(*two)),
        st.tuples(some, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "*?"])).map(
            lambda two: "({}){}".format(*two)
        ),
    ),
    max_leaves=6,
)
# Every text of up to four of these characters.
_SHORT = ["".join(text) for n in range(5) for text in product("甲乙丙1,", repeat=n)]


@given(_PATTERNS, st.lists(st.sampled_from(["甲", "乙", "丙", "甲乙", "丙甲", "1,"]), max_size=4))
def test_no_short_text_that_is_found_is_without_hints_where_that_was_proven(
    pattern: str, hints: list[str]
) -> None:
    left = unhinted(pattern, hints)
    found = [text for text in _SHORT if re.fullmatch(pattern, text)]
    without = [text for text in found if not any(map(text.__contains__, hints))]
    if left is None:
        assert without == []
    elif without:
        assert len(left) <= min(map(len, without))


def test_a_pattern_answers_the_same_with_hints_and_without() -> None:
    for text in ("", "台積電", "跌", "台積電跌3%,再跌1%", "漲跌"):
        plain, hinted = re.compile("跌(\\d)?"), lazily("跌(\\d)?", hints="跌")
        assert (hinted.search(text) is None) == (plain.search(text) is None)
        assert (hinted.match(text) is None) == (plain.match(text) is None)
        assert (hinted.fullmatch(text) is None) == (plain.fullmatch(text) is None)
        hinted = lazily("跌(\\d)?", hints="跌")
        assert hinted.findall(text) == plain.findall(text)
        hinted = lazily("跌(\\d)?", hints="跌")
        assert hinted.sub("漲", text, count=1) == plain.sub("漲", text, count=1)
        hinted = lazily("跌(\\d)?", hints="跌")
        assert hinted.split(text) == plain.split(text)
        hinted = lazily("跌(\\d)?", hints="跌")
        assert [m.span() for m in hinted.finditer(text, 1)] == [
            m.span() for m in plain.finditer(text, 1)
        ]
