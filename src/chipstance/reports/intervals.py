"""Intervals of means by bootstrap over articles, for many groups at once."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_RESAMPLES = 1000
# More articles than this are drawn in as many bunches: the interval is the same, the time is not.
_MOST_DRAWN = 500


@cache
def _draws(n: int) -> Floats:
    """How often each of n is drawn in each resample, `(n, n_resamples)`."""
    rng = np.random.default_rng(n)
    return rng.multinomial(n, np.full(n, 1 / n), size=_RESAMPLES).T.astype(np.float64)


def intervals(group: Ints, values: Floats, weights: Floats, n_groups: int) -> Floats:
    """95 % intervals of the ratio of two sums, articles drawn with replacement.

    Args:
        group: Group of each article, `(n,)`.
        values: What each adds above, `(n,)`.
        weights: What each adds below, `(n,)`.
        n_groups: How many groups there are.

    Returns:
        Lower and upper bound, `(n_groups, 2)`; NaN for a group of fewer than two articles.

    >>> intervals(np.array([0, 0, 1]), np.array([1.0, 1.0, 1.0]), np.array([1.0, 1.0, 2.0]), 2)
    array([[ 1.,  1.],
           [nan, nan]])
    """
    result = np.full((n_groups, 2), np.nan)
    order = np.argsort(group, kind="stable")
    group, both = group[order], np.stack((values[order], weights[order]))
    sizes = np.bincount(group, minlength=n_groups)
    ends = np.cumsum(sizes)
    for size in np.unique(sizes[sizes > 1]).tolist():
        alike = np.flatnonzero(sizes == size)
        places = (ends[alike] - size)[:, None] + np.arange(size)
        sums = both[:, places]
        if size > _MOST_DRAWN:
            sums = _bunched(sums)
        above, below = sums @ _draws(sums.shape[2])
        result[alike] = _percentiles(above, below)
    return result


def _bunched(sums: Floats) -> Floats:
    """Every so-manieth article in one bunch, `(2, n_groups, n_bunches)`."""
    starts = np.arange(_MOST_DRAWN)
    n = sums.shape[2]
    bunch = np.argsort(np.arange(n) % _MOST_DRAWN, kind="stable")
    return np.add.reduceat(sums[:, :, bunch], _bounds(n, starts), axis=2)


def _bounds(n: int, starts: Ints) -> Ints:
    sizes = n // len(starts) + (starts < n % len(starts))
    bounds: Ints = np.cumsum(sizes) - sizes
    return bounds


def _percentiles(above: Floats, below: Floats) -> Floats:
    # A resample of sources alone has no mean.
    known = below > 1e-9
    ratios = np.divide(above, below, out=np.full_like(above, np.nan), where=known)
    some = known.any(axis=1)
    result = np.full((len(above), 2), np.nan)
    if some.any():
        result[some] = np.nanpercentile(ratios[some], [2.5, 97.5], axis=1).T
    return result
