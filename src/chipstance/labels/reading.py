"""Reading label files of any kind, one line for each row that cannot be used."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from chipstance.articles.encodings import is_damaged
from chipstance.callbacks import Say
from chipstance.errors import LabelError
from chipstance.labels.columns import Columns, columns_of, no_column, understand
from chipstance.labels.records import ENDINGS, READERS, read_records, unread_sheets
from chipstance.labels.recurring import cut_short
from chipstance.labels.rows import LabelRow, as_label, parse_row
from chipstance.labels.scored import check_unscored
from chipstance.printable import counted


def read_labels(
    paths: Iterable[Path],
    *,
    problems: Say | None = None,
    columns: Mapping[str, str] | None = None,
    notes: Say = lambda _: None,
    unlabelled: bool = False,
    tasks: Collection[str] | None = None,
    beside: Iterable[Path] = (),
) -> list[LabelRow]:
    """Read label files, or every label file of a folder.

    Args:
        paths: `.jsonl`, `.csv`, `.tsv`, `.xlsx` or `.parquet` files, or folders of them (not
            their subfolders). Text may be in any encoding that articles may be in.
        problems: Called with one line for each row that cannot be used, or once for many of
            which the same is wrong; they are left out. Without it the first such row raises.
        columns: The files' name of a column by ours, such as `{"text": "content",
            "stance": "label"}`; where it names a task, no other column is one. Without it a
            column named `text`, or the only one that looks like text, is the text, and every
            other is a task but those of `rows.NOT_TASKS` and those with too many values.
        notes: Called with a line for what was guessed of the columns, and for what was left out.
        unlabelled: Whether to keep rows that have no label.
        tasks: What alone may be a task where `columns` names none; by default any column.
        beside: Label files that `columns` is meant for as well and another call reads.

    Returns:
        The rows in the order of the files, folders sorted by name. Rows that each give the
        sentiment of one `company` are joined where article and text are the same.

    Raises:
        LabelError: A file is missing or of no known kind, holds no usable row, or scored rows; or
            none has a column of `columns`.
    """
    rows: list[LabelRow] = []
    there: dict[Path, Sequence[str]] = {}
    for path in label_files(paths):
        said: list[str] = []
        try:
            found, there[path] = _file(
                path, columns or {}, tasks, said.append if problems else _raise, notes
            )
        finally:
            for line in cut_short(said):
                (problems or _raise)(line)
        if not found:
            raise LabelError(f"{path}: no usable label row in it{unread_sheets(path)}")
        labelled = [row for row in found if row.labelled]
        if not unlabelled and not labelled:
            raise LabelError(f"{path}: no row of it has a label; fill in at least one")
        if not unlabelled and len(labelled) < len(found):
            notes(f"{path}: {counted(len(found) - len(labelled), 'row')} without a label, left out")
        rows += found if unlabelled else labelled
    _check_wanted(columns or {}, there, beside)
    return rows


def label_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The label files that paths name, folders being all the label files in them.

    Raises:
        LabelError: One is missing or of no known kind.
    """
    for path in paths:
        if path.is_dir():
            try:
                inside = sorted(p for p in path.iterdir() if _is_label_file(p))
            except OSError as error:
                raise LabelError(f"{path}: {error.strerror}; check the folder") from None
            if not inside:
                raise LabelError(f"{path}: no label file in it ({ENDINGS})")
            yield from inside
        elif not path.exists():
            raise LabelError(f"{path}: no such file; check the name")
        elif path.suffix.lower() not in READERS:
            raise LabelError(f"{path}: labels are read from {ENDINGS}; save it as one of these")
        else:
            yield path


def _is_label_file(path: Path) -> bool:
    # The table of made-up firms beside the labels is no label file, nor is one that Excel or an
    # editor has open.
    hidden = path.name.startswith((".", "~$"))
    known = path.suffix.lower() in READERS and path.is_file()
    return known and not hidden and path.stem != "companies"


def _check_wanted(
    wanted: Mapping[str, str], there: Mapping[Path, Sequence[str]], beside: Iterable[Path]
) -> None:
    """Refuse a column that no file has, though each has one called as it is called here."""
    known = {name for found in there.values() for name in found}
    missed = [theirs for theirs in wanted.values() if theirs not in known]
    if not there or not missed:
        return
    for path in label_files(each for each in beside if each not in there):
        known.update(columns_of(record for _, record in read_records(path, lambda *_: None)))
    for theirs in missed:
        if theirs not in known:
            path, found = next(iter(there.items()))
            others = f" and {counted(len(there) - 1, 'other file')}" if len(there) > 1 else ""
            raise LabelError(f"{path}{others}: {no_column(theirs, found)}")


def _raise(line: str) -> None:
    raise LabelError(line)


def _file(
    path: Path,
    wanted: Mapping[str, str],
    tasks: Collection[str] | None,
    problems: Say,
    notes: Say,
) -> tuple[list[LabelRow], Sequence[str]]:
    """The rows of one file, labelled or not, and its columns."""
    records = read_records(path, lambda number, what: problems(f"{path}: row {number}: {what}"))
    if not records:
        return [], []
    check_unscored(records, str(path))
    try:
        columns = understand(
            [record for _, record in records], wanted, tasks, lambda line: notes(f"{path}: {line}")
        )
    except LabelError as error:
        raise LabelError(f"{path}: {error}{unread_sheets(path)}") from None
    rows = []
    for number, record in records:
        try:
            rows.append(_row(record, columns, f"{path}: row {number}"))
        except LabelError as error:
            problems(str(error))
    return (_joined(rows, problems) if columns.pair else rows), columns.there


def _row(record: dict[str, Any], columns: Columns, where: str) -> LabelRow:
    renamed = columns.renamed(record)
    if columns.pair:
        company, sentiment = (as_label(record.get(name)) for name in columns.pair)
        for name in columns.pair:
            renamed.pop(name, None)
        if company and sentiment:
            renamed["companies"] = {company: sentiment}
        elif company or sentiment:
            raise LabelError(f"{where}: a company without a sentiment, or the reverse; fill both")
    row = parse_row(renamed, where, tasks=columns.tasks, unlabelled=True)
    if is_damaged(row.text):
        raise LabelError(f"{where}: damaged characters in the text; save the file as UTF-8")
    return row


def _joined(rows: Iterable[LabelRow], problems: Say) -> list[LabelRow]:
    """Rows about one company each, those of the same sentence made one."""
    joined: dict[tuple[str, str], LabelRow] = {}
    for row in rows:
        key = row.article, row.text
        known = joined.setdefault(key, row)
        if known is row:
            continue
        companies = {**(known.companies or {}), **(row.companies or {})}
        labels = {**known.labels, **row.labels}
        differs = [
            name
            for ours, theirs in ((known.labels, row.labels), (known.companies, row.companies))
            for name, label in (theirs or {}).items()
            if label != (ours or {}).get(name, label)
        ]
        if differs:
            problems(f"{row.where}: {differs[0]} is not what {known.where} says; settle on one")
        else:
            joined[key] = replace(known, labels=labels, companies=companies or None)
    return list(joined.values())
