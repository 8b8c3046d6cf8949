"""What to label next: sentences that a model is least sure of and that are like nothing known.

Greedy: each sentence that is picked counts as known from then on, so near-copies are not picked
twice, and lowers the worth of others of its article and of its predicted labels.
`bench/suggestions.py` shows what that is worth.
"""

import heapq
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import add

import numpy as np
from numpy.typing import NDArray

from chipstance.articles.normalising.fold import fold
from chipstance.articles.normalising.normal_form import normalise
from chipstance.labels.rows import LabelRow
from chipstance.models.verdicts.explaining import align, cut

Floats = NDArray[np.float64]
# Worth of a sentence whose every character pair is new, beside that of the most doubtful one.
_NOVELTY = 1.0
# What is left of a sentence's worth for each picked before it from the same article.
_SAME_ARTICLE = 0.7
# Two likeliest labels whose probabilities are less than this apart are said to be in doubt.
_CLOSE = 0.4
_SHOWN = 3
# Characters of new words in a row that are shown, if the first of them is not longer.
_SOON_READ = 8


@dataclass(frozen=True, slots=True)
class Doubt:
    """How sure a model is of one verdict.

    Attributes:
        task: Such as `stance`; `sentiment` for a company.
        name: The task, or the company.
        first: Likeliest label and its probability.
        second: The next one.
    """

    task: str
    name: str
    first: tuple[str, float]
    second: tuple[str, float]

    @property
    def margin(self) -> float:
        """Probability of the likeliest label less that of the next, 0 to 1."""
        return self.first[1] - self.second[1]

    def __str__(self) -> str:
        """In words, such as `topic: demand 41% or cost 38%`."""
        (a, p), (b, q) = self.first, self.second
        return f"{self.name}: {a} {p:.0%} or {b} {q:.0%}"


@dataclass(frozen=True, slots=True)
class Pick:
    """A sentence to be labelled.

    Attributes:
        at: Its number among the candidates.
        worth: What it was picked by; 0 and up, falling from pick to pick.
        novelty: Share of its character pairs that stood neither in what is known nor in what was
            picked before, 0 to 1.
        why: The reasons in words, the weightiest first.
    """

    at: int
    worth: float
    novelty: float
    why: tuple[str, ...]


def pick(
    rows: Sequence[LabelRow],
    doubts: Sequence[Sequence[Doubt]],
    known: Iterable[str],
    n: int,
) -> list[Pick]:
    """Pick the sentences most worth labelling.

    Args:
        rows: The candidates; `article` is looked at, labels are not.
        doubts: What a model says of each: one for each task and company.
        known: Texts that are labelled already.
        n: How many to pick at most; fewer where there are fewer candidates.

    Returns:
        The picks, the most worthwhile first.
    """
    return _Greedy(rows, doubts, known, n).picks()


