"""Training: from labelled views to coefficients, calibrated on held-out articles.

Multinomial logistic regression on TF-IDF. What scoring needs of the result is arrays alone;
`writing` writes them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from chipstance.callbacks import Check, Say, go_on
from chipstance.errors import LabelError
from chipstance.models.features.lexicon import Lexicon
from chipstance.models.features.tasks import title
from chipstance.models.learning.calibration import fit_calibration
from chipstance.models.learning.examples import Example
from chipstance.models.learning.logistic import HELD_OUT_TOLERANCE, fit_many
from chipstance.models.learning.metrics import TaskScores, score_verdicts
from chipstance.models.learning.parameters import Parameters
from chipstance.models.learning.products import Rows
from chipstance.models.learning.target import Floats, Ints, Target
from chipstance.models.learning.vectorising import Vocabulary, fit_vocabulary
from chipstance.models.scoring.scorer import softmax
from chipstance.models.stored.seen import SeenArrays


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Verdicts on the training views by classifiers that had not seen their articles.

    Attributes:
        verdicts: Position of the label given to each view, `(n_views,)`; -1 where there is none.
        confidence: Mean probability of the labels given, 0 to 1.
        scores: How good they are.
    """

    verdicts: NDArray[np.int16]
    confidence: float
    scores: TaskScores

    def as_json(self, labels: Sequence[str]) -> dict[str, Any]:
        """As plain values: mean confidence, and how large a share each label was given."""
        given = np.bincount(self.verdicts[self.verdicts >= 0], minlength=len(labels))
        shares = (given / given.sum()).round(4).tolist()
        return {
            "confidence": round(self.confidence, 4),
            "shares": dict(zip(labels, shares, strict=True)),
        }


@dataclass(frozen=True, slots=True)
class TrainedTask:
    """The classifier of one task.

    Attributes:
        task: Such as `stance`.
        labels: Label values, in the order of the rows of `coefficients`.
        coefficients: `(n_labels, n_features)`, calibration included.
        intercept: `(n_labels,)`, calibration included.
        counts: Training views of each label.
        held_out: How it does on held-out articles; None where there were too few to hold out.
    """

    task: str
    labels: tuple[str, ...]
    coefficients: Floats
    intercept: Floats
    counts: dict[str, int]
    held_out: HeldOut | None

    @property
    def cross_validated(self) -> TaskScores | None:
        """Scores on held-out articles."""
        return None if self.held_out is None else self.held_out.scores


