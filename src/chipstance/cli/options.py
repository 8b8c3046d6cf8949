"""Options that several commands share."""

from collections.abc import Sequence
from pathlib import Path

import click

model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="MODEL",
    help="A model folder, or what `classify models list` calls one.  [default: the one in use]",
)
companies_option = click.option(
    "--companies",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A company table of your own, added to the shipped one.",
)
encoding_option = click.option(
    "--encoding", metavar="NAME", help="Encoding of the texts.  [default: detected]"
)
labels_option = click.option(
    "--labels",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="A label file, or a folder of them; may be given several times.",
)


def format_of(output: Path | None, formats: Sequence[str]) -> str:
    """The format that a file's ending tells; the first one without a file.

    Raises:
        click.UsageError: The ending tells none of them.
    """
    if output is None:
        return formats[0]
    ending = output.suffix.lstrip(".").lower()
    if ending not in formats:
        raise click.UsageError(f"{output}: the ending tells no format; give --format.")
    return ending


def _columns(
    _context: click.Context, _option: click.Parameter, given: Sequence[str]
) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    for name, _, column in pairs:
        if not name or not column:
            raise click.BadParameter("write NAME=COLUMN, as in --column text=content")
    return {name.strip(): column.strip() for name, _, column in pairs}


label_paths_argument = click.argument(
    "paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|DIR]…"
)
columns_option = click.option(
    "--column", "columns", multiple=True, callback=_columns, metavar="NAME=COLUMN",
    help="Where the label files call it otherwise: `--column text=content --column stance=label`."
    " NAME is text, article, companies (or company and sentiment, a row each), or a task; if one"
    " is a task, only those named are.",
)  # fmt: skip
