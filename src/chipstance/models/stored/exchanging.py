"""What the system does in one step: two folders change places."""

import os
import sys
from pathlib import Path

_HERE = {"linux": -100, "darwin": -2}
_EXCHANGE = 2


def exchange(one: Path, other: Path) -> bool:
    """Have two folders change places, so that at no moment either place is empty.

    Returns:
        Whether it was done; the system, or the disk that they are on, may not know how.
    """
    # Here and not above: nothing but a model that takes another's place needs it.
    import ctypes

    name = {"linux": "renameat2", "darwin": "renameatx_np"}.get(sys.platform)
    try:
        # Python has no call for it; the C library has.
        call = getattr(ctypes.CDLL(None), name or "")
    except (AttributeError, OSError, TypeError):
        return False
    here = _HERE[sys.platform]
    done: int = call(here, os.fsencode(one), here, os.fsencode(other), ctypes.c_uint(_EXCHANGE))
    return done == 0
