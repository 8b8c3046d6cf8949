"""From label files to the labels in them that are probably wrong."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from chipstance.callbacks import Say
from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.labels.reading import read_labels
from chipstance.models.labelling.auditing import Doubtful, audit
from chipstance.models.learning.material import fictional_companies
from chipstance.models.stored.seen import same_texts
from chipstance.shipped import shipped


def audit_files(
    paths: Sequence[Path],
    *,
    with_default: bool = False,
    most: int | None = None,
    columns: Mapping[str, str] | None = None,
    companies: Path | None = None,
    problems: Say,
    notes: Say = lambda _: None,
) -> list[Doubtful]:
    """Audit label files.

    Args:
        paths: Label files, or folders of them.
        with_default: Whether to learn from the default labels too; those are not audited.
        most: How many to give, all by default.
        columns: The files' name of a column by ours, where they differ.
        companies: A company table of one's own.
        problems: Called with one line for each row that cannot be used.
        notes: Called with a line about what was guessed or cannot be audited.

    Returns:
        The doubtful labels, the most doubtful first.

    Raises:
        LabelError: A file is missing, or there is too little to learn from.
    """
    mine = read_labels(paths, problems=problems, columns=columns, notes=notes)
    tables = fictional_companies(paths, notes)
    default = []
    if with_default:
        tables[:0] = fictional_companies([shipped("labels")])
        ours = read_labels([shipped("labels")])
        known = set(same_texts(row.text for row in mine))
        texts = same_texts(row.text for row in ours)
        default = [row for text, row in zip(texts, ours, strict=True) if text not in known]
    linker = Linker(load_table(*dict.fromkeys(tables), companies))
    # Rows of an article may lie apart in a file of one's own.
    mine.sort(key=lambda row: row.article)
    only = frozenset(range(len(mine))) if with_default else None
    return audit([*mine, *default], linker, only=only, most=most, notes=notes)
