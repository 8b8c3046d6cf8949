"""What training changed: a new model beside the one before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chipstance.errors import ModelError
from chipstance.labels.rows import LabelRow
from chipstance.models.judging.paired import Pair, Paired, compare_verdicts
from chipstance.models.learning.training import Trained, TrainedTask
from chipstance.models.stored.saved import Manifest, read_manifest, tasks_of
from chipstance.models.stored.seen import Seen, open_seen
from chipstance.printable import listed


@dataclass(frozen=True, slots=True)
class Change:
    """One task of the new model.

    Attributes:
        name: What the task is called beside the others.
        task: Its classifier.
        before: Cross-validated macro-F1 of the model before, on its own labels, 0 to 1.
        paired: Both on the sentences that both learned from, each while it was held out; None
            where there are none, or no label is one of both.
        others: Labels of the model before, where none of them is a label of this one.
    """

    name: str
    task: TrainedTask
    before: float | None
    paired: Paired | None
    others: Sequence[str] = ()

    def lines(self) -> list[str]:
        """What to tell the user of it."""
        counts = ", ".join(f"{label} {n}" for label, n in self.task.counts.items())
        head = f"{self.name}: {sum(self.task.counts.values())} rows ({counts})"
        scores = self.task.cross_validated
        if scores is None:
            return [head, "  too few articles, or rows of a label, to cross-validate"]
        line = f"  macro-F1 {scores.macro_f1:.3f} cross-validated"
        if self.before is None:
            return [head, f"{line}; the model before did not know this task"]
        line += f", the model before {self.before:.3f}"
        if self.others:
            others = f"it gives other labels ({listed(self.others)})"
            return [head, f"{line}; {others}, so neither is shown to be better"]
        if self.paired is None:
            return [head, f"{line}: each on its own rows, so neither is shown to be better"]
        low, high = self.paired.difference_ci95
        return [
            head,
            line,
            f"  {self.paired.verdict} on the {self.paired.n} sentences that both held out:"
            f" {self.paired.first:.3f} to {self.paired.second:.3f}"
            f" ({low:+.3f} to {high:+.3f}); {self.paired.won} mended, {self.paired.lost} spoiled",
        ]


def changes(
    trained: Trained, rows: Sequence[LabelRow], before: Path | None
) -> tuple[str, list[Change]]:
    """Put a new model beside the one before it.

    Args:
        trained: The new one.
        rows: What it was trained on.
        before: Folder of the other; None where there is none.

    Returns:
        Name of the other, and each task of the new one. A model before that cannot be opened
        counts as none.
    """
    opened = None if before is None else _opened(before)
    if opened is None:
        return "none", [Change(*task, None, None) for task in trained.tasks.items()]
    manifest, digest, old = opened
    known = {
        name: task["cross_validated"] and float(task["cross_validated"]["macro_f1"])
        for name, task in tasks_of(manifest).items()
    }
    labels = {name: task["labels"] for name, task in tasks_of(manifest).items()}
    held_out = {} if old is None else old.held_out
    texts = [] if old is None else old.texts.tolist()
    found = []
    # Sentences come first, and what is remembered is of them alone.
    for at, (name, task) in enumerate(trained.tasks.items()):
        paired = None
        before_it = labels.get(name, ())
        others = before_it if set(task.labels).isdisjoint(before_it) else ()
        comparable = name in held_out and not others
        if comparable and trained.seen is not None and task.held_out is not None:
            past = dict(zip(texts, held_out[name], strict=True))
            verdicts = trained.seen.held_out[:, at]
            paired = _paired(task, rows, trained.seen.texts.tolist(), verdicts.tolist(), past)
        found.append(Change(name, task, known.get(name), paired, others))
    return f"{manifest['name']}@{digest}", found


def _opened(folder: Path) -> tuple[Manifest, str, Seen | None] | None:
    try:
        manifest, digest = read_manifest(folder)
        return manifest, digest, open_seen(folder, digest)
    except ModelError:
        return None


def _paired(
    task: TrainedTask,
    rows: Sequence[LabelRow],
    texts: Sequence[int],
    verdicts: Sequence[int],
    past: dict[int, str | None],
) -> Paired | None:
    both = [
        (row.labels[task.task], before, task.labels[now], row.article)
        for row, text, now in zip(rows, texts, verdicts, strict=True)
        if now >= 0 and (before := past.get(text)) is not None and task.task in row.labels
    ]
    if not both:
        return None
    truth, first, second, groups = zip(*both, strict=True)
    return compare_verdicts(Pair(task.task, truth, first, second, groups))
