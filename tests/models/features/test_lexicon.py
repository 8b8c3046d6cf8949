from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipstance.models.features.lexicon import FOLDER, Lexicon, dump, parse, read_lexicon


def test_the_longest_term_is_found_at_each_place() -> None:
    lexicon = Lexicon({"跌": "down", "跌幅收窄": "firm"})
    hits = lexicon.find("续跌,跌幅收窄")
    found = [(hit.start, hit.end, lexicon.names[hit.tags]) for hit in hits]
    assert found == [(1, 2, "down"), (3, 7, "firm")]


@given(st.lists(st.text("跌幅收窄升", max_size=12), max_size=8))
def test_long_input_is_searched_with_the_same_result(texts: list[str]) -> None:
    lists = {"跌": "down", "跌幅": "down", "跌幅收窄": "firm", "收窄": "firm", "窄升": "up"}
    at_first, later = Lexicon(lists), Lexicon(lists)
    later.find("升" * 30_000)
    one_by_one = [at_first.find(text) for text in texts]
    assert [later.find(text) for text in texts] == one_by_one
    assert later.find_all(texts) == one_by_one


def test_an_empty_lexicon_finds_nothing_however_much_is_searched() -> None:
    empty = Lexicon({})
    assert [empty.find("升" * 30_000), empty.find("升")] == [[], []]


def test_a_term_of_two_lists_is_found_for_both() -> None:
    lexicon = Lexicon({"亏损": "bad_for,down"})
    [hit] = lexicon.find("亏损")
    assert [lexicon.names[tag] for tag in hit.tags] == ["bad_for", "down"]


def test_terms_of_every_region_are_read_in_normal_form(tmp_path: Path) -> None:
    (tmp_path / "down.txt").write_text("# 香港\n插水\n\n砍單\n跌\n", "utf-8")
    # One character is no term; 插水 and 急跌 are one.
    assert dict(read_lexicon(tmp_path).lists) == {"急跌": "down", "砍单": "down"}


@pytest.mark.parametrize("lexicon", [read_lexicon(), Lexicon({})])
def test_a_lexicon_comes_back_as_it_was_written(lexicon: Lexicon) -> None:
    read = parse(dump(lexicon))
    assert read == lexicon
    assert read.names == lexicon.names


def test_each_shipped_list_has_hundreds_of_terms() -> None:
    counts: dict[str, int] = {}
    for joined in read_lexicon().lists.values():
        for name in joined.split(","):
            counts[name] = counts.get(name, 0) + 1
    assert counts.keys() == {path.stem for path in FOLDER.glob("*.txt")}
    assert min(counts.values()) >= 200
