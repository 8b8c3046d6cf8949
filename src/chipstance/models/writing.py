"""Writing a model folder; `saved` says what is in it and opens it again."""

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chipstance.errors import ModelError
from chipstance.models import trie
from chipstance.models.card import card, terms
from chipstance.models.lexicon import dump
from chipstance.models.saved import ARRAYS, FORMAT, VIEWS, Manifest, file_digest
from chipstance.models.training import Trained, TrainedTask, TrainedView


def check_target(folder: Path) -> Path:
    """Make sure that a folder may be written, or replaced, as a model.

    Args:
        folder: Where a model is to go.

    Returns:
        The same as an absolute path.

    Raises:
        ModelError: There is a file, or a folder with something in it that is no model's.
    """
    folder = folder.resolve()
    if folder.is_file():
        raise ModelError(f"{folder}: a file of that name exists; name a folder for the model")
    if not folder.is_dir():
        return folder
    inside = {path.name for path in folder.iterdir()}
    arrays = {f"{view}.{array}.npy" for view in VIEWS for array in ARRAYS}
    if inside - arrays - {"manifest.json", "lexicon.tsv", "terms.txt", "README.md"}:
        raise ModelError(f"{folder}: holds files that are no model's; name another folder")
    return folder


def write_model(folder: Path, trained: Trained) -> None:
    """Write a model folder, beside its place first and then renamed into it.

    The same trained model gives the same bytes.

    Args:
        folder: Where to; an earlier model there is replaced.
        trained: As `learning.train` gives it.

    Raises:
        ModelError: Something that is no model is there.
    """
    views, about = trained.views, trained.about
    folder = check_target(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, view in views.items():
            _write_arrays(beside, name, view)
        (beside / "lexicon.tsv").write_text(dump(trained.lexicon), encoding="utf-8")
        (beside / "terms.txt").write_text(terms(trained), encoding="utf-8")
        digested = sorted(beside.iterdir())
        manifest = about | {
            "format": FORMAT,
            "views": {name: {"tasks": _heads(view.tasks)} for name, view in views.items()},
            "files": {path.name: file_digest(path) for path in digested},
        }
        (beside / "README.md").write_text(card(manifest), encoding="utf-8")
        (beside / "manifest.json").write_text(
            json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
            encoding="utf-8",
        )
        beside.chmod(0o755)
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
            folder.rename(old / folder.name)
            beside.rename(folder)
            shutil.rmtree(old)
        else:
            beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _heads(tasks: Sequence[TrainedTask]) -> list[Manifest]:
    return [
        {
            "task": task.task,
            "labels": list(task.labels),
            "intercept": [float(value) for value in task.intercept],
            "counts": task.counts,
            "cross_validated": task.cross_validated and task.cross_validated.as_json(),
        }
        for task in tasks
    ]


def _write_arrays(folder: Path, name: str, view: TrainedView) -> None:
    built = trie.build(view.vocabulary.ngrams)
    np.save(folder / f"{name}.alphabet.npy", built.alphabet)
    np.save(folder / f"{name}.nodes.npy", built.nodes)
    rows, weights = distinct_rows(summed_weights(built, view))
    np.save(folder / f"{name}.rows.npy", rows)
    np.save(folder / f"{name}.weights.npy", weights)


def distinct_rows(
    weights: NDArray[np.float32],
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Each row once, in the order of first appearance, and which of them every row was."""
    packed = np.ascontiguousarray(weights).view([("", weights.dtype)] * weights.shape[1]).ravel()
    _, first, which = np.unique(packed, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return place[which].astype(np.uint32), weights[first[order]]


def summed_weights(built: trie.Trie, view: TrainedView) -> NDArray[np.float32]:
    """Weights of each slot summed over its prefixes, `(n_slots, n_columns + 1)`."""
    idf = view.vocabulary.idf
    columns = [row * idf for task in view.tasks for row in task.coefficients]
    own = np.zeros((len(built.nodes), len(columns) + 1))
    own[built.slots] = np.column_stack([*columns, idf**2])
    summed = own.copy()
    # A parent's sum must be whole before its children take it: shorter n-grams first.
    lengths = np.array([len(ngram) for ngram in view.vocabulary.ngrams])
    for length in range(2, int(lengths.max(initial=1)) + 1):
        slots = built.slots[lengths == length]
        summed[slots] += summed[built.nodes[slots] >> 32]
    return summed.astype(np.float32)
