"""Agreement of two readers: Cohen's kappa, and where they differ."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipstance.callbacks import Say
from chipstance.errors import LabelError
from chipstance.labels.rows import LabelRow
from chipstance.printable import counted

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
    """One label on which two readers differ.

    Attributes:
        where: File and row of the first reading.
        text: The sentence.
        task: The task; where it is a company's sentiment, the company.
        first: What the first reader says; None for a company that only the second lists.
        second: What the second says, likewise.
    """

    where: str
    text: str
    task: str
    first: str | None
    second: str | None


Pair = tuple[str, str, str]
# Task and what it is the label of: the task itself, or a company.
_Asked = tuple[str, str]


def agreement(
    first: Sequence[LabelRow],
    second: Sequence[LabelRow],
    notes: Say = lambda _: None,
) -> tuple[list[Agreement], list[Difference]]:
    """Compare two readings of the same sentences.

    Args:
        first: One reader's rows.
        second: The other's; rows are matched by article and text, by text alone where one of two
            has no article.
        notes: Called with a line about what only one of them has: rows, and companies, whose
            sentiment can agree only where both list them.

    Returns:
        The agreement on each task, and every difference in the order of the first reading.

    Raises:
        LabelError: They have no sentence or no task in common.
    """
    both = _partners(first, second)
    if not both:
        raise LabelError(
            "the two files have no sentence in common; rows are matched by text, and by article"
            " where both name one"
        )
    pairs: dict[str, list[Pair]] = {}
    differences: list[Difference] = []
    for one, other in both:
        article = other.article if _lacks_article(one) else one.article
        ours, theirs = _labels(one), _labels(other)
        for task, name in dict.fromkeys((*ours, *theirs)):
            a, b = ours.get((task, name)), theirs.get((task, name))
            if a is not None and b is not None:
                pairs.setdefault(task, []).append((article, a, b))
            elif task != COMPANIES or one.companies is None or other.companies is None:
                # What a reader has not read is no difference.
                continue
            if a != b:
                differences.append(Difference(one.where, one.text, name, a, b))
    if not pairs:
        raise LabelError(
            f"no task in common: the first file has {', '.join(_tasks(first)) or 'none'}, the"
            f" second {', '.join(_tasks(second)) or 'none'}; say which is which with"
            " --column stance=COLUMN"
        )
    _tell_apart(first, second, len(both), differences, notes)
    return [_agreement(task, each) for task, each in pairs.items()], differences


def _partners(
    first: Sequence[LabelRow], second: Sequence[LabelRow]
) -> list[tuple[LabelRow, LabelRow]]:
    """The rows of each sentence that both have read, in the order of the first reading."""
    partner: dict[int, LabelRow] = {}
    rest = second
    for mine, theirs in ((_place, _place), (_text_without, _text_with)):
        waiting: dict[tuple[object, ...], deque[LabelRow]] = {}
        for row in rest:
            waiting.setdefault(theirs(row), deque()).append(row)
        for at, row in enumerate(first):
            if at not in partner and (same := waiting.get(mine(row))):
                partner[at] = same.popleft()
        rest = [row for each in waiting.values() for row in each]
    return [(first[at], partner[at]) for at in sorted(partner)]


def _place(row: LabelRow) -> tuple[object, ...]:
    return row.article, row.text


# The same for rows of one text of which one has an article and the other has none.
def _text_without(row: LabelRow) -> tuple[object, ...]:
    return row.text, _lacks_article(row)


def _text_with(row: LabelRow) -> tuple[object, ...]:
    return row.text, not _lacks_article(row)


def _lacks_article(row: LabelRow) -> bool:
    return row.article == row.text


def _labels(row: LabelRow) -> dict[_Asked, str]:
    tasks = {(task, task): label for task, label in row.labels.items()}
    return tasks | {(COMPANIES, who): label for who, label in (row.companies or {}).items()}


def _tasks(rows: Sequence[LabelRow]) -> dict[str, None]:
    return dict.fromkeys(task for row in rows for task, _ in _labels(row))


def _tell_apart(
    first: Sequence[LabelRow],
    second: Sequence[LabelRow],
    n: int,
    differences: Sequence[Difference],
    notes: Say,
) -> None:
    """Say how much of each reading the other one does not have."""
    if n < max(len(first), len(second)):
        notes(
            f"{len(first) - n} of {counted(len(first), 'row')} of the first file and"
            f" {len(second) - n} of {len(second)} of the second have no partner in the other"
        )
    if alone := sorted(_tasks(first).keys() ^ _tasks(second).keys()):
        notes(f"not compared, as only one of the files has it: {', '.join(alone)}")
    only = [sum(d.second is None for d in differences), sum(d.first is None for d in differences)]
    if any(only):
        notes(
            f"companies: {only[0]} only of the first file and {only[1]} only of the second are not"
            " counted; kappa is of the sentiment where both list a company"
        )


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
