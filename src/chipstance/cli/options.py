"""Options that several commands share."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from chipstance.errors import InputError

# What else to do about an ending, where a command has --format.
GIVE_FORMAT = "; name it otherwise, or give --format"


# Columns of articles; their module brings more than the help of a command needs.
_OF_ARTICLES = frozenset({"text", "title", "published", "source"})


def _known_encoding(
    _context: click.Context, _option: click.Parameter, encoding: str | None
) -> str | None:
    """Refuse a name that is no encoding once, and not for every file."""
    if encoding is not None:
        from chipstance.articles.encodings import codec

        try:
            codec(encoding)
        except InputError as error:
            raise click.BadParameter(str(error)) from error
    return encoding


def _columns(
    _context: click.Context, _option: click.Parameter, given: Sequence[str]
) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    for name, _, column in pairs:
        if not name or not column:
            raise click.BadParameter("write NAME=COLUMN, as in --column text=content")
    return {name.strip(): column.strip() for name, _, column in pairs}


def _columns_of_articles(
    context: click.Context, option: click.Parameter, given: Sequence[str]
) -> dict[str, str]:
    columns = _columns(context, option, given)
    for name in columns.keys() - _OF_ARTICLES:
        raise click.BadParameter(f"{name} is none of {', '.join(sorted(_OF_ARTICLES))}")
    return columns


def or_stdout(
    _context: click.Context, _option: click.Parameter, output: Path | None
) -> Path | None:
    """Take `-` for stdout where something is written, as it is stdin where something is read."""
    return None if output == Path("-") else output


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
    "--encoding", callback=_known_encoding, metavar="NAME",
    help="Encoding of the texts.  [default: detected]",
)  # fmt: skip
labels_option = click.option(
    "--labels",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="A label file, or a folder of them; may be given several times.",
)
label_paths_argument = click.argument(
    "paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|DIR]…"
)
needed_paths_argument = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|DIR…"
)
most_option = click.option(
    "-n", "n", type=click.IntRange(min=1), default=50, show_default=True, help="How many."
)
rows_option = click.option(
    "--rows", "as_rows", is_flag=True,
    help="Each row of a table is one text to label, such as a post, and no article; of its other"
    " columns only the model's (or the guide's) tasks and those of --column are labels.",
)  # fmt: skip
table_or_json_option = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="Form of the result.",
)  # fmt: skip
columns_option = click.option(
    "--column", "columns", multiple=True, callback=_columns, metavar="NAME=COLUMN",
    help="Where the label files call it otherwise: `--column text=content --column stance=label`."
    " NAME is text, article, companies (or company and sentiment, a row each), or a task; if one"
    " is a task, only those named are.",
)  # fmt: skip


article_columns_option = click.option(
    "--column", "columns", multiple=True, callback=_columns_of_articles, metavar="NAME=COLUMN",
    help="Where tables of articles call it otherwise: `--column text=story`. NAME is text, title,"
    " published or source; content, 內文, 標題, date, 日期 and the like are known.",
)  # fmt: skip


def keep_inputs(outputs: Iterable[Path | None], inputs: Iterable[Path | str]) -> None:
    """Refuse to write over what is read, and over what is written.

    Raises:
        click.UsageError: An output is one of the inputs, or another of the outputs.
    """
    read = [path for path in inputs if os.path.isfile(path)]
    written = set[str]()
    for output in outputs:
        # Devices and pipes are no files, and take whatever comes.
        if output is None or (output.exists() and not output.is_file()):
            continue
        if output.exists() and any(os.path.samefile(path, output) for path in read):
            raise click.UsageError(f"{output}: is read here; name another file to write to")
        place = os.path.realpath(output)
        if place in written:
            raise click.UsageError(f"{output}: is to be written twice; name a file for each")
        written.add(place)


def format_of(output: Path | None, endings: Sequence[str], *, default: str, hint: str = "") -> str:
    """The format that a file's ending tells.

    Args:
        output: The file, or None for stdout.
        endings: Those that tell a format, without their dots.
        default: The format of stdout.
        hint: What else the user can do about another ending.

    Raises:
        click.UsageError: The ending is none of them.
    """
    if output is None:
        return default
    ending = output.suffix.lstrip(".").lower()
    if ending not in endings:
        known = ", ".join(f".{each}" for each in endings)
        raise click.UsageError(f"{output}: the ending is none of {known}{hint}")
    return ending
