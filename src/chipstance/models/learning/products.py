"""Products with the scalar products of all rows, on all processors.

The matrix itself is never made: `x @ x.T` times a vector is two sparse products.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import pairwise

import numpy as np
from joblib import cpu_count
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse import csr_matrix

from chipstance.callbacks import Check, go_on

Singles = NDArray[np.float32]
# Items of a matrix from which on a second thread saves more than it costs to wake.
_WORTH_A_THREAD = 200_000
# Vectors from which on a product of all at once is quicker than one of each.
_TOGETHER = 4
# Strongest directions of the rows, which preconditioning takes out of the way: with these the
# conjugate gradients need less than half as many steps, and with twice as many hardly fewer.
_DIRECTIONS = 32


class Rows:
    """Rows that are fitted, and the products that fitting them takes."""

    def __init__(self, x: csr_matrix, check: Check = go_on) -> None:
        """Take the rows in, once for all the tasks that are fitted on them.

        Args:
            x: Features, `(n_rows, n_features)`.
            check: Asked before every product, of which a fit takes hundreds.
        """
        self._check = check
        merged = _merged(x)
        # The commonest columns side by side stay in the cache.
        order = np.argsort(-np.bincount(merged.indices, minlength=merged.shape[1]), kind="stable")
        self._x = merged[:, order].astype(np.float32)
        self._x.sort_indices()
        threads = cpu_count() if self._x.nnz >= _WORTH_A_THREAD else 1
        self._pool = ThreadPoolExecutor(threads) if threads > 1 else None
        self._parts = _parts(self._x, threads), _parts(self._x.T.tocsr(), threads)

    def gram(self, vectors: Singles) -> Singles:
        """`x @ x.T` times vectors, `(n_vectors, n_rows)`."""
        self._check()
        forward, back = self._parts
        if len(vectors) < _TOGETHER:
            one_by_one = [self._times(forward, self._times(back, each)) for each in vectors]
            return np.array(one_by_one, dtype=np.float32).reshape(vectors.shape)
        flat = self._times(forward, self._times(back, np.ascontiguousarray(vectors.T)))
        return np.ascontiguousarray(flat.T)

    @cached_property
    def directions(self) -> "Directions":
        """The strongest directions of the rows."""
        return _directions(self, self._x.shape[0])

    def _times(self, parts: list[csr_matrix], dense: Singles) -> Singles:
        if self._pool is None:
            product: Singles = parts[0] @ dense
            return product
        return np.concatenate(list(self._pool.map(lambda part: part @ dense, parts)))


class Directions:
    """An approximation of the rows, a column of ones beside them, by orthonormal directions.

    Attributes:
        strength: Squared length of all rows along each direction, `(n_directions,)`.
        dual: Each direction as a combination of rows, `(n_directions, n_rows)`.
        seen: Decision values that each direction gives the rows, without intercept,
            `(n_directions, n_rows)`.
        intercept: What each direction has of the intercept, `(n_directions,)`.
    """

    def __init__(self, strength: NDArray[np.float64], dual: Singles, seen: Singles) -> None:
        self.strength, self.dual, self.seen = strength, dual, seen
        self.intercept = dual.sum(axis=1)


def _directions(rows: Rows, n_rows: int) -> Directions:
    """Find directions by one step of subspace iteration, which is near enough."""
    n = min(_DIRECTIONS, n_rows)
    start = np.random.default_rng(0).standard_normal((n, n_rows)).astype(np.float32)
    basis = np.linalg.qr((rows.gram(start) + start.sum(axis=1, keepdims=True)).T)[0].T
    seen = rows.gram(basis)
    ones = basis.sum(axis=1)
    strength, mix = eigh((basis @ seen.T + np.outer(ones, ones)).astype(np.float64))
    known = strength > strength[-1] * 1e-6
    mix = (mix[:, known] / np.sqrt(strength[known])).astype(np.float32)
    return Directions(strength[known], mix.T @ basis, mix.T @ seen)


def _parts(x: csr_matrix, n: int) -> list[csr_matrix]:
    """Consecutive rows of a matrix, with as many items in each part."""
    bounds = np.searchsorted(x.indptr, np.linspace(0, x.nnz, n + 1)[1:-1]).tolist()
    ends = [0, *bounds, x.shape[0]]
    return [x[begin:end] for begin, end in pairwise(ends)]


def _merged(x: csr_matrix) -> csr_matrix:
    """The same rows with columns that are multiples of one another made one.

    n-grams that always stand together give such columns. One of their common length leaves all
    scalar products of rows as they are. Two random projections tell columns apart.
    """
    length = np.sqrt(np.bincount(x.indices, x.data**2, minlength=x.shape[1]))
    probes = np.random.default_rng(0).standard_normal((x.shape[0], 2))
    found = np.round((x.T @ probes) / np.maximum(length, 1e-30)[:, None] * 1e9).astype(np.int64)
    key = found[:, 0] * 1_000_003 ^ found[:, 1]
    _, first, same = np.unique(key, return_index=True, return_inverse=True)
    together = np.sqrt(np.bincount(same, length**2))
    merged = x[:, first]
    merged.data *= (together / np.maximum(length[first], 1e-30))[merged.indices]
    return merged
