"""`classify drift`."""

from collections.abc import Sequence
from pathlib import Path

import click

from chipstance.cli.options import companies_option, encoding_option, table_or_json_option
from chipstance.cli.telling import Problems, tell_json


@click.command("drift")
@click.argument("paths", nargs=-1, required=True, metavar="NEW…")
@click.option(
    "--against", metavar="MODEL",
    help="The model, a folder or what `classify models list` calls it.  [default: the one in use]",
)  # fmt: skip
@companies_option
@encoding_option
@table_or_json_option
def command(
    paths: Sequence[str],
    against: str | None,
    companies: Path | None,
    encoding: str | None,
    form: str,
) -> None:
    """Say whether new articles are still what a model knows.

    Beside what the model met in training, on articles held out: words it has never seen, the
    share of each label, and how sure it is.

    \b
    Example:
      classify drift news/2025-06/ --against desk
      classify drift today.jsonl --format json
    """
    from chipstance.articles.reading import read_all
    from chipstance.models.judging.drifting import drift
    from chipstance.models.verdicts.model import load
    from chipstance.reports.terminal.drifts import as_table

    problems = Problems()
    model = load(against, companies=companies)
    articles = read_all(paths, encoding=encoding, problems=problems)
    found = drift(model, model.score_articles(articles))
    if form == "json":
        tell_json(found.as_json())
    else:
        click.echo(as_table(found))
    problems.exit()
