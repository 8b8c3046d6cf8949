"""The model folder: arrays and JSON, nothing that could run.

    manifest.json            what made the model: tasks, labels, parameters, scores, digests
    VIEW.alphabet.npy        code points of the trie, `(n_codes,)` uint32
    VIEW.nodes.npy           the trie, `(n_slots,)` int64; see `trie`
    VIEW.rows.npy            row of the weights that each slot has, `(n_slots,)` uint32
    VIEW.weights.npy         `(n_rows, n_columns + 1)` float32; see `scorer`
    lexicon.tsv              terms of the word lists in normal form, and their lists
    terms.txt                the strongest terms of each label, for people
    README.md                the card, for people

VIEW is `sentence` or `mention`. Arrays are plain `.npy` without pickles. The digest of every
file but the card stands in the manifest; what is opened and differs is refused by name.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from chipstance.errors import ModelError
from chipstance.models.lexicon import Lexicon, parse
from chipstance.models.scorer import Head, Scorer

FORMAT: Final = 2
VIEWS: Final = ("sentence", "mention")
ARRAYS: Final = {"alphabet": np.uint32, "nodes": np.int64, "rows": np.uint32, "weights": np.float32}
_MANIFEST_LIMIT: Final = 1 << 20
_FILE_LIMIT: Final = 1 << 30

Manifest = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """A model folder that was opened.

    Attributes:
        manifest: What the manifest says.
        scorers: By view; `mention` is missing from a model that knows no companies.
        lexicon: The word lists that the views are made with.
        digest: Of the manifest, and so of everything in the folder; 12 hexadecimal digits.
    """

    manifest: Manifest
    scorers: Mapping[str, Scorer]
    lexicon: Lexicon
    digest: str


def open_model(folder: Path) -> Saved:
    """Open a model folder; arrays are memory-mapped, nothing in it is run.

    Args:
        folder: As written by `write_model`.

    Raises:
        ModelError: It is missing or damaged, or another version wrote it.
    """
    manifest, digest = read_manifest(folder)
    scorers = {}
    for view in VIEWS:
        if view in manifest["views"]:
            arrays = {name: _open_array(folder, f"{view}.{name}.npy", manifest) for name in ARRAYS}
            scorers[view] = _scorer(folder, view, manifest, arrays)
    return Saved(manifest, scorers, _open_lexicon(folder, manifest), digest)


def read_manifest(folder: Path) -> tuple[Manifest, str]:
    """Read a model's manifest without opening its arrays.

    Args:
        folder: As written by `write_model`.

    Returns:
        What it says, and its digest of 12 hexadecimal digits.

    Raises:
        ModelError: It is missing or damaged, or another version wrote it.
    """
    path = folder / "manifest.json"
    if not path.is_file():
        raise ModelError(f"{folder}: no model there; make one with: classify train -o {folder}")
    if path.stat().st_size > _MANIFEST_LIMIT:
        raise ModelError(f"{path}: too large for a manifest; the model is damaged")
    raw = path.read_bytes()
    try:
        manifest = json.loads(raw)
        version = manifest["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: damaged; copy the model anew or train it again") from error
    if version != FORMAT:
        raise ModelError(
            f"{path}: model format {version}, this version reads {FORMAT}; train it again"
        )
    if not _is_whole(manifest):
        raise ModelError(f"{path}: damaged; copy the model anew or train it again")
    return manifest, hashlib.blake2b(raw, digest_size=6).hexdigest()


def _is_whole(manifest: Manifest) -> bool:
    """Whether a manifest has everything that opening and listing models asks it for."""
    try:
        tasks = [task for view in manifest["views"].values() for task in view["tasks"]]
        named = all({"task", "labels", "intercept", "counts"} <= task.keys() for task in tasks)
        return (
            named
            and "sentence" in manifest["views"]
            and isinstance(manifest["files"], dict)
            and {"name", "rows", "articles", "labels_digest"} <= manifest.keys()
        )
    except (AttributeError, KeyError, TypeError):
        return False


def _checked(folder: Path, name: str, manifest: Manifest) -> Path:
    """Path of a file that is what the manifest says it is."""
    path = folder / name
    expected = manifest["files"].get(name)
    if not path.is_file() or expected is None:
        raise ModelError(f"{path}: missing from the model; copy the model anew or train it again")
    if path.stat().st_size > _FILE_LIMIT:
        raise ModelError(f"{path}: larger than any model this version makes; not opened")
    if file_digest(path) != expected:
        raise ModelError(
            f"{path}: changed since the model was saved; copy it anew or train it again"
        )
    return path


def _open_lexicon(folder: Path, manifest: Manifest) -> Lexicon:
    path = _checked(folder, "lexicon.tsv", manifest)
    try:
        return parse(path.read_text("utf-8"))
    except ValueError as error:
        raise ModelError(f"{path}: damaged; copy the model anew or train it again") from error


def _open_array(folder: Path, name: str, manifest: Manifest) -> NDArray[Any]:
    path = _checked(folder, name, manifest)
    try:
        array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError as error:
        raise ModelError(f"{path}: not an array; copy the model anew or train it again") from error
    if array.dtype != ARRAYS[name.split(".")[1]]:
        raise ModelError(f"{path}: holds {array.dtype}; the model is damaged")
    return array


def file_digest(path: Path) -> str:
    """CRC-32 of a file's bytes, 8 hexadecimal digits.

    It notices every changed byte at four gigabytes a second. Against somebody who forges a model
    no digest in the same folder would help; that loading runs nothing is what does.
    """
    with path.open("rb") as file:
        checksum = 0
        while block := file.read(1 << 20):
            checksum = zlib.crc32(block, checksum)
    return f"{checksum:08x}"


def _scorer(
    folder: Path, view: str, manifest: Manifest, arrays: Mapping[str, NDArray[Any]]
) -> Scorer:
    heads, column = [], 0
    for task in manifest["views"][view]["tasks"]:
        labels = tuple(task["labels"])
        intercept = np.array(task["intercept"], dtype=np.float64)
        heads.append(Head(task["task"], labels, (column, column + len(labels)), intercept))
        column += len(labels)
    nodes, rows, weights = arrays["nodes"], arrays["rows"], arrays["weights"]
    if weights.shape[1:] != (column + 1,) or rows.shape != nodes.shape:
        raise ModelError(
            f"{folder}: arrays of the {view} view do not fit its tasks; train it again"
        )
    return Scorer(arrays["alphabet"], nodes, rows, weights, heads)
