"""The solver finds what scikit-learn's finds, with less left to find."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix, random_array
from sklearn.linear_model import LogisticRegression

from chipstance.models.learning.logistic import Fits, fit_many, objectives
from chipstance.models.learning.products import Rows


def rows_of(n_labels: int, seed: int) -> tuple[csr_matrix, np.ndarray]:
    rng = np.random.default_rng(seed)
    y = np.arange(60) % n_labels
    x = random_array((60, 40), density=0.2, rng=rng).toarray()
    # One column a label says something of it, the others nothing.
    x[np.arange(60), y] = 0.5
    return csr_matrix(x), y


def by_scikit_learn(x: csr_matrix, y: np.ndarray, c: float) -> LogisticRegression:
    return LogisticRegression(C=c, tol=1e-10, max_iter=10_000).fit(x, y)


def probabilities(fits: Fits, fit: int) -> np.ndarray:
    powers = np.exp(fits.logits[:, fit])
    return powers / powers.sum(axis=1, keepdims=True)


@given(st.integers(3, 5), st.integers(0, 50), st.sampled_from([0.5, 4.0, 32.0]))
@settings(max_examples=20)
def test_probabilities_are_those_of_scikit_learn(n_labels: int, seed: int, c: float) -> None:
    x, y = rows_of(n_labels, seed)
    # An objective so near its optimum has probabilities within about the root of that.
    fits = fit_many(Rows(x), y, n_labels, np.full((60, 1), c), 1e-8)
    expected = by_scikit_learn(x, y, c).predict_proba(x)
    np.testing.assert_allclose(probabilities(fits, 0), expected, atol=5e-4)


def test_coefficients_and_intercepts_make_the_decision_values() -> None:
    x, y = rows_of(3, 1)
    fits = fit_many(Rows(x), y, 3, np.full((60, 1), 8.0))
    made = x @ fits.coefficients(x, 0).T + fits.intercepts[0]
    np.testing.assert_allclose(made, fits.logits[:, 0], atol=1e-4)


def test_fits_together_are_what_each_is_alone() -> None:
    x, y = rows_of(3, 2)
    rng = np.random.default_rng(0)
    weights = rng.uniform(0.5, 4.0, (60, 3)) * (rng.random((60, 3)) > 0.2)
    together = fit_many(Rows(x), y, 3, weights, 1e-6)
    for fit in range(3):
        alone = fit_many(Rows(x), y, 3, weights[:, [fit]], 1e-6)
        np.testing.assert_allclose(probabilities(together, fit), probabilities(alone, 0), atol=1e-4)


def test_a_row_without_weight_teaches_nothing() -> None:
    x, y = rows_of(2, 3)
    weights = np.ones((60, 1))
    weights[:20] = 0
    wrong = y.copy()
    wrong[:20] = 1 - wrong[:20]
    one, other = fit_many(Rows(x), y, 2, weights), fit_many(Rows(x), wrong, 2, weights)
    np.testing.assert_array_equal(one.logits, other.logits)


def test_a_label_without_rows_is_never_given() -> None:
    x, y = rows_of(2, 4)
    assert probabilities(fit_many(Rows(x), y, 3, np.ones((60, 1))), 0)[:, 2].max() < 1e-6


def test_columns_that_always_stand_together_may_be_one() -> None:
    x, y = rows_of(3, 5)
    twice = csr_matrix(np.hstack([x.toarray(), 2 * x.toarray()[:, :10]]))
    fits = fit_many(Rows(twice), y, 3, np.full((60, 1), 4.0), 1e-6)
    expected = by_scikit_learn(twice, y, 4.0).predict_proba(twice)
    np.testing.assert_allclose(probabilities(fits, 0), expected, atol=1e-3)
    assert Rows(twice)._x.shape[1] == 40


def test_the_objective_is_the_penalty_and_the_log_loss() -> None:
    # No coefficient, even odds: the loss of a row is its weight times the logarithm of two.
    nothing = Fits(np.zeros((2, 1, 2)), np.zeros((1, 2)), np.zeros((2, 1, 2)))
    value = objectives(nothing, np.array([0, 1]), np.array([[1.0], [3.0]]))
    assert value[0] == pytest.approx(4 * np.log(2))
