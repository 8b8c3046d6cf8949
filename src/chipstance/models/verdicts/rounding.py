"""Probabilities as rows have them: to six digits, and still summing to 1."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chipstance.models.scoring.scorer import Floats

WHOLE = 1_000_000


def millionths(p: Sequence[float], label: int) -> list[int]:
    """Probabilities in whole millionths, one of them taking up what rounding left.

    Args:
        p: Summing to 1.
        label: Which of them; it should be the largest.

    >>> millionths([1 / 3, 2 / 3], 1)
    [333333, 666667]
    """
    # `round` takes three times as long.
    found = [int(each * WHOLE + 0.5) for each in p]
    found[label] += WHOLE - sum(found)
    return found


def all_millionths(p: "Floats | Sequence[Sequence[float]]") -> tuple[Any, Any]:
    """The largest of each of many probabilities, the first of equals, and all in millionths.

    Args:
        p: `(n, n_labels)`, rows summing to 1.

    Returns:
        Number of the largest, `(n,)`, and millionths, `(n, n_labels)`: arrays of an array, else
        lists.
    """
    if isinstance(p, Sequence):
        labels = [each.index(max(each)) for each in p]
        return labels, [millionths(each, at) for each, at in zip(p, labels, strict=True)]
    # As above, to the digit; numpy is there already.
    largest = p.argmax(axis=1)
    found = (p * WHOLE + 0.5).astype("int64")
    found[range(len(p)), largest] += WHOLE - found.sum(axis=1)
    return largest, found
