"""Heads: what of a view's weights belongs to which task."""

from collections.abc import Sequence
from typing import NamedTuple


class Head(NamedTuple):
    """The columns of the weights that one task has.

    Attributes:
        task: Such as `stance`.
        labels: Its label values, in the order of the columns.
        columns: First column and the one after the last. The last label has none: weights are what
            the others have more than it, which makes the same probabilities.
        intercept: `(n_labels,)`.
    """

    task: str
    labels: tuple[str, ...]
    columns: tuple[int, int]
    intercept: Sequence[float]
