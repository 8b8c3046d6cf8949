"""Where the phrases of a list may begin in a text: the quick first look of every search here.

Few places of a text begin as any phrase does, and two characters show most of them. In much text
the pairs of characters are looked up as one array; of little text every place is worth a look.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from chipstance.articles.arrays import worth_it

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BITS = 18
_FACTOR = 0x9E3779B1


# By the two characters that phrases begin with: how long they are, the longest first.
Heads = Mapping[str, Sequence[int]]


def heads(phrases: Iterable[str]) -> Heads:
    """The heads of phrases; those of one character are passed over."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        if len(phrase) > 1:
            found.setdefault(phrase[:2], set()).add(len(phrase))
    return {head: sorted(lengths, reverse=True) for head, lengths in found.items()}


class Phrases:
    """Phrases of two characters or more, by the two that each begins with."""

    def __init__(self, lengths: Heads) -> None:
        """Take phrases in, as `heads` gives them."""
        self.lengths = lengths

    def places(self, texts: Sequence[str]) -> Iterator[Sequence[int]]:
        """Yield for each text the places at which a phrase may begin, in order.

        A place that is missing begins no phrase; one that is there need not begin one.
        """
        if not worth_it(sum(map(len, texts))):
            return (range(len(text) - 1) for text in texts)
        return self._places(texts)

    def _places(self, texts: Sequence[str]) -> Iterator[Sequence[int]]:
        import numpy as np

        points = _points("\n".join(texts))
        found = np.flatnonzero(self._pairs[_pair_numbers(points)])
        ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
        starts = np.concatenate(([0], ends[:-1]))
        bounds = np.searchsorted(found, ends).tolist()
        inside = (found - starts.repeat(np.diff(bounds, prepend=0))).tolist()
        first = 0
        for last in bounds:
            yield inside[first:last]
            first = last

    @cached_property
    def _pairs(self) -> "NDArray[np.bool_]":
        import numpy as np

        table = np.zeros(1 << _BITS, dtype=np.bool_)
        points = _points("".join(self.lengths))
        table[_pair_numbers(points)[::2]] = True
        return table


def _pair_numbers(points: "NDArray[np.uint32]") -> "NDArray[np.uint32]":
    """A number for each character and the one behind it; different pairs seldom share one."""
    mixed = points[:-1] * _FACTOR
    mixed += points[1:]
    mixed *= _FACTOR
    mixed >>= 32 - _BITS
    return mixed


def _points(text: str) -> "NDArray[np.uint32]":
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
