"""Training: from labelled views to coefficients, calibrated on held-out articles.

TF-IDF and multinomial logistic regression by scikit-learn. What scoring needs of the result is
arrays alone; `saved` writes them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from chipstance.errors import LabelError
from chipstance.models.calibration import fit_calibration
from chipstance.models.examples import Example
from chipstance.models.lexicon import Lexicon
from chipstance.models.metrics import TaskScores, score_verdicts
from chipstance.models.parameters import Parameters
from chipstance.models.scorer import softmax
from chipstance.models.vectorising import Vocabulary, fit_vocabulary

Floats = NDArray[np.float64]
Fitted = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class TrainedTask:
    """The classifier of one task.

    Attributes:
        task: Such as `stance`.
        labels: Label values, in the order of the rows of `coefficients`.
        coefficients: `(n_labels, n_features)`, calibration included.
        intercept: `(n_labels,)`, calibration included.
        counts: Training views of each label.
        cross_validated: Scores on held-out articles; None where there were too few to hold out.
    """

    task: str
    labels: tuple[str, ...]
    coefficients: Floats
    intercept: Floats
    counts: dict[str, int]
    cross_validated: TaskScores | None


@dataclass(frozen=True, slots=True)
class TrainedView:
    """The classifiers that see the same view, and the vocabulary they share."""

    vocabulary: Vocabulary
    tasks: tuple[TrainedTask, ...]


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained model, for `writing.write_model` to save.

    Attributes:
        views: Classifiers by view: `sentence`, and `mention` where companies were labelled.
        lexicon: The word lists that the views were made with.
        about: What else the manifest says: name, parameters, digest of the labels, versions.
    """

    views: dict[str, TrainedView]
    lexicon: Lexicon
    about: dict[str, Any]


