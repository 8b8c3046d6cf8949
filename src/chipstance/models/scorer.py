"""The scorer: probabilities of many views at once, straight from the saved arrays.

What scikit-learn does in three steps (count n-grams, weigh them by sublinear TF-IDF with unit
length, multiply with the coefficients) is one walk here. All the views of a batch are one array of
character codes. At each position the walk goes down the trie as long as any n-gram that starts
there is known. The weights of a slot are summed over its prefixes beforehand, so the deepest slot
reached brings all n-grams of that position with one read. That is right for n-grams that stand
once in a view; those that recur are corrected afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipstance.models.trie import ROOT

Floats = NDArray[np.float64]
# More views at once gain nothing and cost memory.
BATCH = 4096
_CODE_POINTS = 0x110000


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of the weights that one task has.

    Attributes:
        task: Such as `stance`.
        labels: Its label values, in the order of the columns.
        columns: First column and the one after the last.
        intercept: `(n_labels,)`.
    """

    task: str
    labels: tuple[str, ...]
    columns: tuple[int, int]
    intercept: Floats


class Scorer:
    """Scores views by the n-grams in them; see the module's docstring for how."""

    def __init__(
        self,
        alphabet: NDArray[np.uint32],
        nodes: NDArray[np.int64],
        weights: NDArray[np.float32],
        heads: Sequence[Head],
    ) -> None:
        """Take the arrays as they are, memory-mapped ones too.

        Args:
            alphabet: As in `Trie`, `(n_codes,)`.
            nodes: As in `Trie`, `(n_slots,)`.
            weights: `(n_slots, n_columns + 1)`: for each slot the sum over its prefixes of
                coefficient times inverse document frequency; the last column that of the
                squared inverse document frequency.
            heads: One for each task.
        """
        self.heads = tuple(heads)
        self._alphabet, self._nodes, self._weights = alphabet, nodes, weights
        self._codes: NDArray[np.int32] | None = None

    def probabilities(self, views: Sequence[str]) -> dict[str, Floats]:
        """Probability of each label of each task.

        Args:
            views: Any number of them.

        Returns:
            By task, `(n_views, n_labels)`, rows summing to 1.
        """
        logits = self.logits(views)
        return {task: softmax(values) for task, values in logits.items()}

    def logits(self, views: Sequence[str]) -> dict[str, Floats]:
        """Decision values of each task, before they are made probabilities.

        Args:
            views: Any number of them.

        Returns:
            By task, `(n_views, n_labels)`.
        """
        sums = [self._sums(views[at : at + BATCH]) for at in range(0, len(views), BATCH)]
        if not sums:
            return {head.task: np.empty((0, len(head.labels))) for head in self.heads}
        total = np.concatenate(sums)
        length = np.sqrt(np.maximum(total[:, -1], 0.0))
        # A view without a known n-gram has length 0 and is left with the intercept.
        scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
        return {
            head.task: total[:, slice(*head.columns)] * scale[:, None] + head.intercept
            for head in self.heads
        }

    def character_shares(self, view: str) -> Floats:
        """What each character of one view adds to each decision value.

        The share of an n-gram is divided evenly among its characters, that of a recurring one
        among its occurrences too.

        Args:
            view: The view.

        Returns:
            `(n_characters, n_columns)`; summed over characters and added to the intercepts,
            the decision values.
        """
        codes, starts = self._encode([view])
        _, matches = self._walk(codes)
        length = np.sqrt(max(float(self._sums([view])[0, -1]), 0.0))
        shares = np.zeros((len(codes), self._weights.shape[1]))
        for n_characters, (positions, slots) in enumerate(matches, 1):
            own = self._weights[slots].astype(np.float64) - self._weights[self._nodes[slots] >> 32]
            _, which, counts = np.unique(slots, return_inverse=True, return_counts=True)
            n = counts[which]
            own *= ((1 + np.log(n)) / n / n_characters / length)[:, None]
            for character in range(n_characters):
                np.add.at(shares, positions + character, own)
        result: Floats = shares[int(starts[0]) + 1 :, :-1]
        return result

    def _sums(self, views: Sequence[str]) -> Floats:
        codes, starts = self._encode(views)
        deepest, matches = self._walk(codes)
        sums = np.add.reduceat(self._weights[deepest], starts, axis=0, dtype=np.float64)
        self._correct_repeats(sums, matches, starts)
        return sums

    def _encode(self, views: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Codes of all characters, each view behind a separator, and where each begins."""
        if self._codes is None:
            self._codes = np.zeros(_CODE_POINTS, dtype=np.int32)
            self._codes[self._alphabet] = np.arange(1, len(self._alphabet) + 1)
        joined = "\0" + "\0".join(views)
        points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        lengths = np.fromiter(map(len, views), dtype=np.int64, count=len(views)) + 1
        return self._codes[points], np.cumsum(lengths) - lengths

    def _walk(
        self, codes: NDArray[np.int32]
    ) -> tuple[NDArray[np.int64], list[tuple[NDArray[np.int64], NDArray[np.int64]]]]:
        """Deepest slot at each position, and (positions, slots) matched at each length."""
        deepest = np.full(len(codes), ROOT, dtype=np.int64)
        positions = np.flatnonzero(codes)
        slots = codes[positions].astype(np.int64)
        matches = []
        while len(positions):
            deepest[positions] = slots
            matches.append((positions, slots))
            ahead = positions + (len(matches))
            inside = ahead < len(codes)
            positions, slots, ahead = positions[inside], slots[inside], ahead[inside]
            code = codes[ahead]
            child = (self._nodes[slots] & 0xFFFFFFFF) + code
            # Code 0 would name the base itself, which may be a child of the same slot.
            found = (self._nodes[child] >> 32 == slots) & (code > 0)
            positions, slots = positions[found], child[found]
        return deepest, matches

    def _correct_repeats(
        self,
        sums: Floats,
        matches: list[tuple[NDArray[np.int64], NDArray[np.int64]]],
        starts: NDArray[np.int64],
    ) -> None:
        """Turn n times the weight of a recurring n-gram into 1 + ln n times, in place."""
        if not matches:
            return
        positions = np.concatenate([at for at, _ in matches])
        slots = np.concatenate([slot for _, slot in matches])
        views = np.searchsorted(starts, positions, side="right") - 1
        keys = np.sort(views * len(self._nodes) + slots)
        first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        counts = np.diff(np.append(first, len(keys)))
        again = counts > 1
        if not again.any():
            return
        n = counts[again].astype(np.float64)
        view, slot = np.divmod(keys[first[again]], len(self._nodes))
        own = self._weights[slot].astype(np.float64) - self._weights[self._nodes[slot] >> 32]
        sublinear = 1 + np.log(n)
        own[:, :-1] *= (sublinear - n)[:, None]
        own[:, -1] *= sublinear**2 - n
        np.add.at(sums, view, own)


def softmax(logits: Floats) -> Floats:
    """Decision values to probabilities, row by row.

    >>> softmax(np.array([[0.0, 0.0]]))
    array([[0.5, 0.5]])
    """
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: Floats = powers / powers.sum(axis=1, keepdims=True)
    return probabilities
