"""The benches can be run: what they take from the library is still there."""

import importlib
from pathlib import Path

import bench
import pytest

BENCHES = sorted(path.stem for path in (Path(__file__).parent.parent / "bench").glob("[!_]*.py"))


@pytest.mark.parametrize("name", BENCHES)
def test_a_bench_finds_all_that_it_imports(name: str) -> None:
    assert importlib.import_module(f"bench.{name}").__doc__


def test_every_bench_is_listed_once_by_what_it_is_for() -> None:
    lists = [line.rpartition(":")[2] for line in (bench.__doc__ or "").splitlines()[2:]]
    assert sorted(" ".join(lists).split()) == BENCHES
