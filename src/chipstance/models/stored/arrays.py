"""Arrays of a model folder, plain `.npy` without pickles: item by item, or whole.

A sentence needs a few hundred items out of millions, so an array is read by blocks, as `files` has
them, and nothing but what is used is read or checked.
"""

from collections.abc import Sequence
from math import prod
from pathlib import Path
from typing import Any, Final, Literal

from chipstance.errors import ModelError
from chipstance.models.stored.files import ANEW, BLOCK, Blocks
from chipstance.patterns import lazily

# What `memoryview` calls items, by what numpy calls them.
Kind = Literal["<u4", "<i8", "<f4", "<u8", "<i2"]
_CODES: Final[dict[Kind, Literal["I", "q", "f", "Q", "h"]]] = {
    "<u4": "I", "<i8": "q", "<f4": "f", "<u8": "Q", "<i2": "h",
}  # fmt: skip
_HEADER = lazily(
    r"\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \(([\d, ]*)\), \} *\n"
)
_LONGEST_HEADER: Final = 1 << 10


class StoredArray:
    """An array in a file, flat."""

    def __init__(self, blocks: Blocks, kind: Kind) -> None:
        """Read what the file says of it.

        Args:
            blocks: The file.
            kind: What numpy calls the items that it shall have, such as `<f4`.

        Raises:
            ModelError: It is changed, or another kind of array.
        """
        self._blocks, self._code, self._size = blocks, _CODES[kind], int(kind[2:])
        found, self.shape, begin = _header(blocks)
        if found != kind or begin + prod(self.shape) * self._size != blocks.size:
            raise ModelError(f"{blocks.path}: holds {found}, not {kind}; the model is damaged")
        self._begin, self._length = begin, prod(self.shape)
        # Items of a block, and how many the header takes the place of.
        self._in_block, self._before = BLOCK // self._size, begin // self._size
        self._read: dict[int, memoryview[Any]] = {}

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, at: int) -> Any:
        if not 0 <= at < self._length:
            raise IndexError
        number, place = divmod(at + self._before, self._in_block)
        return (self._read.get(number) or self._block(number))[place]

    def run(self, at: int, n: int) -> Sequence[Any]:
        """Items in a row.

        Args:
            at: Position of the first.
            n: How many.

        Raises:
            IndexError: There are not so many.
            ModelError: They were changed.
        """
        number, place = divmod(at + self._before, self._in_block)
        if place + n > self._in_block or not 0 <= at <= self._length - n:
            return [self[each] for each in range(at, at + n)]
        return (self._read.get(number) or self._block(number))[place : place + n].tolist()

    def whole(self) -> "memoryview[Any]":
        """All items.

        Raises:
            ModelError: They were changed.
        """
        return memoryview(self._blocks.whole())[self._begin :].cast(self._code)

    def _block(self, number: int) -> "memoryview[Any]":
        items = memoryview(self._blocks.read(number))
        # The last one may end with a part of an item where the file is of another make.
        self._read[number] = found = items[: len(items) // self._size * self._size].cast(self._code)
        return found


def open_array(folder: Path, name: str, files: Any, kind: Kind) -> StoredArray:
    """Open an array.

    Args:
        folder: The model's.
        name: The file's.
        files: The checksums of the manifest, by name.
        kind: What numpy calls the items that it shall have, such as `<f4`.

    Raises:
        ModelError: It is missing, changed or another kind of array.
    """
    return StoredArray(Blocks(folder / name, files.get(name)), kind)


def _header(blocks: Blocks) -> tuple[str, tuple[int, ...], int]:
    """Kind, shape, and where the items begin."""
    data = blocks.read(0) if blocks.size else b""
    # Magic, version, length of the header, header; `numpy.lib.format` has it in full.
    begin = 10 + int.from_bytes(data[8:10], "little")
    header = _HEADER.fullmatch(data[10 : min(begin, _LONGEST_HEADER)].decode("latin-1"))
    # Items begin at a multiple of 64 bytes, and so of their size.
    if header is None or begin % 64:
        raise ModelError(f"{blocks.path}: not an array; {ANEW}")
    found, by_columns, lengths = header.groups()
    shape = tuple(int(length) for length in lengths.split(",") if length.strip())
    return f"{found} by columns" if by_columns == "True" else found, shape, begin
