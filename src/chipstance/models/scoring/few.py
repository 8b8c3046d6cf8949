"""A scorer for few views, in the standard library alone.

The same arrays, the same walk and the same probabilities as in `scorer`, one n-gram after the
other. It scores a sentence in less time than importing numpy takes.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from chipstance.errors import ModelError
from chipstance.models.scoring.head import Head

OUTSIDE = "the model is damaged: its arrays do not fit one another; copy it anew or train it again"
# The parent that a free slot names: there is none.
FREE = -1


class Items(Protocol):
    """An array of which no more is read than is asked for, such as `stored.arrays.StoredArray`."""

    def __getitem__(self, at: int) -> Any:
        """One item."""

    def run(self, at: int, n: int) -> Sequence[Any]:
        """So many items from a position on."""

    def whole(self) -> Sequence[Any]:
        """All items."""


class FewScorer:
    """Scores views as `Scorer` does."""

    def __init__(self, arrays: Mapping[str, Items], heads: Sequence[Head]) -> None:
        """Take the arrays of `Scorer`."""
        self.heads = tuple(heads)
        self._alphabet, self._nodes = arrays["alphabet"].whole(), arrays["nodes"]
        self._rows, self._weights = arrays["rows"], arrays["weights"]
        self._width = heads[-1].columns[1] + 1
        self._codes: dict[str, int] = {}
        self._weighed: dict[int, Sequence[float]] = {}

    def probabilities(self, views: Sequence[str]) -> dict[str, list[list[float]]]:
        """Probability of each label of each task.

        Args:
            views: Any number of them; each takes about a millisecond.

        Returns:
            By task, `(n_views, n_labels)`, rows summing to 1.

        Raises:
            ModelError: An array of the model points outside another one.
        """
        try:
            sums = [self._sums(view) for view in views]
        except (IndexError, OverflowError):
            raise ModelError(OUTSIDE) from None
        if not all(math.isfinite(value) for each in sums for value in each):
            raise ModelError(OUTSIDE)
        return {head.task: [_probabilities(each, head) for each in sums] for head in self.heads}

    def _sums(self, view: str) -> list[float]:
        """Summed weights of one view, the last one that of its length."""
        sums = [0.0] * self._width
        for slot, n in Counter(self._slots(view)).items():
            # A slot's row has the weights of its prefixes in it; its own is what is more.
            row, before = self._row(slot), self._row(self._nodes[slot] >> 32)
            own = map(float.__sub__, row, before)
            if n > 1:
                times = 1 + math.log(n)
                factors = [times] * (self._width - 1) + [times * times]
                own = map(float.__mul__, own, factors)
            sums = list(map(float.__add__, sums, own))
        return sums

    def _row(self, slot: int) -> Sequence[float]:
        row = self._weighed.get(slot)
        if row is None:
            at = self._rows[slot] * self._width
            row = self._weighed[slot] = self._weights.run(at, self._width)
        return row

    def _slots(self, view: str) -> Iterator[int]:
        """Slot of each n-gram of a view, as often as it stands there."""
        codes, nodes = [self._code(char) for char in view], self._nodes
        for at, slot in enumerate(codes):
            ahead = at
            while slot:
                yield slot
                ahead += 1
                code = codes[ahead] if ahead < len(codes) else 0
                child = (nodes[slot] & 0xFFFFFFFF) + code
                slot = child if code and nodes[child] >> 32 == slot else 0

    def _code(self, char: str) -> int:
        code = self._codes.get(char)
        if code is None:
            at = bisect_left(self._alphabet, ord(char))
            known = at < len(self._alphabet) and self._alphabet[at] == ord(char)
            code = self._codes[char] = at + 1 if known else 0
            if self._nodes[code] >> 32 != (0 if code else FREE):
                # A character's slot is a child of the root, whose own parent is none.
                raise IndexError
        return code


def _probabilities(sums: Sequence[float], head: Head) -> list[float]:
    scale = 1 / math.sqrt(sums[-1]) if sums[-1] > 0 else 0.0
    logits = [
        value * scale + bias
        for value, bias in zip((*sums[slice(*head.columns)], 0.0), head.intercept, strict=True)
    ]
    highest = max(logits)
    powers = [math.exp(logit - highest) for logit in logits]
    return [power / sum(powers) for power in powers]
