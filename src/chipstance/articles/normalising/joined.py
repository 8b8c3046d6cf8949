"""Many texts at once: what `fold` and `normalise` do to each, done on one array of characters.

Calls cost more than characters, so a batch of texts is joined, converted in one go and taken apart
again. The results are those of `fold` and `normalise`, to the character; these stay the ones to
read, and the ones for a text or two, for which importing numpy would take longer than the work.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from chipstance.articles.normalising.arrays import worth_it
from chipstance.articles.normalising.fold import fold, fold_table, keep_folded
from chipstance.articles.normalising.normal_form import convert, is_han_or_mask, normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.uint32]
    Flags = NDArray[np.bool_]

# Between texts: a character that no conversion changes and that is never folded into a number.
JOINT = "\x01"
_UNSEEN, _OTHER, _DIGIT, _POINT, _SPACE, _HAN, _EDGE = range(7)


def fold_all(texts: Sequence[str]) -> list[str]:
    """`fold` of each of many texts."""
    joined = JOINT.join(texts)
    if not _worth_it(joined, texts):
        return [fold(text) for text in texts]
    return text_of(_fold_table()[points_of(joined)]).split(JOINT)


def fold_lines(lines: Sequence[str]) -> None:
    """Fold the lines of an article together, for `folded_line`."""
    keep_folded(zip(lines, fold_all(lines), strict=True))


def normalise_all(texts: Sequence[str]) -> list[str]:
    """`normalise` of each of many texts."""
    joined = JOINT.join(texts)
    if not _worth_it(joined, texts):
        return [normalise(text) for text in texts]
    return text_of(_normal(joined)).split(JOINT)[1:-1]


def normal_points(texts: Sequence[str]) -> "Points":
    """`normalise` of each of many texts, as code points in one array.

    Args:
        texts: As `strip_invisible` leaves them.

    Returns:
        The code points, a `JOINT` before, between and behind the texts.
    """
    return _normal(JOINT.join(texts))


def _worth_it(joined: str, texts: Sequence[str]) -> bool:
    # OpenCC stops at a null character, which must not take other texts with it.
    whole = joined.count(JOINT) == len(texts) - 1 and "\0" not in joined
    return worth_it(len(joined)) and whole


def _normal(joined: str) -> "Points":
    return _tidied(_fold_table()[points_of(JOINT + convert(joined) + JOINT)])


def _tidied(points: "Points") -> "Points":
    """Every number as one `0`, white space run together, none beside Chinese or at an edge."""
    import numpy as np

    kind = _kinds(points)
    digit, space = kind == _DIGIT, kind == _SPACE
    number = digit.copy()
    number[1:-1] |= (kind[1:-1] == _POINT) & digit[:-2] & digit[2:]
    points[number] = ord("0")
    keep = ~_goes_on(number)
    if space.any():
        points[space] = ord(" ")
        # Of a run of white space the first stands for all, if it has neighbours to part.
        keep &= ~space
        parts = ~space & (kind != _HAN) & (kind != _EDGE)
        starts = np.flatnonzero(space & ~_goes_on(space))
        ends = np.flatnonzero(space[:-1] & ~space[1:])
        keep[starts[parts[starts - 1] & parts[ends + 1]]] = True
    return points[keep]


def _goes_on(flags: "Flags") -> "Flags":
    """Which of some marked characters stand behind another of them."""
    import numpy as np

    behind = np.zeros_like(flags)
    behind[1:] = flags[1:] & flags[:-1]
    return behind


def _kinds(points: "Points") -> "NDArray[np.uint8]":
    """What each character is, looked up in a table that learns a character when it first comes."""
    table = _kind_table()
    kinds = table[points]
    if unseen := set(points[kinds == _UNSEEN].tolist()):
        for point in unseen:
            table[point] = _kind(chr(point))
        kinds = table[points]
    return kinds


def _kind(char: str) -> int:
    if char.isdecimal():
        return _DIGIT
    if char in ".,:/":
        return _POINT
    if char == JOINT:
        return _EDGE
    if char.isspace():
        return _SPACE
    return _HAN if is_han_or_mask(char) else _OTHER


@cache
def _kind_table() -> "NDArray[np.uint8]":
    import numpy as np

    return np.full(0x110000, _UNSEEN, dtype=np.uint8)


@cache
def _fold_table() -> "Points":
    import numpy as np

    table = np.arange(0x110000, dtype=np.uint32)
    folded = fold_table()
    table[list(folded)] = list(folded.values())
    return table


def points_of(text: str) -> "Points":
    """The code points of a text."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def text_of(points: "Points") -> str:
    """The text that code points are of."""
    return points.tobytes().decode("utf-32-le", "surrogatepass")
