"""`classify report`."""

import sys
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chipstance.cli.options import (
    GIVE_FORMAT,
    companies_option,
    format_of,
    keep_inputs,
    or_stdout,
)
from chipstance.cli.progress import progress_bar
from chipstance.cli.telling import Problems, note

if TYPE_CHECKING:
    from chipstance.reports.page.look import Language
    from chipstance.reports.sums.grouping import Group

ENDINGS = ("csv", "json", "parquet", "xlsx")
ROW_ENDINGS = ("jsonl", "csv", "parquet")
PICTURES = ("svg", "png")
BINARY = ("parquet", "xlsx")
# What has an option of its own, by ending.
_OPTIONS = {
    ".html": "--html", ".svg": "--pictures", ".png": "--pictures", ".jsonl": "--stories",
}  # fmt: skip


def _day(_context: click.Context, _option: click.Parameter, written: str | None) -> date | None:
    """Read a day of the calendar."""
    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError:
        raise click.BadParameter(f"{written!r} is no day; write it as in 2025-01-31") from None


@click.command("report")
@click.argument("paths", nargs=-1, required=True, metavar="SCORED…")
@click.option(
    "--by", type=click.Choice(["company", "day", "week", "topic", "source"]), default="company",
    show_default=True, help="What to make a row of.",
)  # fmt: skip
@click.option("--since", callback=_day, metavar="DAY", help="First day of publication, YYYY-MM-DD.")
@click.option(
    "--until", callback=_day, metavar="DAY", help="Last day of publication, itself included."
)
@click.option(
    "--company", "only", multiple=True, metavar="NAME",
    help="Only what is said of this company: its id, name or ticker; may be given several times.",
)  # fmt: skip
@click.option(
    "--min-relevance", type=click.IntRange(0, 100), default=0, metavar="N",
    help="Only articles that are about the company this much, 0-100.",
)  # fmt: skip
@click.option(
    "--articles", is_flag=True, help="Count articles, not stories: each copy of a story counts."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), callback=or_stdout,
    metavar="OUT",
    help="Write there instead of to stdout; its ending tells the format.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["table", *ENDINGS]),
    help="Form of the result.  [default: by OUT's ending, else table]",
)  # fmt: skip
@click.option("--excel", is_flag=True, help="Begin CSV with the mark by which Excel knows UTF-8.")
@click.option(
    "--top", type=click.IntRange(min=0), default=20, show_default=True, metavar="N",
    help="Rows of the table, 0 for all.",
)  # fmt: skip
@click.option(
    "--stories", "stories_out", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT",
    help="Also write the rows there, each with its story, novelty and relevance.",
)  # fmt: skip
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT",
    help="Also write a page to look at: one file that needs no network.",
)  # fmt: skip
@click.option(
    "--pictures", type=click.Path(path_type=Path, dir_okay=False), metavar="OUT",
    help="Also draw slides, as .png or .svg: chips.png makes chips-sector.png, chips-ranking.png "
    "and chips-heat.png.",
)  # fmt: skip
@click.option(
    "--language", type=click.Choice(["tw", "hk", "en"]), default="tw", show_default=True,
    help="Of the pictures: Chinese as in Taiwan or Hong Kong, or English.",
)  # fmt: skip
@click.option(
    "--cluster", metavar="ADDRESS",
    help="Read and add the rows up on a Dask cluster; what is written is written here.",
)  # fmt: skip
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="MODEL",
    help="Whose words explain the sentences of the page: a model folder, or what `classify models"
    " list` calls one.  [default: the one in use]",
)
@companies_option
def command(
    paths: Sequence[str],
    by: "Group",
    since: date | None,
    until: date | None,
    only: tuple[str, ...],
    min_relevance: int,
    articles: bool,
    output: Path | None,
    form: str | None,
    excel: bool,
    top: int,
    stories_out: Path | None,
    html: Path | None,
    pictures: Path | None,
    language: "Language",
    cluster: str | None,
    model: Path | None,
    companies: Path | None,
) -> None:
    """Add scored rows up, over any number of articles.

    Reads .jsonl, .csv and .parquet files as `classify score` writes them, folders of them, and -
    for rows on stdin. The same story in several papers counts once. With --since, net sentiment is
    compared with the period before of the same length.

    \b
    Example:
      classify score news/ -o scored.jsonl
      classify report scored.jsonl --since 2025-01-01 --min-relevance 50
      classify report scored.jsonl --company nvidia --by week
      classify report scored.jsonl -o report.xlsx --html report.html
      classify report /shared/scored -o report.csv --cluster tcp://10.0.0.1:8786
    """
    form = form or format_of(output, ENDINGS, default="table", hint=_otherwise(output))
    if form in BINARY and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text; name a file with -o OUT.")
    if excel and form != "csv":
        raise click.UsageError("--excel is for CSV; choose it with --format csv.")
    if since and until and until < since:
        raise click.UsageError("--until is before --since.")
    if stories_out is not None and "-" in paths:
        raise click.UsageError("--stories reads the rows a second time; name files, not -.")
    stories_form = format_of(stories_out, ROW_ENDINGS, default="jsonl")
    if pictures is not None and pictures.suffix.lstrip(".").lower() not in PICTURES:
        raise click.UsageError(f"{pictures}: a picture ends in .svg or .png.")
    if cluster is not None and (stories_out is not None or "-" in paths):
        raise click.UsageError("--cluster reads shared storage once: no --stories and no -.")
    keep_inputs([output, stories_out, html], paths)
    if model is not None:
        from chipstance.models.stored.store import find

        find(model)
    from chipstance.reports.publishing import Outputs, publish
    from chipstance.reports.sums.selection import Asked, Period

    problems = Problems()
    meant = _meant(only, companies)
    asked = Asked(
        Period(since, until),
        tuple(dict.fromkeys(chain.from_iterable(meant))),
        min_relevance,
        articles,
        meant,
    )
    outputs = Outputs(
        by=by, form=form, output=output, bom=excel, top=top, stories=stories_out,
        stories_form=stories_form, html=html, pictures=pictures,
        language=language, model=model, companies=companies,
    )  # fmt: skip
    _say_what_is_not_finished(paths)
    if cluster is None:
        # Of a feed nobody can say how much there is.
        watch = partial(progress_bar, silent="-" in paths)
        publish(paths, asked, outputs, problems=problems, note=_caution, watch=watch)
    else:
        from chipstance.runs.cluster_report import report_on_cluster

        report_on_cluster(paths, asked, outputs, address=cluster, problems=problems, note=_caution)
    problems.exit()


def _say_what_is_not_finished(paths: Sequence[str]) -> None:
    """Say which folders lack rows that a run on a cluster is still to write."""
    from chipstance.runs.parts import unfinished

    for folder in unfinished(paths):
        _caution(
            f"{folder}: the run that writes it is not finished, and rows are missing;"
            " wait for it, or give its command again"
        )


def _otherwise(output: Path | None) -> str:
    """What else to do about an output whose ending tells no format."""
    option = _OPTIONS.get(output.suffix.lower()) if output else None
    return f"; for that give {option} {output}" if option else GIVE_FORMAT


def _meant(names: Sequence[str], companies: Path | None) -> tuple[tuple[str, ...], ...]:
    """Ids that each name may stand for; what the table does not know may be an id of rows."""
    if not names:
        return ()
    from chipstance.companies.finding import find_companies, ids_of_code
    from chipstance.companies.table import load_table

    table = load_table(companies)
    found = [(name, [each.id for each in find_companies(table, name)]) for name in names]
    return tuple(tuple(ids or [name, *ids_of_code(name)]) for name, ids in found)


def _caution(line: str) -> None:
    note(f"Note: {line}")
