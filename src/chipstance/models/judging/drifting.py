"""Drift: is today's text still what a model knows?

Three signs, each beside what the model met in its own training on articles held out: words that it
never saw, labels that come oftener or more rarely, verdicts it is less sure of.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chipstance.errors import InputError, ModelError
from chipstance.models.stored.seen import open_seen, words
from chipstance.models.verdicts.model import Model
from chipstance.models.verdicts.scored import ScoredArticle

# How many times as often as in training unseen words come where something has changed, and where
# it is another language.
_SOME, _MANY = 1.5, 3.0
# Who has never met most of the words knows no text of that kind, nor did in training.
_MOST = 0.5
# Below this share in training, a few words more would be many times as often.
_LEAST_UNSEEN = 0.01
# Of labels, the share that has moved (total variation), and what chance moves in a few sentences.
_LABELS_MOVED = 0.15
# Mean probability of the verdicts may be this much lower.
_CONFIDENCE_LOST = 0.05
# Standard deviation of probabilities between 0.5 and 1 at its widest: over the root of n, what
# chance moves their mean.
_CONFIDENCE_SPREAD = 0.25
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class TaskDrift:
    """One task then, on articles held out in training, and now.

    Attributes:
        task: Such as `stance`.
        shares: Share of each label then and now, 0 to 1.
        confidence: Mean probability of the label given, then and now.
        n: Sentences now.
    """

    task: str
    shares: Mapping[str, tuple[float, float]]
    confidence: tuple[float, float]
    n: int

    @property
    def moved(self) -> float:
        """Share of sentences that would need another label for the shares to be those of then."""
        return sum(abs(now - then) for then, now in self.shares.values()) / 2

    @property
    def labels_shifted(self) -> bool:
        """Whether more has moved than chance would."""
        by_chance = math.sqrt(len(self.shares) / (4 * self.n))
        return self.moved > _LABELS_MOVED + by_chance

    @property
    def less_sure(self) -> bool:
        """Whether verdicts are less sure by more than chance would make them."""
        then, now = self.confidence
        return then - now > _CONFIDENCE_LOST + _CONFIDENCE_SPREAD / math.sqrt(self.n)

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        then, now = self.confidence
        return {
            "labels": {
                label: {"training": round(before, 4), "now": round(after, 4)}
                for label, (before, after) in self.shares.items()
            },
            "labels_moved": round(self.moved, 4),
            "labels_shifted": self.labels_shifted,
            "confidence": {"training": round(then, 4), "now": round(now, 4)},
            "less_sure": self.less_sure,
        }


@dataclass(frozen=True, slots=True)
class Drift:
    """New text against what a model knows.

    Attributes:
        model: Its name.
        articles: Articles looked at.
        sentences: Their sentences.
        unseen: Share of words that no training text has: in articles held out in training (None
            where there were too few), and now.
        terms: The commonest unseen words, and how often each comes.
        tasks: Each task then and now; those that were not cross-validated are left out.
    """

    model: str
    articles: int
    sentences: int
    unseen: tuple[float | None, float]
    terms: tuple[tuple[str, int], ...]
    tasks: tuple[TaskDrift, ...]

    @property
    def verdict(self) -> str:
        """`known`, `changing` or `unknown`.

        `unknown` if unseen words come three times as often as in training, or are most of the
        words; `changing` if they come half as often again, or labels or confidence have shifted.
        """
        then, now = self.unseen
        if now > _MOST:
            return "unknown"
        times = now / max(then, _LEAST_UNSEEN) if then is not None else 0.0
        if times > _MANY:
            return "unknown"
        shifted = any(task.labels_shifted or task.less_sure for task in self.tasks)
        return "changing" if times > _SOME or shifted else "known"

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        then, now = self.unseen
        return {
            "model": self.model,
            "articles": self.articles,
            "sentences": self.sentences,
            "verdict": self.verdict,
            "unseen_words": {
                "training": None if then is None else round(then, 4),
                "now": round(now, 4),
            },
            "unseen_terms": [{"term": term, "n": n} for term, n in self.terms],
            "tasks": {task.task: task.as_json() for task in self.tasks},
        }


def drift(model: Model, scored: Iterable[ScoredArticle]) -> Drift:
    """Measure new text against what a model knows.

    Args:
        model: The model.
        scored: The new articles as it scored them, read as a stream.

    Returns:
        All three signs, and the verdict on them.

    Raises:
        ModelError: The model was saved without what it knew in training.
        InputError: There is no sentence.
    """
    seen = open_seen(model.folder, model.digest)
    if seen is None:
        raise ModelError(
            f"{model.folder}: keeps nothing of its training to measure against; train it again"
        )
    now = _Counts()
    for article in scored:
        now.add(article)
    if not now.sentences:
        raise InputError("no sentence to measure; give articles")
    known = seen.has_word(list(now.words))
    unseen = Counter(
        {word: n for (word, n), old in zip(now.words.items(), known, strict=True) if not old}
    )
    commonest = sorted(unseen.items(), key=lambda each: (-each[1], each[0]))[:_SHOWN]
    return Drift(
        model.name,
        now.articles,
        now.sentences,
        (model.manifest.get("unseen_words"), unseen.total() / max(1, now.words.total())),
        tuple(commonest),
        tuple(_task_drifts(model.manifest["views"]["sentence"]["tasks"], now)),
    )


class _Counts:
    """What stands in the new articles, and what the model says of them."""

    def __init__(self) -> None:
        self.articles = self.sentences = 0
        self.words: Counter[str] = Counter()
        self.labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
        # Sum over sentences of the probability of the label given, by task.
        self.confidence: defaultdict[str, float] = defaultdict(float)

    def add(self, article: ScoredArticle) -> None:
        self.articles += 1
        for found in words([sentence.text for sentence in article.sentences]):
            self.words.update(found)
        for sentence in article.sentences:
            self.sentences += 1
            for task, verdict in sentence.verdicts.items():
                self.labels[task][verdict.label] += 1
                self.confidence[task] += verdict.p[verdict.label]


def _task_drifts(tasks: Iterable[Mapping[str, Any]], now: _Counts) -> Iterator[TaskDrift]:
    """Each task of a manifest then and now; those that were not cross-validated are left out."""
    for task in tasks:
        name, then, n = task["task"], task.get("held_out"), now.sentences
        if then and name in now.labels:
            shares = {
                label: (then["shares"][label], now.labels[name][label] / n)
                for label in task["labels"]
            }
            yield TaskDrift(name, shares, (then["confidence"], now.confidence[name] / n), n)
