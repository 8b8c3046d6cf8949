"""How good verdicts are: accuracy, macro-F1 with its interval, calibration error."""

from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_RESAMPLES, _AT_ONCE = 1000, 50
_BINS = 10
# What is counted of each label: how often it is true, is given, and is given where it is true.
_TRUE, _GIVEN, _HITS = range(3)


@dataclass(frozen=True, slots=True)
class LabelScores:
    """Precision, recall and F1 of one label, 0 to 1, and how often it is right to give it."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class TaskScores:
    """How good the verdicts of one task are.

    Attributes:
        n: Verdicts measured.
        accuracy: Share that is right, 0 to 1.
        macro_f1: Mean F1 of the labels that occur in truth or verdicts.
        macro_f1_ci95: Its 95 % interval by bootstrap over articles.
        calibration_error: Expected calibration error in ten bins; None without probabilities.
        by_chance: What it stays below in 19 of 20 samples of this size where the probabilities are
            right; None without any.
        per_label: Scores of each label.
    """

    n: int
    accuracy: float
    macro_f1: float
    macro_f1_ci95: tuple[float, float]
    calibration_error: float | None
    by_chance: float | None
    per_label: dict[str, LabelScores]

    def as_json(self) -> dict[str, object]:
        """As plain values, numbers rounded to four digits."""
        return {
            "n": self.n,
            "accuracy": round(self.accuracy, 4),
            "macro_f1": round(self.macro_f1, 4),
            "macro_f1_ci95": [round(bound, 4) for bound in self.macro_f1_ci95],
            "calibration_error": _rounded(self.calibration_error),
            "calibration_error_by_chance": _rounded(self.by_chance),
            "per_label": {
                label: {name: _rounded(value) for name, value in asdict(scores).items()}
                for label, scores in self.per_label.items()
            },
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def score_verdicts(
    truth: Sequence[str],
    verdicts: Sequence[str],
    groups: Sequence[Hashable],
    confidence: Floats | None = None,
) -> TaskScores:
    """Measure verdicts against the truth.

    Args:
        truth: Right labels.
        verdicts: Labels given, as many.
        groups: Article of each; whole articles are drawn for the interval.
        confidence: Probability of each label given, `(n,)`; None for no calibration error.

    Returns:
        The scores; with nothing to measure, n is 0 and the others are 0 or empty.
    """
    labels = sorted({*truth, *verdicts})
    if not labels:
        return TaskScores(0, 0.0, 0.0, (0.0, 0.0), None, None, {})
    counts = counts_by_group(truth, verdicts, groups, labels)
    total = counts.sum(axis=0)
    precision, recall, f1 = _precision_recall_f1(total)
    per_label = {
        label: LabelScores(
            float(precision[at]), float(recall[at]), float(f1[at]), int(total[_TRUE, at])
        )
        for at, label in enumerate(labels)
    }
    error = by_chance = None
    if confidence is not None:
        right_ones = np.array([a == b for a, b in zip(truth, verdicts, strict=True)])
        error = calibration_error(confidence, right_ones)
        by_chance = calibration_error_by_chance(confidence)
    accuracy = float(total[_HITS].sum() / total[_TRUE].sum())
    interval = _interval(counts)
    return TaskScores(len(truth), accuracy, float(f1.mean()), interval, error, by_chance, per_label)


def macro_f1(truth: Ints, verdicts: Ints, n_labels: int) -> float:
    """Mean F1 of the labels that occur in truth or verdicts.

    Args:
        truth: Position of the right label of each, `(n,)`.
        verdicts: Position of the label given, `(n,)`.
        n_labels: How many labels there are.

    >>> macro_f1(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 1]), 3)
    1.0
    """
    kinds = truth, verdicts, truth[truth == verdicts]
    return float(macro_f1_of(np.stack([np.bincount(each, minlength=n_labels) for each in kinds])))


def _precision_recall_f1(counts: Ints) -> tuple[Floats, Floats, Floats]:
    """Of counts, `(…, 3, n_labels)`; 0 where a label is never given or right."""
    true, given = counts[..., _TRUE, :], counts[..., _GIVEN, :]
    hits = counts[..., _HITS, :].astype(np.float64)
    precision = np.divide(hits, given, out=np.zeros_like(hits), where=given > 0)
    recall = np.divide(hits, true, out=np.zeros_like(hits), where=true > 0)
    both = true + given
    f1 = np.divide(2 * hits, both, out=np.zeros_like(hits), where=both > 0)
    return precision, recall, f1


def counts_by_group(
    truth: Sequence[str],
    verdicts: Sequence[str],
    groups: Sequence[Hashable],
    labels: Sequence[str],
) -> Ints:
    """How often each label is true, given, and both, in each article, `(n_articles, 3, n_labels)`.

    Which label is taken for which is not in it: with hundreds of labels that would be gigabytes.
    """
    position = {label: at for at, label in enumerate(labels)}
    number = {group: at for at, group in enumerate(dict.fromkeys(groups))}
    counts = np.zeros((len(number), 3, len(labels)), dtype=np.int64)
    for group, right, given in zip(groups, truth, verdicts, strict=True):
        of_article = counts[number[group]]
        of_article[_TRUE, position[right]] += 1
        of_article[_GIVEN, position[given]] += 1
        if right == given:
            of_article[_HITS, position[right]] += 1
    return counts


def resampled(counts: Ints) -> Ints:
    """Sums of articles drawn with replacement, `(n_draws, 3, n_labels)`.

    Args:
        counts: As `counts_by_group` gives them; as many articles are always drawn alike.
    """
    n_articles = len(counts)
    rng, drawn = np.random.default_rng(0), []
    flat = counts.reshape(n_articles, -1)
    # Some at a time: with an article a row, all the draws at once would not fit.
    for _ in range(0, _RESAMPLES, _AT_ONCE):
        draws = rng.multinomial(n_articles, np.full(n_articles, 1 / n_articles), size=_AT_ONCE)
        drawn.append(draws.astype(np.float64) @ flat)
    return np.concatenate(drawn).reshape(-1, *counts.shape[1:]).astype(np.int64)


def macro_f1_of(counts: Ints) -> Floats:
    """Mean F1 of the labels that occur, `(…)` of counts, `(…, 3, n_labels)`."""
    f1 = _precision_recall_f1(counts)[2]
    occurs = (counts[..., _TRUE, :] + counts[..., _GIVEN, :]) > 0
    found: Floats = f1.sum(axis=-1) / np.maximum(occurs.sum(axis=-1), 1)
    return found


def _interval(counts: Ints) -> tuple[float, float]:
    """95 % interval of macro-F1 by drawing articles with replacement."""
    low, high = np.percentile(macro_f1_of(resampled(counts)), [2.5, 97.5])
    return float(low), float(high)


def calibration_error(confidence: Floats, right: NDArray[np.bool_]) -> float:
    """Expected calibration error: how far confidence and hit rate lie apart.

    Args:
        confidence: Probability of each verdict, `(n,)`, 0 to 1.
        right: Whether each verdict is right, `(n,)`.

    Returns:
        Mean gap over ten equal bins of confidence, weighted by their size, 0 to 1.

    >>> calibration_error(np.array([0.75, 0.75]), np.array([True, False]))
    0.25
    """
    bins = _bins(confidence)
    sizes = np.bincount(bins, minlength=_BINS)
    gaps = np.abs(
        np.bincount(bins, weights=confidence, minlength=_BINS)
        - np.bincount(bins, weights=right.astype(np.float64), minlength=_BINS)
    )
    return float(gaps.sum() / sizes.sum())


def calibration_error_by_chance(confidence: Floats) -> float:
    """What the calibration error stays below in 19 of 20 samples where confidence is right.

    Few verdicts are right more or less often than they should be by chance alone: an error below
    this says nothing against a model. Gaps of bins are drawn as normal, which counts of more than
    a few verdicts nearly are.

    Args:
        confidence: Probability of each verdict, `(n,)`, 0 to 1.
    """
    variance = np.bincount(_bins(confidence), confidence * (1 - confidence), minlength=_BINS)
    drawn = np.random.default_rng(0).standard_normal((_RESAMPLES, _BINS)) * np.sqrt(variance)
    return float(np.percentile(np.abs(drawn).sum(axis=1), 95) / len(confidence))


def _bins(confidence: Floats) -> Ints:
    return np.minimum((confidence * _BINS).astype(np.int64), _BINS - 1)
