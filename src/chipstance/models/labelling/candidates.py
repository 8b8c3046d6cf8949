"""From files of unlabelled text to the rows that are most worth labelling."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from chipstance.callbacks import Say
from chipstance.errors import LabelError
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.features.tasks import SENTIMENT
from chipstance.models.labelling.exporting import article_rows
from chipstance.models.labelling.preannotating import (
    Probabilities,
    RowVerdicts,
    judge_rows,
    suggestion,
)
from chipstance.models.labelling.suggesting import Doubt, pick
from chipstance.models.learning.examples import link_rows
from chipstance.models.verdicts.model import load
from chipstance.shipped import shipped


@dataclass(frozen=True, slots=True)
class ToLabel:
    """What to label next.

    Attributes:
        rows: The rows, the most worthwhile first; their `extra` has the model's verdicts as
            `suggested` and the reasons as `why`.
        tasks: Tasks that the model knows.
        of: Out of how many unlabelled sentences they were picked.
    """

    rows: list[LabelRow]
    tasks: tuple[str, ...]
    of: int


def suggest_files(
    paths: Sequence[Path],
    *,
    n: int,
    model: Path | None = None,
    labels: Sequence[Path] = (),
    columns: Mapping[str, str] | None = None,
    companies: Path | None = None,
    as_rows: bool = False,
    problems: Say,
    notes: Say = lambda _: None,
) -> ToLabel:
    """Pick what to label next out of files.

    Args:
        paths: Articles, or folders of them.
        n: How many sentences to pick.
        model: The model to be taught, a folder or what `store.find` knows it by; the one in use
            by default.
        labels: Label files; with the default labels, what is known already.
        columns: Name of a column by ours in `labels` and in tables read as rows.
        companies: A company table of one's own.
        as_rows: Whether each row of a table is one text to be labelled, and no article. A label
            there is one of the model's tasks, or of those that `columns` names.
        problems: Called with one line for each row or file that cannot be used.
        notes: Called with a line about what was guessed.

    Returns:
        The rows, and out of how many.

    Raises:
        LabelError: A label file is missing, or everything in the files is labelled already.
        InputError: An article cannot be read.
        ModelError: The model is missing or damaged.
    """
    loaded = load(model, companies=companies)
    read = partial(read_labels, problems=problems, columns=columns, notes=notes)
    known = {row.text for row in read_labels([shipped("labels")])}
    known |= {row.text for row in read(labels, beside=paths if as_rows else ())}
    if as_rows:
        rows = read(paths, unlabelled=True, tasks=loaded.tasks, beside=labels)
    else:
        rows = article_rows(paths, problems)
    rows = _new(rows, known)
    if not rows:
        raise LabelError("nothing to label: every sentence of these files is labelled already")
    mentions = link_rows(rows, loaded.linker)
    judged = judge_rows(loaded, rows, mentions)
    picks = pick(rows, [_doubts(each) for each in judged], known, n)
    chosen = [
        replace(
            rows[each.at],
            extra={
                **rows[each.at].extra,
                "suggested": str(suggestion(judged[each.at], loaded)),
                "why": "; ".join(each.why),
            },
        )
        for each in picks
    ]
    return ToLabel(chosen, loaded.tasks, len(rows))


def _new(rows: Sequence[LabelRow], known: Container[str]) -> list[LabelRow]:
    """The unlabelled rows whose text is not known, of those of one text the first."""
    first: dict[str, LabelRow] = {}
    for row in rows:
        if not row.labelled and row.text not in known:
            first.setdefault(row.text, row)
    return list(first.values())


def _doubts(said: RowVerdicts) -> list[Doubt]:
    tasks = [_doubt(task, task, p) for task, p in said.tasks.items() if len(p) > 1]
    return tasks + [_doubt(SENTIMENT, who, p) for who, p in said.companies.items() if len(p) > 1]


def _doubt(task: str, name: str, p: Probabilities) -> Doubt:
    first, second = sorted(p.items(), key=lambda each: -each[1])[:2]
    return Doubt(task, name, first, second)
