"""`classify labels`, a file for each of its commands."""

import click

from chipstance.cli.labels.agree import agree
from chipstance.cli.labels.audit import audit
from chipstance.cli.labels.check import check_labels
from chipstance.cli.labels.exporting import export_labels
from chipstance.cli.labels.importing import import_labels
from chipstance.cli.labels.stats import label_stats
from chipstance.cli.labels.suggest import suggest


@click.group("labels")
def command() -> None:
    """Check label files, exchange them with annotation tools, and find what to label or mend.

    A label file is .jsonl, .csv, .tsv, .xlsx or .parquet, in any encoding, with a column `text`, a
    column for each task, and perhaps `article` and `companies`. In a cell, companies are written
    tsmc=positive; nvidia=negative, or as JSON, {} meaning that none is named; or the file has
    columns `company` and `sentiment`, and a row for each company. Name other columns with --column.

    \b
    Example:
      classify labels check mine.xlsx
      classify labels suggest news/ -o to-label.xlsx
      classify labels export to-label.xlsx --to label-studio -o tasks.json
    """


for each in (check_labels, label_stats, agree, import_labels, export_labels, suggest, audit):
    command.add_command(each)
