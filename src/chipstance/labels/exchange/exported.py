"""Label rows out of what annotation tools export."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Literal

from chipstance.articles.tables.rows import json_objects, opened
from chipstance.callbacks import Say
from chipstance.companies.linking import Linker
from chipstance.errors import InputError, LabelError
from chipstance.labels.columns import text_column
from chipstance.labels.exchange import doccano, label_studio
from chipstance.labels.records import encoding_of
from chipstance.labels.recurring import cut_short
from chipstance.labels.rows import LabelRow

Tool = Literal["label-studio", "doccano"]
_WROTE = {"label-studio": label_studio.is_exported, "doccano": doccano.is_exported}


def read_exported(
    path: Path,
    tool: Tool,
    *,
    linker: Linker,
    columns: Mapping[str, str] | None = None,
    offsets: doccano.Offsets = "utf-16",
    problems: Say,
    notes: Say = lambda _: None,
) -> list[LabelRow]:
    """Read what an annotation tool exported.

    Args:
        path: JSON or JSON_MIN of Label Studio, JSONL or JSON of doccano.
        tool: Which of them wrote it.
        linker: Finds the company that a span names.
        columns: The file's name of a field or task by ours, where they differ.
        offsets: What doccano's positions count.
        problems: Called with one line for each task that cannot be used.
        notes: Called with a line about what was guessed or left out.

    Returns:
        A row for each task that is labelled.

    Raises:
        LabelError: The file cannot be read, the tool did not write it, or nothing in it is
            labelled.
    """
    columns = dict(columns or {})
    said: list[str] = []
    found = _objects(path, said.append)
    writer = [name for name, wrote in _WROTE.items() if any(wrote(o, columns) for _, o in found)]
    if found and tool not in writer:
        advice = f"give --from {writer[0]}" if writer else "a label file needs no import"
        raise LabelError(f"{path}: nothing in it is as {tool} writes it; {advice}")
    data = [_shown(each) for _, each in found]
    if "text" not in columns and not any("text" in each for each in data):
        try:
            columns["text"] = text_column(data, columns)
        except LabelError as error:
            raise LabelError(f"{path}: {error}") from None
        notes(f"{path}: the text is taken from {columns['text']!r}")
    make: Callable[..., LabelRow] = label_studio.from_task
    if tool == "doccano":
        make = partial(doccano.from_line, offsets=offsets)
    rows, unlabelled = [], 0
    for where, each in found:
        try:
            row = make(each, where, linker=linker, columns=columns, problems=said.append)
        except LabelError as error:
            said.append(str(error))
            continue
        unlabelled += not row.labelled
        rows += [row] if row.labelled else []
    for line in cut_short(said):
        problems(line)
    if unlabelled:
        notes(f"{path}: {unlabelled} without a label, left out")
    if not rows:
        raise LabelError(f"{path}: nothing in it is labelled")
    return rows


def _shown(task: object) -> dict[str, object]:
    """What a task shows to the annotator."""
    shown = task.get("data", task) if isinstance(task, dict) else {}
    return shown if isinstance(shown, dict) else {"text": shown}


def _objects(path: Path, problems: Say) -> list[tuple[str, object]]:
    """The objects of a JSON array or of JSON Lines, and where each stands.

    Raises:
        LabelError: It is neither.
    """
    try:
        with opened(path, encoding_of(path)) as stream:
            text = stream.read()
    except InputError as error:
        raise LabelError(f"{path}: {error}") from None
    except OSError as error:
        raise LabelError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        if text.lstrip("\ufeff \t\r\n").startswith("["):
            raise LabelError(f"{path}: not JSON ({error}); export the project anew") from None
        broken: list[str] = []
        lines = json_objects(
            text.split("\n"), lambda n, what: broken.append(f"{path}: row {n}: {what}")
        )
        rows: list[tuple[str, object]] = [(f"{path}: row {n}", row) for n, row in lines]
        if broken and not rows:
            raise LabelError(
                f"{path}: no line of it is JSON, which annotation tools export;"
                " for a table give --from csv or xlsx"
            ) from None
        for line in broken:
            problems(line)
        return rows
    tasks = found if isinstance(found, list) else [found]
    return [(f"{path}: task {number}", task) for number, task in enumerate(tasks, 1)]
