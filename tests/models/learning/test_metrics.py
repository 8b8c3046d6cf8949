import numpy as np
import pytest

from chipstance.models.learning.metrics import (
    LabelScores,
    TaskScores,
    calibration_error,
    calibration_error_by_chance,
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
    confusion = np.array([[[1, 0], [0, 0]], [[0, 0], [0, 1]], [[0, 1], [0, 0]]])
    drawn = resampled(confusion)
    assert drawn.shape == (1000, 2, 2)
    assert (drawn.sum(axis=(1, 2)) == 3).all()
    np.testing.assert_array_equal(drawn, resampled(confusion))
