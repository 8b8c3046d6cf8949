import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chipstance.models.scoring.trie import Trie, build

ngrams = st.sets(st.text(alphabet="芯片跌漲ab\U000f0001", min_size=1, max_size=4), min_size=1)


def find(trie: Trie, text: str) -> int | None:
    """Walk the trie a character at a time, as its docstring says."""
    codes = {int(point): code for code, point in enumerate(trie.alphabet, 1)}
    slot = 0
    for char in text:
        if ord(char) not in codes:
            return None
        child = (int(trie.nodes[slot]) & 0xFFFFFFFF) + codes[ord(char)]
        if int(trie.nodes[child]) >> 32 != slot:
            return None
        slot = child
    return slot


@given(ngrams)
def test_every_ngram_is_found_at_its_slot(wanted: set[str]) -> None:
    ordered = sorted(wanted)
    trie = build(ordered)
    assert [find(trie, ngram) for ngram in ordered] == trie.slots.tolist()
    assert len(set(trie.slots.tolist())) == len(ordered)


@given(ngrams, st.text(alphabet="芯片跌漲ab\U000f0001升", min_size=1, max_size=5))
def test_what_is_neither_ngram_nor_prefix_is_not_found(wanted: set[str], other: str) -> None:
    prefixes = {ngram[:length] for ngram in wanted for length in range(1, len(ngram) + 1)}
    assert (find(build(sorted(wanted)), other) is not None) == (other in prefixes)


def test_a_trie_of_thousands_stays_nearly_full() -> None:
    rng = np.random.default_rng(1)
    chars = [chr(0x4E00 + code) for code in range(600)]
    wanted = {"".join(rng.choice(chars, size=length)) for length in (1, 2, 3) for _ in range(4000)}
    wanted |= {ngram[:length] for ngram in wanted for length in range(1, len(ngram))}
    trie = build(sorted(wanted))
    assert len(trie.nodes) < 1.2 * len(wanted) + 2 * len(chars)