class _Greedy:
    """Lazy greedy choice: worth only ever falls, so the best is best once it is up to date."""

    def __init__(
        self,
        rows: Sequence[LabelRow],
        doubts: Sequence[Sequence[Doubt]],
        known: Iterable[str],
        n: int,
    ) -> None:
        self._rows, self._doubts, self._n = rows, doubts, n
        self._texts = [normalise(row.text) for row in rows]
        self._known: set[str] = set()
        for text in known:
            self._known.update(_pairs(normalise(text)))
        self._doubtful = _doubtful(doubts)
        self._articles: Counter[str] = Counter()
        self._labels: Counter[tuple[str, str]] = Counter()
        values = {(d.task, d.first[0]) for each in doubts for d in each}
        kinds = Counter(task for task, _ in values)
        # As many of a label as there would be of each if all were as frequent.
        self._even_share = {task: max(1.0, n / count) for task, count in kinds.items()}

    def picks(self) -> list[Pick]:
        worth = [(-self._worth(at), at) for at in range(len(self._rows))]
        heapq.heapify(worth)
        picked: list[Pick] = []
        while worth and len(picked) < self._n:
            _, at = heapq.heappop(worth)
            now = self._worth(at)
            if worth and -now > worth[0][0]:
                heapq.heappush(worth, (-now, at))
                continue
            picked.append(Pick(at, now, self._novelty(at), tuple(self._why(at))))
            self._articles[self._rows[at].article] += 1
            self._labels.update((d.task, d.first[0]) for d in self._doubts[at])
            self._known.update(_pairs(self._texts[at]))
        return picked

    def _worth(self, at: int) -> float:
        worth = float(self._doubtful[at]) + _NOVELTY * self._novelty(at)
        worth *= _SAME_ARTICLE ** self._articles[self._rows[at].article]
        spread = [
            1 / (1 + self._labels[d.task, d.first[0]] / self._even_share[d.task])
            for d in self._doubts[at]
        ]
        return worth * (0.5 + 0.5 * float(np.mean(spread))) if spread else worth

    def _novelty(self, at: int) -> float:
        pairs = set(_pairs(self._texts[at]))
        return len(pairs - self._known) / len(pairs) if pairs else 0.0

    def _why(self, at: int) -> list[str]:
        close = sorted((d for d in self._doubts[at] if d.margin < _CLOSE), key=lambda d: d.margin)
        reasons = [str(doubt) for doubt in close[:_SHOWN]]
        if new := _new_words(self._rows[at].text, self._texts[at], self._known):
            reasons.append(f"new: {', '.join(new[:_SHOWN])}")
        rare = [d for d in self._doubts[at] if not self._labels[d.task, d.first[0]]]
        if self._labels and rare and len(reasons) < _SHOWN:
            reasons.append(f"first with {rare[0].task} {rare[0].first[0]}")
        return reasons or ["the least sure of what is left"]


def _doubtful(doubts: Sequence[Sequence[Doubt]]) -> Floats:
    """How doubtful each sentence is, 0 to 1: over its verdicts, the mean share of others surer.

    Ranks within a task, since a task of nine labels is never as sure as one of two.
    """
    margins: dict[str, list[float]] = {}
    for each in doubts:
        for doubt in each:
            margins.setdefault(doubt.task, []).append(doubt.margin)
    ordered = {task: np.sort(of) for task, of in margins.items()}
    return np.array(
        [
            np.mean([1 - _rank(ordered[d.task], d.margin) for d in each]) if each else 0.0
            for each in doubts
        ]
    )


def _rank(ordered: Floats, margin: float) -> float:
    return float(np.searchsorted(ordered, margin)) / len(ordered)


def _pairs(text: str) -> list[str]:
    return list(map(add, text, text[1:]))


def _new_words(text: str, normal: str, known: set[str]) -> list[str]:
    """Words of a text that nothing known has, as they stand there, the longest first.

    Whole words where runs of new character pairs are; of those of one length the first.
    """
    runs = list(_runs(normal, known))
    if not runs:
        return []
    words = list(cut(text, ()))
    starts = [at for _, at in words]
    # Of each character of the normal form the word that it comes from.
    word = [bisect_right(starts, at) - 1 for at in align(normal, fold(text))]
    size = Counter(word)
    found = [
        # Of a word that is known the run has the last or the first character alone.
        [at for at, n in Counter(word[start:end]).items() if n >= min(2, size[at])]
        for start, end in runs
    ]
    shown = [_soon_read([w for w, _ in words[ats[0] : ats[-1] + 1]]) for ats in found if ats]
    return sorted(dict.fromkeys(shown), key=len, reverse=True)


def _runs(normal: str, known: set[str]) -> Iterator[tuple[int, int]]:
    """Where at least two new pairs stand in a row, signs and blanks between words apart."""
    begin = None
    for at, pair in enumerate([*_pairs(normal), ""]):
        if pair.isalnum() and pair not in known:
            begin = at if begin is None else begin
        elif begin is not None:
            if at - begin > 1:
                yield begin, at + 1
            begin = None


def _soon_read(words: Sequence[str]) -> str:
    """The first of some words, and those behind it that are soon read with it."""
    shown = words[0]
    for word in words[1:]:
        if len(shown) + len(word) > _SOON_READ:
            break
        shown += word
    return shown.strip()
