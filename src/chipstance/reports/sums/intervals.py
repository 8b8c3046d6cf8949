"""Intervals of means by bootstrap over articles, for many groups at once.

Each resample weighs every article anew, by an exponential draw (the Bayesian bootstrap): for a
ratio of sums this is drawing with replacement made smooth, it has no resample without an article,
and groups of every size share one matrix of draws.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_RESAMPLES = 1000
_SEED = 0
# More articles than this are weighed in as many bunches: the interval is the same, the time is not.
_MOST_WEIGHED = 500


@cache
def _weights() -> Floats:
    """Weight of each article, or bunch, in each resample, `(n, n_resamples)`."""
    return np.random.default_rng(_SEED).standard_exponential((_MOST_WEIGHED, _RESAMPLES))


def intervals(group: Ints, values: Floats, weights: Floats, n_groups: int) -> Floats:
    """95 % intervals of the ratio of two sums over articles.

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
        if size > _MOST_WEIGHED:
            sums = _bunched(sums)
        above, below = sums @ _weights()[: sums.shape[2]]
        result[alike] = _percentiles(above, below)
    return result


def _bunched(sums: Floats) -> Floats:
    """Every so-manieth article in one bunch, `(2, n_groups, n_bunches)`."""
    bunch = np.arange(sums.shape[2]) % _MOST_WEIGHED
    order = np.argsort(bunch, kind="stable")
    starts = np.searchsorted(bunch[order], np.arange(_MOST_WEIGHED))
    bunched: Floats = np.add.reduceat(sums[:, :, order], starts, axis=2)
    return bunched


def _percentiles(above: Floats, below: Floats) -> Floats:
    # A resample of sources alone has no mean.
    known = below > 1e-9
    ratios = np.divide(above, below, out=np.full_like(above, np.nan), where=known)
    some = known.any(axis=1)
    result = np.full((len(above), 2), np.nan)
    if some.any():
        result[some] = np.nanpercentile(ratios[some], [2.5, 97.5], axis=1).T
    return result
