"""Label rows: what a reader said of a sentence, one JSON object or one table row each.

Reads only; whether the labels make sense is for `checks` to say.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chipstance.errors import LabelError

# What an article or a scored row says beside its labels; such a column is no task.
NOT_TASKS = frozenset(
    {
        "article", "text", "companies", "source", "title", "published", "index", "start", "end",
        "model", "date", "url", "id",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One labelled sentence.

    Attributes:
        text: The sentence.
        labels: Label of each task that was labelled, such as `{"stance": "bearish"}`.
        companies: Sentiment label of each company named; None where companies were not labelled.
        article: Id of the article it belongs to; the text itself where none is given, so that
            equal texts never straddle a split.
        where: File and row, for messages.
    """

    text: str
    labels: Mapping[str, str]
    companies: Mapping[str, str] | None = None
    article: str = ""
    where: str = field(default="", compare=False)


def parse_row(row: object, where: str) -> LabelRow:
    """Make a label row of one decoded JSON object or table row.

    Args:
        row: A mapping with `text`; every other key but `article` and `companies` is a task.
        where: File and row, for messages.

    Raises:
        LabelError: It has no text, no label at all, or a label that is not a string.
    """
    if not isinstance(row, dict):
        raise LabelError(f'{where}: not an object; a row looks like {{"text": …, "stance": …}}')
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise LabelError(f"{where}: no text; give the sentence in `text`")
    text = text.encode("utf-8", "replace").decode("utf-8")
    # A scored row's probabilities, `stance_p` and so on, are no labels.
    labels = {
        task: value
        for task, value in row.items()
        if task not in NOT_TASKS and not task.endswith("_p") and value not in (None, "")
    }
    for task, value in labels.items():
        if not isinstance(value, str):
            raise LabelError(f"{where}: {task} is not a string; write the label as text")
    companies = row.get("companies")
    if companies is not None and not _is_company_labels(companies):
        raise LabelError(f"{where}: companies is not an object of id: label")
    if not labels and companies is None:
        raise LabelError(f"{where}: no label; give at least one task")
    article = row.get("article")
    return LabelRow(text, labels, companies, str(article) if article else text, where)


def _is_company_labels(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(company, str) and isinstance(label, str) for company, label in value.items()
    )


def read_labels(
    paths: Iterable[Path], *, problems: Callable[[str], None] | None = None
) -> list[LabelRow]:
    """Read label files, or every label file of a folder.

    Args:
        paths: `.jsonl`, `.csv` or `.tsv` files, or folders of them (not their subfolders).
        problems: Called with one line for each row that cannot be used; the row is left out.
            Without it the first such row raises.

    Returns:
        The rows in the order of the files, folders sorted by name.

    Raises:
        LabelError: A file is missing or of no known kind, or holds no usable row.
    """
    rows: list[LabelRow] = []
    for path in _label_files(paths):
        before = len(rows)
        for record, where in _records(path):
            try:
                if isinstance(record, LabelError):
                    raise record
                rows.append(parse_row(record, where))
            except LabelError as error:
                if problems is None:
                    raise
                problems(str(error))
        if len(rows) == before:
            raise LabelError(f"{path}: no usable label row in it")
    return rows


def _label_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix in _READERS and p.is_file())
            # The table of made-up firms beside the labels is no label file.
            inside = [p for p in inside if p.stem != "companies"]
            if not inside:
                raise LabelError(f"{path}: no .jsonl, .csv or .tsv file in it")
            yield from inside
        elif not path.exists():
            raise LabelError(f"{path}: no such file")
        elif path.suffix not in _READERS:
            raise LabelError(f"{path}: labels are read from .jsonl, .csv and .tsv")
        else:
            yield path


def _records(path: Path) -> Iterator[tuple[object, str]]:
    try:
        yield from _READERS[path.suffix](path)
    except UnicodeDecodeError as error:
        raise LabelError(f"{path}: not UTF-8 ({error.reason}); save it as UTF-8") from error
    except (OSError, csv.Error) as error:
        raise LabelError(f"{path}: cannot be read: {error}") from error


def _json_lines(path: Path) -> Iterator[tuple[object, str]]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{path}: row {number}"
            try:
                yield json.loads(line), where
            except (ValueError, RecursionError) as error:
                yield LabelError(f"{where}: not JSON ({error})"), where


def _table(path: Path) -> Iterator[tuple[object, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, dialect="excel-tab" if path.suffix == ".tsv" else "excel")
        for row in reader:
            where = f"{path}: row {reader.line_num}"
            if None in row or None in row.values():
                yield (
                    LabelError(f"{where}: more or fewer cells than the header; quote the text"),
                    where,
                )
                continue
            companies = row.pop("companies", None)
            record: dict[str, object] = dict(row)
            if companies:
                try:
                    record["companies"] = json.loads(companies)
                except ValueError:
                    yield (
                        LabelError(
                            f'{where}: companies is not JSON such as {{"tsmc": "positive"}}'
                        ),
                        where,
                    )
                    continue
            yield record, where


_READERS: dict[str, Callable[[Path], Iterator[tuple[object, str]]]] = {
    ".jsonl": _json_lines,
    ".csv": _table,
    ".tsv": _table,
}
