"""`classify models`."""

import json
from pathlib import Path

import click

from chipstance.errors import ModelError
from chipstance.shipped import shipped


@click.group("models")
def command() -> None:
    """List models and show what made them.

    \b
    Example:
      classify models list
      classify models show models/mine
    """


@command.command("list")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
def list_models(folder: Path | None) -> None:
    """List the shipped model and the models in a folder.

    \b
    Example:
      classify models list models/
    """
    from chipstance.models.saved import read_manifest

    candidates = [shipped("models/default")]
    if folder is not None and not folder.is_dir():
        raise ModelError(f"{folder}: no such folder")
    folder = folder or Path("models")
    if folder.is_dir():
        inside = (path for path in sorted(folder.iterdir()) if not path.name.startswith("."))
        candidates += [
            path for path in inside
            if (path / "manifest.json").is_file() and path.resolve() != candidates[0].resolve()
        ]  # fmt: skip
    for path in candidates:
        try:
            manifest, digest = read_manifest(path)
        except ModelError as error:
            click.echo(f"Error: {error}", err=True)
            continue
        tasks = [task["task"] for view in manifest["views"].values() for task in view["tasks"]]
        click.echo(
            f"{manifest['name']}@{digest}  {path}  {manifest['rows']} rows  {', '.join(tasks)}"
        )


@command.command("show")
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), required=False,
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(["card", "json"]), default="card")
def show_model(folder: Path | None, form: str) -> None:
    """Show a model's card, or with --format json its manifest.

    \b
    Example:
      classify models show
      classify models show models/mine --format json
    """
    from chipstance.models.card import card
    from chipstance.models.saved import read_manifest

    manifest, _ = read_manifest(folder or shipped("models/default"))
    click.echo(
        json.dumps(manifest, ensure_ascii=False, indent=1) if form == "json" else card(manifest)
    )
