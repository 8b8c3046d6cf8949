"""From label files to a saved model: the whole way of `classify train`."""

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.errors import LabelError
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.features.lexicon import Lexicon, read_lexicon
from chipstance.models.features.views import Views
from chipstance.models.learning.choosing import choose
from chipstance.models.learning.examples import (
    Example,
    anonymous_copies,
    link_rows,
    mention_examples,
    sentence_examples,
)
from chipstance.models.learning.parameters import DEFAULTS, Parameters
from chipstance.models.learning.repeats import without_repeats
from chipstance.models.learning.training import Trained, TrainedView, train_view
from chipstance.models.stored.saved import Manifest
from chipstance.models.stored.seen import (
    Digests,
    SeenArrays,
    text_digests,
    unseen_share,
    word_digests,
    words,
)
from chipstance.shipped import shipped

_LEAST_ROWS = 10
# Rows from which on views are trained beside one another.
_WORTH_A_THREAD = 5_000


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
    sentences = sentence_examples(rows, mentions, makes)
    if not sentences:
        raise LabelError("no row labels a sentence; give at least one task such as stance")
    with _beside(len(rows) >= _WORTH_A_THREAD) as start:
        # Each is on its way before what the next one needs is made.
        making = {"sentence": start(_train_view, "sentence", sentences, (), parameters, progress)}
        judged = [each for each in mention_examples(rows, mentions, makes) if each.linked]
        if judged:
            copies = anonymous_copies(judged)
            making["mention"] = start(_train_view, "mention", judged, copies, parameters, progress)
        texts = _Texts.of(rows)
        made = {view: trained() for view, trained in making.items()}
    views = {view: trained for view, (trained, _) in made.items()}
    used = {view: chosen for view, (_, chosen) in made.items()}
    seen = _remembered(texts, sentences, views["sentence"])
    about = _about(name, rows, used) | {"unseen_words": texts.unseen}
    return Trained(views, makes.lexicon, about, seen)


@contextmanager
def _beside(large: bool) -> Iterator[Callable[..., Callable[[], Any]]]:
    """What starts a function, in a thread of its own where rows are many; its result when called.

    Threads and not processes: nearly all that training does is products and sorting, which free
    the interpreter, and another process would have to import and be handed everything first.
    """
    if not large:
        yield lambda function, *given: partial(lambda done: done, function(*given))
        return
    # Products are on all processors already, and the threads of BLAS would get in their way.
    with threadpool_limits(1, "blas"), ThreadPoolExecutor() as pool:
        yield lambda function, *given: pool.submit(function, *given).result


def _train_view(
    view: str,
    examples: Sequence[Example],
    copies: Sequence[Example],
    parameters: Mapping[str, Parameters] | None,
    progress: Callable[[str], None],
) -> tuple[TrainedView, Parameters]:
    """A trained view, and by what parameters."""
    used = parameters[view] if parameters else _chosen(examples, view, progress)
    return train_view(examples, used, copies=copies, progress=progress), used


def _chosen(examples: Sequence[Example], view: str, progress: Callable[[str], None]) -> Parameters:
    progress(f"choosing parameters of the {view} view")
    # Others' labels may be few, of which no n-gram is to be lost that stands in two.
    return choose(examples, Parameters())


@dataclass(frozen=True, slots=True)
class _Texts:
    """What the model keeps of its texts whatever it makes of them.

    Attributes:
        digests: Of each text.
        words: Digests of the words in them.
        unseen: Share of unseen words in articles held out.
    """

    digests: Digests
    words: Digests
    unseen: float | None

    @classmethod
    def of(cls, rows: Sequence[LabelRow]) -> "_Texts":
        """Of the texts of some rows."""
        found = words([row.text for row in rows])
        known = word_digests({word for each in found for word in each})
        unseen = unseen_share(found, [row.article for row in rows])
        return cls(text_digests([row.text for row in rows]), known, unseen)


def _remembered(texts: _Texts, examples: Sequence[Example], view: TrainedView) -> SeenArrays:
    """What the model keeps of its texts, and what was said of them while they were held out."""
    verdicts = np.full((len(texts.digests), len(view.tasks)), -1, dtype=np.int16)
    numbers = [example.row for example in examples]
    for at, task in enumerate(view.tasks):
        if task.held_out is not None:
            verdicts[numbers, at] = task.held_out.verdicts
    return SeenArrays(texts.digests, verdicts, texts.words)


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


def fictional_companies(labels: Iterable[Path]) -> Path | None:
    """Table of the made-up firms that label files or folders of them come with, if they do."""
    for path in labels:
        table = (path if path.is_dir() else path.parent) / "companies.csv"
        if table.is_file():
            return table
    return None
