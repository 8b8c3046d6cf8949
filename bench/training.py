"""Training beside the plain way: scikit-learn's vectoriser and its default solver.

    python -m bench.training [ROUNDS [N_SENTENCES…]]

Sentences are made of halves of the labelled ones, each pair of halves from sentences of one stance,
so that there are as many as asked for and a label can be learned. Both ways count the same n-grams
and minimise the same function; the objective printed is that function, where each ended. Rounds
alternate between the two, and medians are compared.
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from chipstance.articles.normalising.normal_form import normalise
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.learning.logistic import fit_many, objectives
from chipstance.models.learning.parameters import Parameters
from chipstance.models.learning.products import Rows
from chipstance.models.learning.vectorising import fit_vocabulary
from chipstance.shipped import shipped

PARAMETERS = Parameters(balanced=False)
Labels = NDArray[np.int64]
Way = Callable[[Sequence[str], Labels], float]


def sentences(rows: Sequence[LabelRow], n: int) -> tuple[list[str], Labels]:
    """Sentences of two halves each, and the position of their label."""
    rng = np.random.default_rng(0)
    labels = sorted({row.labels["stance"] for row in rows})
    halves: dict[str, list[tuple[str, str]]] = {label: [] for label in labels}
    for row in rows:
        text = normalise(row.text)
        halves[row.labels["stance"]].append((text[: len(text) // 2], text[len(text) // 2 :]))
    y = rng.integers(len(labels), size=n)
    made = []
    for label in y:
        known = halves[labels[label]]
        first, second = rng.integers(len(known), size=2)
        made.append(known[first][0] + known[second][1])
    return made, y


def plain(texts: Sequence[str], y: Labels) -> float:
    """Train the plain way; where its objective ended."""
    vectoriser = TfidfVectorizer(
        analyzer="char", ngram_range=(1, PARAMETERS.longest_ngram), min_df=PARAMETERS.min_views,
        sublinear_tf=True, lowercase=False,
    )  # fmt: skip
    x = vectoriser.fit_transform(texts)
    model = LogisticRegression(C=PARAMETERS.c, max_iter=1000).fit(x, y)
    logits = x @ model.coef_.T + model.intercept_
    loss = logsumexp(logits, axis=1) - logits[np.arange(len(y)), y]
    return float((model.coef_**2).sum() / 2 + PARAMETERS.c * loss.sum())


def ours(texts: Sequence[str], y: Labels) -> float:
    """Train our way; where its objective ended."""
    _, x = fit_vocabulary(texts, PARAMETERS)
    weights = np.full((len(y), 1), PARAMETERS.c)
    fits = fit_many(Rows(x), y, int(y.max()) + 1, weights)
    fits.coefficients(x, 0)
    return float(objectives(fits, y, weights)[0])


def timed(way: Way, texts: Sequence[str], y: Labels) -> tuple[float, float]:
    """Seconds it took, and where its objective ended."""
    begin = time.perf_counter()
    value = way(texts, y)
    return time.perf_counter() - begin, value


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    rows = [row for row in read_labels([shipped("labels")]) if "stance" in row.labels]
    for n in map(int, sys.argv[2:] or ("16000", "100000")):
        texts, y = sentences(rows, n)
        theirs, mine = [], []
        for _ in range(rounds):
            theirs.append(timed(plain, texts, y))
            mine.append(timed(ours, texts, y))
        slow, fast = (statistics.median(took for took, _ in each) for each in (theirs, mine))
        above = theirs[0][1] / mine[0][1] - 1
        print(
            f"{n:7} sentences, medians of {rounds} rounds: plain {slow:.1f} s, ours {fast:.1f} s,"
            f" {slow / fast:.1f} times faster; plain objective {above:+.1e} against ours",
            flush=True,
        )


if __name__ == "__main__":
    main()
