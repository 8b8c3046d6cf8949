"""Verdicts on rows held out, of many variants in the same folds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipstance.models.learning.logistic import HELD_OUT_TOLERANCE, Fits, fit_many
from chipstance.models.learning.metrics import calibration_error
from chipstance.models.learning.parameters import Parameters
from chipstance.models.learning.products import Rows
from chipstance.models.learning.target import Floats, Ints, Target
from chipstance.models.learning.training import calibrated_by_others
from chipstance.models.scoring.scorer import softmax


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What was said of some rows by classifiers that had not seen their articles.

    Attributes:
        given: Position of the label given, `(n_rows,)`.
        calibration_error: Expected calibration error, 0 to 1.
    """

    given: Ints
    calibration_error: float


def fit_folds(
    rows: Rows,
    target: Target,
    fold: Ints,
    learned: NDArray[np.bool_],
    parameters: Parameters,
    *,
    whole: bool = False,
) -> Fits:
    """Fit a classifier on some rows for each fold that is left out of them.

    Args:
        rows: Features of all rows.
        target: Labels of all rows; all have one.
        fold: Of each row, `(n_rows,)`.
        learned: Which of them may be learned from, `(n_rows,)`.
        parameters: Strength of the penalty, and weights of labels.
        whole: Whether to fit one on all that may be learned from too.

    Returns:
        By fold; the one on all comes last.
    """
    chosen = [learned & (fold != at) for at in range(parameters.folds)]
    if whole:
        chosen.append(learned)
    weights = np.stack([target.weights(each, parameters) for each in chosen], axis=1)
    return fit_many(rows, target.y, len(target.labels), weights, HELD_OUT_TOLERANCE)


def held_out(fits: Fits, fold: Ints) -> Floats:
    """Decision values of each row by the classifier that its fold was kept from."""
    values: Floats = fits.logits[np.arange(len(fold)), fold]
    return values


def verdicts(logits: Floats, y: Ints, fold: Ints, *, calibrated: bool = True) -> Verdicts:
    """Verdicts by held-out decision values, calibrated on the other folds each.

    Args:
        logits: `(n_rows, n_labels)`.
        y: Position of the right label, `(n_rows,)`.
        fold: Of each row, `(n_rows,)`.
        calibrated: False to take the values as they are.
    """
    p = softmax(calibrated_by_others(logits, y, fold) if calibrated else logits)
    given = p.argmax(axis=1)
    return Verdicts(given, calibration_error(p.max(axis=1), given == y))
