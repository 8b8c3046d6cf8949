"""Training parameters: each with its default, and what speaks for it."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything that decides what training makes of the same rows.

    Attributes:
        longest_ngram: Characters of the longest n-gram; the shortest has one.
        min_views: In how many training views an n-gram must stand to be a feature.
        idf_power: What the inverse document frequency is raised to: the higher, the more a rare
            n-gram counts beside a common one.
        c: Inverse strength of the L2 penalty of the logistic regression.
        balanced: Whether rare labels weigh more, in inverse proportion to their frequency.
        folds: Parts of the cross-validation that calibrates and scores; articles stay whole.
        seed: Of the only random choice, which article falls into which fold.
    """

    longest_ngram: int = 3
    min_views: int = 2
    idf_power: float = 1.0
    c: float = 8.0
    balanced: bool = True
    folds: int = 5
    seed: int = 0

    def as_json(self) -> dict[str, int | float | bool]:
        """As plain values for the manifest."""
        return asdict(self)


# What cross-validation on the project's labels chose; `bench/ablation.py` prints the table.
#
# min_views is above the best there, so that the model stays below 20 MB as labels grow: n-grams in
# two views or more bring 0.002 of a sentence's stance for more than twice the features, and 0.002
# of a company's sentiment for three times as many.
#
# idf_power: with so many labels a sentence's rare n-grams can be trusted with more than their plain
# inverse frequency; with a few thousand they cannot, so labels of one's own begin with 1. A
# company's sentiment would gain 0.001 to 0.002 by it, too, and has not got it yet.
DEFAULTS = {
    "sentence": Parameters(min_views=4, idf_power=1.5),
    "mention": Parameters(min_views=5),
}
