"""`classify models`."""

from pathlib import Path

import click

from chipstance.cli.telling import Problems, tell, tell_json
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
    name and digest. With a folder, list the models in it instead of those that were kept.

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
    default = shipped(SHIPPED_MODEL)
    inside = (path for path in sorted(folder.iterdir()) if not path.name.startswith("."))
    return [("default", default)] + [
        (path.name, path) for path in inside
        if (path / "manifest.json").is_file() and path.resolve() != default.resolve()
    ]  # fmt: skip


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
