"""Data flows one way: each room imports only itself and those before it."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import chipstance

TOP = Path(chipstance.__file__).parent
ROOMS = ("articles", "companies", "labels", "models", "reports", "runs", "cli")
ROOMS_OF_MODELS = (
    "features", "scoring", "stored", "verdicts", "learning", "judging", "labelling",
)  # fmt: skip


def imported(path: Path) -> Iterator[str]:
    """What a file imports, by dotted names; what is imported for types alone, too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


@pytest.mark.parametrize(
    ("package", "rooms"), [("chipstance", ROOMS), ("chipstance.models", ROOMS_OF_MODELS)]
)
def test_a_room_imports_only_those_before_it(package: str, rooms: Sequence[str]) -> None:
    folder = TOP.joinpath(*package.split(".")[1:])
    assert {each.parent.name for each in folder.glob("*/__init__.py")} == set(rooms)
    for at, room in enumerate(rooms):
        later = tuple(f"{package}.{name}." for name in rooms[at + 1 :])
        for path in folder.joinpath(room).rglob("*.py"):
            assert [name for name in imported(path) if f"{name}.".startswith(later)] == [], path
