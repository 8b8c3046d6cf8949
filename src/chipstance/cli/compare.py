"""`classify compare`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from chipstance.cli.options import (
    columns_option,
    companies_option,
    labels_option,
    table_or_json_option,
)
from chipstance.cli.telling import Problems, note, tell_json


@click.command("compare")
@click.argument("first", metavar="MODEL")
@click.argument("second", metavar="MODEL")
@labels_option
@columns_option
@companies_option
@table_or_json_option
def command(
    first: str,
    second: str,
    labels: Sequence[Path],
    columns: Mapping[str, str],
    companies: Path | None,
    form: str,
) -> None:
    """Say whether the second model is better than the first, on the same labelled sentences.

    Sentences that one of them was trained on are left out. Better or worse is what chance
    does not explain: the interval of the difference (bootstrap over articles) or McNemar's
    test. A model is a folder, or what `classify models list` calls it.

    \b
    Example:
      classify compare default desk --labels checked.csv
      classify compare desk@1 desk@2 --labels checked.csv --format json
    """
    from chipstance.labels.reading import read_labels
    from chipstance.models.judging import comparing
    from chipstance.models.learning.material import fictional_companies
    from chipstance.models.stored import store
    from chipstance.models.verdicts.model import Model
    from chipstance.reports.terminal.comparisons import as_json, as_table

    if not labels:
        raise click.UsageError("--labels is needed: sentences that neither model has learned from.")
    problems = Problems()
    rows = read_labels(labels, problems=problems, columns=columns, notes=note)
    tables = [*fictional_companies(labels, note), companies]
    one, other = (Model(store.find(each), companies=tables) for each in (first, second))
    found = comparing.compare(one, other, rows, notes=note)
    if form == "json":
        tell_json(as_json(found))
    else:
        click.echo(as_table(found))
    problems.exit()
