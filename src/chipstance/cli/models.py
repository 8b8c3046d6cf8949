"""`classify models`."""

from pathlib import Path

import click

from chipstance.cli.telling import Problems, note, tell, tell_json
from chipstance.errors import ModelError
from chipstance.shipped import SHIPPED_MODEL, shipped


@click.group("models")
def command() -> None:
    """List models, show what made them, and put one to use.

    \b
    Example:
      classify models list
      classify models use desk
      classify models use default
    """


@command.command("list")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
def list_models(folder: Path | None) -> None:
    """List the shipped model and those that were kept; * marks the one in use.

    Each may be called by its version, as desk@1, and as results and scored rows call it, by its
    name and digest. With a folder, list the models in it instead of those that were kept; it may
    be one as models are kept in, with the versions of each name in a folder.

    \b
    Example:
      classify models list
      classify models list models/
    """
    from chipstance.models.stored import store
    from chipstance.models.stored.saved import read_manifest, tasks_of

    if folder is not None and not folder.is_dir():
        raise ModelError(f"{folder}: no such folder")
    problems = Problems()
    models = list(store.listed()) if folder is None else _inside(folder)
    try:
        used = store.find(None)
    except ModelError as error:
        problems(str(error))
        used = None
    for name, path in models:
        try:
            manifest, digest = read_manifest(path)
        except ModelError as error:
            problems(str(error))
            continue
        mark = " *" if path == used else ""
        exact = f"{manifest['name']}@{digest}"
        name = f"{name}{mark}  {exact}" if folder is None else f"{exact}{mark}"
        tell(f"{name}  {path}  {manifest['rows']} rows  {', '.join(tasks_of(manifest))}")
    problems.exit()


def _inside(folder: Path) -> list[tuple[str, Path]]:
    """The shipped model and those of a folder: itself, in it, or in it the versions of a name."""
    default = shipped(SHIPPED_MODEL)
    found = [
        path for path in (folder, *_visible(folder), *_versions(folder))
        if (path / "manifest.json").is_file()
    ]  # fmt: skip
    if not found:
        note(f"Note: {folder}: no model is in it")
    others = [(path.name, path) for path in found if path.resolve() != default.resolve()]
    return [("default", default), *others]


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _versions(folder: Path) -> list[Path]:
    """Versions as the store keeps them: NAME/1, NAME/2, …, of each name in their order."""
    return [
        path
        for name in _visible(folder) if name.is_dir()
        for path in sorted(_numbered(name), key=lambda each: int(each.name))
    ]  # fmt: skip


def _numbered(folder: Path) -> list[Path]:
    try:
        return [path for path in _visible(folder) if path.name.isdecimal()]
    except OSError:
        # A folder that may not be looked into holds nothing for who asks.
        return []


@command.command("show")
@click.argument("model", required=False)
@click.option("--format", "form", type=click.Choice(["card", "json"]), default="card")
def show_model(model: str | None, form: str) -> None:
    """Show a model's card, or with --format json its manifest; by default of the one in use.

    \b
    Example:
      classify models show desk@2
      classify models show models/mine --format json
    """
    from chipstance.models.learning.card import card
    from chipstance.models.stored import store
    from chipstance.models.stored.saved import read_manifest

    manifest, _ = read_manifest(store.find(model))
    if form == "json":
        tell_json(manifest)
    else:
        tell(*card(manifest).split("\n"))


@command.command("use")
@click.argument("name")
def use_model(name: str) -> None:
    """Put a kept model to use; every command and chipstance.load() take it from now on.

    NAME follows the newest version, NAME@VERSION stays with one, and `default` goes back to
    the shipped model.

    \b
    Example:
      classify models use desk
      classify models use desk@1
      classify models use default
    """
    from chipstance.models.stored import store

    folder = store.use(name)
    tell(f"In use: {name}, {folder}")
