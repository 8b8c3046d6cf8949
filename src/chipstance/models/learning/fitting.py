"""Training from Python: rows in, a model in use out."""

import math
import tempfile
import warnings
import weakref
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from chipstance.callbacks import Say
from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.errors import LabelError
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow, parse_row
from chipstance.labels.scored import told_by
from chipstance.models.learning.material import beside_default, fictional_companies, merged
from chipstance.models.learning.parameters import DEFAULTS
from chipstance.models.learning.repeats import without_repeats
from chipstance.models.learning.whole import train as train_rows
from chipstance.models.learning.writing import write_model
from chipstance.models.stored.store import check_name
from chipstance.models.verdicts.model import Model
from chipstance.shipped import shipped

_GIVE = 'give mappings such as {"text": …, "stance": …}, of a data frame to_dict(\'records\')'


def train(
    rows: Iterable[LabelRow | Mapping[str, Any]],
    *,
    defaults: bool = False,
    name: str = "mine",
    companies: Path | str | None = None,
    progress: Say = lambda _: None,
) -> Model:
    """Train a model on label rows in hand.

    Args:
        rows: `LabelRow`s, or mappings with `text`, a key for each task and if wanted `article` and
            `companies`, such as the records of a data frame, whose NaN and NA are labels not
            given. Rows of one article belong together; parameters are chosen by cross-validation
            with articles kept whole.
        defaults: Whether to learn the default labels too; on the same text yours win.
        name: What the model is called, as `classify train --name` takes it.
        companies: A company table of one's own, added to the shipped one.
        progress: Called with a line before each task.

    Returns:
        The model, ready to score; `.save(folder)` keeps it.

    Raises:
        LabelError: A row cannot be used, or there is too little to learn from. What
            `classify train` says of rows, such as that they repeat or contradict others, that
            labels are left out or written otherwise than the default ones, is a `UserWarning`.
        ModelError: It is no name for a model.
    """
    check_name(name)
    mine, repeats = without_repeats(_label_rows(rows))
    told = repeats.lines()
    tables: list[Path | None] = [None if companies is None else Path(companies)]
    if defaults:
        labels = shipped("labels")
        default, own = read_labels([labels]), mine
        mine = merged(default, own)
        told += beside_default(default, own, mine)
        tables[:0] = fictional_companies([labels])
    _warn(told)
    left_out: list[str] = []
    trained = train_rows(
        mine,
        Linker(load_table(*tables)),
        name=name,
        parameters=DEFAULTS if defaults else None,
        progress=progress,
        notes=left_out.append,
    )
    _warn(left_out)
    folder = tempfile.TemporaryDirectory(prefix="chipstance-")
    write_model(Path(folder.name) / "model", trained)
    model = Model(Path(folder.name) / "model", companies=tables)
    # The model's files live as long as the model, or until it is saved elsewhere.
    weakref.finalize(model, folder.cleanup)
    return model


def _label_rows(rows: object) -> list[LabelRow]:
    if not isinstance(rows, Iterable):
        raise LabelError(f"rows are of type {type(rows).__name__}; {_GIVE}")
    return [_label_row(row, f"row {number}") for number, row in enumerate(rows, 1)]


def _label_row(row: Any, where: str) -> LabelRow:
    if isinstance(row, LabelRow):
        return row
    # The rows that a data frame is walked by are no `Mapping`, but have keys all the same.
    if not hasattr(row, "keys"):
        raise LabelError(f"{where}: is of type {type(row).__name__}; {_GIVE}")
    plain = {key: _plain(value) for key, value in dict(row).items()}
    if field := told_by(plain):
        raise LabelError(f"{where}: scored rows are no labels (it has {field}); {_GIVE}")
    return parse_row(plain, where)


def _plain(value: Any) -> Any:
    """A cell of a data frame or an array as Python has it; None for those that stand for nothing.

    >>> import numpy as np
    >>> _plain(np.int64(1)), _plain(np.bool_(True)), _plain(float("nan"))
    (1, True, None)
    """
    if getattr(value, "shape", None) == ():
        value = value.item()
    # By their names, for pandas is nothing that this package needs.
    missing = type(value).__name__ in ("NAType", "NaTType")
    return None if missing or (isinstance(value, float) and math.isnan(value)) else value


def _warn(lines: Sequence[str]) -> None:
    """Tell who called `train`."""
    if lines:
        warnings.warn("; ".join(line.strip() for line in lines), stacklevel=3)
