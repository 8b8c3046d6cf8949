"""`classify train`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chipstance.cli.options import Problems, companies_option, labels_option

if TYPE_CHECKING:
    from chipstance.models.training import TrainedTask


@click.command("train")
@labels_option
@click.option("--only", is_flag=True, help="Learn these labels alone, not the default ones too.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FOLDER",
    default=Path("models/mine"), show_default=True, help="Where the model goes.",
)  # fmt: skip
@companies_option
def command(labels: Sequence[Path], only: bool, output: Path, companies: Path | None) -> None:
    """Train a model on the default labels and yours, or with --only on yours alone.

    A label file is JSON Lines or CSV with a column `text` and a column for each task; what
    tasks and labels there are is up to the file. On the same text yours win.

    \b
    Example:
      classify train --labels mine.csv -o models/mine
      classify score article.txt --model models/mine
    """
    from chipstance.models.learning import train_files
    from chipstance.models.writing import check_target, write_model

    if only and not labels:
        raise click.UsageError("--only needs --labels.")
    check_target(output)
    problems = Problems()
    trained = train_files(
        labels,
        only=only,
        name=output.name,
        companies=companies,
        problems=problems,
        progress=lambda task: click.echo(f"training {task} …", err=True),
    )
    write_model(output, trained)
    for view in trained.views.values():
        for task in view.tasks:
            click.echo(_line(task))
    click.echo(f"{output}: {trained.about['rows']} rows of {trained.about['articles']} articles")
    problems.exit()


def _line(task: "TrainedTask") -> str:
    counts = ", ".join(f"{label} {count}" for label, count in task.counts.items())
    scores = task.cross_validated
    if scores is None:
        return f"{task.task}: {counts}; too few articles to cross-validate"
    return f"{task.task}: macro-F1 {scores.macro_f1:.3f} cross-validated; {counts}"
