"""What more labels bring: scores of models trained on growing parts of the labels.

    python -m bench.learning_curve [FILE]

Prints a table of macro-F1 by task. For each part, nested random articles of `labels/` are learned
from; every article is measured, by a model that has not seen its fold, so that the lines differ in
what was learned alone. FILE is a label file of others' articles: models of the whole part are
measured on it. The last lines say what 1,000 rows more bring at the end of the curve, by a straight
line through its last points over the logarithm of the rows, with a 95 % interval by drawing the
measured articles with replacement. The lines of rounds are learned from the articles that were
written first: beside as many random ones they show what the kind of articles brings; so do the
columns of the last round, the same measured on its articles alone.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from math import ceil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bench.folds import fit_folds, held_out, verdicts
from bench.material import labels_linker
from chipstance.companies.linking import Linker
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.features.lexicon import read_lexicon
from chipstance.models.features.views import Views
from chipstance.models.learning.calibration import fit_calibration
from chipstance.models.learning.examples import (
    Example,
    link_rows,
    mention_examples,
    sentence_examples,
)
from chipstance.models.learning.metrics import (
    counts_by_group,
    macro_f1_of,
    resampled,
    score_verdicts,
)
from chipstance.models.learning.parameters import DEFAULTS
from chipstance.models.learning.products import Rows
from chipstance.models.learning.target import Floats, Target
from chipstance.models.learning.vectorising import fit_vocabulary
from chipstance.shipped import shipped

PARTS = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
# How the articles of later rounds are called: plain ones, argument, everyday language, the same on
# cheap models, and what words alone mislead about; the few of the seventh are counted to the sixth.
LATER = (
    ("cn-04", "hk-07", "hk-08", "tw-03", "tw-08"),
    ("cn-05", "cn-06", "hk-09", "hk-10", "tw-09", "tw-10", "tw-11", "tw-12"),
    (
        *(f"cn-{at:02}" for at in range(7, 13)),
        *(f"hk-{at}" for at in range(11, 21)),
        *(f"tw-{at}" for at in range(13, 24)),
    ),
    (
        *(f"cn-{at}" for at in range(13, 23)),
        *(f"hk-{at}" for at in range(21, 34)),
        *(f"tw-{at}" for at in range(24, 37)),
    ),
    (
        *(f"cn-{at}" for at in range(23, 27)),
        *(f"hk-{at}" for at in range(34, 43)),
        *(f"tw-{at}" for at in range(37, 46)),
    ),
)
# Points of the curve's end, for its slope.
_END = 4


@dataclass(frozen=True, slots=True)
class Curve:
    """One task on growing parts.

    Attributes:
        task: Such as `stance`.
        macro_f1: On articles held out, `(n_lines,)`, 0 to 1: the parts, then the rounds.
        last: The same on the articles of the last round.
        given: On the given file, `(n_lines,)`; None without one.
        drawn: On draws of the measured articles, `(n_draws, n_lines)`.
    """

    task: str
    macro_f1: Floats
    last: Floats
    given: Floats | None
    drawn: Floats

    def slope(self, n_rows: Sequence[int]) -> tuple[float, float, float]:
        """Macro-F1 that 1,000 rows more bring at the end of the parts, and its 95 % interval."""
        end = slice(len(PARTS) - _END, len(PARTS))
        values = np.vstack([self.macro_f1, self.drawn])[:, end]
        by_row = np.polyfit(np.log(n_rows[end]), values.T, 1)[0] / n_rows[end][-1] * 1000
        low, high = np.percentile(by_row[1:], [2.5, 97.5])
        return float(by_row[0]), float(low), float(high)


Made = Callable[[Sequence[LabelRow]], list[Example]]


def views(linker: Linker) -> dict[str, Made]:
    """How rows become examples, by view."""
    makes = Views(read_lexicon())

    def mentions(rows: Sequence[LabelRow]) -> list[Example]:
        made = mention_examples(rows, link_rows(rows, linker), makes)
        return [each for each in made if each.linked]

    return {
        "sentence": lambda rows: sentence_examples(rows, link_rows(rows, linker), makes),
        "mention": mentions,
    }


def curves(
    examples: Sequence[Example], given: Sequence[Example], of: str, parts: Sequence[set[str]]
) -> Iterator[Curve]:
    """The curve of each task that a view serves.

    Args:
        examples: Labelled views.
        given: Those of the file to measure on; may be none.
        of: Name of the view.
        parts: Articles that each line is learned from.
    """
    vocabulary, tfidf = fit_vocabulary([each.view for each in examples], DEFAULTS[of])
    rows = Rows(tfidf)
    learned = [np.array([each.group in part for each in examples]) for part in parts]
    for task in sorted(examples[0].labels):
        own = [each for each in given if task in each.labels]
        shown = vocabulary.transform([each.view for each in own]) if own else None
        yield _curve(task, examples, own, (rows, tfidf, shown), learned, of)


def _curve(
    task: str,
    examples: Sequence[Example],
    given: Sequence[Example],
    features: tuple[Rows, csr_matrix, csr_matrix | None],
    parts: Sequence[NDArray[np.bool_]],
    of: str,
) -> Curve:
    rows, tfidf, shown = features
    target, parameters = Target.of(task, examples), DEFAULTS[of]
    fold = target.folds(parameters)
    if fold is None:
        raise SystemExit(f"{task}: too few labels to hold any out")
    truth = [target.labels[at] for at in target.y]
    newest = np.array([each.group.startswith(LATER[-1]) for each in examples])
    scores, on_newest, on_given, drawn = [], [], [], []
    for part in parts:
        learned = part & (target.y >= 0)
        fits = fit_folds(rows, target, fold, learned, parameters, whole=shown is not None)
        logits = held_out(fits, fold)
        said = [target.labels[at] for at in verdicts(logits, target.y, fold).given]
        counts = counts_by_group(truth, said, target.groups.tolist(), target.labels)
        scores.append(float(macro_f1_of(counts.sum(axis=0))))
        drawn.append(macro_f1_of(resampled(counts)))
        of_newest = counts_by_group(
            list(compress(truth, newest)),
            list(compress(said, newest)),
            target.groups[newest].tolist(),
            target.labels,
        )
        on_newest.append(float(macro_f1_of(of_newest.sum(axis=0))))
        if shown is not None:
            calibration = fit_calibration(logits[learned], target.y[learned])
            values = shown @ fits.coefficients(tfidf, parameters.folds).T + fits.intercepts[-1]
            best = (values * calibration.scale + calibration.bias).argmax(axis=1)
            right = [each.labels[task] for each in given]
            groups = [each.group for each in given]
            found = score_verdicts(right, [target.labels[at] for at in best], groups)
            on_given.append(found.macro_f1)
    measured = np.array(on_given) if on_given else None
    return Curve(task, np.array(scores), np.array(on_newest), measured, np.array(drawn).T)


def print_table(found: Sequence[Curve], n_rows: Sequence[int]) -> None:
    """Print the curves as a Markdown table, and their slopes."""
    given = [curve for curve in found if curve.given is not None]
    names = [curve.task for curve in found] + [f"{curve.task}, last round" for curve in found]
    names += [f"{curve.task}, given" for curve in given]
    print("| rows | " + " | ".join(names) + " |")
    print("|" + " --- |" * (len(names) + 1))
    rounds = [f", rounds to {at}" for at in range(1, len(LATER) + 1)]
    for at, n in enumerate(n_rows):
        name = f"{n:,}" + ([""] * len(PARTS) + rounds)[at]
        cells = [values[at] for values in (*(c.macro_f1 for c in found), *(c.last for c in found))]
        cells += [curve.given[at] for curve in given if curve.given is not None]
        print(f"| {name} | " + " | ".join(f"{each:.3f}" for each in cells) + " |")
    print("\n1,000 rows more, at the end:")
    for curve in found:
        slope, low, high = curve.slope(n_rows)
        print(f"{curve.task} {slope:+.4f} ({low:+.4f} to {high:+.4f})")


def main() -> None:
    """Print the curve."""
    linker = labels_linker()
    rows = read_labels([shipped("labels")])
    press = read_labels([Path(sys.argv[1])]) if len(sys.argv) > 1 else []
    articles = sorted({row.article for row in rows})
    order = np.random.default_rng(0).permutation(len(articles))
    shuffled = [articles[at] for at in order]
    parts = [set(shuffled[: ceil(part * len(shuffled))]) for part in PARTS]
    for at in range(len(LATER)):
        later = tuple(name for names in LATER[at:] for name in names)
        parts.append({article for article in articles if not article.startswith(later)})
    found = [
        curve
        for of, made in views(linker).items()
        for curve in curves(made(rows), made(press), of, parts)
    ]
    print_table(found, [sum(row.article in part for row in rows) for part in parts])


if __name__ == "__main__":
    main()
