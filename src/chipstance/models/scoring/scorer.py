"""The scorer: probabilities of many views at once, straight from the saved arrays.

What scikit-learn does in three steps (count n-grams, weigh them by sublinear TF-IDF with unit
length, multiply with the coefficients) is one walk here. All the views of a batch are one array of
character codes. At each position the walk goes down the trie as long as any n-gram that starts
there is known. The weights of a slot are summed over its prefixes beforehand, so the deepest slot
reached brings all n-grams of that position with one read. That is right for n-grams that stand
once in a view; those that recur are corrected afterwards.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from chipstance.models.scoring.head import Head
from chipstance.models.scoring.joined import BATCH, Bounds, Joined, cut, joined
from chipstance.models.scoring.walking import Codes, Tables, repeats, tables_of, walk

Floats = NDArray[np.float64]
# Views after which scipy's sums have won back what importing it takes.
_MANY = 20_000
# Positions whose weights are summed at once: more do not stay near the processor, and those of a
# sentence without an end would take gigabytes.
_AT_ONCE = 1 << 15


class Scorer:
    """Scores views by the n-grams in them; see the module's docstring for how."""

    def __init__(
        self,
        alphabet: NDArray[np.uint32],
        nodes: NDArray[np.int64],
        rows: NDArray[np.uint32],
        weights: NDArray[np.float32],
        heads: Sequence[Head],
    ) -> None:
        """Make tables of the arrays, which are not kept.

        Args:
            alphabet: As in `Trie`, `(n_codes,)`.
            nodes: As in `Trie`, `(n_slots,)`.
            rows: Row of `weights` that each slot has, `(n_slots,)`; n-grams that stand in the
                same training views have the same weights, so rows are fewer than slots.
            weights: `(n_rows, n_columns + 1)`: for each slot the sum over its prefixes of
                coefficient times inverse document frequency; the last column that of the
                squared inverse document frequency.
            heads: One for each task.
        """
        self.heads = tuple(heads)
        self._tables = tables_of(alphabet, nodes, rows, weights)
        self._scored = 0

    def probabilities(self, views: Sequence[str]) -> dict[str, Floats]:
        """Probability of each label of each task.

        Args:
            views: Any number of them.

        Returns:
            By task, `(n_views, n_labels)`, rows summing to 1.
        """
        return self.probabilities_of(joined(views))

    def probabilities_of(
        self, views: Iterable[Joined], blocks: Sequence[str] = ()
    ) -> dict[str, Floats]:
        """As `probabilities`, for views that are joined already.

        Args:
            views: Some at a time.
            blocks: Those of `Joined.blocks`.
        """
        return {task: softmax(values) for task, values in self._logits(views, blocks).items()}

    def logits(self, views: Sequence[str]) -> dict[str, Floats]:
        """Decision values of each task, before they are made probabilities.

        Args:
            views: Any number of them.

        Returns:
            By task, `(n_views, n_labels)`.
        """
        return self._logits(joined(views))

    def _logits(self, views: Iterable[Joined], blocks: Sequence[str] = ()) -> dict[str, Floats]:
        # A view and a slot make one number of 32 bits, which sorts twice as fast as one of 64.
        most = min(BATCH, (1 << 32) // len(self._tables.base))
        of_blocks = [self._sums(each) for each in joined(blocks)]
        sums = []
        for each in views:
            summed = np.concatenate([self._sums(part) for part in cut(each, most)])
            if each.blocks is not None:
                summed += each.blocks @ np.concatenate(of_blocks)
            sums.append(summed)
        if not sums:
            return {head.task: np.empty((0, len(head.labels))) for head in self.heads}
        total = np.concatenate(sums)
        length = np.sqrt(np.maximum(total[:, -1], 0.0))
        # A view without a known n-gram has length 0 and is left with the intercept.
        scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
        return {
            head.task: by_label(head, total) * scale[:, None] + np.asarray(head.intercept)
            for head in self.heads
        }

    def character_shares(self, view: str) -> Floats:
        """What each character of one view adds to each decision value.

        The share of an n-gram is divided evenly among its characters, that of a recurring one
        among its occurrences too.

        Args:
            view: The view.

        Returns:
            `(n_characters, n_columns)`; summed over characters, by label and added to the
            intercepts, the decision values.
        """
        tables = self._tables
        (whole,) = joined([view])
        codes = tables.codes.take(whole.points)
        _, matches = walk(tables, codes)
        length = np.sqrt(max(float(self._sums(whole)[0, -1]), 0.0))
        shares = np.zeros((len(codes), tables.weights.shape[1]))
        for n_characters, reached in enumerate(matches, 1):
            positions = np.flatnonzero(reached)
            slots = reached[positions]
            own = tables.weights[tables.rows[slots]]
            own -= tables.weights[tables.rows[tables.check[slots]]]
            _, which, counts = np.unique(slots, return_inverse=True, return_counts=True)
            n = counts[which]
            own *= ((1 + np.log(n)) / n / n_characters / length)[:, None]
            for character in range(n_characters):
                np.add.at(shares, positions + character, own)
        result: Floats = shares[1:, :-1]
        return result

    def _sums(self, views: Joined) -> Floats:
        """Summed weights of a batch, `(n_views, n_columns + 1)`."""
        tables, bounds = self._tables, views.bounds
        codes = tables.codes.take(views.points)
        deepest, matches = walk(tables, codes)
        n_views = len(bounds) - 1
        self._scored += n_views
        summed = _by_scipy if self._scored > _MANY else _by_numpy
        sums = summed(tables, np.ones(len(codes)), deepest, bounds)
        view, slot, n = repeats(tables, matches, bounds)
        if len(view):
            # A recurring n-gram has 1 + ln n times its weight, not n times; its own weight is
            # what its slot has more than the slot it is a child of.
            less = 1 + np.log(n) - n
            pairs = np.column_stack([slot, tables.check.take(slot)]).ravel()
            values = np.column_stack([less, -less]).ravel()
            ends = 2 * np.searchsorted(view, np.arange(len(bounds)))
            sums[:, :-1] += summed(tables, values, pairs, ends)[:, :-1]
            squares = tables.squares.take(slot) * ((1 + np.log(n)) ** 2 - n)
            sums[:, -1] += np.bincount(view, squares, n_views)
        return sums


def _by_numpy(tables: Tables, values: Floats, slots: Codes, bounds: Bounds) -> Floats:
    """Weights of slots times values, summed from bound to bound, `(n_views, n_columns + 1)`."""
    rows = tables.rows.take(slots)
    sums = np.zeros((len(bounds) - 1, tables.weights.shape[1]))
    for first, last, begin, end in _at_once(bounds):
        weighed = tables.weights.take(rows[begin:end], axis=0) * values[begin:end, None]
        filled = first + np.flatnonzero(np.diff(bounds[first : last + 1]))
        starts = np.maximum(bounds[filled] - begin, 0)
        sums[filled] += np.add.reduceat(weighed, starts, axis=0)
    return sums


def _at_once(bounds: Bounds) -> Iterator[tuple[int, int, int, int]]:
    """Views to be summed together, and from where to where; a very long one in parts.

    Cut by the views alone, so that nothing that is summed beside one changes its sums.
    """
    first = 0
    while first < len(bounds) - 1:
        most = int(np.searchsorted(bounds, bounds[first] + _AT_ONCE, side="right")) - 1
        last = max(most, first + 1)
        for begin in range(int(bounds[first]), int(bounds[last]), _AT_ONCE):
            yield first, last, begin, min(begin + _AT_ONCE, int(bounds[last]))
        first = last


def _by_scipy(tables: Tables, values: Floats, slots: Codes, bounds: Bounds) -> Floats:
    """As `_by_numpy` in a fifth of the time, but importing scipy takes as long as 30,000 views."""
    from scipy.sparse import csr_array

    shape = (len(bounds) - 1, len(tables.weights))
    counts = csr_array((values, tables.rows.take(slots), bounds), shape=shape)
    return np.asarray(counts @ tables.weights)


def by_label(head: Head, columns: Floats) -> Floats:
    """Values of each label of a task.

    Args:
        head: The task.
        columns: Of all tasks, `(n, n_columns)` or more.

    Returns:
        `(n, n_labels)`; the last label, which the others are measured by, has 0.
    """
    return np.pad(columns[:, slice(*head.columns)], ((0, 0), (0, 1)))


def softmax(logits: Floats) -> Floats:
    """Decision values to probabilities, row by row.

    >>> softmax(np.array([[0.0, 0.0]]))
    array([[0.5, 0.5]])
    """
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: Floats = powers / powers.sum(axis=1, keepdims=True)
    return probabilities
