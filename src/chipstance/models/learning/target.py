"""What one task is to learn: labels of views, the parts they are held out in, their weights."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipstance.errors import LabelError
from chipstance.models.learning.examples import Example
from chipstance.models.learning.parameters import Parameters

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Target:
    """What one task is to learn.

    Attributes:
        task: Such as `stance`.
        labels: Its label values, sorted.
        y: Position of the label of each view, `(n_views,)`; -1 where it has none.
        groups: Article of each view, `(n_views,)`.
    """

    task: str
    labels: tuple[str, ...]
    y: Ints
    groups: NDArray[np.str_]

    @classmethod
    def of(cls, task: str, examples: Sequence[Example]) -> "Target":
        """The target of one task.

        Raises:
            LabelError: It has fewer than two label values.
        """
        labels = tuple(sorted({each.labels[task] for each in examples if task in each.labels}))
        if len(labels) < 2:
            raise LabelError(f"{task}: every row says {labels[0]}; a task needs two labels or more")
        position = {label: at for at, label in enumerate(labels)}
        y = [position.get(each.labels.get(task, ""), -1) for each in examples]
        groups = np.array([each.group for each in examples])
        return cls(task, labels, np.array(y, dtype=np.int64), groups)

    def folds(self, parameters: Parameters) -> Ints | None:
        """Part of each view for cross-validation, articles kept whole.

        Returns:
            `(n_views,)`, -1 where a view has no label; None where there are fewer articles than
            parts, or fewer than two labels have as many rows.
        """
        from sklearn.model_selection import StratifiedGroupKFold

        labelled = np.flatnonzero(self.y >= 0)
        y, groups = self.y[labelled], self.groups[labelled]
        enough = np.count_nonzero(np.bincount(y) >= parameters.folds)
        if len(set(groups)) < parameters.folds or enough < 2:
            return None
        split = StratifiedGroupKFold(parameters.folds, shuffle=True, random_state=parameters.seed)
        fold = np.full(len(self.y), -1, dtype=np.int64)
        with warnings.catch_warnings():
            # A label with fewer rows than parts is missing from some; the caller can live with it.
            warnings.simplefilter("ignore", UserWarning)
            for number, (_, test) in enumerate(split.split(y, y, groups)):
                fold[labelled[test]] = number
        return fold

    def weights(self, chosen: NDArray[np.bool_], parameters: Parameters) -> Floats:
        """Weights for a fit on the chosen views, inverse strength of the penalty included."""
        counts = np.bincount(self.y[chosen], minlength=len(self.labels))
        by_label = np.ones(len(self.labels))
        if parameters.balanced:
            by_label = counts.sum() / (np.maximum(counts, 1) * max(1, np.count_nonzero(counts)))
        # Two labels have two columns of coefficients here, each the other's negative, where
        # scikit-learn has one: half the weight is the same penalty.
        strength = parameters.c / 2 if len(self.labels) == 2 else parameters.c
        return np.where(chosen, by_label[self.y] * strength, 0.0)
