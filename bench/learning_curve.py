"""What more labels bring: scores of models trained on growing parts of the labels.

    python -m bench.learning_curve [LABELS]

Trains on nested random parts of the articles of `labels/`. Each model is measured on a tenth of the
articles that none was trained on, and on LABELS, a label file of others' articles, where one is
given. Prints macro-F1 by task.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.examples import Example, link_rows, sentence_examples
from chipstance.models.learning import fictional_companies
from chipstance.models.lexicon import read_lexicon
from chipstance.models.metrics import score_verdicts
from chipstance.models.parameters import DEFAULTS
from chipstance.models.training import TrainedView, train_view
from chipstance.models.views import Views
from chipstance.shipped import shipped

PARTS = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0)


def macro_f1(trained: TrainedView, examples: Sequence[Example]) -> dict[str, float]:
    """Macro-F1 of each task on examples."""
    tfidf = trained.vocabulary.transform([example.view for example in examples])
    scores = {}
    for task in trained.tasks:
        best = np.argmax(tfidf @ task.coefficients.T + task.intercept, axis=1)
        truth = [example.labels[task.task] for example in examples]
        groups = [example.group for example in examples]
        scores[task.task] = score_verdicts(truth, [task.labels[at] for at in best], groups).macro_f1
    return scores


def made(rows: Sequence[LabelRow], linker: Linker) -> list[Example]:
    """Sentence examples of label rows."""
    return sentence_examples(rows, link_rows(rows, linker), Views(read_lexicon()))


def main() -> None:
    """Print the curve."""
    labels = shipped("labels")
    linker = Linker(load_table(fictional_companies([labels])))
    examples = made(read_labels([labels]), linker)
    press = made(read_labels([Path(sys.argv[1])]), linker) if len(sys.argv) > 1 else []
    articles = sorted({example.group for example in examples})
    order = np.random.default_rng(0).permutation(len(articles))
    shuffled = [articles[at] for at in order]
    held_out = set(shuffled[: len(articles) // 10])
    test = [example for example in examples if example.group in held_out]
    for part in PARTS:
        chosen = set(shuffled[len(held_out) :][: round(part * (len(articles) - len(held_out)))])
        train = [example for example in examples if example.group in chosen]
        trained = train_view(train, DEFAULTS["sentence"])
        line = f"{len(train):6} sentences"
        for name, measured in (("held out", test), ("given", press)):
            if measured:
                scores = macro_f1(trained, measured)
                line += f"   {name}: " + "  ".join(f"{t} {s:.3f}" for t, s in scores.items())
        print(line, flush=True)


if __name__ == "__main__":
    main()
