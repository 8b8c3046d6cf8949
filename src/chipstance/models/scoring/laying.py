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

    Attributes:
        views: Number of the view that each is of, `(n_segments,)`.
        starts: Where each begins in the source, `(n_segments,)`.
        stops: Where each has ended, `(n_segments,)`.
        blocks: First code point of the block that each is moved to, `(n_segments,)`, or one for
            all; 0 where it stays.
    """

    views: Ints
    starts: Ints
    stops: Ints
    blocks: Ints | int = 0


class Laid(NamedTuple):
    """Views before anything is moved to another Unicode block.

    Attributes:
        points: Their code points, a separator before each segment, `(n_points,)`.
        bounds: Where each view begins, and where the last one ends, `(n_views + 1,)`.
        sources: Where in the source each code point is from, `(n_points,)`.
        moved: Places of the code points that are to be moved, `(n_moved,)`.
        blocks: First code point of the block that each of these is moved to, `(n_moved,)`.
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
