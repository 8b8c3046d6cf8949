from collections import Counter

import pytest

from chipstance.models.paired import Pair, compare_verdicts


def pair(truth: str, first: str, second: str) -> Pair:
    """Verdicts a letter each, every one in an article of its own."""
    return Pair("stance", list(truth), list(first), list(second), list(range(len(truth))))


def test_a_model_that_mends_and_spoils_nothing_is_better() -> None:
    found = compare_verdicts(pair("ab" * 20, "ab" * 10 + "aa" * 10, "ab" * 20))
    assert (found.won, found.lost) == (10, 0)
    assert found.second == 1.0
    assert found.flips == Counter({("a", "b", "b"): 10})
    # The toss of ten coins that all fall alike, to either side.
    assert found.p == pytest.approx(2 / 1024)
    assert found.verdict == "better"


def test_the_other_way_round_it_is_worse() -> None:
    found = compare_verdicts(pair("ab" * 20, "ab" * 20, "ab" * 10 + "aa" * 10))
    assert found.verdict == "worse"


def test_a_model_beside_itself_is_not_better() -> None:
    found = compare_verdicts(pair("ab" * 20, "aab" * 13 + "a", "aab" * 13 + "a"))
    assert (found.difference, found.p, found.verdict) == (0.0, 1.0, "not better")
    assert not found.flips


def test_as_many_mended_as_spoiled_is_not_better() -> None:
    truth = "ab" * 20
    first = "b" + truth[1:2] + "b" + truth[3:]
    second = truth[:2] + truth[2:5] + "a" + truth[6:7] + "a" + truth[8:]
    found = compare_verdicts(pair(truth, first, second))
    assert (found.won, found.lost) == (2, 2)
    assert found.verdict == "not better"


def test_one_mended_sentence_is_chance() -> None:
    found = compare_verdicts(pair("ab" * 20, "b" + "b" + "ab" * 19, "ab" * 20))
    assert found.won == 1
    assert found.p == 1.0


def test_articles_are_drawn_whole() -> None:
    truth, first, second = list("ab" * 20), list("ab" * 10 + "aa" * 10), list("ab" * 20)
    # All that was mended stands in one article of two: half of the draws are without it or not.
    one = compare_verdicts(Pair("stance", truth, first, second, [0] * 20 + [1] * 20))
    low, high = one.difference_ci95
    assert low == 0.0
    assert high > one.difference
