"""`classify labels check`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from chipstance.cli.options import columns_option, companies_option, label_paths_argument
from chipstance.cli.telling import Problems, note, tell
from chipstance.printable import counted
from chipstance.shipped import shipped


@click.command("check")
@label_paths_argument
@click.option(
    "--articles", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Folder of the labelled articles, ID.txt each; rows must be their sentences.",
)  # fmt: skip
@click.option(
    "--all", "every", is_flag=True, help="Say every problem, also of those that many rows have."
)
@columns_option
@companies_option
def check_labels(
    paths: Sequence[Path],
    articles: Path | None,
    every: bool,
    columns: Mapping[str, str],
    companies: Path | None,
) -> None:
    """Check label files, by default the shipped ones; problems are a line each and exit status 1.

    Labels that the guide does not know, companies that are not named or have another id, the same
    text with other labels; with --articles also rows apart from their article, and texts that are
    no sentence of it; where a folder has a `bounds.json`, also its balance. Then rows that are like
    another one: duplicates and near-duplicates, sentences that differ in names and numbers alone.
    Of what many rows have, the first are said and how many more there are.

    \b
    Example:
      classify labels check labels/ --articles seeds/
    """
    from chipstance.labels.reading import read_labels
    from chipstance.models.labelling.checking import check_rows

    paths = paths or [shipped("labels")]
    problems = Problems()
    rows = read_labels(paths, problems=problems, columns=columns, notes=note)
    unreadable = problems.count
    checked = check_rows(rows, paths, articles=articles, companies=companies, notes=note)
    for problem in checked.lines(every):
        problems(problem)
    alike = f", {len(checked.alike)} of them likeness alone" if checked.alike else ""
    tell(f"{counted(len(rows), 'row')}, {counted(unreadable + checked.count, 'problem')}{alike}")
    problems.exit()
