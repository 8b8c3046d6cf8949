"""`classify explain`."""

import os
import sys
from pathlib import Path

import click

from chipstance.cli.options import (
    companies_option,
    encoding_option,
    model_option,
    table_or_json_option,
)
from chipstance.errors import InputError


@click.command("explain")
@click.argument("text", metavar="TEXT|-")
@model_option
@companies_option
@encoding_option
@table_or_json_option
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=8,
    show_default=True,
    help="Words shown for each verdict.",
)
def command(
    text: str,
    model: Path | None,
    companies: Path | None,
    encoding: str | None,
    form: str,
    top: int,
) -> None:
    """Show which words moved each verdict on a text, and by how much.

    TEXT is the text itself, and - stands for what is piped in.
    Shares are in logits, against the mean of the labels; above 0 speaks for the verdict.

    \b
    Example:
      classify explain 輝達財測遠優於預期,盤後大漲6%,超微卻跌3%。
      cat article.txt | classify explain -
    """
    from chipstance.articles.encodings import decode
    from chipstance.articles.text import from_text
    from chipstance.models.verdicts.explaining import explain
    from chipstance.models.verdicts.model import load
    from chipstance.reports.terminal.explanations import as_json, as_text

    loaded = load(model, companies=companies)
    if text == "-":
        text = decode(sys.stdin.buffer.read(), encoding=encoding)
    elif os.path.exists(text):
        raise click.UsageError(
            f"{text}: is a file or a folder, and TEXT is the text itself;"
            " of a file give: classify explain - < FILE"
        )
    try:
        article = from_text(text)
    except InputError as error:
        raise InputError(f"TEXT {error}") from None
    linked = loaded.linker.link(article.sentences, context=True)
    explained = [
        (sentence, explain(loaded, sentence.text, mentions))
        for sentence, mentions in zip(article.sentences, linked, strict=True)
    ]
    click.echo(as_json(explained) if form == "json" else as_text(explained, top))
