"""`classify labels suggest`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chipstance.cli.options import (
    columns_option,
    companies_option,
    keep_inputs,
    labels_option,
    model_option,
    most_option,
    needed_paths_argument,
    or_stdout,
    rows_option,
)
from chipstance.cli.telling import Problems, note, tell

if TYPE_CHECKING:
    from chipstance.labels.rows import LabelRow


@click.command("suggest")
@needed_paths_argument
@most_option
@rows_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), callback=or_stdout,
    metavar="OUT",
    help="Write rows to be labelled, .jsonl, .csv or .xlsx, instead of showing them.",
)  # fmt: skip
@model_option
@labels_option
@columns_option
@companies_option
def suggest(
    paths: tuple[Path, ...],
    n: int,
    as_rows: bool,
    output: Path | None,
    model: Path | None,
    labels: Sequence[Path],
    columns: Mapping[str, str],
    companies: Path | None,
) -> None:
    """Pick the sentences of unlabelled articles that are most worth labelling next, and say why.

    Those that the model is least sure of, that are least like what is labelled already (the
    default labels and --labels) and like one another, spread over articles and verdicts. Fill in
    the columns of OUT and give it to train; the columns `suggested` and `why` count as nothing.

    \b
    Example:
      classify labels suggest news/ -n 50 -o to-label.xlsx
      classify train --labels to-label.xlsx -o models/mine
    """
    from chipstance.cli.labels.output import form_of, write
    from chipstance.models.labelling.candidates import suggest_files

    form_of(output)
    keep_inputs([output], [*paths, *labels])
    problems = Problems()
    found = suggest_files(
        paths,
        n=n,
        model=model,
        labels=labels,
        columns=columns,
        companies=companies,
        as_rows=as_rows,
        problems=problems,
        notes=note,
    )
    if output is None:
        for number, row in enumerate(found.rows, 1):
            tell(*_shown(number, row))
    else:
        write(found.rows, output, found.tasks)
    note(f"{len(found.rows)} of {found.of} unlabelled sentences")
    problems.exit()


def _shown(number: int, row: "LabelRow") -> list[str]:
    return [
        f"{number:3}. {row.text}",
        f"     {row.extra['suggested']}",
        f"     why: {row.extra['why']}",
        f"     from {row.extra.get('source') or row.where}",
    ]
