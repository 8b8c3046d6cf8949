"""Writing a model folder; `saved` says what is in it and opens it again."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chipstance.models.features.lexicon import dump
from chipstance.models.learning.card import card, terms
from chipstance.models.learning.training import Trained, TrainedTask, TrainedView
from chipstance.models.scoring import trie
from chipstance.models.stored.placing import keep, place
from chipstance.models.stored.saved import FORMAT, Manifest, file_digest
from chipstance.models.stored.seen import FILES
from chipstance.models.stored.store import Kept


def write_model(folder: Path, trained: Trained) -> None:
    """Write a model folder, beside its place first and then renamed into it.

    Args:
        folder: Where to; an earlier model there is replaced.
        trained: As `learning.train` gives it.

    Raises:
        ModelError: Something that is no model is there.
    """
    place(folder, lambda beside: fill(beside, trained))


def keep_model(name: str, trained: Trained) -> Kept:
    """Write a model into the store, as the next version of a name.

    Args:
        name: Its name.
        trained: As `learning.train` gives it.

    Raises:
        ModelError: It is no name for a model, or the store cannot be written.
    """
    return keep(name, lambda beside: fill(beside, trained))


def fill(folder: Path, trained: Trained) -> None:
    """Write the files of a model into an empty folder; the same model gives the same bytes."""
    for name, view in trained.views.items():
        _write_arrays(folder, name, view)
    if trained.seen is not None:
        seen: tuple[NDArray[Any], ...] = (
            trained.seen.texts, trained.seen.held_out, trained.seen.words,
        )  # fmt: skip
        for name, array in zip(FILES, seen, strict=True):
            _save(folder / name, array)
    _write(folder / "lexicon.tsv", dump(trained.lexicon))
    _write(folder / "terms.txt", terms(trained))
    manifest = trained.about | {
        "format": FORMAT,
        "views": {name: {"tasks": _heads(view.tasks)} for name, view in trained.views.items()},
        "files": {path.name: file_digest(path) for path in sorted(folder.iterdir())},
    }
    _write(folder / "README.md", card(manifest))
    said = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
    _write(folder / "manifest.json", f"{said}\n")


def _heads(tasks: Sequence[TrainedTask]) -> list[Manifest]:
    return [
        {
            "task": task.task,
            "labels": list(task.labels),
            "intercept": [float(value) for value in task.intercept],
            "counts": task.counts,
            "cross_validated": task.cross_validated and task.cross_validated.as_json(),
            "held_out": task.held_out and task.held_out.as_json(task.labels),
        }
        for task in tasks
    ]


def _write_arrays(folder: Path, name: str, view: TrainedView) -> None:
    built = trie.build(view.vocabulary.ngrams)
    _save(folder / f"{name}.alphabet.npy", built.alphabet)
    _save(folder / f"{name}.nodes.npy", built.nodes)
    rows, weights = distinct_rows(summed_weights(built, view))
    _save(folder / f"{name}.rows.npy", rows)
    _save(folder / f"{name}.weights.npy", weights)


def _write(path: Path, text: str) -> None:
    # As bytes: text would have another system's line breaks there, and be another model.
    path.write_bytes(text.encode())


def _save(path: Path, array: NDArray[Any]) -> None:
    # By way of memory: where numpy writes a file itself, it keeps to itself why it cannot.
    whole = io.BytesIO()
    np.save(whole, array)
    path.write_bytes(whole.getbuffer())


def distinct_rows(
    weights: NDArray[np.float32],
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """Each row once, in the order of first appearance, and which of them every row was."""
    bits = np.ascontiguousarray(weights).view(np.uint32).astype(np.uint64)
    # One number of 64 bits tells rows apart, and sorts five times as fast as they do.
    odd = np.random.default_rng(0).integers(1 << 63, size=(2, bits.shape[1]), dtype=np.uint64) * 2
    mixed = (bits + 1) * (odd[0] + 1)
    keys = ((mixed ^ mixed >> 29) * (odd[1] + 1)).sum(axis=1, dtype=np.uint64)
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return place[which].astype(np.uint32), weights[first[order]]


def summed_weights(built: trie.Trie, view: TrainedView) -> NDArray[np.float32]:
    """Weights of each slot summed over its prefixes, `(n_slots, n_columns + 1)`."""
    idf = view.vocabulary.idf
    columns = [
        (row - last) * idf
        for task in view.tasks
        for *others, last in [task.coefficients]
        for row in others
    ]
    own = np.zeros((len(built.nodes), len(columns) + 1))
    own[built.slots] = np.column_stack([*columns, idf**2])
    summed = own.copy()
    # A parent's sum must be whole before its children take it: shorter n-grams first.
    lengths = np.array([len(ngram) for ngram in view.vocabulary.ngrams])
    for length in range(2, int(lengths.max(initial=1)) + 1):
        slots = built.slots[lengths == length]
        summed[slots] += summed[built.nodes[slots] >> 32]
    return summed.astype(np.float32)
