"""`classify evaluate`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from chipstance.cli.options import (
    columns_option,
    companies_option,
    labels_option,
    model_option,
    table_or_json_option,
)
from chipstance.cli.telling import Problems, note, tell_json


@click.command("evaluate")
@labels_option
@columns_option
@model_option
@companies_option
@click.option(
    "--cross-validate", is_flag=True,
    help="Train on parts of the labels and measure on the others, articles kept whole.",
)  # fmt: skip
@click.option(
    "--baselines",
    is_flag=True,
    help="Put majority, SnowNLP and, for companies, the stance of the sentence beside.",
)
@table_or_json_option
def command(
    labels: Sequence[Path],
    columns: Mapping[str, str],
    model: Path | None,
    companies: Path | None,
    cross_validate: bool,
    baselines: bool,
    form: str,
) -> None:
    """Measure a model on label files.

    Without --labels the default labels are cross-validated: a model that has seen them all
    would only show how well it remembers.

    \b
    Example:
      classify evaluate --labels mine.jsonl --baselines
      classify evaluate --cross-validate
    """
    from chipstance.labels.reading import read_labels
    from chipstance.models.judging import cross_validating, evaluation
    from chipstance.models.judging.comparing import seen_rows
    from chipstance.models.learning.material import fictional_companies, parameters_for
    from chipstance.models.stored import store
    from chipstance.models.verdicts.model import Model
    from chipstance.reports.terminal.scores import as_table
    from chipstance.shipped import shipped

    problems = Problems()
    if not labels:
        labels, cross_validate = [shipped("labels")], True
    rows = read_labels(labels, problems=problems, columns=columns, notes=note)
    tables = fictional_companies(labels, note)
    loaded = Model(store.find(model), companies=[*tables, companies])
    if cross_validate:
        report = cross_validating.cross_validate(
            rows,
            loaded,
            with_baselines=baselines,
            parameters=parameters_for(labels),
            progress=lambda task: note(f"cross-validating {task} …"),
            notes=note,
        )
    else:
        if seen := int(seen_rows(loaded, rows).sum()):
            note(
                f"Warning: {seen} of {len(rows)} rows were in the training of {loaded.name}:"
                " the scores show how well it remembers, not how good it is"
            )
        report = evaluation.evaluate(loaded, rows, with_baselines=baselines, notes=note)
    if form == "json":
        tell_json(report)
    else:
        click.echo(as_table(report))
    problems.exit()
