"""Parameters chosen by cross-validation, for labels that the project has not seen.

A small grid: the longest n-gram, and for each the strength of the penalty and whether rare labels
weigh more. All strengths, weights and parts are fitted together. Large sets are chosen on a part.

Where most letters are no Chinese characters, n-grams reach to five, the length of a short word with
a space: on 2,668 one-line descriptions of six Python libraries that brought 0.03 of macro-F1 over
three, and 0.01 over words and pairs of words.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from chipstance.articles.normalising.fold import is_han
from chipstance.callbacks import Check, go_on
from chipstance.models.features.marks import SEPARATOR
from chipstance.models.learning.examples import Example
from chipstance.models.learning.logistic import HELD_OUT_TOLERANCE, fit_many
from chipstance.models.learning.metrics import macro_f1
from chipstance.models.learning.parameters import Parameters
from chipstance.models.learning.products import Rows
from chipstance.models.learning.target import Target
from chipstance.models.learning.vectorising import fit_vocabulary

STRENGTHS = (2.0, 8.0, 32.0)
_LONGEST_CHINESE, _LONGEST_OTHER = (2, 3), (3, 5)
# Of texts for the guess what they are written in.
_LOOKED_AT = 500
_FOLDS = 3
# Rows that the choice is made on; more hardly change it.
_ROWS = 6000
# What a larger model has to gain in macro-F1 to be taken.
_GAIN = 0.002


def choose(examples: Sequence[Example], start: Parameters, check: Check = go_on) -> Parameters:
    """The parameters with the best cross-validated macro-F1, in the mean over tasks.

    Args:
        examples: Labelled views of one kind.
        start: What the grid leaves alone, and what is taken where there is too little to choose.
        check: Asked all the time whether to go on.

    Raises:
        LabelError: There is too little text to learn from.
    """
    some = _part(examples)
    tasks = sorted({task for example in some for task in example.labels})
    found: list[tuple[float, Parameters]] = []
    for longest in _LONGEST_CHINESE if _is_chinese(some) else _LONGEST_OTHER:
        base = replace(start, longest_ngram=longest, folds=_FOLDS)
        variants = [
            replace(base, c=c, balanced=balanced)
            for c, balanced in product(STRENGTHS, (True, False))
        ]
        scores = _scores(some, tasks, variants, check)
        if scores is None:
            return start
        best = int(np.argmax(scores))
        found.append((scores[best], replace(variants[best], folds=start.folds)))
    score, chosen = found[0]
    for other_score, other in found[1:]:
        if other_score > score + _GAIN:
            score, chosen = other_score, other
    return chosen


def _scores(
    examples: Sequence[Example],
    tasks: Sequence[str],
    variants: Sequence[Parameters],
    check: Check,
) -> list[float] | None:
    """Mean macro-F1 of each variant; they share their n-grams."""
    _, tfidf = fit_vocabulary([example.view for example in examples], variants[0])
    rows, by_task = Rows(tfidf, check), []
    for task in tasks:
        if len({example.labels[task] for example in examples if task in example.labels}) < 2:
            continue
        target = Target.of(task, examples)
        fold = target.folds(variants[0])
        if fold is None:
            continue
        labelled = target.y >= 0
        weights = [
            target.weights(labelled & (fold != part), variant)
            for variant in variants
            for part in range(_FOLDS)
        ]
        n_labels = len(target.labels)
        fits = fit_many(rows, target.y, n_labels, np.stack(weights, axis=1), HELD_OUT_TOLERANCE)
        own = np.flatnonzero(labelled)
        by_task.append(
            [
                macro_f1(
                    target.y[own],
                    fits.logits[own, at * _FOLDS + fold[own]].argmax(axis=1),
                    n_labels,
                )
                for at in range(len(variants))
            ]
        )
    return None if not by_task else np.mean(by_task, axis=0).tolist()


def _is_chinese(examples: Sequence[Example]) -> bool:
    """Whether most of the letters in the texts are Chinese characters."""
    step = max(1, len(examples) // _LOOKED_AT)
    letters = [
        char
        for example in examples[::step]
        for char in example.view.split(SEPARATOR, 1)[0]
        if char.isalpha()
    ]
    return 2 * sum(map(is_han, letters)) >= len(letters)


def _part(examples: Sequence[Example]) -> Sequence[Example]:
    """Whole articles, as many as make `_ROWS` examples."""
    if len(examples) <= _ROWS:
        return examples
    groups = sorted({example.group for example in examples})
    order = np.random.default_rng(0).permutation(len(groups))
    rank = {groups[at]: number for number, at in enumerate(order)}
    by_rank = sorted(range(len(examples)), key=lambda at: (rank[examples[at].group], at))
    return [examples[at] for at in sorted(by_rank[:_ROWS])]
