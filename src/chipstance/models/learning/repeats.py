"""Texts that stand several times in what is to be learned, and whether their labels agree."""

from collections.abc import Sequence
from dataclasses import dataclass

from chipstance.labels.rows import LabelRow
from chipstance.models.stored.seen import same_texts

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Repeats:
    """Rows whose text stood in an earlier row.

    Attributes:
        same: Row and the earlier one, where they say the same; the row is left out.
        contradictory: Row and the earlier one, where they do not; both are learned.
    """

    same: tuple[tuple[LabelRow, LabelRow], ...]
    contradictory: tuple[tuple[LabelRow, LabelRow], ...]

    def lines(self) -> list[str]:
        """What to tell the user: counts, and the first few of each kind."""
        lines = []
        if self.same:
            lines.append(f"{_rows(len(self.same))} the text and labels of another; learned once")
            lines += [f"  {row.where}: as {first.where}" for row, first in self.same[:_SHOWN]]
        if self.contradictory:
            n = len(self.contradictory)
            lines.append(f"{_rows(n)} the text of another but other labels; settle on one")
            lines += [
                f"  {row.where}: {_said(row, first)}, {first.where}: {_said(first, row)}"
                for row, first in self.contradictory[:_SHOWN]
            ]
        return lines


def _rows(n: int) -> str:
    return "1 row has" if n == 1 else f"{n} rows have"


def _said(row: LabelRow, other: LabelRow) -> str:
    """What a row says that the other contradicts."""
    mine, theirs = ({**each.labels, **(each.companies or {})} for each in (row, other))
    return ", ".join(f"{task} {mine[task]}" for task in mine if theirs.get(task) not in
                     (None, mine[task]))  # fmt: skip


def _contradict(row: LabelRow, other: LabelRow) -> bool:
    return bool(_said(row, other))


def without_repeats(rows: Sequence[LabelRow]) -> tuple[list[LabelRow], Repeats]:
    """Rows less those that say of a text, however it is written, what an earlier one said.

    Args:
        rows: Label rows.

    Returns:
        The others in their order, and what was found. Of a text labelled for one task here and
        for another there, both rows stay, and neither is reported.
    """
    first: dict[str, LabelRow] = {}
    kept, same, contradictory = [], [], []
    for text, row in zip(same_texts(row.text for row in rows), rows, strict=True):
        known = first.setdefault(text, row)
        if known is not row and (row.labels, row.companies) == (known.labels, known.companies):
            same.append((row, known))
            continue
        if known is not row and _contradict(row, known):
            contradictory.append((row, known))
        kept.append(row)
    return kept, Repeats(tuple(same), tuple(contradictory))
