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
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import softmax

from chipstance.models.learning.products import Rows

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
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
    return _Objective(y, weights.T).values(_vector_of(fits))


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
    objective = _Objective(y, np.ascontiguousarray(weights.T))
    if start is None:
        before = _Objective(y, objective.weights * _BEFORE)
        at = _fitted(rows, before, _start(objective, n_labels), _NEAR_ENOUGH)
    else:
        at = _vector_of(start).of(np.zeros(weights.shape[1], dtype=np.int64))
    at = _fitted(rows, objective, at, tolerance)
    return Fits(at.dual.transpose(2, 0, 1), at.intercepts, at.logits().transpose(2, 0, 1))


def _fitted(rows: Rows, objective: "_Objective", at: "_Vector", tolerance: float) -> "_Vector":
    """Where the fits end that begin at a vector, which is changed."""
    active = np.arange(len(at.dual))
    for _ in range(_NEWTON_STEPS):
        mine, here = objective.of(active), at.of(active)
        p = softmax(here.logits(), axis=1)
        hessian = _Hessian.at(rows, p, mine.weights)
        downhill = _downhill(rows, here, mine.residual(p))
        decrease = downhill.dot(hessian.preconditioned(downhill)) / 2
        going = decrease > tolerance * mine.values(here)
        if not going.any():
            break
        active, mine, here = active[going], mine.of(going), here.of(going)
        step = _newton_step(hessian.of(going), downhill.of(going))
        here.add(_line_search(mine, here, step), step)
        at.put(active, here)
    return at


class _Vector(NamedTuple):
    """A vector of coefficients and intercepts for each fit.

    Attributes:
        dual: The coefficients as a combination of the rows, `(n_fits, n_labels, n_rows)`.
        intercepts: `(n_fits, n_labels)`.
        seen: Decision values that the coefficients give, shaped as `dual`.
    """

    dual: NDArray[Any]
    intercepts: NDArray[Any]
    seen: NDArray[Any]

    def of(self, some: NDArray[np.int64] | NDArray[np.bool_]) -> "_Vector":
        """Of some of the fits, as a copy."""
        return _Vector(*(part[some] for part in self))

    def put(self, some: NDArray[np.int64], other: "_Vector") -> None:
        """Put those of some of the fits in place of what is here."""
        for mine, its in zip(self, other, strict=True):
            mine[some] = its

    def add(self, far: Floats, other: "_Vector") -> None:
        """Add another one times a number for each fit."""
        for mine, its in zip(self, other, strict=True):
            mine += far.astype(its.dtype).reshape(-1, *[1] * (its.ndim - 1)) * its

    def dot(self, other: "_Vector") -> Floats:
        """Scalar product of each fit, `(n_fits,)`."""
        found: Floats = np.einsum("fln,fln->f", self.seen, other.dual, dtype=np.float64)
        found += np.einsum("fl,fl->f", self.intercepts, other.intercepts, dtype=np.float64)
        return found

    def logits(self) -> NDArray[Any]:
        """Decision values, shaped as `dual`."""
        found: NDArray[Any] = self.seen + self.intercepts[:, :, None]
        return found


def _vector_of(fits: Fits) -> _Vector:
    dual, logits = fits.dual.transpose(1, 2, 0), fits.logits.transpose(1, 2, 0)
    return _Vector(dual, fits.intercepts, logits - fits.intercepts[:, :, None])


def _start(objective: "_Objective", n_labels: int) -> _Vector:
    """No coefficients, and intercepts that give each label its share of the weight."""
    share = objective.shares(n_labels)
    intercepts = np.where(share > 0, np.log(np.maximum(share, 1e-12)), _RULED_OUT)
    nothing = np.zeros((*share.shape, objective.weights.shape[1]))
    return _Vector(nothing, intercepts, nothing.copy())


class _Objective:
    """What fits minimise, and how it falls."""

    def __init__(self, y: NDArray[np.int64], weights: Floats) -> None:
        self.weights = weights
        self._y = y

    def of(self, some: NDArray[np.int64] | NDArray[np.bool_]) -> "_Objective":
        """Of some of the fits."""
        return _Objective(self._y, self.weights[some])

    def shares(self, n_labels: int) -> Floats:
        """Share of the weight that each label has, `(n_fits, n_labels)`."""
        of_label = [self.weights[:, self._y == label].sum(axis=1) for label in range(n_labels)]
        share: Floats = np.stack(of_label, axis=1)
        share /= share.sum(axis=1, keepdims=True)
        return share

    def residual(self, p: Floats) -> Floats:
        """Slope of the loss by decision value, shaped as `p`."""
        slope = p.copy()
        slope[:, self._y, np.arange(len(self._y))] -= 1.0
        slope *= self.weights[:, None]
        return slope

    def values(self, at: _Vector) -> Floats:
        """Of each fit, `(n_fits,)`."""
        logits = at.logits()
        top = logits.max(axis=1)
        right = logits[:, self._y, np.arange(len(self._y))]
        logits -= top[:, None]
        log_sum = top + np.log(np.exp(logits, out=logits).sum(axis=1))
        penalty = np.einsum("fln,fln->f", at.dual, at.seen) / 2
        found: Floats = penalty + (self.weights * (log_sum - right)).sum(axis=1)
        return found


