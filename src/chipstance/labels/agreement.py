"""Agreement of two readers: Cohen's kappa, and where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipstance.errors import LabelError
from chipstance.labels.rows import LabelRow

COMPANIES = "companies"
_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two readers agree on one task.

    Attributes:
        task: Such as `stance`; `companies` for the sentiment of companies both labelled.
        n: Labels that both gave.
        agreed: Share that is the same, 0 to 1.
        kappa: Cohen's kappa: 0 for agreement by chance, 1 for full agreement.
        kappa_ci95: Its 95 % interval by bootstrap over articles.
    """

    task: str
    n: int
    agreed: float
    kappa: float
    kappa_ci95: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Difference:
    """One label on which two readers differ; `task` names the company where it is one's."""

    where: str
    text: str
    task: str
    first: str
    second: str


Pair = tuple[str, str, str]


def agreement(
    first: Sequence[LabelRow], second: Sequence[LabelRow]
) -> tuple[list[Agreement], list[Difference]]:
    """Compare two readings of the same sentences.

    Args:
        first: One reader's rows.
        second: The other's; rows are matched by article and text.

    Returns:
        The agreement on each task, and every difference in the order of the first reading.

    Raises:
        LabelError: They have no sentence in common.
    """
    others = {(row.article, row.text): row for row in second}
    both = [
        (row, others[row.article, row.text]) for row in first if (row.article, row.text) in others
    ]
    if not both:
        raise LabelError("the two files have no sentence in common")
    pairs: dict[str, list[Pair]] = {}
    differences: list[Difference] = []
    for one, other in both:
        for task, name, a, b in _common_labels(one, other):
            pairs.setdefault(task, []).append((one.article, a, b))
            if a != b:
                differences.append(Difference(one.where, one.text, name, a, b))
    return [_agreement(task, each) for task, each in pairs.items()], differences


def _common_labels(one: LabelRow, other: LabelRow) -> list[tuple[str, str, str, str]]:
    """Task, what to call it, and both labels, wherever both readers gave one."""
    found = [
        (task, task, label, other.labels[task])
        for task, label in one.labels.items()
        if task in other.labels
    ]
    theirs = other.companies or {}
    return found + [
        (COMPANIES, company, label, theirs[company])
        for company, label in (one.companies or {}).items()
        if company in theirs
    ]


def _agreement(task: str, pairs: Sequence[Pair]) -> Agreement:
    labels = {label: at for at, label in enumerate(sorted({x for _, *ab in pairs for x in ab}))}
    articles = {article: at for at, article in enumerate(dict.fromkeys(a for a, *_ in pairs))}
    counts = np.zeros((len(articles), len(labels), len(labels)))
    for article, a, b in pairs:
        counts[articles[article], labels[a], labels[b]] += 1
    total = counts.sum(axis=0)
    draws = np.random.default_rng(0).multinomial(
        len(articles), np.full(len(articles), 1 / len(articles)), size=_RESAMPLES
    )
    resampled = [kappa(each) for each in np.tensordot(draws, counts, axes=1)]
    low, high = np.percentile(resampled, [2.5, 97.5])
    agreed = float(np.trace(total) / total.sum())
    return Agreement(task, len(pairs), agreed, kappa(total), (float(low), float(high)))


def kappa(counts: NDArray[np.float64]) -> float:
    """Cohen's kappa (Cohen, 1960) of a table of counts, one reader's labels by the other's.

    Args:
        counts: `(n_labels, n_labels)`.

    >>> round(kappa(np.array([[20.0, 5.0], [10.0, 15.0]])), 2)
    0.4
    """
    n = counts.sum()
    by_chance = float((counts.sum(axis=0) * counts.sum(axis=1)).sum() / n**2)
    observed = float(np.trace(counts) / n)
    return 1.0 if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
