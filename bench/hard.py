"""How the model does on sentences that are hard to read, kind by kind.

    python -m bench.hard [MODEL]

`labels/hard/` holds sentences of everyday kinds that words alone mislead about: denials, falls
that narrow, a bull answered by a bear. Nothing is ever learned from them. Prints the share of
right verdicts by kind, then macro-F1 with 95 % intervals by drawing kinds, the calibration
error, and what a second reader, who had not seen the labels, makes of the same sentences.
"""

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.material import ROOT
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.features.tasks import SENTIMENT
from chipstance.models.judging.evaluation import Judged, judge
from chipstance.models.learning.examples import link_rows, mention_examples, sentence_examples
from chipstance.models.learning.metrics import score_verdicts
from chipstance.models.verdicts.model import Model, load

HARD = ROOT / "labels" / "hard"
_COLUMNS = ("stance", "topic", SENTIMENT)
_PREFIX = "hard-"


def read(name: str) -> list[LabelRow]:
    """The rows of one reading: `settled`, `first` or `second`."""
    return read_labels([HARD / f"{name}.jsonl"])


def judged_by(model: Model, rows: list[LabelRow]) -> dict[str, Judged]:
    """Verdicts beside the labels, by task."""
    mentions = link_rows(rows, model.linker)
    found = judge(model.sentence_scorer, sentence_examples(rows, mentions, model.views))
    if model.mention_scorer is not None:
        found += judge(model.mention_scorer, mention_examples(rows, mentions, model.views))
    return {each.task: each for each in found}


def by_kind(tasks: Mapping[str, Judged], settled: Sequence[LabelRow]) -> list[str]:
    """A table of the share of right verdicts in each kind."""
    right: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for task in _COLUMNS:
        judged = tasks[task]
        for example, truth, verdict in zip(
            judged.examples, judged.truth, judged.verdicts, strict=True
        ):
            kind = settled[example.row].article.removeprefix(_PREFIX)
            right[kind][task].append(truth == verdict)
    lines = [
        "| kind | sentences | " + " | ".join(_COLUMNS) + " |",
        "| --- |" + " ---: |" * (len(_COLUMNS) + 1),
    ]
    for kind, of in right.items():
        cells = [f"{sum(of[task]) / len(of[task]):.2f}" if of[task] else "" for task in _COLUMNS]
        lines.append(f"| {kind} | {len(of['stance'])} | " + " | ".join(cells) + " |")
    return lines


def summary(tasks: Mapping[str, Judged], settled: Sequence[LabelRow]) -> list[str]:
    """A table of macro-F1 and calibration error by task."""
    lines = [
        "| task | n | macro-F1 | 95 % interval | a second reader | calibration error | by chance |",
        "| --- | ---: | ---: | --- | ---: | ---: | ---: |",
    ]
    for task, judged in tasks.items():
        scores = judged.scores()
        low, high = scores.macro_f1_ci95
        lines.append(
            f"| {task} | {scores.n} | {scores.macro_f1:.2f} | {low:.2f} to {high:.2f}"
            f" | {_reader(task, settled):.2f}"
            f" | {scores.calibration_error:.2f} | {scores.by_chance:.2f} |"
        )
    return lines


def main() -> None:
    """Print the tables."""
    model = load(Path(sys.argv[1])) if len(sys.argv) > 1 else load()
    settled = read("settled")
    tasks = judged_by(model, settled)
    print("\n".join([*by_kind(tasks, settled), "", *summary(tasks, settled)]))


def _reader(task: str, settled: Sequence[LabelRow]) -> float:
    """Macro-F1 of the second reader's labels."""
    truth, labels = [], []
    for row, other in zip(settled, read("second"), strict=True):
        ours, theirs = (_labels(each, task) for each in (row, other))
        both = ours.keys() & theirs.keys()
        truth += [ours[each] for each in both]
        labels += [theirs[each] for each in both]
    return score_verdicts(truth, labels, range(len(truth))).macro_f1


def _labels(row: LabelRow, task: str) -> Mapping[str, str]:
    """What a row says for a task: of the sentence, or of each company."""
    if task == SENTIMENT:
        return row.companies or {}
    return {"": row.labels[task]}


if __name__ == "__main__":
    main()