def _downhill(rows: Rows, at: _Vector, residual: Floats) -> _Vector:
    """The gradient, turned round."""
    dual = -(at.dual + residual).astype(np.float32)
    return _Vector(dual, -residual.sum(axis=2).astype(np.float32), _seen(rows, dual))


def _seen(rows: Rows, dual: Singles) -> Singles:
    """Decision values of a vector, whose labels sum to nothing."""
    n_fits, n_labels, n_rows = dual.shape
    found = np.empty_like(dual)
    others = rows.gram(dual[:, :-1].reshape(-1, n_rows))
    found[:, :-1] = others.reshape(n_fits, n_labels - 1, n_rows)
    found[:, -1] = -found[:, :-1].sum(axis=1)
    return found


@dataclass(frozen=True, slots=True)
class _Hessian:
    """How the objective of each fit bends, and roughly the inverse of that.

    Attributes:
        rows: The rows.
        p: Probabilities, `(n_fits, n_labels, n_rows)`.
        weights: Of rows in fits, `(n_fits, n_rows)`.
        mixes: Orthonormal mixes of labels which in the mean over rows bend apart from one another,
            `(n_fits, n_labels, n_labels)`.
        known: How much of each direction and mix is left of a step along it,
            `(n_fits, n_labels, n_directions)`.
    """

    rows: Rows
    p: Singles
    weights: Singles
    mixes: Singles
    known: Singles

    @classmethod
    def at(cls, rows: Rows, p: Floats, weights: Floats) -> "_Hessian":
        """Where the fits have these probabilities."""
        weighed = p * weights[:, None]
        bend = -weighed @ p.transpose(0, 2, 1)
        labels = np.arange(p.shape[1])
        bend[:, labels, labels] += weighed.sum(axis=2)
        strength, mixes = np.linalg.eigh(bend / p.shape[2])
        along = np.maximum(strength, 0.0)[:, :, None] * rows.directions.strength
        return cls(
            rows, *(each.astype(np.float32) for each in (p, weights, mixes, along / (1 + along)))
        )

    def of(self, some: NDArray[np.bool_]) -> "_Hessian":
        """Of some of the fits."""
        mine = (each[some] for each in (self.p, self.weights, self.mixes, self.known))
        return _Hessian(self.rows, *mine)

    def times(self, way: _Vector) -> _Vector:
        """The Hessian times a vector."""
        curved = way.logits()
        curved -= (self.p * curved).sum(axis=1, keepdims=True)
        curved *= self.p
        curved *= self.weights[:, None]
        seen = way.seen + _seen(self.rows, curved)
        intercepts = curved.sum(axis=2)
        return _Vector(way.dual + curved, intercepts, seen)

    def preconditioned(self, vector: _Vector) -> _Vector:
        """Roughly the inverse of the Hessian times a vector."""
        directions = self.rows.directions
        n_fits, n_labels, n_rows = vector.dual.shape
        along = vector.logits().reshape(-1, n_rows) @ directions.dual.T
        along = self.mixes.transpose(0, 2, 1) @ along.reshape(n_fits, n_labels, -1)
        along = (self.mixes @ (along * self.known)).reshape(n_fits * n_labels, -1)
        return _Vector(
            vector.dual - (along @ directions.dual).reshape(vector.dual.shape),
            vector.intercepts - (along @ directions.intercept).reshape(n_fits, n_labels),
            vector.seen - (along @ directions.seen).reshape(vector.dual.shape),
        )


def _newton_step(hessian: _Hessian, downhill: _Vector) -> _Vector:
    """Solve for the Newton step of each fit by preconditioned conjugate gradients."""
    left, way = downhill, hessian.preconditioned(downhill)
    step = _Vector(*(np.zeros_like(part) for part in left))
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


def _line_search(objective: _Objective, here: _Vector, step: _Vector) -> Floats:
    """How much of its Newton step each fit goes: all of it, or half as often as it must."""
    now = objective.values(here)
    far = np.ones(len(now))
    for _ in range(20):
        there = _Vector(*(part.copy() for part in here))
        there.add(far, step)
        worse = objective.values(there) > now * (1 + 1e-9)
        if not worse.any():
            break
        far[worse] /= 2
    return far
