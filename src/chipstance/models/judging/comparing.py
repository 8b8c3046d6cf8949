"""Is the new model really better? Two models on the same labelled sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipstance.callbacks import Say
from chipstance.errors import LabelError
from chipstance.labels.rows import LabelRow
from chipstance.models.features.tasks import title
from chipstance.models.judging.evaluation import Judged, judge
from chipstance.models.judging.paired import Pair, Paired, compare_verdicts
from chipstance.models.judging.unknown_labels import unknown_labels
from chipstance.models.learning.examples import link_rows, mention_examples, sentence_examples
from chipstance.models.stored.seen import open_seen
from chipstance.models.verdicts.model import Model


@dataclass(frozen=True, slots=True)
class Flip:
    """One verdict that changed; `company` is None for a sentence's."""

    task: str
    text: str
    where: str
    company: str | None
    first: str
    second: str
    right: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models side by side.

    Attributes:
        names: Of both.
        tasks: How the second does against the first, by task that both know; those of sentences
            first, and each called by its `title`.
        flips: Every verdict that changed, in the order of the rows.
    """

    names: tuple[str, str]
    tasks: tuple[Paired, ...]
    flips: tuple[Flip, ...]

    @property
    def verdict(self) -> str:
        """`better`: on some task and worse on none; `worse`: the reverse; else `not better`."""
        verdicts = {each.verdict for each in self.tasks}
        if "better" in verdicts:
            return "not better" if "worse" in verdicts else "better"
        return "worse" if "worse" in verdicts else "not better"


def compare(first: Model, second: Model, rows: Sequence[LabelRow], *, notes: Say) -> Comparison:
    """Compare two models on label rows that neither has learned from.

    Args:
        first: The model to be measured against.
        second: The one that may be better.
        rows: Label rows.
        notes: Told of rows that were left out because a model was trained on them, and of labels
            that a model cannot get right.

    Raises:
        LabelError: Every row was in training, or no task is known to both models and labelled.
    """
    rows = _unseen(first, second, rows, notes)
    for model in _different(first, second):
        for line in unknown_labels(model, rows):
            notes(line)
    verdicts = [_judged(model, rows) for model in (first, second)]
    tasks, flips = [], []
    for task, one in verdicts[0].items():
        if other := verdicts[1].get(task):
            groups = [example.group for example in one.examples]
            pair = Pair(task, one.truth, one.verdicts, other.verdicts, groups)
            tasks.append(compare_verdicts(pair))
            flips += _flips(task, one, other, rows)
    if not tasks:
        raise LabelError("no row has a label of a task that both models know")
    return Comparison((first.name, second.name), tuple(tasks), tuple(flips))


def _different(first: Model, second: Model) -> Iterable[Model]:
    """Both models, or the one that both are."""
    return {model.folder: model for model in (first, second)}.values()


def _unseen(
    first: Model, second: Model, rows: Sequence[LabelRow], notes: Say
) -> Sequence[LabelRow]:
    learned = np.zeros(len(rows), dtype=bool)
    for model in _different(first, second):
        seen = seen_rows(model, rows)
        if seen.any():
            notes(f"{seen.sum()} of {len(rows)} rows were in the training of {model.name}")
        learned |= seen
    if learned.all():
        raise LabelError(
            "every row was in the training of one of the models; compare on sentences that"
            " neither has learned from"
        )
    if learned.any():
        notes(f"left out of the comparison: {learned.sum()} rows that a model remembers")
    return [row for row, known in zip(rows, learned, strict=True) if not known]


def seen_rows(model: Model, rows: Sequence[LabelRow]) -> NDArray[np.bool_]:
    """Whether each row's text was in the training of a model that remembers; else never."""
    seen = open_seen(model.folder, model.digest)
    if seen is None:
        return np.zeros(len(rows), dtype=bool)
    return seen.has_text([row.text for row in rows])


def _judged(model: Model, rows: Sequence[LabelRow]) -> dict[str, Judged]:
    mentions = link_rows(rows, model.linker)
    examples = sentence_examples(rows, mentions, model.views)
    found = {"sentence": judge(model.sentence_scorer, examples)}
    if model.mention_scorer:
        examples = mention_examples(rows, mentions, model.views)
        found["mention"] = judge(model.mention_scorer, examples)
    return {title(view, each.task): each for view, judged in found.items() for each in judged}


def _flips(task: str, one: Judged, other: Judged, rows: Sequence[LabelRow]) -> list[Flip]:
    return [
        Flip(
            task,
            rows[example.row].text,
            rows[example.row].where,
            example.company,
            before,
            after,
            right,
        )
        for example, before, after, right in zip(
            one.examples, one.verdicts, other.verdicts, one.truth, strict=True
        )
        if before != after
    ]
