"""Figures that a model states of itself and of others, each worked out by hand."""

from collections import Counter

import numpy as np
import pytest

from chipstance.labels.rows import LabelRow
from chipstance.models.choosing import _part, choose
from chipstance.models.drifting import Drift, TaskDrift
from chipstance.models.examples import Example
from chipstance.models.metrics import LabelScores, TaskScores, macro_f1, resampled
from chipstance.models.paired import Pair, Paired, compare_verdicts
from chipstance.models.parameters import Parameters
from chipstance.models.seen import text_digests, unseen_share
from chipstance.models.sound import is_sound
from chipstance.models.suggesting import Doubt, pick


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


def test_scores_as_plain_values_have_four_digits() -> None:
    scores = TaskScores(
        3, 0.66666, 0.55556, (0.11111, 0.99999), 0.07777,
        {"a": LabelScores(0.33333, 0.66666, 0.44444, 2)},
    )  # fmt: skip
    assert scores.as_json() == {
        "n": 3, "accuracy": 0.6667, "macro_f1": 0.5556, "macro_f1_ci95": [0.1111, 1.0],
        "calibration_error": 0.0778,
        "per_label": {"a": {"precision": 0.3333, "recall": 0.6667, "f1": 0.4444, "support": 2}},
    }  # fmt: skip
    assert TaskScores(0, 0.0, 0.0, (0.0, 0.0), None, {}).as_json()["calibration_error"] is None


def test_labels_that_never_occur_do_not_count_for_macro_f1() -> None:
    # Of three labels two occur: F1 2/3 of the first (one of two found), 2/3 of the second.
    assert macro_f1(np.array([0, 0, 2]), np.array([0, 2, 2]), 3) == pytest.approx(2 / 3)


def test_a_thousand_draws_of_as_many_articles_are_the_same_each_time() -> None:
    confusion = np.array([[[1, 0], [0, 0]], [[0, 0], [0, 1]], [[0, 1], [0, 0]]])
    drawn = resampled(confusion)
    assert drawn.shape == (1000, 2, 2)
    assert (drawn.sum(axis=(1, 2)) == 3).all()
    np.testing.assert_array_equal(drawn, resampled(confusion))


def task(then: float, now: float, n: int, sure: tuple[float, float] = (0.8, 0.8)) -> TaskDrift:
    return TaskDrift("mood", {"bad": (then, now), "good": (1 - then, 1 - now)}, sure, n)


def test_labels_have_shifted_where_more_moved_than_chance_moves() -> None:
    assert task(0.5, 0.9, 200).moved == pytest.approx(0.4)
    # Two labels, 200 sentences: chance moves sqrt(2 / 800) = 0.05, beside the 0.15 allowed.
    assert not task(0.5, 0.69, 200).labels_shifted
    assert task(0.5, 0.71, 200).labels_shifted
    # Two labels, eight sentences: sqrt(2 / 32) = 0.25.
    assert not task(0.5, 0.89, 8).labels_shifted
    assert task(0.5, 0.91, 8).labels_shifted


def test_verdicts_are_less_sure_where_they_are_so_by_more_than_chance() -> None:
    # 0.05 allowed and 0.25 / sqrt(25) = 0.05 by chance.
    assert not task(0.5, 0.5, 25, (0.8, 0.71)).less_sure
    assert task(0.5, 0.5, 25, (0.8, 0.69)).less_sure
    assert not task(0.5, 0.5, 25, (0.69, 0.8)).less_sure


def drift(then: float | None, now: float, *tasks: TaskDrift) -> Drift:
    return Drift("m", 2, 25, (then, now), (("颱風", 2),), tasks)


@pytest.mark.parametrize(
    ("then", "now", "verdict"),
    [
        (0.1, 0.14, "known"), (0.1, 0.16, "changing"), (0.1, 0.29, "changing"),
        (0.1, 0.31, "unknown"), (None, 0.9, "known"),
        # Where there was hardly anything unseen, one in a hundred is taken for it.
        (0.0, 0.014, "known"), (0.0, 0.04, "unknown"),
    ],
)  # fmt: skip
def test_text_is_another_language_where_unseen_words_come_three_times_as_often(
    then: float | None, now: float, verdict: str
) -> None:
    assert drift(then, now, task(0.5, 0.5, 25)).verdict == verdict


def test_a_shift_of_one_task_is_a_change() -> None:
    assert drift(0.1, 0.1, task(0.5, 0.5, 25), task(0.1, 0.9, 25)).verdict == "changing"
    assert drift(0.1, 0.1, task(0.5, 0.5, 25, (0.9, 0.5))).verdict == "changing"


def test_drift_as_plain_values() -> None:
    said = drift(0.123456, 0.2, task(0.5, 0.51234567, 25, (0.812345, 0.8))).as_json()
    assert said == {
        "model": "m", "articles": 2, "sentences": 25, "verdict": "changing",
        "unseen_words": {"training": 0.1235, "now": 0.2},
        "unseen_terms": [{"term": "颱風", "n": 2}],
        "tasks": {"mood": {
            "labels": {
                "bad": {"training": 0.5, "now": 0.5123}, "good": {"training": 0.5, "now": 0.4877},
            },
            "labels_moved": 0.0123, "labels_shifted": False,
            "confidence": {"training": 0.8123, "now": 0.8}, "less_sure": False,
        }},
    }  # fmt: skip
    assert drift(None, 0.2).as_json()["unseen_words"]["training"] is None


