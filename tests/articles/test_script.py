"""Both ways of converting are one: the tables are OpenCC's, and so is what becomes of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipstance.articles.normalising import normal_form
from chipstance.articles.normalising.fold import fold
from chipstance.articles.normalising.script import tables, to_simplified, unify_terms

KEYS = sorted(
    {key for keys, _ in tables().values() for key in (keys.split("\t") if "\t" in keys else keys)}
)
TERMS = [
    "增速",
    "法說會",
    "法说会",
    "倒升",
    "川普",
    "财测",
    "財測",
    "tokens",
    "token",
    "上扬",
    "上望",
]
TEXTS = st.lists(
    st.sampled_from(KEYS) | st.sampled_from(TERMS) | st.text("的了漲跌於后後0a ，", max_size=3),
    max_size=15,
).map("".join)


@given(TEXTS)
def test_script_and_terms_become_what_opencc_makes_of_them(text: str) -> None:
    tw2sp, trade = normal_form._converters()
    simplified = tw2sp.convert(text)
    assert to_simplified(text) == simplified
    assert unify_terms(simplified) == trade.convert(simplified)


@given(st.lists(st.sampled_from("".join(KEYS)), max_size=30).map("".join))
def test_single_characters_become_what_opencc_makes_of_them(text: str) -> None:
    assert to_simplified(text) == normal_form._converters()[0].convert(text)


def test_every_character_folds_as_opencc_simplifies_it_alone() -> None:
    import opencc

    han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    han += [chr(code) for code in range(0xF900, 0xFB00)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    # 着 for 著 and the like are this project's own; see `fold`.
    own = [a for a, b in zip(han, simplified, strict=True) if fold(a) != b]
    assert set(own) <= set("著瞭祇衞枱矽着")


@pytest.mark.parametrize("characters", [0, 1 << 30])
def test_the_first_texts_and_the_later_ones_have_the_same_form(
    monkeypatch: pytest.MonkeyPatch, characters: int
) -> None:
    monkeypatch.setattr(normal_form._Converted, "characters", characters)
    assert normal_form.normalise("法說會，記憶體\0軟體") == "业绩会,内存\0软件"
