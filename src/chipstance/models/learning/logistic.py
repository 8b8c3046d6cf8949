"""Multinomial logistic regression, many fits of the same rows at once.

What training needs is one fit on all rows and one for each part held out, for one strength of
penalty or several. They differ only in the weights of the rows, so they are solved together: each
sparse product serves all of them. Fits without a part start where the fit with all rows ended,
which is most of the way.

The method is Newton's, each step found by conjugate gradients. The coefficients are always a
combination of the rows, `x.T @ dual`, so every vector is kept as long as there are rows and not as
there are features, of which there are ten times as many; and since a step need not be exact, the
products are in single precision, while decision values are summed in double. Gradients are
preconditioned by what the Hessian would be if the features had a few directions alone and every row
the same probabilities.

Inside, arrays are `(n_fits, n_labels, n_rows)`: sums over labels then run along the rows. They sum
to nothing over the labels of a row, so the last label needs no product of its own.

`bench/training.py` prints how this compares with scikit-learn's solvers, in time and in objective.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import softmax

from chipstance.models.learning.objective import Hessian, Objective, Vector, downhill_of
from chipstance.models.learning.products import Rows

Floats = NDArray[np.float64]
# How far above the optimum the objective may be where a fit ends, relative to it, as far as the
# preconditioned gradient tells: really it is up to four times as far. scikit-learn's default ends
# ten times to a thousand times further off.
TOLERANCE = 2e-5
# The same for verdicts on rows held out: closer, no macro-F1 changes by more than a thousandth.
HELD_OUT_TOLERANCE = 1e-4
_NEWTON_STEPS, _CG_STEPS = 50, 60
# A fit without a start begins with a fit of weights so much smaller, ended so far from its optimum:
# a stronger penalty is quickly solved for, and Newton's steps from there are not too long. Where
# rows are hard to fit this saves a third of the conjugate gradients, elsewhere a tenth.
_BEFORE, _NEAR_ENOUGH = 0.1, 1e-3
# How well a Newton step is solved for: further than this is work that the next step undoes.
_FORCING = 0.25
# Intercept of a label that a fit has no row of: never given.
_RULED_OUT = -20.0


@dataclass(frozen=True, slots=True)
class Fits:
    """Solutions of several fits on the same rows.

    Attributes:
        dual: `(n_rows, n_fits, n_labels)`; see `coefficients`.
        intercepts: `(n_fits, n_labels)`.
        logits: Decision values of all rows, those without weight too, `(n_rows, n_fits, n_labels)`.
    """

    dual: Floats
    intercepts: Floats
    logits: Floats

    def coefficients(self, x: csr_matrix, fit: int) -> Floats:
        """Coefficients of one fit, `(n_labels, n_features)`.

        Args:
            x: The rows that were fitted, or the same with other columns.
            fit: Its number.
        """
        return np.ascontiguousarray((x.T @ self.dual[:, fit]).T)


def objectives(fits: Fits, y: NDArray[np.int64], weights: Floats) -> Floats:
    """What each fit minimises, `(n_fits,)`: half the squared coefficients plus the log loss."""
    return Objective(y, weights.T).values(_vector_of(fits))


def fit_many(
    rows: Rows,
    y: NDArray[np.int64],
    n_labels: int,
    weights: Floats,
    tolerance: float = TOLERANCE,
    start: Fits | None = None,
) -> Fits:
    """Fit multinomial logistic regressions with L2 penalty; intercepts are not penalised.

    Args:
        rows: The rows that are fitted.
        y: Position of the right label, `(n_rows,)`; any where a row has no weight.
        n_labels: How many labels there are; a fit may lack rows of one.
        weights: Of each row in each fit, the inverse strength of the penalty included; 0 leaves a
            row out. `(n_rows, n_fits)`.
        tolerance: As `TOLERANCE`.
        start: A fit of the same rows and labels that all of these start from.
    """
    objective = Objective(y, np.ascontiguousarray(weights.T))
    if start is None:
        before = Objective(y, objective.weights * _BEFORE)
        at = _fitted(rows, before, _start(objective, n_labels), _NEAR_ENOUGH)
    else:
        at = _vector_of(start).of(np.zeros(weights.shape[1], dtype=np.int64))
    at = _fitted(rows, objective, at, tolerance)
    return Fits(at.dual.transpose(2, 0, 1), at.intercepts, at.logits().transpose(2, 0, 1))


def _fitted(rows: Rows, objective: Objective, at: Vector, tolerance: float) -> Vector:
    """Where the fits end that begin at a vector, which is changed."""
    active = np.arange(len(at.dual))
    for _ in range(_NEWTON_STEPS):
        mine, here = objective.of(active), at.of(active)
        p = softmax(here.logits(), axis=1)
        hessian = Hessian.at(rows, p, mine.weights)
        downhill = downhill_of(rows, here, mine.residual(p))
        decrease = downhill.dot(hessian.preconditioned(downhill)) / 2
        going = decrease > tolerance * mine.values(here)
        if not going.any():
            break
        active, mine, here = active[going], mine.of(going), here.of(going)
        step = _newton_step(hessian.of(going), downhill.of(going))
        here.add(_line_search(mine, here, step), step)
        at.put(active, here)
    return at


def _vector_of(fits: Fits) -> Vector:
    dual, logits = fits.dual.transpose(1, 2, 0), fits.logits.transpose(1, 2, 0)
    return Vector(dual, fits.intercepts, logits - fits.intercepts[:, :, None])


def _start(objective: Objective, n_labels: int) -> Vector:
    """No coefficients, and intercepts that give each label its share of the weight."""
    share = objective.shares(n_labels)
    intercepts = np.where(share > 0, np.log(np.maximum(share, 1e-12)), _RULED_OUT)
    nothing = np.zeros((*share.shape, objective.weights.shape[1]))
    return Vector(nothing, intercepts, nothing.copy())


def _newton_step(hessian: Hessian, downhill: Vector) -> Vector:
    """Solve for the Newton step of each fit by preconditioned conjugate gradients."""
    left, way = downhill, hessian.preconditioned(downhill)
    step = Vector(*(np.zeros_like(part) for part in left))
    size = left.dot(way)
    enough = size * _FORCING**2
    for _ in range(_CG_STEPS):
        bent = hessian.times(way)
        # A fit that has enough stands still while the others go on.
        far = np.where(size > enough, size / np.maximum(way.dot(bent), 1e-30), 0.0)
        step.add(far, way)
        left.add(-far, bent)
        next_way = hessian.preconditioned(left)
        was, size = size, left.dot(next_way)
        if not (size > enough).any():
            break
        next_way.add(size / was, way)
        way = next_way
    return step


def _line_search(objective: Objective, here: Vector, step: Vector) -> Floats:
    """How much of its Newton step each fit goes: all of it, or half as often as it must."""
    now = objective.values(here)
    far = np.ones(len(now))
    for _ in range(20):
        there = Vector(*(part.copy() for part in here))
        there.add(far, step)
        worse = objective.values(there) > now * (1 + 1e-9)
        if not worse.any():
            break
        far[worse] /= 2
    return far
