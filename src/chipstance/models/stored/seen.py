"""What a model remembers of its training texts: not the texts, but whether it has seen one.

    seen.texts.npy       digest of each training text, `(n_rows,)` uint64, in the order of the rows
    seen.held_out.npy    verdicts on them while held out, `(n_rows, n_tasks)` int16: position of the
                         label, -1 for none; tasks as in the manifest's sentence view
    seen.words.npy       digest of each word of theirs, `(n_words,)` uint64, ascending

Opened to evaluate, compare, train anew and measure drift; scoring does without.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chipstance.articles.normalising.joined import fold_all, normalise_all
from chipstance.digests import blake2b
from chipstance.errors import ModelError
from chipstance.models.stored.arrays import Kind, open_array
from chipstance.models.stored.files import of_one_version
from chipstance.models.stored.saved import Manifest, read_manifest

Digests = NDArray[np.uint64]
# By name: what numpy calls their items.
_KINDS: dict[str, Kind] = {
    "seen.texts.npy": "<u8", "seen.held_out.npy": "<i2", "seen.words.npy": "<u8",
}  # fmt: skip
FILES = tuple(_KINDS)
# Punctuation, figures and white space are no words.
_WORD = re.compile(r"[^\W\d_]")
_PARTS = 5


@dataclass(frozen=True, slots=True)
class SeenArrays:
    """The arrays of the three files."""

    texts: Digests
    held_out: NDArray[np.int16]
    words: Digests


@dataclass(frozen=True, slots=True)
class Seen:
    """What one model remembers.

    Attributes:
        texts: Digests of its training texts, `(n_rows,)`.
        held_out: Labels by task, that each text was given while held out; None for none.
        words: Digests of the words it knows, ascending.
    """

    texts: Digests
    held_out: Mapping[str, list[str | None]]
    words: Digests

    def has_text(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each text, in whatever script, was learned from."""
        return np.isin(text_digests(texts), self.texts)

    def has_word(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each word stands in a training text."""
        return np.isin(_digests(words), self.words)


def open_seen(folder: Path, digest: str | None = None) -> Seen | None:
    """Open what a model remembers; None for a model that was saved without.

    Args:
        folder: The model's.
        digest: Of the model that it must be, as in its name; None for whichever is there.

    Raises:
        ModelError: A file of it is missing or damaged, or another model has taken its place.
    """
    return of_one_version(folder, lambda there: _open_seen(there, digest))


def _open_seen(folder: Path, digest: str | None) -> Seen | None:
    manifest, found = read_manifest(folder)
    if digest not in (None, found):
        raise ModelError(f"{folder}: was trained anew meanwhile; run the command again")
    if FILES[0] not in manifest["files"]:
        return None
    texts, verdicts, known = (_array(folder, name, manifest, kind) for name, kind in _KINDS.items())
    tasks = manifest["views"]["sentence"]["tasks"]
    most = [len(task["labels"]) for task in tasks]
    if verdicts.shape != (len(texts), len(tasks)) or np.any((verdicts < -1) | (verdicts >= most)):
        raise ModelError(f"{folder}: what it remembers does not fit its tasks; train it again")
    held_out = {
        task["task"]: [task["labels"][at] if at >= 0 else None for at in column]
        for task, column in zip(tasks, verdicts.T.tolist(), strict=True)
    }
    return Seen(texts, held_out, known)


def _array(folder: Path, name: str, manifest: Manifest, kind: Kind) -> NDArray[Any]:
    stored = open_array(folder, name, manifest["files"], kind)
    return np.frombuffer(stored.whole(), kind).reshape(stored.shape)


def text_digests(texts: Iterable[str]) -> Digests:
    """Digest of each text, the same whatever its script, width, case and white space."""
    return _digests(same_texts(texts))


def same_texts(texts: Iterable[str]) -> list[str]:
    """Each text as all that say the same have it: of one script, width and case, no white space.

    >>> same_texts(["記憶體 ＡＩ", "记忆体ai"])
    ['记忆体ai', '记忆体ai']
    """
    return ["".join(text.split()) for text in fold_all([*texts])]


def words(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text in normal form, in order; figures and punctuation are none.

    Jieba may put together words that its dictionary lacks: new names are what is looked for.

    >>> words(["颱風將於3日登陸東部。"])
    [['台风', '将', '于', '日', '登陆', '东部']]
    """
    import rjieba

    found = (rjieba.cut(normal, hmm=True) for normal in normalise_all(texts))
    return [[word for word in each if _WORD.search(word)] for each in found]


def word_digests(known: Iterable[str]) -> Digests:
    """Digests of words, ascending, each once."""
    return np.unique(_digests(known))


def _digests(strings: Iterable[str]) -> Digests:
    raw = b"".join(
        blake2b(each.encode("utf-8", "replace"), digest_size=8).digest() for each in strings
    )
    return np.frombuffer(raw, dtype="<u8").astype(np.uint64)


def unseen_share(texts: Sequence[Sequence[str]], groups: Sequence[str]) -> float | None:
    """Share of words that are in no other part of the articles than their own.

    What a model would meet of unseen words in articles of the kind it was trained on.

    Args:
        texts: Words of each text.
        groups: Article of each.

    Returns:
        0 to 1; None where there are too few articles to part, or no word.
    """
    number = {group: at for at, group in enumerate(dict.fromkeys(groups))}
    if len(number) < _PARTS:
        return None
    parts: dict[str, int] = {}
    for found, group in zip(texts, groups, strict=True):
        part = 1 << number[group] % _PARTS
        for word in found:
            parts[word] = parts.get(word, 0) | part
    counts = Counter(word for found in texts for word in found)
    once = sum(n for word, n in counts.items() if parts[word].bit_count() == 1)
    return once / counts.total() if counts else None
