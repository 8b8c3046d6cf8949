"""`classify labels import`."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chipstance.cli.options import columns_option, companies_option, keep_inputs, or_stdout
from chipstance.cli.telling import Problems, note

if TYPE_CHECKING:
    from chipstance.labels.exchange.doccano import Offsets
    from chipstance.labels.exchange.importing import Writer


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option(
    "--from", "tool", required=True,
    type=click.Choice(["label-studio", "doccano", "csv", "xlsx"]), help="What wrote the file.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), callback=or_stdout,
    metavar="OUT",
    help="Write there, .jsonl, .csv or .xlsx.  [default: JSON Lines to stdout]",
)  # fmt: skip
@click.option(
    "--offsets", type=click.Choice(["utf-16", "characters"]), default="utf-16", show_default=True,
    help="What doccano's positions count. doccano itself counts UTF-16 units.",
)  # fmt: skip
@columns_option
@companies_option
def import_labels(
    path: Path,
    tool: "Writer",
    output: Path | None,
    offsets: "Offsets",
    columns: Mapping[str, str],
    companies: Path | None,
) -> None:
    """Make a label file of what an annotation tool or a spreadsheet exported.

    Label Studio: JSON or JSON_MIN; of several annotations of a task the ground truth counts, else
    the last; predictions count as nothing. doccano: JSONL or JSON of any project of texts. A span
    labelled with a sentiment becomes a company label; whose it is, is read from the text. What
    nobody labelled is left out, everything else a task says is kept.

    \b
    Example:
      classify labels import project-1.json --from label-studio -o mine.jsonl
      classify labels import all.jsonl --from doccano -o mine.jsonl
      classify labels import desk.xlsx --from xlsx --column text=內容 --column stance=看法
    """
    from chipstance.cli.labels.output import form_of, write
    from chipstance.labels.exchange.importing import import_file

    form_of(output)
    keep_inputs([output], [path])
    problems = Problems()
    rows = import_file(
        path,
        tool,
        companies=companies,
        columns=columns,
        offsets=offsets,
        problems=problems,
        notes=note,
    )
    write(rows, output)
    problems.exit()
