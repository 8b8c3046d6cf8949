"""Figures as people read them: on the terminal and on slides the same that the page shows.

Halves are rounded away from zero, as browsers do, and what is rounded to zero has no sign.
"""

from decimal import ROUND_HALF_UP, Context, Decimal

UNKNOWN = "–"
# Digits enough for the largest number there is.
_WHOLE = Context(prec=320, rounding=ROUND_HALF_UP)


def signed(value: float | None, digits: int = 2) -> str:
    """A number with its sign.

    >>> signed(0.125), signed(-0.004), signed(-3.55, 1), signed(None)
    ('+0.13', '0.00', '−3.5', '–')
    """
    if value is None:
        return UNKNOWN
    found = _rounded(value, digits)
    sign = "+" if found > 0 else "−" if found < 0 else ""
    return f"{sign}{found.copy_abs():f}"


def percent(share: float | None) -> str:
    """A share in whole percent.

    >>> percent(0.125), percent(None)
    ('13%', '–')
    """
    return UNKNOWN if share is None else f"{_rounded(share * 100, 0)}%"


def _rounded(value: float, digits: int) -> Decimal:
    return _WHOLE.quantize(Decimal(value), Decimal(1).scaleb(-digits))
