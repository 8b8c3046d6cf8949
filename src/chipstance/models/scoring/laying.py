"""Views laid out of segments: stretches of one array, put one behind the other.

Nothing here knows what a view is made of; `many` does.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chipstance.models.scoring.joined import Joined

Ints = NDArray[np.int64]
Points = NDArray[np.uint32]
Flags = NDArray[np.bool_]


class Segments(NamedTuple):
    """Stretches of a source, each with its view and the Unicode block it is moved to.

    One that ends before it begins is none, as where there are no tags behind a separator.
    """

    views: Ints
    starts: Ints
    stops: Ints
    blocks: Ints | int = 0


class Laid(NamedTuple):
    """Views before anything is moved to another Unicode block.

    Attributes:
        points: Their code points, a separator before each segment.
        bounds: Where each view begins, and where the last one ends.
        sources: Where in the source each code point is from.
        moved: Where code points are to be moved.
        blocks: The block that each of these is moved to.
    """

    points: Points
    bounds: Ints
    sources: Ints
    moved: Ints
    blocks: Ints


def laid_out(source: Points, segments: Sequence[Segments], n_views: int) -> Laid:
    """Put segments one behind the other: the views in order, in each the segments as given.

    Args:
        source: Code points.
        segments: Stretches of it; a view may have several of one kind, or none.
        n_views: How many views there are, those without a segment counted.
    """
    view = np.concatenate([each.views for each in segments])
    start = np.concatenate([each.starts for each in segments])
    length = np.concatenate([each.stops for each in segments]) - start
    block = np.concatenate([np.broadcast_to(x.blocks, len(x.views)) for x in segments])
    order = np.argsort(view, kind="stable")
    order = order[length[order] >= 0]
    view, start, length, block = view[order], start[order], length[order], block[order]
    end = np.cumsum(length + 1)
    begin = end - length - 1
    sources = np.arange(end[-1] if len(end) else 0)
    sources += (start - 1 - begin).repeat(length + 1)
    points = source.take(sources)
    points[begin] = 0
    bounds = np.append(begin, len(points))[np.searchsorted(view, np.arange(n_views + 1))]
    away = np.flatnonzero(block)
    return Laid(
        points, bounds, sources,
        ranges(begin[away] + 1, length[away]), block[away].repeat(length[away]),
    )  # fmt: skip


def moved(laid: Laid, blocks: Flags) -> Joined:
    """Move what is to be moved, and join the views to the blocks that they have.

    Args:
        laid: The views, which are changed.
        blocks: As in `Joined`.
    """
    points = laid.points[laid.moved]
    # Between tags stand separators, which stay.
    laid.points[laid.moved] = np.where(points, np.minimum(points, 0xFFFF) + laid.blocks, 0)
    return Joined(laid.points, laid.bounds, blocks)


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """The numbers from each start on, so many of each.

    >>> ranges(np.array([5, 20]), np.array([2, 3])).tolist()
    [5, 6, 20, 21, 22]
    """
    ends = np.cumsum(lengths)
    found: Ints = np.arange(ends[-1] if len(ends) else 0)
    return found + (starts - ends + lengths).repeat(lengths)
