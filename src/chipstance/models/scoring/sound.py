"""Whether the arrays of a model fit one another, so that no walk leaves them or goes in circles.

Every array may be whole and the model still be forged or mixed up: an index is only as good as
what it points to. `few` looks at each index when it uses it; here all are looked at in one go.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from chipstance.models.scoring.few import FREE

# Characters of an n-gram, far more than any has.
_DEEPEST = 64


def is_sound(
    alphabet: NDArray[np.uint32],
    nodes: NDArray[np.int64],
    rows: NDArray[np.uint32],
    weights: NDArray[np.float32],
) -> bool:
    """Whether arrays, as `Scorer` takes them, can be walked without leaving them.

    Args:
        alphabet: `(n_codes,)`.
        nodes: `(n_slots,)`.
        rows: `(n_slots,)`.
        weights: `(n_rows, n_columns + 1)`.
    """
    n_slots, n_codes = len(nodes), len(alphabet)
    # A view and a slot are told apart in 32 bits together.
    if not (n_codes < n_slots < 1 << 31 and len(rows) == n_slots and len(weights)):
        return False
    base, check = nodes & 0xFFFFFFFF, nodes >> 32
    used = check != FREE
    return bool(
        np.all(alphabet[1:] > alphabet[:-1])
        and alphabet[-1:].max(initial=0) < 0x110000
        and base.max() + n_codes < n_slots
        and not used[0]
        and np.all(check[1 : n_codes + 1] == 0)
        and np.all((check[used] >= 0) & (check[used] < n_slots))
        and rows.max() < len(weights)
        and np.isfinite(weights).all()
        and _all_reach_the_root(check, np.flatnonzero(used))
    )


def _all_reach_the_root(check: NDArray[np.int64], slots: NDArray[Any]) -> bool:
    """Whether going from slot to parent ends at the root, which is slot 0."""
    for _ in range(_DEEPEST):
        slots = check[slots]
        slots = slots[slots != 0]
        if not len(slots):
            return True
        if slots.min() < 0:
            return False
    return False
