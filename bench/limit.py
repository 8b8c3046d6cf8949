"""The scorer in C: compiled by the C compiler of the machine, called through ctypes."""

import ctypes
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from chipstance.models.scoring.scorer import Floats, Scorer

_SOURCE = Path(__file__).with_name("scorer.c")


class _Tables(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_void_p) for name in ("codes", "base", "check", "rows", "weights")),
        ("n_slots", ctypes.c_int64),
        ("width", ctypes.c_int64),
    )


class CScorer:
    """What `Scorer` does up to the sums of weights, in C, on one core."""

    def __init__(self, scorer: Scorer) -> None:
        with tempfile.TemporaryDirectory() as folder:
            library = f"{folder}/scorer.so"
            compiler = ["gcc", "-O3", "-march=native", "-shared", "-fPIC", "-o", library]
            subprocess.run([*compiler, str(_SOURCE), "-lm"], check=True)
            self._score = ctypes.CDLL(library).score
        self._score.argtypes = [ctypes.c_void_p] * 3 + [ctypes.c_int64, ctypes.c_void_p]
        arrays = scorer._tables
        self._arrays = arrays
        pointers = (arrays.codes, arrays.base, arrays.check, arrays.rows, arrays.weights)
        self._tables = _Tables(
            *(array.ctypes.data for array in pointers), len(arrays.base), arrays.weights.shape[1]
        )

    def sums(self, views: Sequence[str]) -> Floats:
        """Summed weights of views, `(n_views, n_columns + 1)`."""
        encoded = [view.encode() for view in views]
        bounds = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
        sums = np.empty((len(views), self._tables.width))
        failed = self._score(
            ctypes.addressof(self._tables),
            b"".join(encoded),
            bounds.ctypes.data,
            len(views),
            sums.ctypes.data,
        )
        if failed:
            raise MemoryError("the C scorer found no memory")
        return sums
