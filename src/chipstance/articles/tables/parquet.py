"""Rows of Parquet files, for whoever reads some."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipstance.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_AT_ONCE = 256
_BUFFER = 1 << 20


def parquet_records(
    path: Path,
    choose: Callable[[list[str]], list[str]] = lambda names: names,
    groups: Sequence[int] | None = None,
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a Parquet file, a few hundred in memory at a time.

    Args:
        path: The file.
        choose: Told the columns that there are, says which to read, or refuses the file.
        groups: Numbers of the row groups to read, ascending; all by default.

    Yields:
        Number of the row in the file, from 1, and its values by column.

    Raises:
        InputError: It is no Parquet file, or holds values that cannot be read.
    """
    # Only Parquet files need it, and it takes a fifth of a second to import.
    import pyarrow
    import pyarrow.parquet

    try:
        # A buffer, because without one a whole column of a row group is read at once.
        with pyarrow.parquet.ParquetFile(path, buffer_size=_BUFFER) as file:
            names = choose(file.schema_arrow.names)
            sizes = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
            for group in range(len(sizes)) if groups is None else groups:
                number = sum(sizes[:group])
                for batch in file.iter_batches(_ROWS_AT_ONCE, row_groups=[group], columns=names):
                    for row in _plain(batch).to_pylist():
                        number += 1
                        yield number, row
    # Zones inside of lists and structs, too, may be unknown here.
    except (pyarrow.ArrowException, OverflowError, KeyError, ValueError) as error:
        what = str(error).splitlines()[0][:100]
        raise InputError(
            f"is not a Parquet file that can be read ({what}); write it anew"
        ) from None


def _plain(batch: "pa.RecordBatch") -> "pa.RecordBatch":
    """Times to the microsecond, which is what Python's have; pandas writes nanoseconds."""
    import pyarrow as pa

    fields = [
        field.with_type(pa.timestamp("us", field.type.tz and _zone(field.type.tz)))
        if pa.types.is_timestamp(field.type)
        else field
        for field in batch.schema
    ]
    return batch.cast(pa.schema(fields), safe=False)


@lru_cache(maxsize=64)
def _zone(name: str) -> str:
    """A zone that a file names, or UTC, in which its moments are kept, for one unknown here."""
    import pyarrow as pa

    try:
        pa.scalar(0, pa.timestamp("us", name)).as_py()
    except (KeyError, ValueError, OSError):
        return "UTC"
    return name
