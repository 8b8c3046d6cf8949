"""From label files to a saved model: the whole way of `classify train`."""

import hashlib
import json
import platform
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
from joblib import Parallel, cpu_count, delayed

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.errors import LabelError
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.choosing import choose
from chipstance.models.examples import (
    Example,
    anonymous_copies,
    link_rows,
    mention_examples,
    sentence_examples,
)
from chipstance.models.lexicon import Lexicon, read_lexicon
from chipstance.models.parameters import DEFAULTS, Parameters
from chipstance.models.repeats import without_repeats
from chipstance.models.saved import Manifest
from chipstance.models.seen import SeenArrays, text_digests, unseen_share, word_digests, words
from chipstance.models.training import Trained, TrainedView, train_view
from chipstance.models.views import Views
from chipstance.shipped import shipped

_LEAST_ROWS = 10
# Examples from which on a second process saves more than it costs to start.
_WORTH_A_PROCESS = 10_000


def train(
    rows: Sequence[LabelRow],
    linker: Linker,
    *,
    name: str,
    parameters: Mapping[str, Parameters] | None = DEFAULTS,
    lexicon: Lexicon | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Train every task that label rows carry.

    Args:
        rows: Label rows, those of an article next to one another.
        linker: What finds the companies to be masked and judged.
        name: What the model is to be called.
        parameters: What decides the outcome, by view; None to have it chosen.
        lexicon: Word lists; the shipped ones by default.
        progress: Called with a line before each task.

    Returns:
        What `writing.write_model` saves.

    Raises:
        LabelError: There is too little to learn from.
    """
    if len(rows) < _LEAST_ROWS:
        raise LabelError(
            f"{len(rows)} label rows: too few to learn from; {_LEAST_ROWS} are the least,"
            " some hundreds make a model worth having"
        )
    makes = Views(read_lexicon() if lexicon is None else lexicon)
    mentions = link_rows(rows, linker)
    examples = {
        "sentence": sentence_examples(rows, mentions, makes),
        "mention": [each for each in mention_examples(rows, mentions, makes) if each.linked],
    }
    if not examples["sentence"]:
        raise LabelError("no row labels a sentence; give at least one task such as stance")
    examples = {view: made for view, made in examples.items() if made}
    used = {
        view: parameters[view] if parameters else _chosen(made, view, progress)
        for view, made in examples.items()
    }
    copies = {"mention": anonymous_copies(examples.get("mention", []))}
    views = _train_views(examples, copies, used, progress)
    seen, unseen = _remembered(rows, examples["sentence"], views["sentence"])
    about = _about(name, rows, used) | {"unseen_words": unseen}
    return Trained(views, makes.lexicon, about, seen)


def _train_views(
    examples: Mapping[str, Sequence[Example]],
    copies: Mapping[str, Sequence[Example]],
    parameters: Mapping[str, Parameters],
    progress: Callable[[str], None],
) -> dict[str, TrainedView]:
    """Train the views, two at a time where there are the processors and the rows for it."""
    large = sum(map(len, examples.values())) >= _WORTH_A_PROCESS
    if len(examples) < 2 or not large or cpu_count() < 2:
        return {
            view: train_view(made, parameters[view], copies=copies.get(view, ()), progress=progress)
            for view, made in examples.items()
        }
    progress(" and ".join(f"the {view} view" for view in examples))
    with _left_alone():
        begun = Parallel(n_jobs=2, return_as="generator")(
            delayed(_train_view)(made, copies.get(view, ()), parameters[view])
            for view, made in examples.items()
        )
    trained = list(begun)
    for _, lines in trained:
        for line in lines:
            progress(line)
    return {view: found for view, (found, _) in zip(examples, trained, strict=True)}


@contextmanager
def _left_alone() -> Iterator[None]:
    """Keep Ctrl-C from the processes that are started: who started them ends them.

    A terminal sends it to all of them, and one that is still importing would tell of it at length.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Those that are started go on ignoring it. Holding it back would lose none here in these
    # hundredths of a second, but joblib takes back what was held back.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _train_view(
    examples: Sequence[Example], copies: Sequence[Example], parameters: Parameters
) -> tuple[TrainedView, list[str]]:
    """A view, and what was said while it was trained: another process cannot say it itself."""
    lines: list[str] = []
    return train_view(examples, parameters, copies=copies, progress=lines.append), lines


def _chosen(examples: Sequence[Example], view: str, progress: Callable[[str], None]) -> Parameters:
    progress(f"choosing parameters of the {view} view")
    # Others' labels may be few, of which no n-gram is to be lost that stands in two.
    return choose(examples, Parameters())


def _remembered(
    rows: Sequence[LabelRow], examples: Sequence[Example], view: TrainedView
) -> tuple[SeenArrays, float | None]:
    """What the model keeps of its texts, and the share of unseen words in articles held out."""
    verdicts = np.full((len(rows), len(view.tasks)), -1, dtype=np.int16)
    numbers = [example.row for example in examples]
    for at, task in enumerate(view.tasks):
        if task.held_out is not None:
            verdicts[numbers, at] = task.held_out.verdicts
    found = [words(row.text) for row in rows]
    known = word_digests({word for each in found for word in each})
    unseen = unseen_share(found, [row.article for row in rows])
    return SeenArrays(text_digests([row.text for row in rows]), verdicts, known), unseen


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
    tables = [fictional_companies(labels), companies]
    rows = mine
    if not only:
        default = read_labels([shipped("labels")], problems=problems)
        tables.insert(0, fictional_companies([shipped("labels")]))
        rows = merged(default, mine)
        if again := len(default) + len(mine) - len(rows):
            lines.append(f"{again} of your rows label texts of the default labels; yours win")
    return Material(rows, Linker(load_table(*dict.fromkeys(tables))), lines, not only)


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
