"""n-grams to sublinear TF-IDF, at training time.

Choosing the vocabulary gives the features and weights that scikit-learn's `CountVectorizer` and
`TfidfTransformer` give, in a fifth of the time: all views are one array of character codes, and
the n-grams of a length are found by sorting numbers, made of the n-grams one character shorter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from chipstance.errors import LabelError
from chipstance.models.features.marks import SEPARATOR
from chipstance.models.learning.parameters import Parameters

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The n-grams that are features.

    Attributes:
        ngrams: In the order of the columns.
        idf: Inverse document frequency of each, raised to its power, `(n_features,)`.
    """

    ngrams: list[str]
    idf: NDArray[np.float64]

    def transform(self, views: Sequence[str]) -> csr_matrix:
        """TF-IDF of views by scikit-learn, `(n_views, n_features)`, rows of unit length."""
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

        lengths = [len(ngram) for ngram in self.ngrams]
        counter = CountVectorizer(
            analyzer="char",
            ngram_range=(1, max(lengths, default=1)),
            lowercase=False,
            vocabulary=self.ngrams,
        )
        transformer = TfidfTransformer(sublinear_tf=True)
        transformer.idf_ = self.idf
        tfidf: csr_matrix = transformer.transform(counter.transform(views))
        return tfidf


@dataclass(frozen=True, slots=True)
class _Level:
    """The n-grams of one length that stand in enough views.

    Attributes:
        points: Code points of each, `(n_ngrams, length)`, in ascending order.
        ngrams: Position in `points` of each count, in ascending order.
        views: View of each count.
        counts: How often that n-gram stands in that view.
    """

    points: NDArray[np.uint32]
    ngrams: Ints
    views: Ints
    counts: Ints


def fit_vocabulary(
    views: Sequence[str], parameters: Parameters, copies: Sequence[str] = ()
) -> tuple[Vocabulary, csr_matrix]:
    """Choose the n-grams that are features, and weigh those of the views.

    Args:
        views: Training views; n-grams across a `SEPARATOR` are left out.
        parameters: Longest n-gram and least number of views.
        copies: Views that have no say in the choice and the weights of n-grams.

    Returns:
        The vocabulary, and the TF-IDF of the views and behind them of the copies,
        `(n_views + n_copies, n_features)`.

    Raises:
        LabelError: No n-gram stands in enough views.
    """
    n_views, n_rows = len(views), len(views) + len(copies)
    levels = _levels([*views, *copies], n_views, parameters)
    n_ngrams = sum(len(level.points) for level in levels)
    if not n_ngrams:
        raise LabelError(
            f"too little text to learn from: no n-gram stands in {parameters.min_views} texts or"
            " more; give more rows, or longer ones"
        )
    before = np.cumsum([0, *(len(level.points) for level in levels)])
    columns = [start + level.ngrams for start, level in zip(before, levels, strict=False)]
    by_ngram = csc_matrix(
        (
            np.concatenate([level.counts for level in levels]).astype(np.float64),
            np.concatenate([level.views for level in levels]),
            np.searchsorted(np.concatenate(columns), np.arange(n_ngrams + 1)),
        ),
        shape=(n_rows, n_ngrams),
    )
    order = _alphabetical([level.points for level in levels])
    counts = by_ngram[:, order].tocsr()
    in_views = np.bincount(counts.indices[: counts.indptr[n_views]], minlength=n_ngrams)
    idf = (np.log((1 + n_views) / (1 + in_views)) + 1) ** parameters.idf_power
    ngrams = [ngram for level in levels for ngram in _decoded(level.points)]
    return Vocabulary([ngrams[at] for at in order.tolist()], idf), _weighted(counts, idf)


def _alphabetical(points: Sequence[NDArray[np.uint32]]) -> Ints:
    """Order of n-grams of ascending lengths by their code points."""
    longest = points[-1].shape[1]
    # No n-gram holds a separator, which is 0, and the shorter one of two comes first.
    padded = [np.pad(each, ((0, 0), (0, longest - each.shape[1]))) for each in points]
    order: Ints = np.lexsort(np.concatenate(padded).T[::-1])
    return order


def _weighted(counts: csr_matrix, idf: NDArray[np.float64]) -> csr_matrix:
    """Sublinear TF-IDF of counts, rows of unit length."""
    values = (1 + np.log(counts.data)) * idf[counts.indices]
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    length = np.sqrt(np.bincount(rows, values**2, minlength=counts.shape[0]))
    return csr_matrix((values / length[rows], counts.indices, counts.indptr), counts.shape)


def _levels(views: Sequence[str], n_learned: int, parameters: Parameters) -> list[_Level]:
    """Count the n-grams of each length; one that is rare begins none that is not."""
    points = np.frombuffer(
        (SEPARATOR.join(views) + SEPARATOR).encode("utf-32-le", "surrogatepass"), dtype=np.uint32
    )
    view_of = np.repeat(np.arange(len(views)), [len(view) + 1 for view in views])
    alphabet = np.flatnonzero(np.bincount(points))
    code_of = np.zeros(int(alphabet[-1]) + 1, dtype=np.int64)
    code_of[alphabet] = np.arange(len(alphabet))
    # A separator has code 0.
    codes = code_of[points]
    starts = np.flatnonzero(codes)
    # Of the n-gram at each start: its number among those of its length, and their code points.
    number = np.zeros(len(starts), dtype=np.int64)
    known = np.empty((1, 0), dtype=np.uint32)
    levels = []
    for length in range(1, parameters.longest_ngram + 1):
        # An n-gram ends before a separator, so the character after one is always in reach.
        following = codes[starts + length - 1]
        inside = following != 0
        keys = number[inside] * len(alphabet) + following[inside]
        keys, starts = _sorted(keys, starts[inside])
        first = np.diff(keys, prepend=-1) != 0
        view, number = view_of[starts], np.cumsum(first) - 1
        counted = np.flatnonzero(first | (np.diff(view, prepend=-1) != 0))
        of_view, of_ngram = view[counted], number[counted]
        n_ngrams = np.count_nonzero(first)
        in_views = np.bincount(of_ngram[of_view < n_learned], minlength=n_ngrams)
        frequent = in_views >= parameters.min_views
        position = np.cumsum(frequent) - 1
        prefix, last = np.divmod(keys[first][frequent], len(alphabet))
        known = np.column_stack([known[prefix], alphabet[last].astype(np.uint32)])
        counts, kept = np.diff(counted, append=len(keys)), frequent[of_ngram]
        levels.append(_Level(known, position[of_ngram[kept]], of_view[kept], counts[kept]))
        kept = frequent[number]
        starts, number = starts[kept], position[number[kept]]
    return levels


def _sorted(keys: Ints, positions: Ints) -> tuple[Ints, Ints]:
    """Keys in ascending order, and their positions, ascending for each key."""
    shift = int(positions.max(initial=0)).bit_length()
    if int(keys.max(initial=0)).bit_length() + shift < 64:
        # One number sorts five times as fast as one that takes another with it.
        packed = np.sort(keys << shift | positions)
        return packed >> shift, packed & ((1 << shift) - 1)
    order = np.lexsort((positions, keys))
    return keys[order], positions[order]


def _decoded(points: NDArray[np.uint32]) -> list[str]:
    length = points.shape[1]
    joined = points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return [joined[at : at + length] for at in range(0, len(joined), length)]
