"""Labels that a model never gives, as where they are written otherwise than those it learned."""

from collections.abc import Iterator, Sequence

from chipstance.labels.counts import COMPANIES, label_counts
from chipstance.labels.rows import LabelRow
from chipstance.models.verdicts.model import Model
from chipstance.printable import listed


def unknown_labels(model: Model, rows: Sequence[LabelRow]) -> Iterator[str]:
    """Say which labels of rows a model can only get wrong, a line for each task that has some.

    Args:
        model: The model.
        rows: Label rows.
    """
    known = model.classes_
    if model.mention_scorer is not None:
        (known[COMPANIES],) = (head.labels for head in model.mention_scorer.heads)
    for task, counts in label_counts(rows).items():
        if unknown := sorted(counts.keys() - known.get(task, counts.keys())):
            n = sum(counts[label] for label in unknown)
            yield (
                f"{task}: {n} of {counts.total()} labels are none that {model.name} gives"
                f" ({listed(unknown)}) and count as wrong; it gives {', '.join(known[task])}"
            )
