"""`classify labels agree`."""

from collections.abc import Mapping
from pathlib import Path

import click

from chipstance.cli.options import columns_option
from chipstance.cli.telling import Problems, note, tell


@click.command("agree")
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@click.option("--differences", is_flag=True, help="Print every label on which they differ.")
@columns_option
def agree(first: Path, second: Path, differences: bool, columns: Mapping[str, str]) -> None:
    """Print how far two readers of the same sentences agree: Cohen's kappa per task.

    \b
    Example:
      classify labels agree labels/readings/first.jsonl labels/readings/second.jsonl
    """
    from chipstance.labels.agreement import agreement
    from chipstance.labels.reading import read_labels

    problems = Problems()
    one, other = (
        read_labels([path], problems=problems, columns=columns, notes=note, beside=(first, second))
        for path in (first, second)
    )
    agreements, differing = agreement(one, other, note)
    for each in agreements:
        low, high = each.kappa_ci95
        tell(
            f"{each.task:10} kappa {each.kappa:.3f} ({low:.3f} to {high:.3f}),"
            f" {each.agreed:.1%} of {each.n} the same"
        )
    if differences:
        for d in differing:
            tell(f"{d.where}: {d.task}: {d.first or '-'} / {d.second or '-'}: {d.text}")
    problems.exit()
