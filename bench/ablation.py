"""What each part of the features and each parameter brings: a table of what happens without it.

    python -m bench.ablation [--view sentence|mention] [--batches] [NAME…]

Cross-validated on `labels/` with articles kept whole, every row in the same folds. Prints macro-F1
of each variant, how far it is from that of what is shipped (`full`), the 95 % interval of that
difference by drawing articles with replacement, and the calibration error. A star stands where the
interval leaves 0 out: one row in twenty has one by chance. Companies that a table says nothing of
are measured on the views as they are when no line of business is known.

With --batches all that was written together (tw-39…) is held out and drawn together, in place of
articles.

Give names to run these rows alone; both views take a quarter of an hour on a core of its own.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scipy.sparse import vstack

from bench import views_variants as vv
from bench.folds import Verdicts, fit_folds, held_out, verdicts
from bench.material import labels_linker
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.features.lexicon import read_lexicon
from chipstance.models.features.tasks import SENTIMENT
from chipstance.models.features.views import Views
from chipstance.models.judging.paired import Pair, Paired, compare_verdicts
from chipstance.models.learning.examples import Example, anonymous_copies, link_rows
from chipstance.models.learning.parameters import DEFAULTS, Parameters
from chipstance.models.learning.products import Rows
from chipstance.models.learning.target import Ints, Target
from chipstance.models.learning.vectorising import fit_vocabulary
from chipstance.shipped import shipped

TASKS = ("stance", "topic", "hype")
UNKNOWN = f"{SENTIMENT} of unknown companies"
COLUMNS = {"sentence": TASKS, "mention": (SENTIMENT, UNKNOWN)}


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to train that differs from the shipped one in one thing.

    Attributes:
        view: What it counts features in.
        changed: Parameters that it has otherwise.
        copies: Whether it learns from anonymous copies of company examples.
        calibrated: False to take the verdicts of what is shipped as they were uncalibrated.
    """

    view: vv.View = vv.shipped
    changed: Mapping[str, int | float | bool] = field(default_factory=dict)
    copies: bool = True
    calibrated: bool = True


FULL = Variant()


def variants(of: str) -> dict[str, Variant]:
    """Variants of one view by name, the shipped one first."""
    words = vv.Words()
    both = {
        "full": FULL,
        "characters 1-2": Variant(changed={"longest_ngram": 2}),
        "characters 1-4": Variant(changed={"longest_ngram": 4}),
        "jieba words added": Variant(words.added),
        "jieba words and pairs of words alone": Variant(words.alone, {"longest_ngram": 2}),
        "company names left in": Variant(vv.with_names),
        "numbers not masked": Variant(vv.with_figures),
        "lexicon tags off": Variant(vv.of_reading(vv.without_lists)),
        "n-grams of the last clause added": Variant(vv.with_last_clause),
        "n-grams after 但, 惟, 不過 added": Variant(vv.with_contrast),
        "negated terms tagged apart": Variant(vv.of_reading(vv.negated)),
        "negated terms and n-grams apart": Variant(vv.with_negated_ngrams),
        "n-grams of the first row, the title, added": Variant(vv.with_title),
        "n-grams of the sentence before added": Variant(vv.with_previous),
        **{
            f"inverse frequency to the power of {power}": Variant(changed={"idf_power": power})
            for power in (1.0, 1.5, 2.0)
            if power != DEFAULTS[of].idf_power
        },
        "class weights off": Variant(changed={"balanced": False}),
        "C 2": Variant(changed={"c": 2.0}),
        "C 4": Variant(changed={"c": 4.0}),
        "C 16": Variant(changed={"c": 16.0}),
        **{
            f"n-grams in {n} views or more": Variant(changed={"min_views": n})
            for n in (1, 2, 3, 4, 5)
            if n != DEFAULTS[of].min_views
        },
        "calibration off": Variant(calibrated=False),
    }
    return both | (_of_sentences() if of == "sentence" else _of_mentions())


def _of_sentences() -> dict[str, Variant]:
    return {
        "masks all alike": Variant(vv.of_reading(vv.without_kinds)),
        "tags of the last clause off": Variant(vv.without_last_clause),
        "direction of stated moves tagged": Variant(vv.with_moves),
    }


def _of_mentions() -> dict[str, Variant]:
    return {
        "others masked by line of business": Variant(vv.others_by_kind),
        "windows off": Variant(vv.windows_of(0, 0)),
        "windows of 8 before, 12 after": Variant(vv.windows_of(8, 12)),
        "windows of 16 before, 24 after": Variant(vv.windows_of(16, 24)),
        "windows over the ends of clauses": Variant(vv.windows_of(12, 16, cut=False)),
        "clause in place of windows": Variant(vv.windows_of(1000, 1000)),
        "scope of tags off": Variant(vv.without_scope),
        # Without the tags a copy is its original once more.
        "line-of-business tags off": Variant(vv.of_reading(vv.without_kinds), copies=False),
        "anonymous copies off": Variant(copies=False),
        "direction of the stated move off": Variant(vv.of_reading(vv.without_moves)),
    }


@dataclass(frozen=True, slots=True)
class Measured:
    """What a variant gave.

    Attributes:
        n_features: How many n-grams it has.
        verdicts: By column of the table.
        uncalibrated: What they would be without calibration.
        truth: Targets by column.
    """

    n_features: int
    verdicts: dict[str, Verdicts]
    uncalibrated: dict[str, Verdicts]
    truth: dict[str, Target]


