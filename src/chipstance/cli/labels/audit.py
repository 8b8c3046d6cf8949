"""`classify labels audit`."""

from collections.abc import Mapping
from pathlib import Path

import click

from chipstance.cli.options import (
    columns_option,
    companies_option,
    most_option,
    needed_paths_argument,
    table_or_json_option,
)
from chipstance.cli.telling import Problems, note, tell, tell_json


@click.command("audit")
@needed_paths_argument
@most_option
@click.option(
    "--with-default", is_flag=True,
    help="Learn from the default labels too; only those of the files are audited.",
)  # fmt: skip
@table_or_json_option
@columns_option
@companies_option
def audit(
    paths: tuple[Path, ...],
    n: int,
    with_default: bool,
    form: str,
    columns: Mapping[str, str],
    companies: Path | None,
) -> None:
    """Find labels that are probably wrong, company sentiments included, and say why.

    Models are trained on some of the articles and asked about the others. A label is doubted where
    they are as sure of another one as they are of rows that have it. Listed are the most doubtful:
    what the label is, what the models say, and rows most like it that say the same. To look at,
    not to believe: of doubted labels many are right and merely hard.

    \b
    Example:
      classify labels audit mine.csv
      classify labels audit mine.csv --with-default -n 20
    """
    from chipstance.models.labelling.audit_files import audit_files

    problems = Problems()
    found = audit_files(
        paths,
        with_default=with_default,
        most=n,
        columns=columns,
        companies=companies,
        problems=problems,
        notes=note,
    )
    if form == "json":
        tell_json([each.as_json() for each in found])
    else:
        for each in found:
            tell(str(each), f"    {each.row.text}")
    problems.exit()
