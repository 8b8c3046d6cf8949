"""The models that are kept: by name, in versions, beside one another, one of them in use.

    STORE/in-use            name of the model in use, `desk` or `desk@2`; no file: the shipped one
    STORE/desk/1, /2, …     the versions of `desk`, each a model folder

STORE is a folder of the user's, or what the environment variable CHIPSTANCE_MODELS names. A version
is written beside its place and renamed into it, and so is `in-use`: who reads sees the old or the
new, and of two who train at once each gets a version of its own.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from chipstance.errors import ModelError
from chipstance.models.stored.files import is_there
from chipstance.models.stored.saved import read_manifest
from chipstance.models.stored.where import ENVIRONMENT, store
from chipstance.shipped import SHIPPED_MODEL, shipped

DEFAULT = "default"
_IN_USE = "in-use"
# A folder's name on every system, and never a way out of the store.
_NAME = re.compile(r"\w[\w-]{0,63}")
# What Windows takes for a device, whatever its capitals.
_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9¹²³]", re.IGNORECASE)
_NAMES_SAY = "a name is made of letters, digits, - and _, at most 64 of them"


class Kept(NamedTuple):
    """One version of a kept model."""

    name: str
    version: int
    folder: Path

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


def check_name(name: str) -> str:
    """Refuse what cannot be a kept model's name.

    Raises:
        ModelError: It is no plain word, the shipped model's, or what the store needs itself.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise ModelError(f"{name!r}: no name for a model; {_NAMES_SAY}")
    # Where capitals do not tell folders apart, these are the same.
    if name.lower() == DEFAULT:
        raise ModelError(f"{name}: the shipped model's name; choose another one")
    if name.lower() == _IN_USE:
        raise ModelError(f"{name}: a file of the store; choose another name")
    if _DEVICE.fullmatch(name):
        raise ModelError(f"{name}: a device on Windows and no folder; choose another name")
    return name


def check_writable(name: str) -> None:
    """Make sure that a model of this name can be kept, before it is trained; nothing is left.

    Raises:
        ModelError: It is no name for a model, or the store cannot be written.
    """
    folder = store() / check_name(name)
    with _saying_what_to_do(folder):
        _try_to_write(next(each for each in (folder, *folder.parents) if os.path.lexists(each)))


def prepare(name: str) -> Path:
    """Make the folder of a name's versions.

    Raises:
        ModelError: It is no name for a model, or the store cannot be written.
    """
    folder = store() / check_name(name)
    with _saying_what_to_do(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _try_to_write(folder)
    return folder


def _try_to_write(folder: Path) -> None:
    import tempfile

    with tempfile.TemporaryFile(dir=folder):
        pass


@contextmanager
def _saying_what_to_do(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelError(
            f"{folder}: cannot be written ({error.strerror}); name a folder with -o,"
            f" or another store with {ENVIRONMENT}"
        ) from error


def add_version(beside: Path, name: str) -> Kept:
    """Make a whole model folder that stands in a name's folder its next version."""
    versions = beside.parent
    while True:
        version = max((kept.version for kept in _versions(name)), default=0) + 1
        try:
            beside.rename(versions / str(version))
        except OSError:
            # Somebody else was quicker with that number; whatever else it is will not pass.
            if not (versions / str(version)).exists():
                raise
            continue
        return Kept(name, version, versions / str(version))


def kept_models() -> list[Kept]:
    """All versions of all kept models, by name and version."""
    try:
        names = sorted(path.name for path in store().iterdir() if _NAME.fullmatch(path.name))
    except OSError:
        return []
    return [kept for name in names for kept in _versions(name)]


def _versions(name: str) -> list[Kept]:
    folder = store() / name
    try:
        inside = [path.name for path in folder.iterdir()]
    except OSError:
        return []
    numbers = sorted(int(each) for each in inside if each.isascii() and each.isdigit())
    return [Kept(name, number, folder / str(number)) for number in numbers]


def in_use() -> str:
    """What model is in use: `default`, a name (its newest version), or `NAME@VERSION`."""
    try:
        said = (store() / _IN_USE).read_text("utf-8").strip()
    except FileNotFoundError:
        return DEFAULT
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{store() / _IN_USE}: cannot be read; {_GO_BACK}") from error
    return said or DEFAULT


_GO_BACK = "go back with: classify models use default"


def use(name: str) -> Path:
    """Put a model to use: every command and `chipstance.load()` take it from now on.

    Args:
        name: `default`, a name, for whatever its newest version is, `NAME@VERSION` or
            `NAME@DIGEST`.

    Returns:
        Its folder.

    Raises:
        ModelError: There is no such model, or the store cannot be written.
    """
    import tempfile

    folder = _named(name)
    pointer = store() / _IN_USE
    try:
        store().mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{_IN_USE}.", dir=store())
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(name + "\n")
        Path(beside).replace(pointer)
    except OSError as error:
        raise ModelError(
            f"{pointer}: cannot be written ({error.strerror}); name a model with --model,"
            f" or another store with {ENVIRONMENT}"
        ) from error
    return folder


def _named(said: str) -> Path:
    """The folder of the shipped or a kept model by its name."""
    name, _, digest = said.partition("@")
    folder = shipped(SHIPPED_MODEL)
    if name == DEFAULT and (not digest or digest == _digest(folder)):
        return folder
    return find_kept(said).folder


def _digest(folder: Path) -> str | None:
    with suppress(ModelError):
        return read_manifest(folder)[1]
    return None


def find_kept(said: str) -> Kept:
    """The kept model that a name means.

    Args:
        said: `NAME`, for its newest version, `NAME@VERSION`, or `NAME@DIGEST`, as rows and results
            name the model that they are of.

    Raises:
        ModelError: There is none.
    """
    name, _, version = said.partition("@")
    if not _NAME.fullmatch(name):
        raise ModelError(f"{said!r}: no such model; {_NAMES_SAY}")
    versions = _versions(name)
    if not versions:
        raise ModelError(f"{said}: no model of that name; see: classify models list")
    if not version:
        return versions[-1]
    found = [kept for kept in versions if str(kept.version) == version]
    found = found or [kept for kept in versions if _digest(kept.folder) == version]
    if found:
        return found[-1]
    known = ", ".join(str(kept.version) for kept in versions)
    raise ModelError(f"{said}: no such version; {name} has {known}")


def find(model: Path | str | None) -> Path:
    """The folder of the model that a user means.

    Args:
        model: A model folder; or `default`, or what `find_kept` takes; None for the one in use.

    Raises:
        ModelError: There is none.
    """
    if model is None:
        said = in_use()
        try:
            return _named(said)
        except ModelError as error:
            raise ModelError(f"{error}; it is the one in use: {_GO_BACK}") from None
    path, said = Path(model), str(model)
    if is_there(path):
        return path
    if said == DEFAULT:
        return shipped(SHIPPED_MODEL)
    # What cannot be a name was meant as a folder.
    if not _NAME.fullmatch(said.partition("@")[0]):
        return path
    try:
        return _named(said)
    except ModelError:
        # A folder that is there without a model was meant, where no model has its name.
        if os.path.exists(path):
            return path
        raise


def listed() -> Iterator[tuple[str, Path]]:
    """The shipped model and all kept ones, each with what to call it by."""
    yield DEFAULT, shipped(SHIPPED_MODEL)
    for kept in kept_models():
        yield str(kept), kept.folder
