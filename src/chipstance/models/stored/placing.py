"""Putting a whole model folder in its place.

It is written beside its place and then changes places with the model that was there, in one step of
the system: whoever looks sees the old model or the new one, a kill at any moment leaves one of
them, and of two who write at once the one who is later wins wholly. Linux and macOS have such a
step, on nearly every disk. Where there is none (Windows, many network disks) it takes two renames:
readers wait out the moment between them, and a kill in that moment leaves the old model beside its
place, in `.NAME.old.…`. What a killed writer left beside is taken away by the next one.

Readers come back for more of them, so the files of a model are never written to again, and nobody
else may write to them: copy a model to another folder, then `Model.save` or `train` into the place.
"""

import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from chipstance.errors import ModelError
from chipstance.locking import locked
from chipstance.models.stored import store
from chipstance.models.stored.exchanging import exchange
from chipstance.models.stored.files import aside
from chipstance.models.stored.saved import ARRAYS, VIEWS, check_same, read_manifest
from chipstance.models.stored.seen import FILES

Fill = Callable[[Path], None]


def check_target(folder: Path) -> Path:
    """Make sure that a folder may be written, or replaced, as a model.

    Args:
        folder: Where a model is to go.

    Returns:
        The same as an absolute path.

    Raises:
        ModelError: There is a file, or a folder with something in it that is no model's, or
            nothing can be written there: better said before a training than after it.
    """
    try:
        folder = folder.resolve()
    except RuntimeError:
        raise ModelError(f"{folder}: a link that leads in a circle; name another folder") from None
    above = next(path for path in folder.parents if os.path.exists(path))
    try:
        with tempfile.TemporaryFile(dir=above):
            pass
    except OSError as error:
        raise ModelError(
            f"{folder}: cannot be written ({error.strerror}); name another folder"
        ) from error
    if os.path.isfile(folder):
        raise ModelError(f"{folder}: a file of that name exists; name a folder for the model")
    if not os.path.isdir(folder):
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
        with _beside(folder.parent, f".{folder.name}.new.") as beside:
            fill(beside)
            _settle(beside)
            _change_places(beside, folder)
    except OSError as error:
        raise ModelError(
            f"{folder}: cannot be written ({error.strerror}); name another folder"
        ) from error


def copy_model(folder: Path, to: Path, digest: str | None = None) -> None:
    """Copy the files of a model folder.

    Args:
        folder: A model folder.
        to: An empty one.
        digest: What the model has to be; None for whatever is there.

    Raises:
        ModelError: It is another model by now.
    """
    for path in folder.iterdir():
        shutil.copyfile(path, to / path.name)
    if digest is not None:
        check_same(folder, read_manifest(to)[1], digest)


def keep(name: str, fill: Fill) -> store.Kept:
    """Keep a model in the store as the next version of a name.

    Args:
        name: Its name.
        fill: Writes the model into an empty folder.

    Raises:
        ModelError: It is no name for a model, or the store cannot be written.
    """
    versions = store.prepare(name)
    try:
        with _beside(versions, ".new.") as beside:
            fill(beside)
            _settle(beside)
            return store.add_version(beside, name)
    except OSError as error:
        raise ModelError(
            f"{versions}: cannot be written ({error.strerror}); name a folder with -o"
        ) from error


@contextmanager
def _beside(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder, locked as long as it is written to, and taken away if it is still there."""
    with locked(parent):
        for path in parent.glob(f"{glob.escape(prefix)}*"):
            with locked(path, wait=False) as is_free:
                if is_free:
                    shutil.rmtree(path, ignore_errors=True)
        path = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        held = ExitStack()
        held.enter_context(locked(path, wait=False))
    with held:
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Have the disk hold a model before it takes its place, so that a loss of power spares one."""
    for path in folder.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    folder.chmod(0o755)


def _change_places(beside: Path, folder: Path) -> None:
    """Put a folder where another is, which is then in its stead, or where none is."""
    with locked(folder.parent):
        if not folder.exists():
            beside.rename(folder)
        elif not exchange(beside, folder):
            old = Path(tempfile.mkdtemp(prefix=aside(folder), dir=folder.parent))
            folder.rename(old / folder.name)
            try:
                beside.rename(folder)
            except OSError:
                (old / folder.name).rename(folder)
                raise
            finally:
                shutil.rmtree(old)
