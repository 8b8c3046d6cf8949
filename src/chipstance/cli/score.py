"""`classify score`, the default command."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chipstance.cli.options import (
    Problems,
    companies_option,
    encoding_option,
    format_of,
    model_option,
)
from chipstance.errors import ChipstanceError, InputError

if TYPE_CHECKING:
    from chipstance.articles.article import Article

FORMATS = ("table", "jsonl", "csv", "parquet")


@click.command("score")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|DIR…")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT",
    help="Write there instead of to stdout; its ending tells the format.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(FORMATS),
    help="Form of the result.  [default: by OUT's ending, else table]",
)  # fmt: skip
@model_option
@companies_option
@encoding_option
def command(
    paths: Sequence[str],
    output: Path | None,
    form: str | None,
    model: Path | None,
    companies: Path | None,
    encoding: str | None,
) -> None:
    """Label every sentence of articles, and every company in it.

    Reads .txt, .html, .jsonl, .csv and .parquet files, folders of them, and - for stdin.

    \b
    Example:
      classify score article.txt
      classify score news/ -o scored.parquet
      classify score wire.txt --encoding big5hkscs --format jsonl
    """
    form = form or format_of(output, FORMATS)
    _check_encoding(encoding)
    problems = Problems()
    from chipstance.models.model import load

    loaded = load(model, companies=companies)
    scored = loaded.score_articles(_articles(paths, encoding, problems))
    if form == "table":
        from chipstance.reports.terminal import show

        show(scored, output)
    else:
        from chipstance.reports.rows import WRITERS, replacing

        rows = (row for article in scored for row in article.as_rows())
        if output is None:
            if form == "parquet" and sys.stdout.isatty():
                raise click.UsageError("Parquet is no text; name a file with -o OUT.")
            WRITERS[form](rows, sys.stdout.buffer)
        else:
            with replacing(output) as out:
                WRITERS[form](rows, out)
    problems.exit()


def _check_encoding(encoding: str | None) -> None:
    """Refuse a name that is no encoding once, and not for every file."""
    if encoding is not None:
        from chipstance.articles.encodings import codec

        try:
            codec(encoding)
        except InputError as error:
            raise click.UsageError(str(error)) from error


def _articles(
    paths: Sequence[str], encoding: str | None, problems: Callable[[str], None]
) -> "Iterator[Article]":
    from chipstance.articles.reading import read

    for path in paths:
        try:
            yield from read(path, encoding=encoding, problems=problems)
        except InputError as error:
            problems(str(error))
        except OSError as error:
            raise ChipstanceError(f"{path}: cannot be read: {error.strerror}") from error
