"""Two models on the same sentences: is one better, or is it chance?"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from chipstance.models.learning.metrics import counts_by_group, macro_f1_of, resampled

Report = dict[str, object]
# A difference as large by chance is rarer than this, in the interval and in the test.
_LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Pair:
    """Verdicts of two models on one task, beside the truth, all of one length."""

    task: str
    truth: Sequence[str]
    first: Sequence[str]
    second: Sequence[str]
    groups: Sequence[Hashable]


@dataclass(frozen=True, slots=True)
class Paired:
    """How the second model does against the first.

    Attributes:
        task: Such as `stance`.
        n: Sentences, or companies in sentences, that both gave a verdict on.
        first: Macro-F1 of the first, 0 to 1.
        second: Macro-F1 of the second.
        difference_ci95: 95 % interval of second less first, by bootstrap over articles.
        won: Verdicts that the second has right and the first wrong.
        lost: The reverse.
        p: How often chance alone would part them so unevenly (McNemar's exact test), 0 to 1.
        flips: Numbers of changed verdicts, by (first, second, right one).
    """

    task: str
    n: int
    first: float
    second: float
    difference_ci95: tuple[float, float]
    won: int
    lost: int
    p: float
    flips: Counter[tuple[str, str, str]]

    @property
    def difference(self) -> float:
        """Macro-F1 of the second less that of the first."""
        return self.second - self.first

    @property
    def verdict(self) -> str:
        """`better` or `worse` where interval or test rule out chance, else `not better`."""
        low, high = self.difference_ci95
        sure = self.p < _LEVEL
        if self.difference > 0 and self.won >= self.lost and (low > 0 or sure):
            return "better"
        if self.difference < 0 and self.lost >= self.won and (high < 0 or sure):
            return "worse"
        return "not better"

    def as_json(self) -> Report:
        """As plain values, flips by how often they occur."""
        return {
            "n": self.n,
            "macro_f1": [round(self.first, 4), round(self.second, 4)],
            "difference": round(self.difference, 4),
            "difference_ci95": [round(bound, 4) for bound in self.difference_ci95],
            "only_second_right": self.won,
            "only_first_right": self.lost,
            "mcnemar_p": round(self.p, 6),
            "verdict": self.verdict,
            "flips": [
                {"from": before, "to": after, "right": right, "n": n}
                for (before, after, right), n in sorted(
                    self.flips.items(), key=lambda each: (-each[1], each[0])
                )
            ],
        }


def compare_verdicts(pair: Pair) -> Paired:
    """Compare two models' verdicts on the same sentences.

    Args:
        pair: At least one sentence.
    """
    labels = sorted({*pair.truth, *pair.first, *pair.second})
    tables = [
        counts_by_group(pair.truth, verdicts, pair.groups, labels)
        for verdicts in (pair.first, pair.second)
    ]
    one, other = (float(macro_f1_of(table.sum(axis=0))) for table in tables)
    # The same articles are drawn for both.
    drawn = [macro_f1_of(resampled(table)) for table in tables]
    low, high = np.percentile(drawn[1] - drawn[0], [2.5, 97.5])
    rights = list(zip(pair.truth, pair.first, pair.second, strict=True))
    won = sum(right == second != first for right, first, second in rights)
    lost = sum(right == first != second for right, first, second in rights)
    flips = Counter((first, second, right) for right, first, second in rights if first != second)
    return Paired(
        pair.task, len(rights), one, other, (float(low), float(high)), won, lost,
        _mcnemar(won, lost), flips,
    )  # fmt: skip


def _mcnemar(won: int, lost: int) -> float:
    """Exact p-value that the changed verdicts fell to either side by the toss of a coin."""
    if won + lost == 0:
        return 1.0
    from scipy.stats import binomtest

    return float(binomtest(won, won + lost).pvalue)
