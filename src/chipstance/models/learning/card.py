"""What a model folder holds for people: its card and its strongest terms."""

from collections.abc import Mapping
from typing import Any

from chipstance.labels.guide import GUIDE_LABELS, GUIDE_SENTIMENTS
from chipstance.models.features.marks import AFTER, BEFORE, MASK_NAMES
from chipstance.models.features.tasks import SENTIMENT, title
from chipstance.models.learning.training import Trained
from chipstance.models.stored.saved import tasks_of
from chipstance.printable import counted, printable_lines

_TERMS_PER_LABEL = 40
_BEFORE, _AFTER = range(BEFORE, AFTER), range(AFTER, 0x110000)


def readable(ngram: str, tags: Mapping[str, str]) -> str:
    """An n-gram as people can read it: masks named, before and after the company marked.

    Args:
        ngram: Of a view.
        tags: Names of the lexicon's lists, by tag.

    >>> readable("\ue000跌", {})
    '◎跌'
    """
    names = MASK_NAMES | {tag: f"[{name}]" for tag, name in tags.items()}
    first = ord(ngram[0])
    block = next((block for block in (_BEFORE, _AFTER) if first in block), None)
    if block is not None:
        ngram = "".join(chr(ord(char) - block.start) for char in ngram if ord(char) in block)
    shown = "".join(names.get(char, char) for char in ngram).replace(" ", "␣")
    if block is _BEFORE:
        return f"{shown}…"
    return f"…{shown}" if block is _AFTER else shown


def terms(trained: Trained) -> str:
    """The strongest terms of each label of each task, as the text of `terms.txt`."""
    lines = [
        "# The strongest terms of each label: coefficient times inverse document frequency, term.",
        "# ◎ the company in question, ○ another, 0 any number; …x shortly after it (on a\n"
        "# sentence: in the last clause), x… shortly before; [list] a term of that word list.",
    ]
    for name, view in trained.views.items():
        for task in view.tasks:
            for label, row in zip(task.labels, task.coefficients, strict=True):
                weights = row * view.vocabulary.idf
                lines.append(f"\n[{title(name, task.task)}: {label}]")
                strongest = (-weights).argsort(kind="stable")[:_TERMS_PER_LABEL]
                ngrams = [view.vocabulary.ngrams[at] for at in strongest]
                lines += [
                    f"{weights[at]:8.3f}  {readable(ngram, trained.lexicon.names)}"
                    for at, ngram in zip(strongest, ngrams, strict=True)
                ]
    return "\n".join(lines) + "\n"


def card(manifest: Mapping[str, Any]) -> str:
    """The model's card, as the text of its `README.md`."""
    tasks = tasks_of(manifest)
    rows = [
        f"| {name} | {label} | {count} | {_f1(task, label)} |"
        for name, task in tasks.items()
        for label, count in task["counts"].items()
    ]
    scores = [
        f"| {name} | {_score(task, 'macro_f1')} | {_interval(task)} |"
        f" {_score(task, 'accuracy')} | {_score(task, 'calibration_error')} |"
        for name, task in tasks.items()
    ]
    held_out = any(task["cross_validated"] for task in tasks.values())
    calibrated = "calibrated on" if held_out else "not calibrated for want of"
    return printable_lines(
        [
            f"# Model {manifest['name']}",
            "",
            f"TF-IDF of character n-grams and multinomial logistic regression, {calibrated}",
            f"held-out articles. Trained on {counted(manifest['rows'], 'label row')} of"
            f" {counted(manifest['articles'], 'article')} (digest {manifest['labels_digest']}).",
            "",
            "Cross-validated by article:",
            "",
            "| task | macro-F1 | 95 % interval | accuracy | calibration error |",
            "| --- | --- | --- | --- | --- |",
            *scores,
            "",
            "| task | label | rows | F1 |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
            f"{_meaning(tasks)}What the model looks at: `terms.txt`.",
            "",
        ]
    )


def _meaning(tasks: Mapping[str, Mapping[str, Any]]) -> str:
    """Where to read what the labels mean: in the guide, of the tasks that have its labels."""
    guide = GUIDE_LABELS | {title("mention", SENTIMENT): GUIDE_SENTIMENTS}
    known = [name for name, task in tasks.items() if guide.get(name, set()) >= {*task["labels"]}]
    if not known:
        return ""
    whose = "the labels" if len(known) == len(tasks) else f"the labels of {', '.join(known)}"
    return f"What {whose} mean: `labels/GUIDE.md`. "


def _score(task: Mapping[str, Any], name: str) -> str:
    scores = task["cross_validated"]
    return f"{scores[name]:.3f}" if scores and scores[name] is not None else "–"


def _interval(task: Mapping[str, Any]) -> str:
    scores = task["cross_validated"]
    return "{:.3f} to {:.3f}".format(*scores["macro_f1_ci95"]) if scores else "–"


def _f1(task: Mapping[str, Any], label: str) -> str:
    scores = task["cross_validated"]
    return f"{scores['per_label'][label]['f1']:.3f}" if scores else "–"
