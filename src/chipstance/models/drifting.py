"""Drift: is today's text still what a model knows?

Three signs, each beside what the model met in its own training on articles held out: words that it
never saw, labels that come oftener or more rarely, verdicts it is less sure of.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chipstance.errors import InputError, ModelError
from chipstance.models.model import Model
from chipstance.models.scored import ScoredArticle
from chipstance.models.seen import open_seen, words

# Unseen words may come this many times as often as in training before it is another language.
_SOME, _MANY = 1.5, 3.0
# Of labels, the share that has moved (total variation), and what chance moves in a few sentences.
_LABELS_MOVED = 0.15
# Mean probability of the verdicts may be this much lower.
_CONFIDENCE_LOST = 0.05
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
        """Whether verdicts are clearly less sure."""
        then, now = self.confidence
        return then - now > _CONFIDENCE_LOST + 0.25 / math.sqrt(self.n)

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

        `unknown` if unseen words come three times as often as in training; `changing` if they
        come half as often again, or labels or confidence have shifted.
        """
        then, now = self.unseen
        times = now / max(then, 0.01) if then is not None else 0.0
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

    Raises:
        ModelError: The model was saved without what it knew in training.
        InputError: There is no sentence.
    """
    seen = open_seen(model.folder, model.digest)
    if seen is None:
        raise ModelError(
            f"{model.folder}: keeps nothing of its training to measure against; train it again"
        )
    articles = sentences = 0
    terms: Counter[str] = Counter()
    given: dict[str, Counter[str]] = {}
    sure: defaultdict[str, float] = defaultdict(float)
    for article in scored:
        articles += 1
        for sentence in article.sentences:
            sentences += 1
            terms.update(words(sentence.text))
            for task, verdict in sentence.verdicts.items():
                given.setdefault(task, Counter())[verdict.label] += 1
                sure[task] += verdict.p[verdict.label]
    if not sentences:
        raise InputError("no sentence to measure; give articles")
    known = seen.has_word(list(terms))
    unseen = Counter({w: n for (w, n), old in zip(terms.items(), known, strict=True) if not old})
    share = unseen.total() / max(1, terms.total())
    tasks = []
    for task in model.manifest["views"]["sentence"]["tasks"]:
        if (then := task.get("held_out")) and (now := given.get(task["task"])):
            shares = {
                label: (then["shares"][label], now[label] / sentences) for label in task["labels"]
            }
            confidence = then["confidence"], sure[task["task"]] / sentences
            tasks.append(TaskDrift(task["task"], shares, confidence, sentences))
    common = sorted(unseen.items(), key=lambda each: (-each[1], each[0]))[:_SHOWN]
    before = model.manifest.get("unseen_words")
    return Drift(model.name, articles, sentences, (before, share), tuple(common), tuple(tasks))
