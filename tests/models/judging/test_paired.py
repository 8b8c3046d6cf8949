from collections import Counter

import pytest

from chipstance.models.judging.paired import Pair, Paired, compare_verdicts


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


def test_a_comparison_as_plain_values_is_rounded_and_lists_the_commonest_flips_first() -> None:
    flips = Counter({("a", "b", "b"): 2, ("b", "a", "a"): 3, ("a", "c", "b"): 2})
    paired = Paired(
        "mood", 40, 0.123456, 0.654321, (-0.01234567, 0.98765432), 5, 2, 0.45312567, flips
    )
    assert paired.as_json() == {
        "n": 40,
        "macro_f1": [0.1235, 0.6543],
        "difference": 0.5309,
        "difference_ci95": [-0.0123, 0.9877],
        "only_second_right": 5,
        "only_first_right": 2,
        "mcnemar_p": 0.453126,
        "verdict": "not better",
        "flips": [
            {"from": "b", "to": "a", "right": "a", "n": 3},
            {"from": "a", "to": "b", "right": "b", "n": 2},
            {"from": "a", "to": "c", "right": "b", "n": 2},
        ],
    }


@pytest.mark.parametrize(
    ("first", "second", "interval", "won", "lost", "p", "verdict"),
    [
        (0.5, 0.6, (0.01, 0.2), 9, 3, 0.15, "better"),
        (0.5, 0.6, (-0.01, 0.2), 9, 3, 0.04, "better"),
        (0.5, 0.6, (0.0, 0.2), 9, 3, 0.05, "not better"),
        (0.5, 0.6, (0.01, 0.2), 3, 4, 0.01, "not better"),
        (0.5, 0.6, (0.01, 0.2), 3, 3, 1.0, "better"),
        (0.6, 0.5, (-0.2, -0.01), 3, 9, 0.15, "worse"),
        (0.6, 0.5, (-0.2, 0.01), 3, 9, 0.04, "worse"),
        (0.6, 0.5, (-0.2, 0.0), 3, 9, 0.05, "not better"),
        (0.6, 0.5, (-0.2, -0.01), 4, 3, 0.01, "not better"),
        (0.5, 0.5, (0.01, 0.2), 9, 3, 0.01, "not better"),
    ],
)
def test_a_model_is_better_where_interval_or_test_rule_out_chance_and_it_mends_more(
    first: float, second: float, interval: tuple[float, float], won: int, lost: int, p: float,
    verdict: str,
) -> None:  # fmt: skip
    assert Paired("m", 40, first, second, interval, won, lost, p, Counter()).verdict == verdict


def test_verdicts_both_wrong_are_neither_won_nor_lost() -> None:
    found = compare_verdicts(Pair("m", list("aaaa"), list("bcaa"), list("cbba"), list("wxyz")))
    assert (found.n, found.won, found.lost) == (4, 0, 1)
    assert found.flips == Counter({("b", "c", "a"): 1, ("c", "b", "a"): 1, ("a", "b", "a"): 1})
