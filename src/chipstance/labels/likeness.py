"""Label rows that are alike, and so teach one thing twice or two things about one sentence.

Each row is told beside one that is like it further up, whatever the ways in which it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipstance.articles.normalising.normal_form import normalise
from chipstance.labels.rows import LabelRow

# Of two texts' 4-grams, the share in common from which they are near-duplicates (Jaccard).
NEAR = 0.6
_NGRAM = 4
# Rows alike to one that have a line each; of more, the last line says how many.
_SHOWN = 3

Rows = Sequence[LabelRow]


@dataclass(frozen=True, slots=True)
class Alike:
    """A row and one further up that it is like.

    Attributes:
        row: The row.
        first: The one further up.
        how: What they have in common, which the place of the other follows.
        share: What share of the two texts is the same, where that says how alike they are.
        mend: What to do.
    """

    row: LabelRow
    first: LabelRow
    how: str
    share: float | None = None
    mend: str = ""

    def __str__(self) -> str:
        share = "" if self.share is None else f"{self.share:.0%} "
        return f"{self.row.where}: {share}{self.how} {self.first.where}{self.mend}"


def contradictions(rows: Rows) -> Iterator[Alike]:
    """Texts that stand twice with labels that contradict."""
    for row, first in _again(rows):
        if (first.labels, first.companies) != (row.labels, row.companies):
            yield Alike(row, first, "the same text with other labels as", mend="; settle on one")


def duplicates(rows: Rows) -> Iterator[Alike]:
    """Texts that stand twice with the same labels."""
    for row, first in _again(rows):
        if (first.labels, first.companies) == (row.labels, row.companies):
            yield Alike(row, first, "the same text as", mend="; delete one")


def _again(rows: Rows) -> Iterator[tuple[LabelRow, LabelRow]]:
    """Rows whose text stood further up, each with the first of that text."""
    first: dict[str, LabelRow] = {}
    for row in rows:
        known = first.setdefault(row.text, row)
        if known is not row:
            yield row, known


def templates(rows: Rows, masked: Sequence[str]) -> Iterator[Alike]:
    """Sentences that are the same once companies and numbers are masked.

    Args:
        rows: Label rows.
        masked: Normal form of each with companies and numbers masked.
    """
    first: dict[str, LabelRow] = {}
    for row, text in zip(rows, masked, strict=True):
        known = first.setdefault(text, row)
        if known is not row and known.text != row.text:
            yield Alike(row, known, "only names and numbers differ from")


def near_duplicates(rows: Rows) -> Iterator[Alike]:
    """Texts alike in most of their 4-grams with one further up, once numbers are masked."""
    from scipy.sparse import csr_matrix

    texts = [normalise(row.text) for row in rows]
    if max(map(len, texts), default=0) < _NGRAM:
        return
    text, ngram = _ngrams(texts)
    sizes = np.bincount(text, minlength=len(texts))
    # Two thirds of all n-grams stand in one text alone, which has them in common with none.
    shared = np.bincount(ngram)[ngram] > 1
    ones = np.ones(np.count_nonzero(shared), dtype=np.int32)
    has = csr_matrix((ones, (text[shared], ngram[shared])), shape=(len(texts), ngram.max() + 1))
    common = csr_matrix(has @ has.T)
    # Nearly all pairs of texts have too little in common for the first of them alone.
    each = np.diff(common.indptr)
    enough = np.flatnonzero(common.data >= np.repeat((NEAR * sizes).astype(np.int32), each))
    one = np.searchsorted(common.indptr, enough, side="right") - 1
    other, both = common.indices[enough], common.data[enough]
    alike = both / (sizes[one] + sizes[other] - both)
    told: set[int] = set()
    for at in np.lexsort((one, other)).tolist():
        first, later = int(one[at]), int(other[at])
        if first >= later or alike[at] < NEAR or later in told:
            continue
        if rows[first].text != rows[later].text:
            told.add(later)
            yield Alike(rows[later], rows[first], "the same as", share=float(alike[at]))


def _ngrams(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each n-gram of each text once: the number of the text, and that of the n-gram.

    Sorted as numbers, which takes a fifth of what scikit-learn's vectoriser takes with strings.
    """
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    characters = np.frombuffer(joined, dtype="<u4").astype(np.int64)
    # Pairs are numbered first, for four characters as they are would need more than 64 bits.
    pairs = np.unique(characters[:-1] << 32 | characters[1:], return_inverse=True)[1]
    four = pairs[:-2] << 32 | pairs[2:]
    text = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    inside = text[: len(four)] == text[_NGRAM - 1 :]
    four, text = four[inside], text[: len(four)][inside]
    order = np.argsort(four, kind="stable")
    four, text = four[order], text[order]
    other = np.diff(four, prepend=-1) != 0
    new = other | (np.diff(text, prepend=-1) != 0)
    return text[new], (np.cumsum(other) - 1)[new]


def told_once(found: Iterable[Alike]) -> list[Alike]:
    """Of all that a row is like, what comes first."""
    rows: dict[int, Alike] = {}
    for each in found:
        rows.setdefault(id(each.row), each)
    return list(rows.values())


def grouped(found: Iterable[Alike]) -> Iterator[tuple[str, int]]:
    """Lines for rows that are alike, of those that are like one row in one way the first few.

    Args:
        found: Rows, each once.

    Yields:
        Each line and how many rows it speaks of, itself and those that it only counts.
    """
    groups: dict[tuple[int, str], list[Alike]] = {}
    for each in found:
        groups.setdefault((id(each.first), each.how), []).append(each)
    for group in groups.values():
        shown, rest = group[:_SHOWN], len(group[_SHOWN:])
        yield from ((str(each), 1) for each in shown[:-1])
        yield f"{shown[-1]}{f' (and {rest} more)' if rest else ''}", 1 + rest