def test_a_word_that_comes_often_in_one_part_alone_counts_each_time() -> None:
    # Five articles are five parts; 颱風 comes twice, both in one of them.
    texts = [["股價"], ["股價"], ["股價"], ["股價", "颱風", "颱風"], ["股價"]]
    assert unseen_share(texts, list("abcde")) == pytest.approx(2 / 7)
    assert unseen_share([[], [], [], [], []], list("abcde")) is None


def test_a_text_is_the_same_whatever_its_width_case_and_white_space() -> None:
    one, two, other = text_digests(["ＴＳＭＣ　漲 3%", "tsmc涨3%", "tsmc漲4%"]).tolist()
    assert one == two != other


def moods(place: int, n: int = 4) -> list[Example]:
    said = {"good": "很好很香乾淨", "bad": "很差很怪骯髒"}
    return [
        Example(f"第{place}店{words[: 3 + at % 3]}\0", {"mood": mood}, f"{place}", place * 8 + at)
        for mood, words in said.items()
        for at in range(n)
    ]


def test_chinese_is_never_read_in_long_ngrams() -> None:
    examples = [example for place in range(10) for example in moods(place)]
    chosen = choose(examples, Parameters())
    assert chosen.longest_ngram <= 3
    assert (chosen.folds, chosen.min_views, chosen.seed) == (5, 2, 0)


def test_parameters_are_chosen_on_whole_articles() -> None:
    examples = [
        Example("x", {}, f"a{article}", article) for article in range(800) for _ in range(10)
    ]
    some = _part(examples)
    assert len(some) == 6000
    assert set(Counter(example.group for example in some).values()) == {10}
    rows = [example.row for example in some]
    assert rows == sorted(rows)
    # Not the first ones.
    assert max(rows) > 700
    assert _part(examples[:6000]) == examples[:6000]


def sound(**other: object) -> bool:
    """A trie of the two n-grams 一 and 一丁, three slots behind its root."""
    arrays: dict[str, object] = {
        "alphabet": np.array([0x4E00, 0x4E01], np.uint32),
        # Parent in the upper half; base in the lower: the child of slot 1 by code 2 is 1 + 2.
        "nodes": np.array([-1 << 32, 0 << 32 | 1, 0 << 32 | 1, 1 << 32, -1 << 32], np.int64),
        "rows": np.array([0, 1, 0, 1, 0], np.uint32),
        "weights": np.ones((2, 3), np.float32),
    }
    return is_sound(**(arrays | other))  # type: ignore[arg-type]


def test_a_trie_that_leads_nowhere_or_in_circles_is_not_sound() -> None:
    nodes = [-1 << 32, 0 << 32 | 1, 0 << 32 | 1, 1 << 32, -1 << 32]

    def with_node(at: int, value: int) -> bool:
        return sound(nodes=np.array([*nodes[:at], value, *nodes[at + 1 :]], np.int64))

    assert sound()
    assert not with_node(3, 3 << 32)  # its own parent
    assert not with_node(3, 9 << 32)  # a parent that is not there
    assert not with_node(3, 1 << 32 | 3)  # children behind the end
    assert with_node(3, 1 << 32 | 2)
    assert not with_node(0, 0)  # a root that somebody is the parent of
    assert not with_node(2, 1 << 32)  # a character that does not hang from the root
    assert not sound(alphabet=np.array([0x4E01, 0x4E00], np.uint32))
    assert not sound(alphabet=np.array([0x4E00, 0x4E00], np.uint32))
    assert not sound(alphabet=np.array([0x4E00, 0x110000], np.uint32))
    assert sound(alphabet=np.array([0x4E00, 0x10FFFF], np.uint32))
    assert not sound(rows=np.array([0, 1, 0, 2, 0], np.uint32))
    assert not sound(rows=np.array([0, 1, 0, 1], np.uint32))
    assert not sound(weights=np.array([[1, 1, np.inf], [1, 1, 1]], np.float32))
    assert not sound(weights=np.ones((0, 3), np.float32))


def test_the_first_of_a_label_is_said_to_be_so_and_what_is_left_at_last() -> None:
    def doubt(p: float, label: str) -> list[Doubt]:
        return [Doubt("mood", "mood", (label, p), ("z", 1 - p))]

    rows = [LabelRow(text, {}, None, text) for text in ("甲乙丙丁", "戊己庚辛", "甲乙丙丁戊")]
    picks = pick(rows, [doubt(0.6, "x"), doubt(0.9, "y"), doubt(0.9, "x")], [], 3)
    assert [each.at for each in picks] == [0, 1, 2]
    assert picks[0].why == ("mood: x 60% or z 40%", "new: 甲乙丙丁")
    assert picks[1].why == ("new: 戊己庚辛", "first with mood y")
    # One pair of four is new, no stretch of three characters, and no verdict close.
    assert picks[2].why == ("the least sure of what is left",)
    assert [each.novelty for each in picks] == [1.0, 1.0, 0.25]
    assert pick(rows, [[], [], []], [], 0) == []