def examples(
    rows: Sequence[LabelRow], sentences: Sequence[vv.Sentence], view: vv.View, of: str
) -> list[Example]:
    """Labelled views of sentences, or of the companies linked in them."""
    return list(_examples(rows, sentences, view, of))


def _examples(
    rows: Sequence[LabelRow], sentences: Sequence[vv.Sentence], view: vv.View, of: str
) -> Iterator[Example]:
    for at, (row, sentence) in enumerate(zip(rows, sentences, strict=True)):
        if of == "sentence":
            if row.labels.keys() >= set(TASKS):
                yield Example(view(sentence, ""), dict(row.labels), row.article, at)
            continue
        linked = {each.company for each in sentence.reading.named}
        for company, label in (row.companies or {}).items():
            if company in linked:
                view_of_it = view(sentence, company)
                yield Example(view_of_it, {SENTIMENT: label}, row.article, at, company)


def measure(made: Sequence[Example], variant: Variant, start: Parameters) -> Measured:
    """Cross-validate a variant.

    Args:
        made: Its examples.
        variant: What else it has otherwise.
        start: The shipped parameters; the folds are by these.
    """
    parameters = replace(start, **variant.changed)  # type: ignore[arg-type]
    vocabulary, tfidf = fit_vocabulary([each.view for each in made], parameters)
    copies = anonymous_copies(made) if made[0].company else []
    n = len(made)
    if copies:
        # They are always there, so that the folds are the same; learned from or not.
        tfidf = vstack([tfidf, vocabulary.transform([each.view for each in copies])]).tocsr()
    rows = Rows(tfidf)
    found: dict[str, Verdicts] = {}
    raw: dict[str, Verdicts] = {}
    truth: dict[str, Target] = {}
    for task in sorted(made[0].labels):
        target = Target.of(task, [*made, *copies])
        fold = target.folds(start)
        if fold is None:
            raise SystemExit(f"{task}: too few labels to hold any out")
        learned = target.y >= 0
        learned[n:] &= variant.copies
        logits = held_out(fit_folds(rows, target, fold, learned, parameters), fold)
        parts = {task: slice(n), UNKNOWN: slice(n, None)} if copies else {task: slice(n)}
        for name, part in parts.items():
            y = target.y[part]
            found[name] = verdicts(logits[part], y, fold[part])
            raw[name] = verdicts(logits[part], y, fold[part], calibrated=False)
            truth[name] = replace(target, y=y, groups=target.groups[part])
    return Measured(len(vocabulary.ngrams), found, raw, truth)


def difference(full: Measured, other: Measured, column: str) -> Paired:
    """How a variant does against what is shipped."""
    target = full.truth[column]

    def labels(positions: Ints) -> list[str]:
        return [target.labels[at] for at in positions]

    first, second = (labels(each.verdicts[column].given) for each in (full, other))
    return compare_verdicts(Pair(column, labels(target.y), first, second, target.groups.tolist()))


def line(name: str, full: Measured, other: Measured, columns: Sequence[str]) -> str:
    """A row of the table."""
    pairs = [difference(full, other, column) for column in columns]
    cells = [f"{pair.second:.3f}" if name == "full" else cell(pair) for pair in pairs]
    errors = " / ".join(f"{other.verdicts[each].calibration_error:.3f}" for each in columns)
    return "| " + " | ".join([name, f"{other.n_features:,}", *cells, errors]) + " |"


def cell(pair: Paired) -> str:
    """Macro-F1 with its difference to `full`."""
    low, high = pair.difference_ci95
    star = "*" if low > 0 or high < 0 else ""
    return f"{pair.second:.3f}, {pair.difference:+.3f} ({low:+.3f} to {high:+.3f}){star}"


def table(of: str, names: Sequence[str], make: Callable[[vv.View], list[Example]]) -> None:
    """Print the table of one view, a row as soon as it is known."""
    columns, known = COLUMNS[of], variants(of)
    header = [f"{of} view", "features", *columns, "calibration error"]
    print("| " + " | ".join(header) + " |")
    print("|" + " --- |" * len(header), flush=True)
    full = measure(make(FULL.view), FULL, DEFAULTS[of])
    for name, variant in known.items():
        if names and name not in names:
            continue
        if variant is FULL:
            other = full
        elif not variant.calibrated:
            other = replace(full, verdicts=full.uncalibrated)
        else:
            other = measure(make(variant.view), variant, DEFAULTS[of])
        print(line(name, full, other, columns), flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.ablation", description=__doc__)
    parser.add_argument("--view", choices=COLUMNS, help="of this view alone")
    parser.add_argument(
        "--batches", action="store_true", help="keep whole batches of writing whole"
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="rows to run; all by default")
    given = parser.parse_args()
    asked = [given.view] if given.view else list(COLUMNS)
    if unknown := set(given.names) - {name for of in asked for name in variants(of)}:
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    rows = read_labels([shipped("labels")])
    mentions = link_rows(rows, labels_linker())
    sentences = vv.sentences(rows, mentions, Views(read_lexicon()))
    if given.batches:
        rows = [replace(row, article=row.article[: len("tw-39")]) for row in rows]
    for of in asked:
        table(of, given.names, lambda view, of=of: examples(rows, sentences, view, of))  # type: ignore[misc]
        print()


if __name__ == "__main__":
    main()
