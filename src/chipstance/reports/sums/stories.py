"""Syndication: which articles tell the same story, and how new each was when it came.

Near-duplicates are found by MinHash over runs of five characters of the folded text, so that
script, punctuation and spacing make no difference. Two articles are chained when they share enough
and came within a day of each other, or at any distance when the later one brings next to nothing
new: this month's sales report in last month's words is another story. Chains make stories.

Novelty is 1 for the first article of a story, halves with each further one within a day of the
first, and is later the share of sentences that the story did not have before: 0 for no new facts.
"""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chipstance.articles.normalising.fold import fold
from chipstance.digests import blake2b
from chipstance.reports.sums.archive import NONE, UNDATED, Archive, Ints

Pairs = NDArray[np.int64]
Said = dict[int, frozenset[int]]
_PERMUTATIONS = 128
_SEED = 1
_SHINGLE = 5
# Pairs of half the shingles have one band in common at least seven times in eight.
_BAND = 4
# Estimated Jaccard similarity of shingles. A reprint that leaves out a third has 0.67.
_SAME = 0.5
# Dates have no hours, so 24 hours are the same day and the next.
_DAY = 1
_HALF = 0.5
# Share of new sentences up to which a later article brings next to nothing new.
_LITTLE_NEW = 0.2
_BATCH_CHARACTERS = 2**20
_PAIRS_AT_ONCE = 2**16
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SILENT = re.compile(r"[\W_]+")
_EMPTY = np.uint32(2**32 - 1)