@dataclass(frozen=True, slots=True)
class TrainedView:
    """The classifiers that see the same view, and the vocabulary they share.

    Attributes:
        vocabulary: Its n-grams are the columns of all coefficients.
        tasks: Those that could be learned, in the order of their names.
    """

    vocabulary: Vocabulary
    tasks: tuple[TrainedTask, ...]


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained model, for `writing.write_model` to save.

    Attributes:
        views: Classifiers by view: `sentence`, and `mention` where companies were labelled.
        lexicon: The word lists that the views were made with.
        about: What else the manifest says: name, parameters, digest of the labels, versions.
        seen: What it is to remember of its training texts; None for nothing.
    """

    views: dict[str, TrainedView]
    lexicon: Lexicon
    about: dict[str, Any]
    seen: SeenArrays | None = None

    @property
    def tasks(self) -> dict[str, TrainedTask]:
        """Classifiers by the `title` of their task, those of sentences first."""
        return {
            title(view, task.task): task
            for view, trained in self.views.items()
            for task in trained.tasks
        }


def train_view(
    examples: Sequence[Example],
    parameters: Parameters,
    *,
    copies: Sequence[Example] = (),
    progress: Say = lambda _: None,
    notes: Say = lambda _: None,
    check: Check = go_on,
) -> TrainedView:
    """Train every task that the examples have labels of.

    Args:
        examples: Labelled views of one kind.
        parameters: What decides the outcome.
        copies: Some of the examples in another form; learned from, never measured on.
        progress: Called with the name of each task before it is trained.
        notes: Called with a line for each task that is left out.
        check: Asked all the time whether to go on; what it raises ends the training.

    Raises:
        LabelError: No n-gram stands in enough views, or no task has two label values. Of several
            tasks, one that has fewer is left out.
        StoppedError: By `check`, where nobody waits for the outcome.
    """
    views, others = ([example.view for example in each] for each in (examples, copies))
    vocabulary, tfidf = fit_vocabulary(views, parameters, others)
    check()
    measured = np.arange(len(examples) + len(copies)) < len(examples)
    examples = [*examples, *copies]
    rows = Rows(tfidf, check)
    tasks = sorted({task for example in examples for task in example.labels})
    trained = []
    for task in tasks:
        progress(task)
        try:
            target = Target.of(task, examples)
            trained.append(_train_task(target, tfidf, rows, measured, parameters))
        except LabelError as error:
            if len(tasks) == 1:
                raise
            notes(f"{error}; left out")
    if not trained:
        raise LabelError(f"no task can be learned: {', '.join(tasks)} have one label each")
    return TrainedView(vocabulary, tuple(trained))


def _train_task(
    target: Target,
    tfidf: csr_matrix,
    rows: Rows,
    measured: NDArray[np.bool_],
    parameters: Parameters,
) -> TrainedTask:
    labelled, fold = target.y >= 0, target.folds(parameters)
    n_labels, weights = len(target.labels), target.weights(labelled, parameters)
    whole = fit_many(rows, target.y, n_labels, weights[:, None])
    coefficients, intercept = whole.coefficients(tfidf, 0), whole.intercepts[0]
    held_out, mine = None, labelled & measured
    if fold is not None:
        parts = [
            target.weights(labelled & (fold != at), parameters) for at in range(parameters.folds)
        ]
        fits = fit_many(
            rows, target.y, n_labels, np.stack(parts, axis=1), HELD_OUT_TOLERANCE, whole
        )
        logits, y = fits.logits[np.flatnonzero(mine), fold[mine]], target.y[mine]
        calibration = fit_calibration(logits, y)
        coefficients = coefficients * calibration.scale
        intercept = intercept * calibration.scale + calibration.bias
        originals = replace(target, y=target.y[measured], groups=target.groups[measured])
        held_out = _held_out(calibrated_by_others(logits, y, fold[mine]), originals)
    counts = np.bincount(target.y[mine], minlength=len(target.labels)).tolist()
    by_label = dict(zip(target.labels, counts, strict=True))
    return TrainedTask(target.task, target.labels, coefficients, intercept, by_label, held_out)


def held_out_logits(rows: Rows, target: Target, parameters: Parameters) -> Floats | None:
    """Decision values of every view by a classifier that has not seen its article.

    Args:
        rows: Features of the views, which know no labels.
        target: Labels of the views; all of them have one.
        parameters: What decides the outcome.

    Returns:
        `(n_views, n_labels)`; None where `Target.folds` finds too little.
    """
    fold = target.folds(parameters)
    if fold is None:
        return None
    parts = [target.weights(fold != at, parameters) for at in range(parameters.folds)]
    weights = np.stack(parts, axis=1)
    fits = fit_many(rows, target.y, len(target.labels), weights, HELD_OUT_TOLERANCE)
    held_out: Floats = fits.logits[np.arange(len(fold)), fold]
    return held_out


def calibrated_by_others(logits: Floats, y: Ints, fold: Ints) -> Floats:
    """Values calibrated on the other folds each, so that scores know nothing of their own."""
    calibrated = np.zeros_like(logits)
    for number in np.unique(fold):
        mine = fold == number
        calibration = fit_calibration(logits[~mine], y[~mine])
        calibrated[mine] = logits[mine] * calibration.scale + calibration.bias
    return calibrated


def _held_out(logits: Floats, target: Target) -> HeldOut:
    probabilities, labelled = softmax(logits), target.y >= 0
    best = probabilities.argmax(axis=1)
    verdicts = np.full(len(target.y), -1, dtype=np.int16)
    verdicts[labelled] = best
    confidence = probabilities.max(axis=1)
    scores = score_verdicts(
        [target.labels[at] for at in target.y[labelled]],
        [target.labels[at] for at in best],
        target.groups[labelled].tolist(),
        confidence,
    )
    return HeldOut(verdicts, float(confidence.mean()), scores)
