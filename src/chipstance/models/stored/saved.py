"""The model folder: arrays and JSON, nothing that could run.

    manifest.json            what made the model: tasks, labels, parameters, scores, digests
    VIEW.alphabet.npy        code points of the trie, `(n_codes,)` uint32
    VIEW.nodes.npy           the trie, `(n_slots,)` int64; see `trie`
    VIEW.rows.npy            row of the weights that each slot has, `(n_slots,)` uint32
    VIEW.weights.npy         `(n_rows, n_columns + 1)` float32; see `scorer`
    lexicon.tsv              names of the word lists, then their terms in normal form; see `lookup`
    terms.txt                the strongest terms of each label, for people
    README.md                the card, for people
    seen.*.npy               digests of the training texts, for evaluation; see `seen`

VIEW is `sentence` or `mention`. Arrays are plain `.npy` without pickles. The checksums of every
file but the card stand in the manifest; what is read and differs is refused by name.
"""

import json
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from chipstance.digests import blake2b
from chipstance.errors import ModelError
from chipstance.models.features.lexicon import Lexicon, parse
from chipstance.models.features.tasks import title
from chipstance.models.scoring.few import OUTSIDE, FewScorer
from chipstance.models.scoring.head import Head
from chipstance.models.stored.arrays import Kind, StoredArray, open_array
from chipstance.models.stored.files import ANEW, MANIFEST, Blocks, checksum_of, of_one_version
from chipstance.models.stored.manifest import is_whole

if TYPE_CHECKING:
    from chipstance.models.scoring.scorer import Scorer

FORMAT: Final = 4
VIEWS: Final = ("sentence", "mention")
# By name: what numpy calls their items.
ARRAYS: Final[dict[str, Kind]] = {
    "alphabet": "<u4", "nodes": "<i8", "rows": "<u4", "weights": "<f4",
}  # fmt: skip
_MANIFEST_LIMIT: Final = 1 << 20
_LEXICON_LIMIT: Final = 1 << 24
# Far more than any lexicon has.
_MOST_LISTS: Final = 1000

Manifest = dict[str, Any]


class SavedView:
    """The classifiers of one view, their arrays in files."""

    def __init__(self, heads: tuple[Head, ...], arrays: Mapping[str, StoredArray]) -> None:
        """Take what was opened.

        Args:
            heads: One for each task.
            arrays: By name.
        """
        self.heads, self._arrays = heads, arrays

    @cached_property
    def few(self) -> FewScorer:
        """For few views: no numpy."""
        return FewScorer(self._arrays, self.heads)

    @cached_property
    def scorer(self) -> "Scorer":
        """For many views.

        Raises:
            ModelError: A file was changed, or the arrays do not fit.
        """
        import numpy as np

        from chipstance.models.scoring.scorer import Scorer
        from chipstance.models.scoring.sound import is_sound

        alphabet, nodes, rows, weights = (
            np.frombuffer(self._arrays[name].whole(), kind).reshape(self._arrays[name].shape)
            for name, kind in ARRAYS.items()
        )
        if not is_sound(alphabet, nodes, rows, weights):
            raise ModelError(OUTSIDE)
        return Scorer(alphabet, nodes, rows, weights, self.heads)


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
    """Open a model folder; arrays are read when they are used, and nothing in it is run.

    Args:
        folder: As written by `write_model`.

    Raises:
        ModelError: It is missing or damaged, or another version wrote it.
    """
    return of_one_version(folder, _open)


def _open(folder: Path) -> Saved:
    manifest, digest = _read_manifest(folder)
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
    return of_one_version(folder, _read_manifest)


def _read_manifest(folder: Path) -> tuple[Manifest, str]:
    path = folder / MANIFEST
    if not os.path.isfile(path):
        raise ModelError(f"{folder}: no model there; make one with: classify train -o {folder}")
    try:
        with path.open("rb") as file:
            raw = file.read(_MANIFEST_LIMIT + 1)
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {ANEW}") from error
    if len(raw) > _MANIFEST_LIMIT:
        raise ModelError(f"{path}: too large for a manifest; the model is damaged")
    try:
        manifest = json.loads(raw)
        version = manifest["format"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError(f"{path}: damaged; {ANEW}") from error
    if type(version) is not int or version != FORMAT:
        newer = type(version) is int and version > FORMAT
        raise ModelError(
            f"{path}: model format {str(version)[:20]}, this version reads {FORMAT};"
            f" {'install a newer chipstance' if newer else 'train it again'}"
        )
    if not is_whole(manifest):
        raise ModelError(f"{path}: damaged; {ANEW}")
    return manifest, blake2b(raw, digest_size=6).hexdigest()


def tasks_of(manifest: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What a manifest says of each task, by its `title`; the tasks of sentences come first."""
    return {
        title(view, task["task"]): task
        for view in VIEWS
        if view in manifest["views"]
        for task in manifest["views"][view]["tasks"]
    }


def check_same(folder: Path, digest: str, wanted: str) -> None:
    """Refuse a model that is not the one that was opened.

    Raises:
        ModelError: The digests differ.
    """
    if digest != wanted:
        raise ModelError(f"{folder}: holds another model than when it was opened; load it again")


def _open_lexicon(folder: Path, manifest: Manifest) -> Lexicon:
    path = folder / "lexicon.tsv"
    data = Blocks(path, manifest["files"].get(path.name), _LEXICON_LIMIT).whole()
    try:
        lexicon = parse(data.decode("utf-8"))
        if len(lexicon.names) > _MOST_LISTS:
            raise ValueError
    except ValueError as error:
        raise ModelError(f"{path}: damaged; {ANEW}") from error
    return lexicon


def file_digest(path: Path) -> str:
    """The checksums of a file's bytes that the manifest has of it; see `files`."""
    return checksum_of(path.read_bytes())


def _open_view(folder: Path, view: str, manifest: Manifest) -> SavedView:
    arrays = {
        name: open_array(folder, f"{view}.{name}.npy", manifest["files"], kind)
        for name, kind in ARRAYS.items()
    }
    heads, column = [], 0
    for task in manifest["views"][view]["tasks"]:
        labels = tuple(task["labels"])
        columns = (column, column + len(labels) - 1)
        heads.append(Head(task["task"], labels, columns, tuple(map(float, task["intercept"]))))
        column = columns[1]
    weights, rows, nodes = (arrays[name].shape for name in ("weights", "rows", "nodes"))
    if len(weights) != 2 or weights[1] != column + 1 or len(nodes) != 1 or rows != nodes:
        raise ModelError(
            f"{folder}: arrays of the {view} view do not fit its tasks; train it again"
        )
    return SavedView(tuple(heads), arrays)
