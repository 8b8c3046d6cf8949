"""Labels that are probably wrong: confident learning on probabilities of held-out articles.

A label is doubted where the model, which has not seen its article, is as sure of another label as
it is on average of the rows that have that one (Northcutt, Jiang and Chuang, 2021, "Confident
learning"). The library of that paper, cleanlab, finds the same labels, but brings pandas and a
second and more of import for these few lines of arithmetic.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from chipstance.callbacks import Say
from chipstance.companies.linking import Linker
from chipstance.errors import LabelError
from chipstance.labels.rows import LabelRow
from chipstance.models.features.lexicon import read_lexicon
from chipstance.models.features.tasks import title
from chipstance.models.features.views import Views
from chipstance.models.learning.calibration import fit_calibration
from chipstance.models.learning.examples import (
    Example,
    companies_not_found,
    link_rows,
    mention_examples,
    sentence_examples,
)
from chipstance.models.learning.parameters import Parameters
from chipstance.models.learning.products import Rows
from chipstance.models.learning.target import Target
from chipstance.models.learning.training import held_out_logits
from chipstance.models.learning.vectorising import fit_vocabulary
from chipstance.models.scoring.scorer import softmax

Floats = NDArray[np.float64]
_NEAREST = 2


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One label that is probably wrong.

    Attributes:
        row: The row it stands in.
        task: The task, or the id of the company whose sentiment it is.
        label: What the row says.
        p: Probability that the model gives it, 0 to 1.
        likelier: What the model says.
        p_likelier: Probability of that, 0 to 1.
        alike: The rows most like it that say what the model says, the nearest first.
    """

    row: LabelRow
    task: str
    label: str
    p: float
    likelier: str
    p_likelier: float
    alike: tuple[LabelRow, ...]

    def __str__(self) -> str:
        """In words, without the text."""
        near = ", ".join(each.where for each in self.alike)
        return (
            f"{self.row.where}: {self.task}: {self.label}? {self.likelier} {self.p_likelier:.0%},"
            f" {self.label} {self.p:.0%}" + (f"; {self.likelier} too: {near}" if near else "")
        )

    def as_json(self) -> dict[str, object]:
        """As plain values, probabilities rounded to four digits."""
        return {
            "where": self.row.where,
            "article": self.row.article,
            "text": self.row.text,
            "task": self.task,
            "label": self.label,
            "p": round(self.p, 4),
            "likelier": self.likelier,
            "p_likelier": round(self.p_likelier, 4),
            "alike": [{"where": row.where, "text": row.text} for row in self.alike],
        }


@dataclass(frozen=True, slots=True)
class _HeldOut:
    """The labels of one task, beside what models say that have not seen their articles.

    Attributes:
        examples: Those that can be audited.
        tfidf: Their features, `(n_examples, n_features)`.
        target: Their labels.
        p: Calibrated probability of each label, `(n_examples, n_labels)`.
    """

    examples: list[Example]
    tfidf: csr_matrix
    target: Target
    p: Floats


class _Doubt(NamedTuple):
    """A label that is doubted.

    Attributes:
        held_out: The labels that it is one of.
        at: The number of its example among these.
        likelier: The number of the likelier label.
    """

    held_out: _HeldOut
    at: int
    likelier: int

    def margin(self) -> float:
        """How much likelier the label is than the other one: the lower, the more doubtful."""
        p = self.held_out.p[self.at]
        return float(p[self.held_out.target.y[self.at]] - p[self.likelier])


def audit(
    rows: Sequence[LabelRow],
    linker: Linker,
    *,
    only: frozenset[int] | None = None,
    most: int | None = None,
    notes: Say = lambda _: None,
) -> list[Doubtful]:
    """Find the labels of rows that are probably wrong, company sentiments included.

    Args:
        rows: Label rows.
        linker: What finds the companies.
        only: Numbers of the rows to be audited, all by default; the others only teach.
        most: How many to give, all by default. What is like each is what takes time.
        notes: Called with a line for each task, and for what is too rare to be audited.

    Returns:
        The doubtful labels, the most doubtful first.

    Raises:
        LabelError: There is too little text to learn from.
    """
    views = Views(read_lexicon())
    mentions = link_rows(rows, linker)
    sentences, named = (of(rows, mentions, views) for of in (sentence_examples, mention_examples))
    if line := companies_not_found(named, linker.table):
        notes(f"{line}; left out")
    judged = [each for each in named if each.linked]
    found: list[_Doubt] = []
    if sentences:
        found += _audit_view("sentence", sentences, only, notes)
    if judged:
        try:
            found += _audit_view("mention", judged, only, notes)
        except LabelError as error:
            if not sentences:
                raise
            notes(f"company labels are not audited: {error}")
    return [_doubtful(rows, each) for each in sorted(found, key=_Doubt.margin)[:most]]


