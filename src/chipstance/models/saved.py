"""The model folder: arrays and JSON, nothing that could run.

    manifest.json            what made the model: tasks, labels, parameters, scores, digests
    VIEW.alphabet.npy        code points of the trie, `(n_codes,)` uint32
    VIEW.nodes.npy           the trie, `(n_slots,)` int64; see `trie`
    VIEW.rows.npy            row of the weights that each slot has, `(n_slots,)` uint32
    VIEW.weights.npy         `(n_rows, n_columns + 1)` float32; see `scorer`
    lexicon.tsv              terms of the word lists in normal form, and their lists
    terms.txt                the strongest terms of each label, for people
    README.md                the card, for people
    seen.*.npy               digests of the training texts, for evaluation; see `seen`

VIEW is `sentence` or `mention`. Arrays are plain `.npy` without pickles. The digest of every
file but the card stands in the manifest; what is opened and differs is refused by name.
"""

import json
import os
import zlib
from ast import literal_eval
from collections.abc import Mapping
from functools import cached_property
from hashlib import blake2b
from math import prod
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from chipstance.errors import ModelError
from chipstance.models.few import OUTSIDE, FewScorer, Items
from chipstance.models.head import Head
from chipstance.models.lexicon import Lexicon, parse

if TYPE_CHECKING:
    from chipstance.models.scorer import Scorer

FORMAT: Final = 2
VIEWS: Final = ("sentence", "mention")
# By name: what numpy calls their items, and what `memoryview` does.
ARRAYS: Final[dict[str, tuple[str, Literal["I", "q", "f"]]]] = {
    "alphabet": ("<u4", "I"),
    "nodes": ("<i8", "q"),
    "rows": ("<u4", "I"),
    "weights": ("<f4", "f"),
}
_MANIFEST_LIMIT: Final = 1 << 20
_FILE_LIMIT: Final = 1 << 30

Manifest = dict[str, Any]


class SavedView:
    """The classifiers of one view, their arrays memory-mapped."""

    def __init__(self, heads: tuple[Head, ...], arrays: Mapping[str, Items]) -> None:
        """Take what was opened.

        Args:
            heads: One for each task.
            arrays: By name, each flat.
        """
        self.heads, self.arrays = heads, arrays

    @cached_property
    def few(self) -> FewScorer:
        """For few views: no numpy."""
        return FewScorer(self.arrays, self.heads)

    @cached_property
    def scorer(self) -> "Scorer":
        """For many views."""
        import numpy as np

        from chipstance.models.scorer import Scorer
        from chipstance.models.sound import is_sound

        arrays = {name: np.asarray(array) for name, array in self.arrays.items()}
        columns = self.heads[-1].columns[1] + 1
        weights = arrays["weights"].reshape(-1, columns)
        if not is_sound(arrays["alphabet"], arrays["nodes"], arrays["rows"], weights):
            raise ModelError(OUTSIDE)
        return Scorer(arrays["alphabet"], arrays["nodes"], arrays["rows"], weights, self.heads)


class Saved(NamedTuple):
    """A model folder that was opened.

    Attributes:
        manifest: What the manifest says.
        views: By name; `mention` is missing from a model that knows no companies.
        lexicon: The word lists that the views are made with.
        digest: Of the manifest, and so of everything in the folder; 12 hexadecimal digits.
    """

    manifest: Manifest
    views: Mapping[str, SavedView]
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
    known = [view for view in VIEWS if view in manifest["views"]]
    views = {view: _open_view(folder, view, manifest) for view in known}
    return Saved(manifest, views, _open_lexicon(folder, manifest), digest)


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
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError(f"{path}: damaged; copy the model anew or train it again") from error
    if version != FORMAT:
        raise ModelError(
            f"{path}: model format {version}, this version reads {FORMAT}; train it again"
        )
    if not _is_whole(manifest):
        raise ModelError(f"{path}: damaged; copy the model anew or train it again")
    return manifest, blake2b(raw, digest_size=6).hexdigest()


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


def checked(folder: Path, name: str, manifest: Manifest) -> Path:
    """Path of a file that is what the manifest says it is.

    Raises:
        ModelError: It is missing, too large or changed.
    """
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
    path = checked(folder, "lexicon.tsv", manifest)
    try:
        return parse(path.read_bytes().decode("utf-8"))
    except ValueError as error:
        raise ModelError(f"{path}: damaged; copy the model anew or train it again") from error


def _open_array(folder: Path, name: str, manifest: Manifest) -> tuple[Items, tuple[int, ...]]:
    """The items of an array of plain `.npy`, flat and memory-mapped, and its shape."""
    path = checked(folder, name, manifest)
    kind, code = ARRAYS[name.split(".")[1]]
    with path.open("rb") as file:
        data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
    try:
        # Magic, version, length of the header, header; `numpy.lib.format` has it in full.
        begin = 10 + int.from_bytes(data[8:10], "little")
        header = literal_eval(bytes(data[10:begin]).decode("latin-1"))
        shape, found = header["shape"], header["descr"]
        items: Items = data[begin:].cast(code)
    except (ValueError, KeyError, TypeError, SyntaxError) as error:
        raise ModelError(f"{path}: not an array; copy the model anew or train it again") from error
    if found != kind or header["fortran_order"] or prod(shape) != len(items):
        raise ModelError(f"{path}: holds {found}, not {kind}; the model is damaged")
    return items, shape


def file_digest(path: Path) -> str:
    """CRC-32 of a file's bytes, 8 hexadecimal digits.

    It notices every changed byte at four gigabytes a second. Against somebody who forges a model
    no digest in the same folder would help; that loading runs nothing is what does.
    """
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            return f"{0:08x}"
        # Mapped, for not even a copy of it needs to be made.
        with mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            return f"{zlib.crc32(data):08x}"


def _open_view(folder: Path, view: str, manifest: Manifest) -> SavedView:
    opened = {name: _open_array(folder, f"{view}.{name}.npy", manifest) for name in ARRAYS}
    heads, column = [], 0
    for task in manifest["views"][view]["tasks"]:
        labels = tuple(task["labels"])
        columns = (column, column + len(labels))
        heads.append(Head(task["task"], labels, columns, tuple(map(float, task["intercept"]))))
        column += len(labels)
    shapes = {name: shape for name, (_, shape) in opened.items()}
    if shapes["weights"][1:] != (column + 1,) or shapes["rows"] != shapes["nodes"]:
        raise ModelError(
            f"{folder}: arrays of the {view} view do not fit its tasks; train it again"
        )
    return SavedView(tuple(heads), {name: items for name, (items, _) in opened.items()})
