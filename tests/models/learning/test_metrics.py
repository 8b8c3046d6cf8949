import tracemalloc

import numpy as np
import pytest

from chipstance.models.learning.metrics import (
    LabelScores,
    TaskScores,
    calibration_error,
    calibration_error_by_chance,
    counts_by_group,
    macro_f1,
    resampled,
    score_verdicts,
)


def test_macro_f1_is_the_mean_of_the_labels_f1() -> None:
    scores = score_verdicts(list("aab"), list("abb"), ["x", "y", "z"])
    # a: precision 1, recall 1/2, F1 2/3. b: precision 1/2, recall 1, F1 2/3.
    assert scores.macro_f1 == pytest.approx(2 / 3)
    assert scores.accuracy == pytest.approx(2 / 3)
    assert scores.per_label["a"].recall == pytest.approx(1 / 2)
    assert scores.per_label["b"].support == 1


def test_a_label_given_but_never_right_counts_as_zero() -> None:
    scores = score_verdicts(list("aa"), list("ac"), ["x", "x"])
    assert scores.per_label["c"].f1 == 0
    assert scores.macro_f1 == pytest.approx((2 / 3 + 0) / 2)


def test_the_interval_of_perfect_verdicts_is_a_point() -> None:
    assert score_verdicts(list("abab"), list("abab"), list("wxyz")).macro_f1_ci95 == (1.0, 1.0)


def test_the_interval_widens_when_errors_sit_in_few_articles() -> None:
    truth, verdicts = list("ab" * 20), list("ab" * 15 + "ba" * 5)
    spread = [str(at % 20) for at in range(40)]
    lumped = [str(at // 10) for at in range(40)]
    low, high = score_verdicts(truth, verdicts, spread).macro_f1_ci95
    wide_low, wide_high = score_verdicts(truth, verdicts, lumped).macro_f1_ci95
    assert wide_high - wide_low > high - low


def test_nothing_to_measure_gives_no_scores() -> None:
    scores = score_verdicts([], [], [])
    assert (scores.n, scores.accuracy, scores.macro_f1) == (0, 0.0, 0.0)


def test_calibration_error_is_the_gap_between_confidence_and_hits() -> None:
    confidence = np.array([0.95, 0.95, 0.55, 0.55])
    right = np.array([True, True, False, True])
    # |0.95 - 1| and |0.55 - 0.5|, each for half of the verdicts.
    assert calibration_error(confidence, right) == pytest.approx(0.05)


def test_full_confidence_is_in_the_last_tenth_with_what_is_nearly_full() -> None:
    # One bin: 1.95 said against 1 right, of two. In two bins it would be (1 + 0.05) / 2.
    error = calibration_error(np.array([1.0, 0.95]), np.array([False, True]))
    assert error == pytest.approx(0.475)


def test_chance_alone_leaves_right_probabilities_below_its_error_in_19_of_20_samples() -> None:
    rng = np.random.default_rng(1)
    confidence = rng.uniform(0.4, 1.0, 120)
    limit = calibration_error_by_chance(confidence)
    right = rng.random((2000, 120)) < confidence
    below = [calibration_error(confidence, each) < limit for each in right]
    assert np.mean(below) == pytest.approx(0.95, abs=0.02)


def test_chance_has_no_part_in_what_is_certain() -> None:
    assert calibration_error_by_chance(np.ones(50)) == 0


def test_scores_as_plain_values_have_four_digits() -> None:
    scores = TaskScores(
        3, 0.66666, 0.55556, (0.11111, 0.99999), 0.07777, 0.01234,
        {"a": LabelScores(0.33333, 0.66666, 0.44444, 2)},
    )  # fmt: skip
    assert scores.as_json() == {
        "n": 3, "accuracy": 0.6667, "macro_f1": 0.5556, "macro_f1_ci95": [0.1111, 1.0],
        "calibration_error": 0.0778, "calibration_error_by_chance": 0.0123,
        "per_label": {"a": {"precision": 0.3333, "recall": 0.6667, "f1": 0.4444, "support": 2}},
    }  # fmt: skip
    nothing = TaskScores(0, 0.0, 0.0, (0.0, 0.0), None, None, {}).as_json()
    assert nothing["calibration_error"] is nothing["calibration_error_by_chance"] is None


def test_labels_that_never_occur_do_not_count_for_macro_f1() -> None:
    # Of three labels two occur: F1 2/3 of the first (one of two found), 2/3 of the second.
    assert macro_f1(np.array([0, 0, 2]), np.array([0, 2, 2]), 3) == pytest.approx(2 / 3)


def test_a_thousand_draws_of_as_many_articles_are_the_same_each_time() -> None:
    counts = counts_by_group(list("aba"), list("abb"), list("xyz"), list("ab"))
    # True, given, and given where true, of a and b each.
    assert counts.tolist() == [
        [[1, 0], [1, 0], [1, 0]],
        [[0, 1], [0, 1], [0, 1]],
        [[1, 0], [0, 1], [0, 0]],
    ]
    drawn = resampled(counts)
    assert drawn.shape == (1000, 3, 2)
    assert (drawn[:, :2].sum(axis=2) == 3).all()
    np.testing.assert_array_equal(drawn, resampled(counts))


def test_hundreds_of_labels_in_hundreds_of_articles_fit_in_memory() -> None:
    truth = [str(at % 400) for at in range(800)]
    verdicts = [*truth[:600], *truth[:200]]
    tracemalloc.start()
    scores = score_verdicts(truth, verdicts, range(800))
    assert tracemalloc.get_traced_memory()[1] < 100e6
    tracemalloc.stop()
    assert scores.accuracy == pytest.approx(sum(map(str.__eq__, truth, verdicts)) / 800)


def test_macro_f1_and_its_interval_are_those_of_a_table_of_labels_by_labels() -> None:
    rng = np.random.default_rng(5)
    truth, verdicts = rng.integers(0, 4, 60), rng.integers(0, 5, 60)
    groups = rng.integers(0, 20, 60)
    tables = np.zeros((20, 5, 5))
    np.add.at(tables, (groups, truth, verdicts), 1)
    tables = tables[list(dict.fromkeys(groups.tolist()))]
    n = len(tables)
    draws = np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), size=1000)

    def of_table(table: np.ndarray) -> float:
        both = table.sum(axis=0) + table.sum(axis=1)
        f1 = 2 * np.diagonal(table) / np.maximum(both, 1)
        return float(f1.sum() / (both > 0).sum())

    drawn = [of_table(np.tensordot(each, tables, axes=1)) for each in draws]
    scores = score_verdicts(list(map(str, truth)), list(map(str, verdicts)), groups.tolist())
    assert scores.macro_f1 == pytest.approx(of_table(tables.sum(axis=0)), abs=1e-12)
    assert scores.macro_f1 == pytest.approx(macro_f1(truth, verdicts, 5), abs=1e-12)
    assert scores.macro_f1_ci95 == pytest.approx(np.percentile(drawn, [2.5, 97.5]), abs=1e-12)
