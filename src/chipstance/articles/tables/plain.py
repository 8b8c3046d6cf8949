"""Values of strangers' tables and JSON as every kind of file can hold them."""

import math
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from chipstance.printable import whole


def plain(value: object) -> Any:
    """A value as one that JSON has, in whatever form it was read.

    Args:
        value: Decoded, out of JSON, Excel or Parquet.

    Returns:
        Whole texts, numbers, true, false and null, or lists and objects of these. Days and times
        are texts in ISO's form, and what is no number, such as NaN, is None.

    Raises:
        RecursionError: It is a list of lists, or the like, a few hundred deep.

    >>> plain({"day": date(2025, 3, 3), "share": math.nan, "id": [Decimal("7"), b"tsmc"]})
    {'day': '2025-03-03', 'share': None, 'id': [7, 'tsmc']}
    """
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {whole(str(name)): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _number(value: float | Decimal) -> float | None:
    if not math.isfinite(value):
        return None
    return int(value) if isinstance(value, Decimal) and value == int(value) else float(value)
