"""Which label rows a model is trained on: the default ones, one's own, or both."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chipstance.companies.cells import read_cells
from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.learning.parameters import DEFAULTS
from chipstance.models.learning.repeats import without_repeats
from chipstance.models.learning.training import Trained
from chipstance.models.learning.whole import train
from chipstance.shipped import shipped


@dataclass(frozen=True, slots=True)
class Material:
    """What a model is to be trained on.

    Attributes:
        rows: Label rows, repeats left out.
        linker: What finds companies, those of the label files' own tables too.
        notes: What a user should know of the rows, a line each.
        ours: Whether the default labels are among them.
    """

    rows: list[LabelRow]
    linker: Linker
    notes: list[str]
    ours: bool

    def train(self, name: str, progress: Callable[[str], None]) -> Trained:
        """Train on it; the parameters are chosen where the default labels are not part of it.

        Raises:
            LabelError: There is too little to learn from.
        """
        parameters = DEFAULTS if self.ours else None
        return train(self.rows, self.linker, name=name, parameters=parameters, progress=progress)


def read_material(
    labels: Sequence[Path],
    *,
    only: bool,
    companies: Path | None = None,
    columns: Mapping[str, str] | None = None,
    problems: Callable[[str], None],
    notes: Callable[[str], None] = lambda _: None,
) -> Material:
    """Read label files, and unless told otherwise the default labels too.

    Args:
        labels: Label files or folders of them; on the same text they win over the default ones.
        only: Leave the default labels out.
        companies: A company table of one's own.
        columns: The files' name of a column by ours, as for `read_labels`.
        problems: Called with a line for each row that cannot be used.
        notes: Called with a line for what was understood of the columns.

    Raises:
        LabelError: A file is missing, or holds no usable row.
    """
    mine = read_labels(labels, problems=problems, columns=columns, notes=notes)
    mine, repeats = without_repeats(mine)
    lines = repeats.lines()
    tables = [*fictional_companies(labels, notes), companies]
    rows = mine
    if not only:
        default = read_labels([shipped("labels")], problems=problems)
        tables[:0] = fictional_companies([shipped("labels")])
        rows = merged(default, mine)
        if again := len(default) + len(mine) - len(rows):
            lines.append(f"{again} of your rows label texts of the default labels; yours win")
        lines += _labels_of_ones_own(default, mine)
    return Material(rows, Linker(load_table(*dict.fromkeys(tables))), lines, not only)


def _labels_of_ones_own(default: Sequence[LabelRow], mine: Sequence[LabelRow]) -> Iterator[str]:
    """Say which tasks of the default labels get labels that these do not have."""
    known, own = _values(default), _values(mine)
    for task in sorted(known.keys() & own.keys()):
        if new := sorted(own[task] - known[task]):
            yield (
                f"{task}: {', '.join(new[:5])}{', …' if len(new) > 5 else ''} will be labels beside"
                f" {', '.join(sorted(known[task]))}; where they mean the same, write the latter"
            )


def _values(rows: Iterable[LabelRow]) -> dict[str, set[str]]:
    """The labels of each task."""
    values: dict[str, set[str]] = {}
    for row in rows:
        for task, label in row.labels.items():
            values.setdefault(task, set()).add(label)
    return values


def merged(default: Sequence[LabelRow], mine: Sequence[LabelRow]) -> list[LabelRow]:
    """Default rows and one's own; on the same text one's own labels win, task by task."""
    own: dict[str, LabelRow] = {}
    for row in mine:
        # Two rows may label one text, each for another task.
        own[row.text] = _joined(own[row.text], row) if row.text in own else row
    known = {row.text for row in default}
    return [_joined(row, own[row.text]) if row.text in own else row for row in default] + [
        row for row in mine if row.text not in known
    ]


def _joined(row: LabelRow, own: LabelRow) -> LabelRow:
    companies = row.companies if own.companies is None else own.companies
    return replace(row, labels={**row.labels, **own.labels}, companies=companies)


def fictional_companies(
    labels: Iterable[Path], notes: Callable[[str], None] = lambda _: None
) -> list[Path]:
    """Tables of the made-up firms that label files come with: `companies.csv` in their folders.

    Args:
        labels: Label files or folders of them.
        notes: Called with a line for each table, and for each file of that name that is none.

    Raises:
        CompanyTableError: A table cannot be read.
    """
    found: dict[Path, bool] = {}
    for path in labels:
        table = (path if path.is_dir() else path.parent) / "companies.csv"
        if table not in found and table != path and table.is_file():
            found[table] = "id" in read_cells(table)[0]
            notes(
                f"{table}: companies beside the labels, read too"
                if found[table]
                else f"{table}: passed over; a company table has a column id"
            )
    return [table for table, is_one in found.items() if is_one]
