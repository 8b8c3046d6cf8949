"""Parquet as pandas and others write it: read, or refused in words."""

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chipstance.articles.reading import read
from chipstance.articles.tables.parquet import parquet_records
from chipstance.errors import InputError
from chipstance.labels.reading import read_labels

TEXT = "合約價連漲兩季。"


def written(path: Path, **columns: pa.Array) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


# Seconds of noon on 2025-01-28, UTC.
NOON = 1_738_065_600


@pytest.mark.parametrize("zone", [None, "Asia/Taipei"])
@pytest.mark.parametrize(("unit", "count"), [("s", NOON), ("ns", NOON * 10**9 + 1)])
def test_times_of_any_precision_are_days(
    tmp_path: Path, unit: str, count: int, zone: str | None
) -> None:
    times = pa.array([count]).cast(pa.timestamp(unit, zone))
    path = written(tmp_path / "a.parquet", text=pa.array([TEXT]), published=times)
    (article,) = read(path, problems=pytest.fail)
    assert article.published == "2025-01-28"


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (None, "2025-01-28"), ("UTC", "2025-01-29"), ("America/New_York", "2025-01-29"),
        # What no system knows: the moment is kept in UTC all the same.
        ("Mars/Olympus", "2025-01-29"), ("CST", "2025-01-29"), ("+25:00", "2025-01-29"),
        ("../zone", "2025-01-29"), ("台北", "2025-01-29"),
    ],
)  # fmt: skip
def test_a_time_of_a_zone_is_the_day_of_the_press(
    tmp_path: Path, zone: str | None, day: str
) -> None:
    evening = pa.array([NOON + 8 * 3600]).cast(pa.timestamp("s", zone))
    path = written(tmp_path / "a.parquet", text=pa.array([TEXT]), published=evening)
    (article,) = read(path, problems=pytest.fail)
    assert article.published == day


@pytest.mark.parametrize(
    "column",
    [
        pytest.param(pa.array([b"\xff\xfe"]).view(pa.string()), id="no UTF-8"),
        pytest.param(pa.array([2**52]).cast(pa.timestamp("ms")), id="no year of Python's"),
        pytest.param(pa.array([[0]], pa.list_(pa.timestamp("s", "Mars"))), id="no zone of a list"),
    ],
)
def test_values_that_no_text_and_no_time_has_are_one_line(tmp_path: Path, column: pa.Array) -> None:
    path = written(tmp_path / "a.parquet", text=pa.array([TEXT]), published=column)
    with pytest.raises(InputError, match=r"^is not a Parquet file that can be read \("):
        list(parquet_records(path))
    with pytest.raises(InputError, match=r"a\.parquet: is not a Parquet file that can be read \("):
        list(read(path, problems=pytest.fail))


def test_labels_may_stand_beside_times(tmp_path: Path) -> None:
    labels = pa.array(["bullish"])
    seen = pa.array([datetime(2025, 1, 28)], pa.timestamp("ns"))
    path = written(tmp_path / "a.parquet", text=pa.array([TEXT]), stance=labels, seen=seen)
    (row,) = read_labels([path])
    assert row.labels["stance"] == "bullish"
