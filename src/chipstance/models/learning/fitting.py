"""Training from Python: rows in, a model in use out."""

import tempfile
import warnings
import weakref
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow, parse_row
from chipstance.models.learning.material import fictional_companies, merged
from chipstance.models.learning.parameters import DEFAULTS
from chipstance.models.learning.repeats import without_repeats
from chipstance.models.learning.whole import train as train_rows
from chipstance.models.learning.writing import write_model
from chipstance.models.verdicts.model import Model
from chipstance.shipped import shipped


def train(
    rows: Iterable[LabelRow | Mapping[str, Any]],
    *,
    defaults: bool = False,
    name: str = "mine",
    companies: Path | str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Model:
    """Train a model on label rows in hand.

    Args:
        rows: `LabelRow`s, or mappings with `text`, a key for each task and if wanted `article` and
            `companies`, such as the records of a data frame. Rows of one article belong together;
            parameters are chosen by cross-validation with articles kept whole.
        defaults: Whether to learn the default labels too; on the same text yours win.
        name: What the model is called.
        companies: A company table of one's own, added to the shipped one.
        progress: Called with a line before each task.

    Returns:
        The model, ready to score; `.save(folder)` keeps it.

    Raises:
        LabelError: A row cannot be used, or there is too little to learn from. Repeated and
            contradictory rows are a `UserWarning`.
    """
    mine = [
        row if isinstance(row, LabelRow) else parse_row(dict(row), f"row {number}")
        for number, row in enumerate(rows, 1)
    ]
    mine, repeats = without_repeats(mine)
    if lines := repeats.lines():
        warnings.warn("; ".join(line.strip() for line in lines), stacklevel=2)
    tables: list[Path | None] = [None if companies is None else Path(companies)]
    if defaults:
        labels = shipped("labels")
        mine = merged(read_labels([labels]), mine)
        tables[:0] = fictional_companies([labels])
    parameters = DEFAULTS if defaults else None
    linker = Linker(load_table(*tables))
    trained = train_rows(mine, linker, name=name, parameters=parameters, progress=progress)
    folder = tempfile.TemporaryDirectory(prefix="chipstance-")
    write_model(Path(folder.name) / name, trained)
    model = Model(Path(folder.name) / name, companies=tables)
    # The model's files live as long as the model, or until it is saved elsewhere.
    weakref.finalize(model, folder.cleanup)
    return model
