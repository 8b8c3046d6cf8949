"""`classify labels`, a file for each of its commands."""

import click

from chipstance.cli.labels.agree import agree
from chipstance.cli.labels.check import check_labels
from chipstance.cli.labels.exporting import export_labels
from chipstance.cli.labels.importing import import_labels
from chipstance.cli.labels.stats import label_stats


@click.group("labels")
def command() -> None:
    """Check label files, exchange them with annotation tools, and find what to label or mend.

    Label files are .jsonl, .csv, .tsv, .xlsx or .parquet. For check and stats, without a path the
    default labels are meant.

    \b
    Example:
      classify labels check mine.xlsx
      classify labels suggest news/ -o to-label.xlsx
      classify labels export to-label.xlsx --to label-studio -o tasks.json
    """


for each in (check_labels, label_stats, agree, import_labels, export_labels):
    command.add_command(each)
