"""Labels of one's own beside a pipeline made by hand: macro-F1 and time.

    python -m bench.own_labels FILE…

Each FILE is a label file as `classify train --only` takes it. Prints cross-validated macro-F1 and
seconds of processor time of both ways, reading not counted: ours with the parameters it chose; and
scikit-learn's TF-IDF with logistic regression, of jieba's words and of characters, over three
strengths of the penalty of which the best counts. Articles stay whole in both.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import rjieba
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.learning.whole import train

STRENGTHS = (1.0, 4.0, 16.0)
Vectoriser = Callable[[], TfidfVectorizer]
BY_HAND: dict[str, Vectoriser] = {
    "jieba words 1-2": lambda: TfidfVectorizer(
        tokenizer=rjieba.cut, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True
    ),
    "characters 1-3": lambda: TfidfVectorizer(
        analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True
    ),
}


def by_hand(rows: Sequence[LabelRow], task: str, vectoriser: Vectoriser) -> float:
    """Best macro-F1 of the strengths, all cross-validated."""
    texts = [row.text for row in rows]
    y = np.array([row.labels[task] for row in rows])
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=0)
    scores = []
    for c in STRENGTHS:
        pipeline = make_pipeline(vectoriser(), LogisticRegression(C=c, max_iter=1000))
        given = cross_val_predict(
            pipeline, texts, y, cv=folds, groups=[row.article for row in rows]
        )
        scores.append(f1_score(y, given, average="macro"))
    return max(scores)


def main() -> None:
    """Print a table for each file."""
    for path in map(Path, sys.argv[1:]):
        rows = read_labels([path], problems=lambda line: print(line, file=sys.stderr))
        begin = time.process_time()
        trained = train(rows, Linker(load_table()), name="mine", parameters=None)
        took = time.process_time() - begin
        for task in trained.views["sentence"].tasks:
            if task.cross_validated is None:
                continue
            print(f"{path.name} {task.task}, {sum(task.counts.values())} rows")
            score = task.cross_validated.macro_f1
            print(f"  {'ours, parameters chosen':24} {score:.3f} {took:7.1f} s")
            mine = [row for row in rows if task.task in row.labels]
            for name, vectoriser in BY_HAND.items():
                begin = time.process_time()
                score = by_hand(mine, task.task, vectoriser)
                print(f"  {name:24} {score:.3f} {time.process_time() - begin:7.1f} s", flush=True)


if __name__ == "__main__":
    main()
