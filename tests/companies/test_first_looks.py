"""What spares looking for something in every sentence, beside the patterns it goes before."""

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chipstance.articles.normalising.fold import fold
from chipstance.companies import context, tickers
from chipstance.companies.moves import figures, words
from chipstance.companies.names.in_text import Names
from chipstance.companies.table import load_table

PIECES = [*"跌升逾近3%成半一兩倍百千点停漲斬腰翻番平盤收無起()-.: ", "封板", "一字", "連", "攻頂"]
PIECES += ["分之", "tw", "us", "該公司"]
NAMES = sorted({name for company in load_table().companies for name in company.every_name()})[::20]
TABLE = Names(load_table().companies)
LOOKS = {
    "figures": (figures._FIGURE, figures.FIGURE_HINT),
    "words": (words._WORDS, words.WORD_END),
    "tickers": (tickers._BARE, tickers._BESIDE_MARKET),
    "brackets": (tickers._BRACKETS, tickers._OPENING),
    "pronouns": (context._PRONOUN, context._MAY_BE_PRONOUN),
}


@pytest.mark.parametrize(("pattern", "look"), LOOKS.values(), ids=LOOKS)
def test_a_first_look_passes_over_nothing(pattern: re.Pattern[str], look: re.Pattern[str]) -> None:
    made = st.lists(st.sampled_from(PIECES), max_size=12).map("".join).map(fold)

    @settings(max_examples=150, deadline=None)
    @given(st.from_regex(pattern.pattern) | made)
    def check(text: str) -> None:
        assert look.search(text) or not pattern.search(text)

    check()


TEXTS = st.lists(st.sampled_from([*NAMES, *"的a1 、\ud800"]), max_size=12).map("".join)


@given(st.lists(TEXTS, max_size=3))
@example([])
@example([""])
@settings(max_examples=150, deadline=None)
def test_names_are_the_same_in_much_text_and_in_little(texts: list[str]) -> None:
    folded = [fold(text) for text in texts]
    many, few = TABLE._by_automaton(folded), map(TABLE._by_heads, folded)
    assert [*map(list, many)] == [*map(list, few)]


def test_names_within_names_take_no_squared_time() -> None:
    # 三星 stands in 三星電子, and so do others.
    text = "、".join(["三星電子", "台積電", "輝達", "聯發科"] * 15_000)
    start = time.process_time()
    [found] = Names(load_table().companies).find_all([text], [fold(text)])
    assert len(found) == 60_000
    assert time.process_time() - start < 5
