"""`classify labels export`."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from chipstance.cli.options import (
    columns_option,
    companies_option,
    keep_inputs,
    needed_paths_argument,
    or_stdout,
    rows_option,
)
from chipstance.cli.telling import Problems, note
from chipstance.printable import counted


@click.command("export")
@needed_paths_argument
@click.option(
    "--to", "tool", required=True,
    type=click.Choice(["label-studio", "doccano", "csv", "xlsx"]), help="What shall read it.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), callback=or_stdout,
    metavar="OUT",
    help="Write there instead of to stdout.",
)  # fmt: skip
@click.option(
    "--suggest", metavar="MODEL",
    help="Bring along the verdicts of a model: a folder, or what `classify models list` calls one.",
)  # fmt: skip
@click.option(
    "--articles", is_flag=True,
    help="The files are articles, not rows; .txt and .html files and folders of them always are.",
)  # fmt: skip
@rows_option
@click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), metavar="XML",
    help="Also write the labelling configuration for Label Studio there.",
)  # fmt: skip
@columns_option
@companies_option
def export_labels(
    paths: tuple[Path, ...],
    tool: str,
    output: Path | None,
    suggest: str | None,
    articles: bool,
    as_rows: bool,
    config: Path | None,
    columns: Mapping[str, str],
    companies: Path | None,
) -> None:
    """Write label rows, or the sentences of articles, for an annotation tool or a spreadsheet.

    Label Studio: tasks to import, labels as annotations, suggestions as predictions with a score;
    paste the file of --config under Settings, Labeling Interface. doccano: JSONL for a project for
    intent detection and slot filling; having no predictions, it gets suggestions as labels, so
    import from it only what was confirmed. CSV and xlsx have suggestions in a column of their own.

    \b
    Example:
      classify labels export mine.jsonl --to label-studio -o tasks.json --config labels.xml
      classify labels export news/ --to doccano --suggest default -o for-doccano.jsonl
    """
    from chipstance.models.labelling.exporting import export_rows

    if config is not None and tool != "label-studio":
        raise click.UsageError("--config is Label Studio's; add --to label-studio.")
    if tool == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError("xlsx is no text; name a file with -o OUT.")
    keep_inputs([output, config], paths)
    problems = Problems()
    exported = export_rows(
        paths,
        tool,
        articles=articles,
        as_rows=as_rows,
        suggest=suggest,
        companies=companies,
        columns=columns,
        problems=problems,
        notes=note,
    )
    from chipstance.cli.labels.output import to

    to(output, exported.write)
    if config is not None:
        configuration = exported.configuration.encode("utf-8", "replace")
        to(config, lambda out: out.write(configuration))
    note(counted(exported.n, "row"))
    problems.exit()
