"""A double-array trie of n-grams: the vocabulary as one array of integers.

Every n-gram is a slot. The slot of an n-gram with one more character is `base[slot] + code` of
that character, and it is really there if `check` of it names the slot one came from. Both stand
packed in one 64-bit integer, check above base, so a step costs one read (Aoe, 1989).

Building is here; walking is in `scorer`, a batch at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipstance.models.scoring.few import FREE

Ints = NDArray[np.int64]

ROOT = 0


@dataclass(frozen=True, slots=True)
class Trie:
    """A built trie.

    Attributes:
        alphabet: Code points in ascending order, `(n_codes,)`; the code of one is its position
            plus 1, and code 0 is for all the others.
        nodes: `check << 32 | base` of each slot, `(n_slots,)`.
        slots: Slot of each n-gram asked for, in the order given.
    """

    alphabet: NDArray[np.uint32]
    nodes: NDArray[np.int64]
    slots: NDArray[np.int64]


def build(ngrams: Sequence[str]) -> Trie:
    """Build the trie of some n-grams and of all their prefixes.

    Args:
        ngrams: The n-grams, none empty, none twice.
    """
    points, lengths = _points(ngrams)
    alphabet = np.unique(points[points >= 0])
    n_codes = len(alphabet) + 1
    codes = np.searchsorted(alphabet, points) + 1
    reached = np.full(len(ngrams), ROOT, dtype=np.int64)
    free = _FreeSlots(n_codes)
    edges = []
    # A child's slot is needed as its own children's check: siblings are placed level by level.
    for length in range(1, int(lengths.max(initial=0)) + 1):
        longer = np.flatnonzero(lengths >= length)
        keys = reached[longer] * n_codes + codes[longer, length - 1]
        keys, which = np.unique(keys, return_inverse=True)
        parent, code = np.divmod(keys, n_codes)
        # The root's base is 0, so that a single character's slot is its code.
        base = free.place(parent, code) if length > 1 else np.zeros_like(code)
        reached[longer] = (base + code)[which]
        edges.append((parent, base, base + code))
    return Trie(alphabet.astype(np.uint32), _nodes(edges, n_codes), reached)


def _points(ngrams: Sequence[str]) -> tuple[Ints, Ints]:
    """Code points, `(n_ngrams, longest)` with -1 behind the last one, and lengths."""
    lengths = np.fromiter(map(len, ngrams), dtype=np.int64, count=len(ngrams))
    points = np.full((len(ngrams), int(lengths.max(initial=0))), -1, dtype=np.int64)
    inside = np.arange(points.shape[1]) < lengths[:, None]
    joined = "".join(ngrams).encode("utf-32-le", "surrogatepass")
    points[inside] = np.frombuffer(joined, dtype=np.uint32)
    return points, lengths


def _nodes(edges: Sequence[tuple[Ints, Ints, Ints]], n_codes: int) -> Ints:
    """Pack what was placed.

    Args:
        edges: Slot of the parent, its base, and slot of the child, for each level.
        n_codes: How far behind its base a child may be looked for.
    """
    last = max((int(child.max()) for _, _, child in edges), default=ROOT)
    check = np.full(last + n_codes + 1, FREE, dtype=np.int64)
    # Where nothing follows, one may look behind the last slot.
    base = np.full(len(check), last, dtype=np.int64)
    base[last + 1 :] = 0
    for parent, its_base, child in edges:
        base[parent] = its_base
        check[child] = parent
    packed: Ints = check << 32 | base
    return packed


class _FreeSlots:
    """The free slots, a byte for each, looked at through a window.

    A window keeps the cost of a search the same however long the array has grown; a search that
    fails in it goes on behind it.
    """

    _WINDOW = 1 << 14
    # Bases to be hoped for in a window; where there are fewer, a search does not look. It halves
    # the time, and leaves one slot in twenty free that a family might have had.
    _HOPE = 0.03

    def __init__(self, n_codes: int) -> None:
        # The root, and the children it may have.
        self._n_codes = self._first = n_codes
        self._taken = np.ones(n_codes, dtype=bool)

    def place(self, parent: Ints, code: Ints) -> Ints:
        """Find a base for each parent such that its children's slots are free, and take these.

        Parents with many children go first, while there is room; those with one child fill the
        holes.

        Args:
            parent: Parent of each child, ascending, `(n_children,)`.
            code: Code of each child, ascending for each parent, `(n_children,)`.

        Returns:
            Base of each child's parent, `(n_children,)`.
        """
        _, start, n_children = np.unique(parent, return_index=True, return_counts=True)
        base = np.empty_like(code)
        for at in np.argsort(-n_children, kind="stable")[: np.count_nonzero(n_children > 1)]:
            family = slice(start[at], start[at] + n_children[at])
            base[family] = self._base_for(code[family])
            self._taken[base[family] + code[family]] = True
        alone = start[n_children == 1]
        base[alone] = self._holes(len(alone)) - code[alone]
        return base

    def _base_for(self, codes: Ints) -> int:
        """A low base from the first free slot on for which all codes fall on free slots."""
        start = self._move_first() - int(codes[0])
        while True:
            stop = start + self._WINDOW
            self._grow(stop + self._n_codes)
            free = self._WINDOW - np.count_nonzero(self._taken[start + codes[0] : stop + codes[0]])
            if free * (free / self._WINDOW) ** (len(codes) - 1) < self._HOPE:
                start = stop
                continue
            blocked = self._taken[start + codes[0] : stop + codes[0]].copy()
            for code in codes[1:]:
                blocked |= self._taken[start + code : stop + code]
            hit = int(blocked.argmin())
            if not blocked[hit]:
                return start + hit
            start = stop

    def _holes(self, n: int) -> Ints:
        """Take the first free slots that any child may have."""
        first = self._move_first()
        self._grow(len(self._taken) + n)
        found: Ints = first + np.flatnonzero(~self._taken[first:])[:n]
        self._taken[found] = True
        return found

    def _move_first(self) -> int:
        """The first free slot behind the root's children."""
        self._grow(self._first + self._WINDOW)
        while self._taken[self._first :].all():
            self._first = len(self._taken)
            self._grow(self._first + self._WINDOW)
        self._first += int(self._taken[self._first :].argmin())
        return self._first

    def _grow(self, size: int) -> None:
        if size >= len(self._taken):
            more = np.zeros(size + size // 4 - len(self._taken), dtype=bool)
            self._taken = np.concatenate((self._taken, more))
