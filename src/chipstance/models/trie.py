"""A double-array trie of n-grams: the vocabulary as one array of integers.

Every n-gram is a slot. The slot of an n-gram with one more character is `base[slot] + code` of
that character, and it is really there if `check` of it names the slot one came from. Both stand
packed in one 64-bit integer, check above base, so a step costs one read (Aoe, 1989).

Building is here; walking is in `scorer`, a batch at a time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROOT = 0
# No slot has this parent: what a free slot carries.
_FREE = 0xFFFFFFFF


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


def build(ngrams: Iterable[str]) -> Trie:
    """Build the trie of some n-grams and of all their prefixes.

    Args:
        ngrams: The n-grams, none empty, none twice.
    """
    wanted = list(ngrams)
    alphabet = sorted({ord(char) for ngram in wanted for char in ngram})
    codes = {point: code for code, point in enumerate(alphabet, 1)}
    coded = [tuple(codes[ord(char)] for char in ngram) for ngram in wanted]
    children = _children(coded)
    slots, bases, parents = _place(children, len(alphabet) + 1)
    size = max(slots.values(), default=0) + len(alphabet) + 2
    check = np.full(size, _FREE, dtype=np.int64)
    base = np.zeros(size, dtype=np.int64)
    for prefix, slot in slots.items():
        base[slot] = bases.get(prefix, size - len(alphabet) - 2)
        check[slot] = parents[prefix]
    check[ROOT] = _FREE
    return Trie(
        alphabet=np.array(alphabet, dtype=np.uint32),
        nodes=check << 32 | base,
        slots=np.array([slots[ngram] for ngram in coded], dtype=np.int64),
    )


Coded = tuple[int, ...]


def _children(coded: list[Coded]) -> dict[Coded, list[int]]:
    """Codes that follow each prefix, prefixes in order of length."""
    following: dict[Coded, set[int]] = {(): set()}
    for ngram in coded:
        for length in range(len(ngram)):
            following.setdefault(ngram[:length], set()).add(ngram[length])
    return {
        prefix: sorted(following[prefix]) for prefix in sorted(following, key=lambda p: (len(p), p))
    }


def _place(
    children: Mapping[Coded, list[int]], n_codes: int
) -> tuple[dict[Coded, int], dict[Coded, int], dict[Coded, int]]:
    """Find a base for each prefix such that its children's slots are free.

    The root's base is 0, so that a single character's slot is its code. Prefixes with many
    children go first, while there is room; those with one child fill the holes.
    """
    slots: dict[Coded, int] = {(): ROOT}
    bases: dict[Coded, int] = {(): 0}
    parents: dict[Coded, int] = {(): _FREE}
    free = _FreeSlots(n_codes)
    # A child's slot is needed as its own children's check: siblings are placed level by level.
    levels: dict[int, list[Coded]] = {}
    for prefix in children:
        levels.setdefault(len(prefix), []).append(prefix)
    for length in sorted(levels):
        for prefix in sorted(levels[length], key=lambda p: (-len(children[p]), p)):
            following = children[prefix]
            base = 0 if length == 0 else free.base_for(following)
            bases[prefix] = base
            for code in following:
                free.take(base + code)
                slots[(*prefix, code)] = base + code
                parents[(*prefix, code)] = slots[prefix]
    return slots, bases, parents


class _FreeSlots:
    """The free slots as bits of one long integer, looked at through a window.

    A window keeps the cost of a search the same however long the array has grown; a search that
    fails in it goes on behind it.
    """

    _WINDOW = 1 << 14

    def __init__(self, n_codes: int) -> None:
        self._taken = bytearray(n_codes)
        self._first = 1

    def base_for(self, codes: list[int]) -> int:
        """Lowest base from the first free slot on for which all codes fall on free slots."""
        self._move_first()
        start = max(1, self._first - codes[0])
        while True:
            stop = start + self._WINDOW
            self._grow(stop + codes[-1] + 1)
            if len(codes) == 1:
                at = self._taken.find(0, start + codes[0])
                return at - codes[0]
            window = np.frombuffer(self._taken, dtype=np.uint8)
            blocked = window[start + codes[0] : stop + codes[0]].copy()
            for code in codes[1:]:
                blocked |= window[start + code : stop + code]
            hit = int(blocked.argmin())
            del window
            if not blocked[hit]:
                return start + hit
            start = stop

    def take(self, slot: int) -> None:
        """Mark a slot as taken."""
        self._grow(slot + 1)
        self._taken[slot] = 1

    def _move_first(self) -> None:
        at = self._taken.find(0, self._first)
        self._first = len(self._taken) if at < 0 else at

    def _grow(self, size: int) -> None:
        if size >= len(self._taken):
            self._taken.extend(bytes(size + self._WINDOW - len(self._taken)))
