"""How fast classification and the whole way are, beside the plain way and a scorer in C.

    python -m bench.speed [ROUNDS]

The plain way is jieba, TfidfVectorizer and LogisticRegression, batched; the character way is the
same with n-grams of characters. All run on one core, in one process, in turn; figures are medians.
Needs gcc, and the extra `baselines`.
"""

import io
import os
import sys
import warnings
from collections.abc import Callable, Sequence

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bench.limit import CScorer
from bench.material import SEEDS, seeds
from bench.timing import of_functions
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.learning.examples import Example
from chipstance.models.learning.parameters import DEFAULTS, Parameters
from chipstance.models.learning.training import TrainedView, train_view
from chipstance.models.learning.writing import distinct_rows, summed_weights
from chipstance.models.scoring.head import Head
from chipstance.models.scoring.joined import joined
from chipstance.models.scoring.scorer import Scorer
from chipstance.models.scoring.trie import build
from chipstance.runs.scoring import to_stream
from chipstance.runs.work import Recipe
from chipstance.shipped import shipped

# The slow ways get this many of the sentences; rates are per sentence.
SAMPLE = 1500
ONE, ALL = ("stance",), ("stance", "topic", "hype")
Vectoriser = tuple[TfidfVectorizer, list[LogisticRegression]]


def plain_way(rows: Sequence[LabelRow], tasks: Sequence[str], analyser: str) -> Callable[..., None]:
    """A fitted pipeline as it is usually written; several tasks share the vectoriser."""
    import jieba

    jieba.setLogLevel(60)
    options = (
        {"tokenizer": jieba.lcut, "token_pattern": None, "ngram_range": (1, 2)}
        if analyser == "word"
        else {"ngram_range": (1, DEFAULTS["sentence"].longest_ngram), "min_df": 2}
    )
    vectoriser = TfidfVectorizer(analyzer=analyser, sublinear_tf=True, **options)
    features = vectoriser.fit_transform([row.text for row in rows])
    # What the coefficients are costs nothing: few steps will do.
    models = [
        LogisticRegression(C=8, max_iter=5).fit(features, [row.labels[task] for row in rows])
        for task in tasks
    ]

    def score(texts: Sequence[str]) -> None:
        transformed = vectoriser.transform(texts)
        for model in models:
            model.predict_proba(transformed)

    return score


def our_way(rows: Sequence[LabelRow], tasks: Sequence[str]) -> Scorer:
    """A scorer trained on the bare texts, as the character way is."""
    examples = [
        Example(row.text, {task: row.labels[task] for task in tasks}, row.article, at)
        for at, row in enumerate(rows)
    ]
    # One article is too few to calibrate, which would cost time here and none at scoring.
    examples = [Example(e.view, e.labels, "one", e.row) for e in examples]
    return _scorer(train_view(examples, Parameters()))


def _scorer(view: TrainedView) -> Scorer:
    trie = build(view.vocabulary.ngrams)
    heads, column = [], 0
    for task in view.tasks:
        columns = (column, column + len(task.labels) - 1)
        heads.append(Head(task.task, task.labels, columns, task.intercept.tolist()))
        column = columns[1]
    rows, weights = distinct_rows(summed_weights(trie, view))
    return Scorer(trie.alphabet, trie.nodes, rows, weights, heads)


def classification(rounds: int) -> None:
    """Print classification alone: sentences a second, and ratios."""
    warnings.filterwarnings("ignore", message="lbfgs failed to converge")
    rows = [r for r in read_labels([shipped("labels")]) if r.labels.keys() >= set(ALL)]
    texts = [row.text for row in rows]
    # Four times as many, so that what is timed lasts.
    many, few = texts * 4, texts[:SAMPLE]
    ways: dict[str, tuple[int, Callable[[], object]]] = {}
    for name, tasks in (("one task", ONE), ("three tasks", ALL)):
        ours = our_way(rows, tasks)
        in_c = CScorer(ours)
        own = np.concatenate([ours._sums(each) for each in joined(texts)])
        difference = float(np.abs(in_c.sums(texts) - own).max())
        print(f"{name}: sums in C and here differ by at most {difference:.1e}", file=sys.stderr)
        for way, analyser in (("plain", "word"), ("character", "char")):
            fitted = plain_way(rows, tasks, analyser)
            ways[f"{name}, {way} way"] = len(few), lambda fitted=fitted: fitted(few)
        ways[f"{name}, chipstance"] = len(many), lambda ours=ours: ours.probabilities(many)
        ways[f"{name}, in C"] = len(many), lambda in_c=in_c: in_c.sums(many)
    took = of_functions({name: run for name, (_, run) in ways.items()}, rounds)
    rate = {name: n / took[name] for name, (n, _) in ways.items()}
    print("| classification alone | sentences/s | x plain | x character | of C |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, each in rate.items():
        task = name.split(",")[0]
        print(
            f"| {name} | {each:,.0f} | {each / rate[f'{task}, plain way']:.1f} "
            f"| {each / rate[f'{task}, character way']:.1f} | {each / rate[f'{task}, in C']:.0%} |"
        )
    whole_way(rounds, texts, rows)


def whole_way(rounds: int, texts: Sequence[str], rows: Sequence[LabelRow]) -> None:
    """Print the whole way from files to rows, beside the plain way's classification alone."""
    size = sum(path.stat().st_size for path in seeds())

    def ours() -> None:
        to_stream([str(SEEDS)], Recipe(), io.BytesIO(), problems=print)

    few = texts[:SAMPLE]
    plain = plain_way(rows, ONE, "word")
    took = of_functions({"whole way": ours, "plain way": lambda: plain(few)}, rounds)
    bytes_few = sum(len(text.encode()) for text in few)
    speed, other = size / took["whole way"] / 1e6, bytes_few / took["plain way"] / 1e6
    print("\n| from file to rows | MB/s | ratio |")
    print("| --- | ---: | ---: |")
    print(f"| chipstance, companies and moves included | {speed:.2f} | {speed / other:.1f} |")
    print(f"| plain way, classification of one task alone | {other:.2f} | 1 |")


if __name__ == "__main__":
    classification(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
