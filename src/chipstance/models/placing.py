"""Putting a whole model folder in its place: beside it first, then renamed."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from chipstance.errors import ModelError
from chipstance.models import store
from chipstance.models.saved import ARRAYS, VIEWS
from chipstance.models.seen import FILES

Fill = Callable[[Path], None]


def check_target(folder: Path) -> Path:
    """Make sure that a folder may be written, or replaced, as a model.

    Args:
        folder: Where a model is to go.

    Returns:
        The same as an absolute path.

    Raises:
        ModelError: There is a file, or a folder with something in it that is no model's.
    """
    folder = folder.resolve()
    if folder.is_file():
        raise ModelError(f"{folder}: a file of that name exists; name a folder for the model")
    if not folder.is_dir():
        return folder
    inside = {path.name for path in folder.iterdir()}
    arrays = {f"{view}.{array}.npy" for view in VIEWS for array in ARRAYS}
    if inside - arrays - {"manifest.json", "lexicon.tsv", "terms.txt", "README.md", *FILES}:
        raise ModelError(f"{folder}: holds files that are no model's; name another folder")
    return folder


def place(folder: Path, fill: Fill) -> None:
    """Make a model folder, replacing an earlier one; until it is whole the earlier one stays.

    Args:
        folder: Where to.
        fill: Writes the model into an empty folder.

    Raises:
        ModelError: Something that is no model is there, or nothing can be written.
    """
    folder = check_target(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise ModelError(
            f"{folder}: cannot be written ({error.strerror}); name another folder"
        ) from error
    try:
        fill(beside)
        beside.chmod(0o755)
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
            folder.rename(old / folder.name)
            beside.rename(folder)
            shutil.rmtree(old)
        else:
            beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def keep(name: str, fill: Fill) -> store.Kept:
    """Keep a model in the store as the next version of a name.

    Args:
        name: Its name.
        fill: Writes the model into an empty folder.

    Raises:
        ModelError: It is no name for a model, or the store cannot be written.
    """
    beside = Path(tempfile.mkdtemp(prefix=".new.", dir=store.prepare(name)))
    try:
        fill(beside)
        beside.chmod(0o755)
        return store.add_version(beside, name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
