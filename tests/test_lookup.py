import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipstance.lookup import Lookup

WORDS = st.dictionaries(
    st.text(alphabet="芯片股0a ", min_size=2, max_size=5), st.text(alphabet="x\t,?", max_size=3)
)


@given(WORDS, st.integers(1, 2))
def test_what_is_read_is_what_was_written(words: dict[str, str], n: int) -> None:
    lookup = Lookup.of(words, n)
    assert dict(lookup) == words
    assert dict(Lookup.parse(lookup.dump(), n)) == words
    assert Lookup.parse(lookup.dump(), n).dump() == lookup.dump()


@given(WORDS, st.text(alphabet="芯片股0a ", max_size=8))
def test_words_that_stand_at_a_place_are_found_the_longest_first(
    words: dict[str, str], text: str
) -> None:
    lookup = Lookup.of(words, 2)
    for at in range(len(text)):
        expected = sorted((w for w in words if text.startswith(w, at)), key=len, reverse=True)
        assert list(lookup.standing(text, at)) == expected


@pytest.mark.parametrize("text", ["芯片", "芯\v片\v股", "\vx", "芯" * 30_000 + "\vx"])
def test_what_is_no_dictionary_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a "):
        Lookup.parse(text, 1)


@pytest.mark.parametrize("word", ["芯\n片", "芯\v片"])
def test_a_word_with_a_line_break_is_not_written(word: str) -> None:
    with pytest.raises(ValueError, match="line break"):
        Lookup.of({word: "x", "芯片": "y"}, 1).dump()


def test_more_words_than_are_read_back_are_not_written() -> None:
    words = {f"芯{number:06}": "x" for number in range(3_000)}
    with pytest.raises(ValueError, match="too many"):
        Lookup.of(words, 1).dump()


def test_a_word_that_is_not_there_is_missing() -> None:
    lookup = Lookup.of({"芯片股": "x"}, 1)
    assert "芯片" not in lookup
    assert lookup.get("股") is None