def _audit_view(
    view: str, examples: Sequence[Example], only: frozenset[int] | None, notes: Say
) -> Iterator[_Doubt]:
    """The doubtful labels of views of one kind."""
    parameters = Parameters()
    _, tfidf = fit_vocabulary([example.view for example in examples], parameters)
    for task in sorted({task for example in examples for task in example.labels}):
        name = title(view, task)
        rare, kept = _auditable(task, examples, parameters.folds)
        if rare:
            notes(f"{name}: {', '.join(rare)} too rare to be audited (under {parameters.folds})")
        all_kept = len(kept) == len(examples)
        features = tfidf if all_kept else tfidf[kept]
        held_out = _held_out(task, [examples[at] for at in kept], features, parameters)
        if held_out is None:
            notes(f"{name}: too few articles or labels to be audited")
            continue
        likelier = doubted(held_out.p, held_out.target.y)
        asked = np.array([only is None or each.row in only for each in held_out.examples])
        doubtful = np.flatnonzero((likelier >= 0) & asked).tolist()
        notes(f"{name}: {len(doubtful)} doubtful of {np.count_nonzero(asked)}")
        for at in doubtful:
            yield _Doubt(held_out, at, int(likelier[at]))


def _held_out(
    task: str, examples: list[Example], tfidf: csr_matrix, parameters: Parameters
) -> _HeldOut | None:
    """What models say of the examples of a task; None where there is too little to hold out."""
    if len({example.labels[task] for example in examples}) < 2:
        return None
    target = Target.of(task, examples)
    logits = held_out_logits(Rows(tfidf), target, parameters)
    if logits is None:
        return None
    calibration = fit_calibration(logits, target.y)
    p = softmax(logits * calibration.scale + calibration.bias)
    return _HeldOut(examples, tfidf, target, p)


def _doubtful(rows: Sequence[LabelRow], doubt: _Doubt) -> Doubtful:
    held_out, at, likelier = doubt
    example, target, p = held_out.examples[at], held_out.target, held_out.p[at].tolist()
    alike = _nearest(held_out.tfidf, at, target.y == likelier, target.groups)
    return Doubtful(
        rows[example.row],
        example.company or target.task,
        target.labels[target.y[at]],
        p[target.y[at]],
        target.labels[likelier],
        p[likelier],
        tuple(rows[held_out.examples[each].row] for each in alike),
    )


def _auditable(task: str, examples: Sequence[Example], folds: int) -> tuple[list[str], list[int]]:
    """Labels too rare to be in every fold, and the numbers of the examples with another."""
    given = [example.labels.get(task) for example in examples]
    counts = {label: given.count(label) for label in set(given) - {None}}
    rare = sorted(label for label, n in counts.items() if label and n < folds)
    return rare, [at for at, label in enumerate(given) if label is not None and label not in rare]


def doubted(p: Floats, y: NDArray[np.int64]) -> NDArray[np.int64]:
    """The label that each row should have by confident learning; -1 where its own will do.

    Args:
        p: Held-out probabilities, `(n_rows, n_labels)`.
        y: Position of the label each row has, `(n_rows,)`; every label stands somewhere.

    >>> p = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.2, 0.8], [0.95, 0.05]])
    >>> doubted(p, np.array([0, 0, 1, 1, 1])).tolist()
    [-1, -1, -1, -1, 0]
    """
    thresholds = np.array([p[y == label, label].mean() for label in range(p.shape[1])])
    sure = np.where(p >= thresholds, p, -1.0)
    best = sure.argmax(axis=1)
    found: NDArray[np.int64] = np.where((sure.max(axis=1) >= 0) & (best != y), best, -1)
    return found


def _nearest(
    tfidf: csr_matrix, number: int, says: NDArray[np.bool_], groups: NDArray[np.str_]
) -> list[int]:
    """The rows of other articles most like one, among those of a label; none that share nothing."""
    alike = np.asarray((tfidf @ tfidf[number].T).todense()).ravel()
    alike[~says | (groups == groups[number])] = 0.0
    return [int(at) for at in np.argsort(-alike)[:_NEAREST] if alike[at] > 0]
