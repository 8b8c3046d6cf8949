"""Calibration: decision values to probabilities that hold what they say.

Temperature scaling with a bias for each label (Guo et al., 2017, "On calibration of modern neural
networks", there without bias), fitted on values of held-out articles. Both fold into the
coefficients, so scoring does nothing for it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

Floats = NDArray[np.float64]
# Pulls the biases towards none, so that labels with few rows do not run away.
_BIAS_PENALTY = 1.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Calibrated decision values are `values * scale + bias`.

    Attributes:
        scale: Inverse temperature, above 0.
        bias: `(n_labels,)`.
    """

    scale: float
    bias: Floats


def fit_calibration(logits: Floats, labels: NDArray[np.int64]) -> Calibration:
    """Find scale and biases with the least log loss.

    Args:
        logits: Decision values of held-out views, `(n_views, n_labels)`.
        labels: Position of the right label of each, `(n_views,)`.
    """
    n_views, n_labels = logits.shape
    truth = np.zeros_like(logits)
    truth[np.arange(n_views), labels] = 1.0

    def loss(parameters: Floats) -> tuple[float, Floats]:
        scale, bias = np.exp(parameters[0]), parameters[1:]
        values = logits * scale + bias
        log_p = values - logsumexp(values, axis=1, keepdims=True)
        error = np.exp(log_p) - truth
        penalty = _BIAS_PENALTY * float(bias @ bias)
        gradient = np.concatenate(
            ([(error * logits).sum() * scale], error.sum(axis=0) + 2 * _BIAS_PENALTY * bias)
        )
        return -float((truth * log_p).sum()) + penalty, gradient

    found = minimize(loss, np.zeros(n_labels + 1), jac=True, method="L-BFGS-B")
    return Calibration(float(np.exp(found.x[0])), np.asarray(found.x[1:], dtype=np.float64))
