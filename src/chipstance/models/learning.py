"""From label files to a saved model: the whole way of `classify train`."""

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.errors import LabelError
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.examples import (
    anonymous_copies,
    link_rows,
    mention_examples,
    sentence_examples,
)
from chipstance.models.lexicon import Lexicon, read_lexicon
from chipstance.models.parameters import DEFAULTS, Parameters
from chipstance.models.saved import Manifest
from chipstance.models.training import Trained, train_view
from chipstance.models.views import Views
from chipstance.shipped import shipped


def train(
    rows: Sequence[LabelRow],
    linker: Linker,
    *,
    name: str,
    parameters: Mapping[str, Parameters] = DEFAULTS,
    lexicon: Lexicon | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Train every task that label rows carry.

    Args:
        rows: Label rows, those of an article next to one another.
        linker: What finds the companies to be masked and judged.
        name: What the model is to be called.
        parameters: What decides the outcome, by view.
        lexicon: Word lists; the shipped ones by default.
        progress: Called with a line before each task.

    Returns:
        What `writing.write_model` saves.

    Raises:
        LabelError: There is too little to learn from.
    """
    makes = Views(read_lexicon() if lexicon is None else lexicon)
    mentions = link_rows(rows, linker)
    sentences = sentence_examples(rows, mentions, makes)
    companies = [each for each in mention_examples(rows, mentions, makes) if each.linked]
    if not sentences:
        raise LabelError("no row labels a sentence; give at least one task such as stance")
    views = {"sentence": train_view(sentences, parameters["sentence"], progress=progress)}
    if companies:
        views["mention"] = train_view(
            companies,
            parameters["mention"],
            copies=anonymous_copies(companies),
            progress=progress,
        )
    used = {view: parameters[view] for view in views}
    return Trained(views, makes.lexicon, _about(name, rows, used))


def _about(name: str, rows: Sequence[LabelRow], parameters: Mapping[str, Parameters]) -> Manifest:
    return {
        "name": name,
        "rows": len(rows),
        "articles": len({row.article for row in rows}),
        "labels_digest": labels_digest(rows),
        "parameters": {view: each.as_json() for view, each in parameters.items()},
        "versions": {
            "chipstance": version("chipstance"),
            "python": platform.python_version(),
            "numpy": version("numpy"),
            "opencc": version("opencc"),
            "scikit-learn": version("scikit-learn"),
        },
    }


def labels_digest(rows: Sequence[LabelRow]) -> str:
    """Digest of everything label rows say, 16 hexadecimal digits; their order counts."""
    digest = hashlib.blake2b(digest_size=8)
    for row in rows:
        said = [row.article, row.text, dict(row.labels), row.companies]
        digest.update(json.dumps(said, ensure_ascii=False, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()


def train_files(
    labels: Sequence[Path],
    *,
    only: bool,
    name: str,
    companies: Path | None = None,
    problems: Callable[[str], None],
    progress: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Train on label files, and unless told otherwise on the default labels too.

    Args:
        labels: Label files or folders of them; on the same text they win over the default ones.
        only: Leave the default labels out.
        name: What the model is to be called.
        companies: A company table of one's own.
        problems: Called with a line for each row that cannot be used.
        progress: Called with a line before each task.

    Raises:
        LabelError: A file is missing, or there is too little to learn from.
    """
    mine = read_labels(labels, problems=problems)
    default = [] if only else read_labels([shipped("labels")], problems=problems)
    tables = [fictional_companies(labels), companies]
    if not only:
        tables.insert(0, fictional_companies([shipped("labels")]))
    table = load_table(*dict.fromkeys(tables))
    return train(merged(default, mine), Linker(table), name=name, progress=progress)


def merged(default: Sequence[LabelRow], mine: Sequence[LabelRow]) -> list[LabelRow]:
    """Default rows and one's own; on the same text one's own labels win, task by task."""
    own = {row.text: row for row in mine}
    known = {row.text for row in default}
    return [_joined(row, own[row.text]) if row.text in own else row for row in default] + [
        row for row in mine if row.text not in known
    ]


def _joined(row: LabelRow, own: LabelRow) -> LabelRow:
    companies = row.companies if own.companies is None else own.companies
    return replace(row, labels={**row.labels, **own.labels}, companies=companies)


def fictional_companies(labels: Iterable[Path]) -> Path | None:
    """Table of the made-up firms that label files or folders of them come with, if they do."""
    for path in labels:
        table = (path if path.is_dir() else path.parent) / "companies.csv"
        if table.is_file():
            return table
    return None
