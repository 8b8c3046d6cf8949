"""`classify train`."""

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

import click

from chipstance.cli.options import columns_option, companies_option, labels_option
from chipstance.cli.telling import Problems, note, tell
from chipstance.errors import ModelError
from chipstance.printable import counted

_NAME = "mine"


@click.command("train")
@labels_option
@columns_option
@click.option("--only", is_flag=True, help="Learn these labels alone, not the default ones too.")
@click.option(
    "--name", metavar="NAME",
    help=f"Keep the model under this name, as its next version.  [default: {_NAME}]",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Write the model there instead, in place of one that is there.",
)  # fmt: skip
@companies_option
def command(
    labels: Sequence[Path],
    columns: Mapping[str, str],
    only: bool,
    name: str | None,
    output: Path | None,
    companies: Path | None,
) -> None:
    """Train a model on the default labels and yours, or with --only on yours alone.

    A label file is JSON Lines, CSV, TSV, Excel or Parquet with a column of text and one for
    each task; what tasks and labels there are is up to the file. On the same text yours win.
    Says for each task how the new model does beside the one in use.

    \b
    Example:
      classify train --labels mine.csv --name desk
      classify models use desk
      classify train --labels posts.xlsx --column text=post --column mood=label --only -o mood
    """
    from chipstance.labels.spellings import doubtful
    from chipstance.models.judging import changes
    from chipstance.models.learning.material import read_material
    from chipstance.models.learning.writing import keep_model, write_model
    from chipstance.models.stored import store
    from chipstance.models.stored.placing import check_target

    if only and not labels:
        raise click.UsageError("--only needs --labels.")
    if name and output:
        raise click.UsageError("--name keeps the model, -o writes it to a folder; give one.")
    name = name or _NAME
    if output is None:
        store.check_writable(name)
    else:
        check_target(output)
    # What is in use now, and not what may be when training is over.
    in_use_before = _in_use()
    problems = Problems()
    material = read_material(
        labels, only=only, companies=companies, columns=columns, problems=problems, notes=note
    )
    for line in chain(material.notes, doubtful(material.rows)):
        note(line)
    trained = material.train(
        name if output is None else output.resolve().name,
        lambda step: note(f"training {step} …"),
        note,
    )
    before, changed = changes.changes(trained, material.rows, in_use_before)
    if output is None:
        kept = keep_model(name, trained)
    else:
        write_model(output, trained)
    tell(f"The model before: {before}")
    for change in changed:
        tell(*change.lines())
    where = output if output is not None else f"{kept} in {kept.folder}"
    rows, articles = (counted(trained.about[f"{noun}s"], noun) for noun in ("row", "article"))
    tell(f"{where}: {rows} of {articles}")
    if output is None:
        in_use = store.in_use() == name
        tell("It is in use." if in_use else f"Put it to use with: classify models use {name}")
    problems.exit()


def _in_use() -> Path | None:
    """The model in use; None where what is said to be in use is not there."""
    from chipstance.models.stored import store

    try:
        return store.find(None)
    except ModelError as error:
        note(f"Note: {error}")
        return None
