"""From label rows to a trained model: every view of them, and what the model keeps beside."""

import json
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from threading import Event
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from chipstance.callbacks import Check, Say, go_on
from chipstance.companies.linking import Linker
from chipstance.digests import blake2b
from chipstance.errors import LabelError, StoppedError
from chipstance.labels.rows import LabelRow
from chipstance.models.features.lexicon import read_lexicon
from chipstance.models.features.tasks import title
from chipstance.models.features.views import Views
from chipstance.models.learning.choosing import choose
from chipstance.models.learning.examples import (
    Example,
    anonymous_copies,
    companies_not_found,
    link_rows,
    mention_examples,
    sentence_examples,
)
from chipstance.models.learning.parameters import DEFAULTS, Parameters
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

_LEAST_ROWS = 10
# Rows from which on views are trained beside one another.
_WORTH_A_THREAD = 5_000


def train(
    rows: Sequence[LabelRow],
    linker: Linker,
    *,
    name: str,
    parameters: Mapping[str, Parameters] | None = DEFAULTS,
    progress: Say = lambda _: None,
    notes: Say = lambda _: None,
) -> Trained:
    """Train every task that label rows carry.

    Args:
        rows: Label rows.
        linker: What finds the companies to be masked and judged.
        name: What the model is to be called.
        parameters: What decides the outcome, by view; None to have it chosen.
        progress: Called with a line before each task, and before parameters are chosen.
        notes: Called with a line about labels that are left out, and why.

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
    makes = Views(read_lexicon())
    mentions = link_rows(rows, linker)
    sentences = sentence_examples(rows, mentions, makes)
    if not sentences:
        raise LabelError("no row labels a sentence; give at least one task such as stance")
    with _beside(len(rows) >= _WORTH_A_THREAD) as (start, check):
        train_one = partial(
            _train_view, parameters=parameters, progress=progress, notes=notes, check=check
        )
        # Each is on its way before what the next one needs is made.
        sentence = start(train_one, "sentence", sentences)
        named = mention_examples(rows, mentions, makes)
        if line := companies_not_found(named, linker.table):
            notes(f"{line}; left out")
        judged = [each for each in named if each.linked]
        mention = start(train_one, "mention", judged, anonymous_copies(judged)) if judged else None
        texts = _Texts.of(rows)
        made = {"sentence": sentence()}
        try:
            if mention is not None:
                made["mention"] = mention()
        except LabelError as error:
            notes(f"company labels are left out: {error}")
    views = {view: trained for view, (trained, _) in made.items()}
    used = {view: chosen for view, (_, chosen) in made.items()}
    seen = _remembered(texts, sentences, views["sentence"])
    about = _about(name, rows, used) | {"unseen_words": texts.unseen}
    return Trained(views, makes.lexicon, about, seen)


@contextmanager
def _beside(large: bool) -> Iterator[tuple[Callable[..., Callable[[], Any]], Check]]:
    """What starts a function, in a thread of its own where rows are many; its result when called.

    Where they are few, it runs when it is called. Beside it a check for the functions: an error in
    the `with` block, Ctrl-C too, ends them all, for a thread is waited for and cannot be killed.

    Threads and not processes: nearly all that training does is products and sorting, which free
    the interpreter, and another process would have to import and be handed everything first.
    """
    if not large:
        yield partial, go_on
        return
    stopped = Event()

    def check() -> None:
        if stopped.is_set():
            raise StoppedError("stopped")

    # Products are on all processors already, and the threads of BLAS would get in their way.
    with threadpool_limits(1, "blas"), ThreadPoolExecutor() as pool:
        try:
            yield lambda function, *given: pool.submit(function, *given).result, check
        except BaseException:
            stopped.set()
            raise


def _train_view(
    view: str,
    examples: Sequence[Example],
    copies: Sequence[Example] = (),
    *,
    parameters: Mapping[str, Parameters] | None,
    progress: Say,
    notes: Say,
    check: Check,
) -> tuple[TrainedView, Parameters]:
    """A trained view, and by what parameters."""
    used = parameters[view] if parameters else _chosen(examples, view, progress, check)
    trained = train_view(
        examples,
        used,
        copies=copies,
        progress=lambda task: progress(title(view, task)),
        notes=notes,
        check=check,
    )
    return trained, used


def _chosen(examples: Sequence[Example], view: str, progress: Say, check: Check) -> Parameters:
    progress(f"parameters of the {view} view")
    # Others' labels may be few, of which no n-gram is to be lost that stands in two.
    return choose(examples, Parameters(), check=check)


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
    digest = blake2b(digest_size=8)
    for row in rows:
        said = [row.article, row.text, dict(row.labels), row.companies]
        digest.update(json.dumps(said, ensure_ascii=False, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()
