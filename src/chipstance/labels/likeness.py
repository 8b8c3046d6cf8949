"""Label rows that are alike, and so teach one thing twice or two things about one sentence.

Each row is told beside one that is like it further up, whatever the ways in which it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

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
    from scipy.sparse import coo_matrix, triu
    from sklearn.feature_extraction.text import CountVectorizer

    texts = [normalise(row.text) for row in rows]
    if max(map(len, texts), default=0) < _NGRAM:
        return
    ngrams = CountVectorizer(
        analyzer="char", ngram_range=(_NGRAM, _NGRAM), lowercase=False, binary=True
    ).fit_transform(texts)
    sizes = np.asarray(ngrams.sum(axis=1)).ravel()
    common = coo_matrix(triu(ngrams.astype("int32") @ ngrams.T.astype("int32"), k=1))
    alike = common.data / (sizes[common.row] + sizes[common.col] - common.data)
    near = np.flatnonzero(alike >= NEAR)
    told: set[int] = set()
    for at in near[np.lexsort((common.row[near], common.col[near]))].tolist():
        first, later = int(common.row[at]), int(common.col[at])
        if later not in told and rows[first].text != rows[later].text:
            told.add(later)
            yield Alike(rows[later], rows[first], "the same as", share=float(alike[at]))


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
