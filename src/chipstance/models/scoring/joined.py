"""Views joined into one array, as the scorer walks through them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Bounds = NDArray[np.int64]
# More views at once gain nothing and cost memory.
BATCH = 2048


class Joined(NamedTuple):
    """Some views as one array.

    Attributes:
        points: Code points, a separator before each view, `(n_points,)`.
        bounds: Where each view begins, its separator counted, and where the last one ends,
            `(n_views + 1,)`.
        blocks: Which of some blocks stand in each view, too, `(n_views, n_blocks)`; no n-gram of
            one of them stands in another one or among the code points.
    """

    points: NDArray[np.uint32]
    bounds: Bounds
    blocks: NDArray[np.bool_] | None = None


def joined(views: Sequence[str]) -> Iterator[Joined]:
    """Views as arrays, a batch at a time."""
    for at in range(0, len(views), BATCH):
        part = views[at : at + BATCH]
        text = "\0" + "\0".join(part)
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        lengths = np.fromiter(map(len, part), dtype=np.int64, count=len(part)) + 1
        yield Joined(points, np.concatenate(([0], np.cumsum(lengths))))


def cut(views: Joined, most: int) -> Iterator[Joined]:
    """The views, not more than so many at a time."""
    for at in range(0, len(views.bounds) - 1, most):
        bounds = views.bounds[at : at + most + 1]
        yield Joined(views.points[bounds[0] : bounds[-1]], bounds - bounds[0])
