"""The walk through the trie: which n-grams begin at each character of a batch of views."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chipstance.models.scoring.joined import Bounds

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
_CODE_POINTS = 0x110000


@dataclass(frozen=True, slots=True)
class Tables:
    """The arrays of a model as walking wants them.

    Attributes:
        codes: Code of every code point, 0 for one that is in no n-gram, `(0x110000,)`.
        base: Where the children of a slot begin, `(n_slots,)`.
        check: The slot that each slot is a child of, `(n_slots,)`; -1 for none.
        rows: Row of `weights` that each slot has, `(n_slots,)`.
        weights: `(n_rows, n_columns + 1)`.
        squares: Of each slot, what the last of its weights has more than its parent's.
        depth: Characters of the longest n-gram.
    """

    codes: NDArray[np.int32]
    base: NDArray[np.int32]
    check: NDArray[np.int32]
    rows: NDArray[np.int32]
    weights: Floats
    squares: Floats
    depth: int


def tables_of(
    alphabet: NDArray[np.uint32],
    nodes: NDArray[np.int64],
    rows: NDArray[np.uint32],
    weights: NDArray[np.float32],
) -> Tables:
    """Make tables of the arrays of a model; see `Scorer` for what these are."""
    codes = np.zeros(_CODE_POINTS, dtype=np.int32)
    codes[alphabet] = np.arange(1, len(alphabet) + 1)
    check = (nodes >> 32).astype(np.int32)
    base = (nodes & 0xFFFFFFFF).astype(np.int32)
    # Where nothing was found no more is: behind the last slot there is room for every code.
    base[0] = len(base) - len(alphabet) - 1
    depth, above = 0, check[check >= 0]
    while len(above):
        depth, above = depth + 1, check[above[above > 0]]
    # In doubles, because sums of singles would be off by more than a millionth now and then.
    doubles = weights.astype(np.float64)
    summed = doubles[:, -1].take(rows)
    squares = summed - summed.take(np.maximum(check, 0))
    return Tables(codes, base, check, rows.astype(np.int32), doubles, squares, depth)


def walk(tables: Tables, codes: Codes) -> tuple[Codes, list[Codes]]:
    """Deepest slot at each position, and by length the slot that begins there; 0 for none."""
    deepest, matches = codes.copy(), [codes]
    for length in range(1, tables.depth):
        slots = matches[-1][:-1]
        # Nothing is left out on the way: most n-grams of two characters are known, and picking
        # costs more than it saves. No slot has a child by code 0, and the root none at its base.
        child = tables.base.take(slots)
        child += codes[length:]
        found = tables.check.take(child) == slots
        child *= found
        np.copyto(deepest[: len(child)], child, where=found)
        matches.append(child)
    return deepest, matches


def repeats(
    tables: Tables, matches: Sequence[Codes], bounds: Bounds
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """View, slot and number of every n-gram that stands more than once in a view, by view."""
    first_keys = np.arange(len(bounds) - 1, dtype=np.uint32) * np.uint32(len(tables.base))
    first_keys = first_keys.repeat(np.diff(bounds))
    found = []
    for slots in matches:
        keys = slots.view(np.uint32) + first_keys[: len(slots)]
        found.append(keys[slots > 0])
    keys = np.sort(np.concatenate(found))
    again = np.flatnonzero(keys[1:] == keys[:-1])
    runs = np.flatnonzero(np.diff(again, prepend=-2) > 1)
    n = np.diff(runs, append=len(again)) + 1.0
    view, slot = np.divmod(keys[again[runs]].astype(np.int64), len(tables.base))
    return view, slot, n
