"""Which label rows a model is trained on: the default ones, one's own, or both."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chipstance.callbacks import Say
from chipstance.companies.cells import read_cells
from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.labels.counts import label_counts
from chipstance.labels.reading import label_files, read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.learning.parameters import DEFAULTS, Parameters
from chipstance.models.learning.repeats import without_repeats
from chipstance.models.learning.training import Trained
from chipstance.models.learning.whole import train
from chipstance.models.stored.seen import same_texts
from chipstance.printable import listed
from chipstance.shipped import shipped


@dataclass(frozen=True, slots=True)
class Material:
    """What a model is to be trained on.

    Attributes:
        rows: Label rows, repeats left out.
        linker: What finds companies, those of the label files' own tables too.
        notes: What a user should know of the rows, a line each.
        parameters: See `parameters_for`.
    """

    rows: list[LabelRow]
    linker: Linker
    notes: list[str]
    parameters: Mapping[str, Parameters] | None

    def train(self, name: str, progress: Say, notes: Say = lambda _: None) -> Trained:
        """Train on it, as `whole.train` does.

        Raises:
            LabelError: There is too little to learn from.
        """
        return train(
            self.rows,
            self.linker,
            name=name,
            parameters=self.parameters,
            progress=progress,
            notes=notes,
        )


def read_material(
    labels: Sequence[Path],
    *,
    only: bool,
    companies: Path | None = None,
    columns: Mapping[str, str] | None = None,
    problems: Say,
    notes: Say = lambda _: None,
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
        lines += beside_default(default, mine, rows)
    parameters = parameters_for(labels) if only else DEFAULTS
    return Material(rows, Linker(load_table(*dict.fromkeys(tables))), lines, parameters)


def parameters_for(labels: Iterable[Path]) -> Mapping[str, Parameters] | None:
    """The parameters that suit the labels of files.

    Args:
        labels: Label files or folders of them.

    Returns:
        Those tuned on the default labels where these are among them; else None, to have them
        chosen.
    """
    default, given = (
        {path.resolve() for path in label_files(paths)} for paths in ([shipped("labels")], labels)
    )
    return DEFAULTS if default <= given else None


def beside_default(
    default: Sequence[LabelRow], mine: Sequence[LabelRow], both: Sequence[LabelRow]
) -> Iterator[str]:
    """Say on how many texts one's own labels win, and which labels the default ones do not have.

    Args:
        default: The default rows.
        mine: One's own.
        both: What is `merged` of them.
    """
    if again := len(default) + len(mine) - len(both):
        yield f"{again} of your rows label texts of the default labels; yours win"
    known, own = label_counts(default), label_counts(mine)
    for task in sorted(known.keys() & own.keys()):
        if new := sorted(own[task].keys() - known[task].keys()):
            yield (
                f"{task}: {listed(new)} will be labels beside {', '.join(sorted(known[task]))};"
                " where they mean the same, write the latter"
            )


def merged(default: Sequence[LabelRow], mine: Sequence[LabelRow]) -> list[LabelRow]:
    """Default rows and one's own; on the same text one's own labels win, task by task."""
    known, keys = (same_texts(row.text for row in rows) for rows in (default, mine))
    own: dict[str, LabelRow] = {}
    for key, row in zip(keys, mine, strict=True):
        # Two rows may label one text, each for another task.
        own[key] = _joined(own[key], row) if key in own else row
    both = [
        _joined(row, own[key]) if key in own else row
        for key, row in zip(known, default, strict=True)
    ]
    there = set(known)
    return both + [row for key, row in zip(keys, mine, strict=True) if key not in there]


def _joined(row: LabelRow, own: LabelRow) -> LabelRow:
    companies = row.companies if own.companies is None else own.companies
    return replace(row, labels={**row.labels, **own.labels}, companies=companies)


def fictional_companies(labels: Iterable[Path], notes: Say = lambda _: None) -> list[Path]:
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