def train_view(
    examples: Sequence[Example],
    parameters: Parameters,
    *,
    copies: Sequence[Example] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> TrainedView:
    """Train every task that the examples have labels of.

    Args:
        examples: Labelled views of one kind.
        parameters: What decides the outcome.
        copies: Some of the examples in another form; learned from, never measured on.
        progress: Called with a line before each task.

    Raises:
        LabelError: A task has fewer than two label values, or the views share no n-gram.
    """
    try:
        vocabulary, tfidf = fit_vocabulary([example.view for example in examples], parameters)
    except ValueError as error:
        raise LabelError(f"too little text to learn from: {error}") from error
    measured = np.arange(len(examples) + len(copies)) < len(examples)
    if copies:
        tfidf = vstack([tfidf, vocabulary.transform([each.view for each in copies])]).tocsr()
        examples = [*examples, *copies]
    tasks = sorted({task for example in examples for task in example.labels})
    trained = []
    for task in tasks:
        progress(task)
        try:
            trained.append(_train_task(task, examples, tfidf, measured, parameters))
        except LabelError as error:
            if len(tasks) == 1:
                raise
            progress(f"{error}; left out")
    if not trained:
        raise LabelError(f"no task can be learned: {', '.join(tasks)} have one label each")
    return TrainedView(vocabulary, tuple(trained))


def _train_task(
    task: str,
    examples: Sequence[Example],
    tfidf: csr_matrix,
    measured: NDArray[np.bool_],
    parameters: Parameters,
) -> TrainedTask:
    rows = np.array([at for at, example in enumerate(examples) if task in example.labels])
    names = [examples[at].labels[task] for at in rows]
    labels = tuple(sorted(set(names)))
    if len(labels) < 2:
        raise LabelError(f"{task}: every row says {labels[0]}; a task needs two labels or more")
    position = {label: at for at, label in enumerate(labels)}
    y = np.array([position[name] for name in names], dtype=np.int64)
    groups = np.array([examples[at].group for at in rows])
    x = tfidf[rows]
    coefficients, intercept = fit_logistic_regression(x, y, len(labels), parameters)
    held_out = held_out_logits(x, y, groups, len(labels), parameters)
    mine = measured[rows]
    truth = [name for name, is_mine in zip(names, mine, strict=True) if is_mine]
    scores = None
    if held_out is not None:
        logits, fold = (each[mine] for each in held_out)
        calibration = fit_calibration(logits, y[mine])
        coefficients = coefficients * calibration.scale
        intercept = intercept * calibration.scale + calibration.bias
        calibrated = _calibrated_by_others(logits, y[mine], fold)
        scores = _held_out_scores(calibrated, truth, labels, groups[mine])
    counts = {label: truth.count(label) for label in labels}
    return TrainedTask(task, labels, coefficients, intercept, counts, scores)


def fit_logistic_regression(
    x: csr_matrix, y: NDArray[np.int64], n_labels: int, parameters: Parameters
) -> Fitted:
    """Fit a multinomial logistic regression with L2 penalty.

    Args:
        x: Features, `(n_views, n_features)`.
        y: Position of the right label, `(n_views,)`; a label may be missing.
        n_labels: How many labels there are.
        parameters: Penalty and weights.

    Returns:
        Coefficients `(n_labels, n_features)` and intercept `(n_labels,)`; a label missing
        from `y` is ruled out by its intercept.
    """
    model = LogisticRegression(
        C=parameters.c,
        class_weight="balanced" if parameters.balanced else None,
        solver="newton-cg",
        tol=1e-4,
        max_iter=200,
    ).fit(x, y)
    coefficients = np.zeros((n_labels, x.shape[1]))
    intercept = np.full(n_labels, -20.0)
    if len(model.classes_) == 2:
        # scikit-learn keeps one row for two labels; halves of either sign are the same softmax.
        coefficients[model.classes_] = np.vstack([-model.coef_, model.coef_]) / 2
        intercept[model.classes_] = np.concatenate([-model.intercept_, model.intercept_]) / 2
    else:
        coefficients[model.classes_] = model.coef_
        intercept[model.classes_] = model.intercept_
    return coefficients, intercept


def held_out_logits(
    x: csr_matrix,
    y: NDArray[np.int64],
    groups: NDArray[np.str_],
    n_labels: int,
    parameters: Parameters,
) -> tuple[Floats, NDArray[np.int64]] | None:
    """Decision values of every view by a classifier that has not seen its article.

    The vocabulary and its weights are those of all views: they know no labels.

    Returns:
        `(n_views, n_labels)` and the fold of each view; None where there are fewer articles
        than folds, or a label is too rare to be in every training part.
    """
    if len(set(groups)) < parameters.folds or np.bincount(y).min() < parameters.folds:
        return None
    logits = np.zeros((len(y), n_labels))
    fold = np.zeros(len(y), dtype=np.int64)
    folds = StratifiedGroupKFold(parameters.folds, shuffle=True, random_state=parameters.seed)
    for number, (train, test) in enumerate(folds.split(x, y, groups)):
        coefficients, intercept = fit_logistic_regression(x[train], y[train], n_labels, parameters)
        logits[test] = x[test] @ coefficients.T + intercept
        fold[test] = number
    return logits, fold


def _calibrated_by_others(logits: Floats, y: NDArray[np.int64], fold: NDArray[np.int64]) -> Floats:
    """Values calibrated on the other folds each, so that scores know nothing of their own."""
    calibrated = np.zeros_like(logits)
    for number in np.unique(fold):
        mine = fold == number
        calibration = fit_calibration(logits[~mine], y[~mine])
        calibrated[mine] = logits[mine] * calibration.scale + calibration.bias
    return calibrated


def _held_out_scores(
    logits: Floats, names: Sequence[str], labels: Sequence[str], groups: NDArray[np.str_]
) -> TaskScores:
    probabilities = softmax(logits)
    best = probabilities.argmax(axis=1)
    verdicts = [labels[at] for at in best]
    return score_verdicts(names, verdicts, groups.tolist(), probabilities.max(axis=1))
