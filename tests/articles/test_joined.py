import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipstance.articles.normalising import joined
from chipstance.articles.normalising.fold import fold
from chipstance.articles.normalising.normal_form import normalise

# Terms of several characters, numbers, every kind of space, masks, and what breaks converters.
PARTS = st.sampled_from(
    [
        *"記憶體法說會釋出財測台積電乾净後发０９３.,:/ AＢc\t\n\u3000\u00a0",
        *"\ue000\ue001٣𝟘𠮷\ud800İ\x01\0",
        *("記憶體", "法說會", "只了", "1.5", "三星", " 2 ", "於是", "英偉達", "業績會"),
    ]
)
TEXTS = st.lists(st.lists(PARTS, max_size=20).map("".join), max_size=6)


@pytest.fixture(autouse=True)
def _always_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joined, "worth_it", lambda _: True)


@given(TEXTS)
def test_texts_are_folded_together_as_they_are_alone(texts: list[str]) -> None:
    assert joined.fold_all(texts) == [fold(text) for text in texts]


@given(TEXTS)
def test_texts_are_normalised_together_as_they_are_alone(texts: list[str]) -> None:
    assert joined.normalise_all(texts) == [normalise(text) for text in texts]


def test_one_text_cannot_spoil_another() -> None:
    texts = ["記憶體\x01", "漲\0跌", "法說會"]
    assert joined.normalise_all(texts)[2] == normalise("法說會")
    assert joined.fold_all(texts) == ["记忆体\x01", "涨\0跌", "法说会"]
