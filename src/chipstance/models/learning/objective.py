"""What logistic regressions minimise, many fits of the same rows at once: value, slope and bend.

Coefficients are kept as combinations of the rows; see `logistic`, which finds the least.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chipstance.models.learning.products import Rows

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]


class Vector(NamedTuple):
    """A vector of coefficients and intercepts for each fit.

    Attributes:
        dual: The coefficients as a combination of the rows, `(n_fits, n_labels, n_rows)`.
        intercepts: `(n_fits, n_labels)`.
        seen: Decision values that the coefficients give, shaped as `dual`.
    """

    dual: NDArray[Any]
    intercepts: NDArray[Any]
    seen: NDArray[Any]

    def of(self, some: NDArray[np.int64] | NDArray[np.bool_]) -> "Vector":
        """Of some of the fits, as a copy."""
        return Vector(*(part[some] for part in self))

    def put(self, some: NDArray[np.int64], other: "Vector") -> None:
        """Put those of some of the fits in place of what is here."""
        for mine, its in zip(self, other, strict=True):
            mine[some] = its

    def add(self, far: Floats, other: "Vector") -> None:
        """Add another one times a number for each fit."""
        for mine, its in zip(self, other, strict=True):
            mine += far.astype(its.dtype).reshape(-1, *[1] * (its.ndim - 1)) * its

    def dot(self, other: "Vector") -> Floats:
        """Scalar product of each fit, `(n_fits,)`."""
        found: Floats = np.einsum("fln,fln->f", self.seen, other.dual, dtype=np.float64)
        found += np.einsum("fl,fl->f", self.intercepts, other.intercepts, dtype=np.float64)
        return found

    def logits(self) -> NDArray[Any]:
        """Decision values, shaped as `dual`."""
        found: NDArray[Any] = self.seen + self.intercepts[:, :, None]
        return found


class Objective:
    """What fits minimise, and how it falls."""

    def __init__(self, y: NDArray[np.int64], weights: Floats) -> None:
        self.weights = weights
        self._y = y

    def of(self, some: NDArray[np.int64] | NDArray[np.bool_]) -> "Objective":
        """Of some of the fits."""
        return Objective(self._y, self.weights[some])

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

    def values(self, at: Vector) -> Floats:
        """Of each fit, `(n_fits,)`."""
        logits = at.logits()
        top = logits.max(axis=1)
        right = logits[:, self._y, np.arange(len(self._y))]
        logits -= top[:, None]
        log_sum = top + np.log(np.exp(logits, out=logits).sum(axis=1))
        penalty = np.einsum("fln,fln->f", at.dual, at.seen) / 2
        found: Floats = penalty + (self.weights * (log_sum - right)).sum(axis=1)
        return found


def downhill_of(rows: Rows, at: Vector, residual: Floats) -> Vector:
    """The gradient, turned round."""
    dual = -(at.dual + residual).astype(np.float32)
    return Vector(dual, -residual.sum(axis=2).astype(np.float32), _seen(rows, dual))


def _seen(rows: Rows, dual: Singles) -> Singles:
    """Decision values of a vector, whose labels sum to nothing."""
    n_fits, n_labels, n_rows = dual.shape
    found = np.empty_like(dual)
    others = rows.gram(dual[:, :-1].reshape(-1, n_rows))
    found[:, :-1] = others.reshape(n_fits, n_labels - 1, n_rows)
    found[:, -1] = -found[:, :-1].sum(axis=1)
    return found


@dataclass(frozen=True, slots=True)
class Hessian:
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
    def at(cls, rows: Rows, p: Floats, weights: Floats) -> "Hessian":
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

    def of(self, some: NDArray[np.bool_]) -> "Hessian":
        """Of some of the fits."""
        mine = (each[some] for each in (self.p, self.weights, self.mixes, self.known))
        return Hessian(self.rows, *mine)

    def times(self, way: Vector) -> Vector:
        """The Hessian times a vector."""
        curved = way.logits()
        curved -= (self.p * curved).sum(axis=1, keepdims=True)
        curved *= self.p
        curved *= self.weights[:, None]
        seen = way.seen + _seen(self.rows, curved)
        intercepts = curved.sum(axis=2)
        return Vector(way.dual + curved, intercepts, seen)

    def preconditioned(self, vector: Vector) -> Vector:
        """Roughly the inverse of the Hessian times a vector."""
        directions = self.rows.directions
        n_fits, n_labels, n_rows = vector.dual.shape
        along = vector.logits().reshape(-1, n_rows) @ directions.dual.T
        along = self.mixes.transpose(0, 2, 1) @ along.reshape(n_fits, n_labels, -1)
        along = (self.mixes @ (along * self.known)).reshape(n_fits * n_labels, -1)
        return Vector(
            vector.dual - (along @ directions.dual).reshape(vector.dual.shape),
            vector.intercepts - (along @ directions.intercept).reshape(n_fits, n_labels),
            vector.seen - (along @ directions.seen).reshape(vector.dual.shape),
        )
