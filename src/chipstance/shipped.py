"""Where the files that ship with the package are: the default model and its labels."""

from pathlib import Path

SHIPPED_MODEL = "models/default"
_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Path of a shipped file or folder, such as `models/default` or `labels`.

    In an installed package it lies inside the package, in a checkout at the top of the tree.
    """
    inside = _PACKAGE / "_shipped" / name
    return inside if inside.exists() else _PACKAGE.parent.parent / name
