"""How many labels do suggestions save against labelling at random?

    python -m bench.suggestions [SEEDS]

For each seed a fifth of the articles of `labels/` is set aside for measuring. Of the rest, 200
sentences drawn at random are labelled to begin with, then 100 more a round, taken once at random
and once as `models.labelling.suggesting` picks them by the model of the round before. After each
round the classifiers are fitted anew, and their macro-F1 on stance, topic and hype is averaged.
Printed is the mean over the seeds, the difference of each seed's pair with its 95 % interval
(Student's t), and with how many labels the random way would be as good.

To be quick the n-grams are counted once, on all the sentences, and probabilities are not
calibrated.
"""

import sys
from collections.abc import Sequence

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy import stats
from scipy.sparse import csr_matrix
from sklearn.metrics import f1_score

from bench.material import labels_linker
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.features.lexicon import read_lexicon
from chipstance.models.features.views import Views
from chipstance.models.labelling.suggesting import Doubt, pick
from chipstance.models.learning.examples import link_rows, sentence_examples
from chipstance.models.learning.logistic import fit_many
from chipstance.models.learning.parameters import DEFAULTS
from chipstance.models.learning.products import Rows
from chipstance.models.learning.target import Target
from chipstance.models.learning.vectorising import fit_vocabulary
from chipstance.models.scoring.scorer import softmax
from chipstance.shipped import shipped

START, BATCH, ROUNDS = 200, 100, 6
# A person looks through so many sentences at a time, not through a year's.
POOL = 4000
# The seeds before it chose the weight of novelty.
FIRST_SEED = 10
PARAMETERS = DEFAULTS["sentence"]
# Label values of a task, and the position of each example's in them.
Tasks = dict[str, tuple[list[str], NDArray[np.int64]]]


def curve(
    rows: Sequence[LabelRow], tfidf: csr_matrix, tasks: Tasks, seed: int, way: str
) -> list[float]:
    """Mean macro-F1 after each round."""
    random = np.random.default_rng(seed)
    articles = random.permutation(sorted({row.article for row in rows}))
    held_out = set(articles[: len(articles) // 5])
    test = [at for at, row in enumerate(rows) if row.article in held_out]
    pool = [at for at, row in enumerate(rows) if row.article not in held_out]
    pool = random.permutation(pool)[:POOL].tolist()
    labelled, waiting = pool[:START], pool[START:]
    features, groups = Rows(tfidf), np.array([row.article for row in rows])
    scores = []
    for _ in range(ROUNDS + 1):
        known = np.isin(np.arange(len(rows)), labelled)
        found: list[list[Doubt]] = [[] for _ in waiting]
        f1 = []
        for task, (labels, y) in tasks.items():
            weights = Target(task, tuple(labels), y, groups).weights(known, PARAMETERS)
            # Rows without weight are not learned from, but get their decision values.
            logits = fit_many(features, y, len(labels), weights[:, None]).logits[:, 0]
            f1.append(f1_score(y[test], logits[test].argmax(axis=1), average="macro"))
            add_doubts(found, task, labels, softmax(logits[waiting]))
        scores.append(float(np.mean(f1)))
        chosen = waiting[:BATCH]
        if way == "suggested":
            texts = [rows[at].text for at in labelled]
            picked = pick([rows[at] for at in waiting], found, texts, BATCH)
            chosen = [waiting[each.at] for each in picked]
        labelled = labelled + chosen
        waiting = [at for at in waiting if at not in set(chosen)]
    return scores


def add_doubts(
    found: list[list[Doubt]], task: str, labels: Sequence[str], p: NDArray[np.float64]
) -> None:
    """Note how sure the classifier of a task is of each sentence."""
    for at, (first, second) in enumerate(np.argsort(-p, axis=1)[:, :2]):
        one, other = (labels[first], float(p[at, first])), (labels[second], float(p[at, second]))
        found[at].append(Doubt(task, task, one, other))


def main() -> None:
    """Print the table."""
    n_seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    labels = shipped("labels")
    rows = [
        row for row in read_labels([labels]) if row.labels.keys() >= {"stance", "topic", "hype"}
    ]
    linker = labels_linker()
    examples = sentence_examples(rows, link_rows(rows, linker), Views(read_lexicon()))
    _, tfidf = fit_vocabulary([example.view for example in examples], PARAMETERS)
    tasks: Tasks = {}
    for task in ("stance", "topic", "hype"):
        values, y = np.unique([row.labels[task] for row in rows], return_inverse=True)
        tasks[task] = values.tolist(), y
    ways = ("random", "suggested")
    curves = Parallel(n_jobs=-1)(
        delayed(curve)(rows, tfidf, tasks, seed, way)
        for way in ways
        for seed in range(FIRST_SEED, FIRST_SEED + n_seeds)
    )
    random, suggested = np.array(curves).reshape(2, n_seeds, -1)
    sizes = START + BATCH * np.arange(ROUNDS + 1)
    half = stats.t.ppf(0.975, n_seeds - 1) * stats.sem(suggested - random, axis=0)
    print("labels  random  suggested  difference (95 %)       random needs")
    for at, size in enumerate(sizes):
        gain = (suggested - random)[:, at].mean()
        reached = np.maximum.accumulate(random.mean(axis=0))
        same = np.interp(suggested[:, at].mean(), reached, sizes, right=np.nan)
        needs = "more than " + str(sizes[-1]) if np.isnan(same) else f"{same:.0f}"
        print(
            f"{size:6}  {random[:, at].mean():.3f}   {suggested[:, at].mean():.3f}     "
            f"{gain:+.3f} ({gain - half[at]:+.3f} to {gain + half[at]:+.3f})  {needs}"
        )


if __name__ == "__main__":
    main()