class Signatures:
    """MinHash signatures of articles whose sentences come in any order."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, str]] = []
        self._characters = 0
        self._found = np.full((0, _PERMUTATIONS), _EMPTY, dtype=np.uint32)

    def add(self, article: int, text: str) -> int:
        """Take one sentence.

        Args:
            article: Number of its article.
            text: The sentence.

        Returns:
            A digest that sentences share which differ in script and punctuation alone.
        """
        folded = _SILENT.sub("", fold(text))
        self._waiting.append((article, folded))
        self._characters += len(folded)
        if self._characters > _BATCH_CHARACTERS:
            self._flush()
        digest = blake2b(folded.encode("utf-8", "replace"), digest_size=7).digest()
        return int.from_bytes(digest)

    def absorb(self, other: "Signatures", articles: Ints) -> None:
        """Take all sentences that another took.

        Args:
            other: Of other rows.
            articles: What is the number here of each article there, `(n_articles,)`.
        """
        found = other.finish(len(articles))
        self._flush()
        self._grow(int(articles.max(initial=NONE)) + 1)
        self._found[articles] = np.minimum(self._found[articles], found)

    def finish(self, n_articles: int) -> NDArray[np.uint32]:
        """Signatures of all articles.

        Returns:
            `(n_articles, n_permutations)`; an article too short for one has only the largest value.
        """
        self._flush()
        self._grow(n_articles)
        return self._found[:n_articles]

    def _grow(self, n_articles: int) -> None:
        if n_articles > len(self._found):
            more = np.full((n_articles + n_articles // 4, _PERMUTATIONS), _EMPTY, dtype=np.uint32)
            more[: len(self._found)] = self._found
            self._found = more

    def _flush(self) -> None:
        from rensa import RMinHash

        if not self._waiting:
            return
        texts: dict[int, list[str]] = {}
        for article, text in self._waiting:
            texts.setdefault(article, []).append(text)
        self._waiting, self._characters = [], 0
        # Between sentences a gap, over which no shingle is taken.
        shingles = [_shingles("\0".join(each)) for each in texts.values()]
        offsets = np.cumsum([0, *map(len, shingles)]).astype(np.uint64)
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(
            np.concatenate(shingles), offsets, _PERMUTATIONS, _SEED
        )
        numbers = np.fromiter(texts, dtype=np.int64, count=len(texts))
        self._grow(int(numbers.max()) + 1)
        rows = np.array(matrix.to_rows(), dtype=np.uint32)
        self._found[numbers] = np.minimum(self._found[numbers], rows)


def _shingles(text: str) -> NDArray[np.uint64]:
    """A hash of every run of characters."""
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    n = len(codes) - _SHINGLE + 1
    if n <= 0:
        return np.empty(0, dtype=np.uint64)
    hashes = np.zeros(n, dtype=np.uint64)
    whole = np.ones(n, dtype=bool)
    for at in range(_SHINGLE):
        part = codes[at : at + n]
        hashes = (hashes ^ part) * _MIX
        hashes ^= hashes >> np.uint64(29)
        whole &= part != 0
    return hashes[whole]


class Stories(NamedTuple):
    """Which story each article tells.

    Attributes:
        story: Number of the story's first article, for each article, `(n_articles,)`.
        novelty: How new each article was, 0 to 1, `(n_articles,)`.
    """

    story: Ints
    novelty: NDArray[np.float64]


def find_stories(archive: Archive) -> Stories:
    """Chain near-duplicates into stories; time grows little faster than the number of articles.

    Args:
        archive: With signatures.

    Returns:
        Articles in the archive's order, the first published being the first of its story.
    """
    pairs = np.unique(
        np.concatenate((_near_pairs(archive.signatures), _same_digest(archive))), axis=0
    )
    said = _said(archive, np.unique(pairs))
    parents = list(range(len(archive.articles)))
    for one, other in pairs.tolist():
        if _belong(said[one], said[other], int(archive.days[one]), int(archive.days[other])):
            first, second = sorted((_root(parents, one), _root(parents, other)))
            parents[second] = first
    story = np.array([_root(parents, at) for at in range(len(parents))], dtype=np.int64)
    return Stories(story, _novelty(story, archive.days, said))


def _said(archive: Archive, articles: Ints) -> Said:
    """Digests of the sentences of some articles."""
    starts = np.searchsorted(archive.sentences.article, articles, side="left")
    ends = np.searchsorted(archive.sentences.article, articles, side="right")
    return {
        at: frozenset(archive.sentences.digest[start:end].tolist())
        for at, start, end in zip(articles.tolist(), starts.tolist(), ends.tolist(), strict=True)
    }


def _belong(earlier: frozenset[int], later: frozenset[int], day: int, other_day: int) -> bool:
    """Whether a near-duplicate is of the same story; an unknown date may be any."""
    return other_day - day <= _DAY or len(later - earlier) <= _LITTLE_NEW * len(later)


def _root(parents: list[int], at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _same_digest(archive: Archive) -> Pairs:
    last: dict[str, int] = {}
    pairs = []
    for at, article in enumerate(archive.articles):
        if article.id in last:
            pairs.append((last[article.id], at))
        last[article.id] = at
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _near_pairs(signatures: NDArray[np.uint32]) -> Pairs:
    """Pairs of similar articles, the earlier first.

    Within a bucket each article is held against the one before it and against the bucket's first
    alone: copies of a story by the thousand cost no more than as many articles.
    """
    known = np.flatnonzero((signatures != _EMPTY).any(axis=1))
    found = [
        _neighbours(known, signatures[known, at : at + _BAND])
        for at in range(0, _PERMUTATIONS, _BAND)
    ]
    n = max(len(signatures), 1)
    pairs = np.stack(np.divmod(np.unique(np.concatenate(found) @ [n, 1]), n), axis=1)
    kept = [
        part[(signatures[part[:, 0]] == signatures[part[:, 1]]).mean(axis=1) >= _SAME]
        for part in np.array_split(pairs, len(pairs) // _PAIRS_AT_ONCE + 1)
    ]
    return np.concatenate(kept)


def _neighbours(articles: Ints, band: NDArray[np.uint32]) -> Pairs:
    """Pairs of articles that have a band of their signatures in common."""
    halves = np.ascontiguousarray(band).view(np.uint64)
    # What falls together by chance is told apart by the whole signature.
    bucket = (halves[:, 0] * _MIX) ^ halves[:, 1]
    order = np.argsort(bucket, kind="stable")
    members = articles[order]
    place = np.arange(len(members))
    fresh = np.diff(bucket[order], prepend=0) != 0
    start = np.maximum.accumulate(np.where(fresh, place, 0))
    second = np.flatnonzero(place != start)
    before = np.concatenate((second - 1, start[second]))
    return np.stack((members[before], members[np.tile(second, 2)]), axis=1)


def _novelty(story: Ints, days: Ints, said: Said) -> NDArray[np.float64]:
    novelty = np.ones(len(story))
    copies: dict[int, int] = {}
    before: dict[int, set[int]] = {}
    for at in np.flatnonzero(np.bincount(story, minlength=len(story))[story] > 1).tolist():
        first = int(story[at])
        known = before.setdefault(first, set())
        if at != first:
            copies[first] = copies.get(first, 0) + 1
            if days[first] + _DAY < days[at] < UNDATED:
                novelty[at] = len(said[at] - known) / max(len(said[at]), 1)
            else:
                novelty[at] = _HALF ** copies[first]
        known |= said[at]
    return novelty
