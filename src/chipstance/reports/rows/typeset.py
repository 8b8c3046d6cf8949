"""Texts of many rows at once, set as a table of bytes: what `lines` writes of arrays.

A row of the table is a text and has the same width as all the others; null characters fill up what
is shorter, and are left out when the table becomes texts.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from chipstance.models.verdicts.rounding import WHOLE

Bytes = NDArray[np.uint8]
Millionths = NDArray[np.int64]
# Below a ten-thousandth Python writes 1.2e-05.
_SMALL = 100
_THOUSAND = 1000
# Between texts; neither it nor a null character stands in a string in JSON.
_END = b"\n"


def put_together(parts: Sequence[bytes | Bytes], n: int) -> list[str]:
    """One text for each row.

    Args:
        parts: From left to right: what is the same in every row, or has one text for each,
            `(n, width)`.
        n: How many rows.
    """
    columns = [
        np.broadcast_to(np.frombuffer(part, np.uint8), (n, len(part)))
        if isinstance(part, bytes)
        else part
        for part in (*parts, _END)
    ]
    table = np.concatenate(columns, axis=1)
    whole: str = table[table != 0].tobytes().decode("utf-8", "surrogatepass")
    return whole.split(_END.decode())[:-1]


def padded(texts: Sequence[str]) -> Bytes:
    """Some texts, UTF-8, `(n_texts, width of the longest)`."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    width = max(map(len, encoded))
    whole = b"".join(each.ljust(width, b"\0") for each in encoded)
    return np.frombuffer(whole, np.uint8).reshape(len(texts), width)


def fractions(millionths: Millionths) -> Bytes:
    """Millionths, 0 to a million, as decimal fractions in the words of `repr`, `(n, 8)`.

    >>> put_together([fractions(np.array([250_000, 333_333, 12, 0, 1_000_000]))], 5)
    ['0.25', '0.333333', '1.2e-05', '0.0', '1.0']
    """
    first, alone, last, small = _tables()
    high, low = np.divmod(millionths, _THOUSAND)
    found = np.concatenate([np.where((low == 0)[:, None], alone[high], first[high]), last[low]], 1)
    few = np.flatnonzero(millionths < _SMALL)
    found[few] = small[millionths[few]]
    return found


@cache
def _tables() -> tuple[Bytes, Bytes, Bytes, Bytes]:
    """By thousands of a million before others and alone, by the rest, and by millionths if few."""
    numbers = range(_THOUSAND + 1)
    return (
        padded([f"0.{high:03}" for high in numbers[:-1]] + ["1.000"]),
        padded([repr(high / _THOUSAND) for high in numbers]),
        padded([f"{low:03}".rstrip("0") for low in numbers[:-1]]),
        padded([repr(few / WHOLE).ljust(8, "\0") for few in range(_SMALL)]),
    )
