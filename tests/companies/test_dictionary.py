from pathlib import Path

import pytest
import rjieba

from chipstance.articles.normalising.fold import fold, is_han
from chipstance.companies.names.dictionary import KEPT, LENGTHS, is_word
from chipstance.shipped import shipped


def test_words_are_those_that_jieba_knows() -> None:
    # Where this fails: python -m bench.words
    articles = sorted(Path(shipped("labels")).parent.glob("seeds/hk/**/*.txt"))[::40]
    assert articles
    text = fold("\n".join(path.read_text("utf-8") for path in articles))
    pieces = {text[at : at + n] for n in LENGTHS for at in range(len(text))}
    asked = {piece for piece in pieces if len(piece) in LENGTHS and all(map(is_han, piece))}
    assert {each for each in asked if is_word(each)} == set(filter(rjieba.has_word, asked))


@pytest.mark.parametrize("line", [0, 1])
def test_words_stand_in_order_each_once(line: int) -> None:
    text, n = KEPT.read_text("utf-8").split("\n")[line], LENGTHS[line]
    words = [text[at : at + n] for at in range(0, len(text), n)]
    assert words == sorted(set(words))
    assert is_word(words[0])
    assert is_word(words[-1])


def test_what_no_dictionary_prints_is_no_word() -> None:
    assert not is_word("\U00020000\U00020001")
    assert not is_word("\ud800半")
    assert not is_word("龥龥龥")
