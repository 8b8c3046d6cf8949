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
from collections.abc import Mapping
from functools import cached_property
from hashlib import blake2b
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from chipstance.errors import ModelError
from chipstance.models.few import OUTSIDE, FewScorer, Items
from chipstance.models.files import MANIFEST, checksum_of, is_changed, of_one_version, opened
from chipstance.models.head import Head
from chipstance.models.lexicon import Lexicon, parse
from chipstance.models.manifest import is_whole
from chipstance.patterns import lazily

if TYPE_CHECKING:
    from chipstance.models.scorer import Scorer

FORMAT: Final = 3
VIEWS: Final = ("sentence", "mention")
# By name: what numpy calls their items, and what `memoryview` does.
Code = Literal["I", "q", "f", "Q", "h"]
ARRAYS: Final[dict[str, tuple[str, Code]]] = {
    "alphabet": ("<u4", "I"),
    "nodes": ("<i8", "q"),
    "rows": ("<u4", "I"),
    "weights": ("<f4", "f"),
}
_MANIFEST_LIMIT: Final = 1 << 20
_SIZES: Final = {"I": 4, "q": 8, "f": 4, "Q": 8, "h": 2}
_LEXICON_LIMIT: Final = 1 << 24
# Of a term, in characters, and of the lists together: far more than any has.
_LONGEST_TERM: Final = 64
_MOST_LISTS: Final = 1000
_LONGEST_HEADER: Final = 1 << 10
_HEADER = lazily(
    r"\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \(([\d, ]*)\), \} *\n"
)
_ANEW: Final = "copy the model anew or train it again"
_IN_USE: Final = f"changed while the model was in use; {_ANEW}"

Manifest = dict[str, Any]


class SavedView:
    """The classifiers of one view, their arrays memory-mapped."""

    def __init__(
        self,
        heads: tuple[Head, ...],
        arrays: Mapping[str, Items],
        files: Mapping[str, tuple[Path, str]],
    ) -> None:
        """Take what was opened.

        Args:
            heads: One for each task.
            arrays: By name, each flat.
            files: Where each array is from, and the checksum of that file.
        """
        self.heads, self.arrays, self._files = heads, arrays, files

    @property
    def few(self) -> FewScorer:
        """For few views: no numpy.

        Raises:
            ModelError: A file was cut short since it was opened.
        """
        self._check_length()
        return self._few

    @cached_property
    def _few(self) -> FewScorer:
        return FewScorer(self.arrays, self.heads)

    @cached_property
    def scorer(self) -> "Scorer":
        """For many views; it has tables of its own, so the files do not matter any more.

        Raises:
            ModelError: A file was changed since it was opened, or the arrays do not fit.
        """
        self._check_length()
        scorer = self._scorer()
        for name, (path, checksum) in self._files.items():
            if is_changed(self.arrays[name], checksum):
                raise ModelError(f"{path}: {_IN_USE}")
        return scorer

    def _check_length(self) -> None:
        for name, (path, _) in self._files.items():
            if is_changed(self.arrays[name]):
                raise ModelError(f"{path}: {_IN_USE}")

    def _scorer(self) -> "Scorer":
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
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {_ANEW}") from error
    if len(raw) > _MANIFEST_LIMIT:
        raise ModelError(f"{path}: too large for a manifest; the model is damaged")
    try:
        manifest = json.loads(raw)
        version = manifest["format"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError(f"{path}: damaged; {_ANEW}") from error
    if type(version) is not int or version != FORMAT:
        raise ModelError(
            f"{path}: model format {str(version)[:20]}, this version reads {FORMAT}; train it again"
        )
    if not is_whole(manifest):
        raise ModelError(f"{path}: damaged; {_ANEW}")
    return manifest, blake2b(raw, digest_size=6).hexdigest()


def _open_lexicon(folder: Path, manifest: Manifest) -> Lexicon:
    path = folder / "lexicon.tsv"
    data = opened(path, manifest["files"].get(path.name), _LEXICON_LIMIT)
    try:
        lexicon = parse(bytes(data))
        if lexicon.longest > _LONGEST_TERM or "" in lexicon.lists:
            raise ValueError
        if len(lexicon.names) > _MOST_LISTS:
            raise ValueError
    except ValueError as error:
        raise ModelError(f"{path}: damaged; {_ANEW}") from error
    return lexicon


def open_array(
    folder: Path, name: str, manifest: Manifest, kind: str, code: Code
) -> tuple[Items, tuple[int, ...]]:
    """The items of an array of plain `.npy`, flat and memory-mapped, and its shape.

    Args:
        folder: The model's.
        name: The file's.
        manifest: What says of what bytes it is.
        kind: What numpy calls its items, such as `<f4`.
        code: What `memoryview` calls them.

    Raises:
        ModelError: It is missing, changed or another kind of array.
    """
    path = folder / name
    data = opened(path, manifest["files"].get(name))
    # Magic, version, length of the header, header; `numpy.lib.format` has it in full.
    begin = 10 + int.from_bytes(data[8:10], "little")
    header = _HEADER.fullmatch(bytes(data[10 : min(begin, _LONGEST_HEADER)]).decode("latin-1"))
    if header is None:
        raise ModelError(f"{path}: not an array; {_ANEW}")
    found, by_columns, lengths = header.groups()
    shape = tuple(int(length) for length in lengths.split(",") if length.strip())
    items = data[begin:]
    fits = found == kind and by_columns == "False" and len(items) % _SIZES[code] == 0
    if not fits or prod(shape) * _SIZES[code] != len(items):
        raise ModelError(f"{path}: holds {found}, not {kind}; the model is damaged")
    return items.cast(code), shape


def file_digest(path: Path) -> str:
    """The checksum of a file's bytes that the manifest has of it; see `files`."""
    return checksum_of(path.read_bytes())


def _open_view(folder: Path, view: str, manifest: Manifest) -> SavedView:
    arrays = {
        name: open_array(folder, f"{view}.{name}.npy", manifest, kind, code)
        for name, (kind, code) in ARRAYS.items()
    }
    heads, column = [], 0
    for task in manifest["views"][view]["tasks"]:
        labels = tuple(task["labels"])
        columns = (column, column + len(labels) - 1)
        heads.append(Head(task["task"], labels, columns, tuple(map(float, task["intercept"]))))
        column = columns[1]
    shapes = {name: shape for name, (_, shape) in arrays.items()}
    if shapes["weights"][1:] != (column + 1,) or shapes["rows"] != shapes["nodes"]:
        raise ModelError(
            f"{folder}: arrays of the {view} view do not fit its tasks; train it again"
        )
    files = {name: folder / f"{view}.{name}.npy" for name in ARRAYS}
    return SavedView(
        tuple(heads),
        {name: items for name, (items, _) in arrays.items()},
        {name: (path, manifest["files"][path.name]) for name, path in files.items()},
    )
