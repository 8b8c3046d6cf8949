"""`classify score`, the default command."""

import os
import sys
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chipstance.cli.options import (
    GIVE_FORMAT,
    article_columns_option,
    companies_option,
    encoding_option,
    format_of,
    keep_inputs,
    model_option,
    or_stdout,
)
from chipstance.cli.progress import progress_bar
from chipstance.cli.streams import descriptor
from chipstance.cli.telling import Problems, note
from chipstance.errors import ChipstanceError, InputError
from chipstance.printable import counted, safe_stream

if TYPE_CHECKING:
    from chipstance.articles.tables.columns import Called
    from chipstance.runs.work import Recipe

ENDINGS = ("jsonl", "csv", "parquet")


def _or_stdin(
    context: click.Context, argument: click.Parameter, paths: Sequence[str]
) -> Sequence[str]:
    """Take what is piped in where nothing is named."""
    if paths or context.resilient_parsing:
        return paths
    if sys.stdin.isatty():
        raise click.MissingParameter(ctx=context, param=argument)
    return ("-",)


@click.command("score")
@click.argument("paths", nargs=-1, callback=_or_stdin, metavar="FILE|DIR…")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), callback=or_stdout,
    metavar="OUT",
    help="Write there instead of to stdout; its ending tells the format.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["table", *ENDINGS]),
    help="Form of the result.  [default: by OUT's ending, else table]",
)  # fmt: skip
@click.option(
    "-j", "--jobs", type=click.IntRange(min=0), default=1, metavar="N",
    help="Processes to share the work; 0 takes every core.  [default: 1]",
)  # fmt: skip
@click.option(
    "--resume", is_flag=True,
    help="Go on where a run into OUT was stopped; without it a run begins anew.",
)  # fmt: skip
@click.option(
    "--cluster", metavar="ADDRESS",
    help="Score on a Dask cluster; OUT is a folder of Parquet parts then.",
)  # fmt: skip
@click.option(
    "--context/--no-context", default=True,
    help="Whether 該公司 and missing subjects count as the company of the sentence before.",
)  # fmt: skip
@model_option
@companies_option
@encoding_option
@article_columns_option
def command(
    paths: Sequence[str],
    output: Path | None,
    form: str | None,
    jobs: int,
    resume: bool,
    cluster: str | None,
    context: bool,
    model: Path | None,
    companies: Path | None,
    encoding: str | None,
    columns: dict[str, str],
) -> None:
    """Label every sentence of articles, and every company in it.

    Reads .txt, .html, .jsonl, .json, .csv and .parquet files, folders of them, and stdin for - or
    where nothing is named.

    \b
    Example:
      classify score article.txt
      classify score news/ -o scored.parquet
      classify score archive.jsonl -o scored.jsonl --jobs 4 --resume
      classify score /shared/news -o /shared/scored --cluster tcp://10.0.0.1:8786
      classify score wire.txt --encoding big5hkscs --format jsonl
      classify score archive.csv --column text=story --column published=day -o scored.jsonl
    """
    if "" in paths:
        raise click.UsageError("an empty name; name a file or a folder, or . for this one")
    if cluster is not None:
        form = form or "parquet"
        _check_cluster(paths, output, form)
    else:
        form = form or format_of(output, ENDINGS, default="table", hint=GIVE_FORMAT)
        _check_run(paths, output, form, resume)
        keep_inputs([output], paths)
        _keep_articles(output, paths)
    problems = Problems()
    from chipstance.runs.work import Recipe, folder_of

    recipe = Recipe(
        folder_of(model), companies, encoding, form, context, tuple(sorted(columns.items()))
    )
    _say_what_is_not_read(paths, encoding, recipe.called)
    jobs = jobs or _cores()
    if cluster is not None and output is not None:
        from chipstance.runs.cluster import to_parts

        to_parts(paths, recipe, output, address=cluster, problems=problems)
    elif form == "table":
        from chipstance.reports.terminal.scored import show
        from chipstance.runs.scoring import not_written, shown

        stdout = descriptor(sys.stdout)
        found = shown(paths, recipe, jobs=jobs, leave_out=stdout, problems=problems)
        if not show(found, output) and output is not None:
            problems(not_written(output))
    else:
        _write_rows(paths, recipe, output, jobs, resume, problems)
    _say_what_was_left_out(paths)
    problems.exit()


def _write_rows(
    paths: Sequence[str],
    recipe: "Recipe",
    output: Path | None,
    jobs: int,
    resume: bool,
    problems: Problems,
) -> None:
    """Score on this machine, to a file or to standard output, and show how far it is."""
    from chipstance.articles.inputs import total_size
    from chipstance.runs.scoring import to_file, to_stream

    stdout = descriptor(sys.stdout)
    total = partial(total_size, paths, leave_out=output or stdout)
    # Rows on a terminal show by themselves how far a run is; of a feed nobody can say.
    silent = (output is None and sys.stdout.isatty()) or "-" in paths
    with progress_bar(total, silent=silent) as progress:
        if output is None:
            stream = safe_stream(sys.stdout.buffer)
            to_stream(
                paths, recipe, stream,
                jobs=jobs, leave_out=stdout, problems=problems, progress=progress,
            )  # fmt: skip
        else:
            to_file(
                paths, recipe, output,
                jobs=jobs, resume=resume, problems=problems, progress=progress,
            )  # fmt: skip


def _say_what_was_left_out(paths: Sequence[str]) -> None:
    """Say how many files of folders are of no kind that is read."""
    folders = [path for path in paths if os.path.isdir(path)]
    if not folders:
        return
    from chipstance.articles.files import left_out

    for folder in folders:
        endings = left_out(Path(folder))
        if endings:
            kinds = ", ".join(ending or "no ending" for ending in sorted(endings))
            note(f"Note: {folder}: {counted(endings.total(), 'file')} left out ({kinds})")


def _say_what_is_not_read(paths: Sequence[str], encoding: str | None, called: "Called") -> None:
    """Say which columns of tables seem to be those that are missed, once for all tables alike.

    Raises:
        InputError: A column that is named is in none of them.
    """
    from chipstance.articles.files import TABLES
    from chipstance.articles.inputs import inputs

    files = [file for path in paths for file in inputs(path, None)]
    tables = [file for file in files if file.suffix.lower() in TABLES and file.is_file()]
    if not tables:
        return
    from chipstance.articles.tables.columns import listed_columns, unread
    from chipstance.articles.tables.refusals import first_columns, lacking

    without = defaultdict[str, list[Path]](list)
    n_read = int("-" in paths)
    alike = defaultdict[tuple[str, str], list[Path]](list)
    for file in tables:
        # Whoever reads it will say why it cannot be read.
        with suppress(InputError, OSError):
            if not (there := first_columns(file, encoding)):
                continue
            n_read += 1
            for pair in unread(there, called):
                alike[pair].append(file)
            for column in lacking(file, encoding, called) if called else ():
                without[column].append(file)
    for column, theirs in called:
        if files := without[column]:
            line = f"{_named(files)}: no column named {theirs}"
            if len(files) == n_read:
                has = listed_columns(first_columns(files[0], encoding))
                raise InputError(f"{line}; there are {has}")
            note(f"Note: {line}, so no {column} is read from one")
    for (column, theirs), found in alike.items():
        note(
            f"Note: {_named(found)}: no column is known as {column};"
            f" if {theirs} is it, give --column {column}={_quoted(theirs)}"
        )


def _named(files: Sequence[Path]) -> str:
    """The first of files, and how many there are beside it."""
    return f"{files[0]}" + (f" and {counted(len(files) - 1, 'other file')}" if files[1:] else "")


def _quoted(name: str) -> str:
    """A name as shells take it, plain where it is letters alone, in whatever script."""
    from shlex import quote

    return name if name.replace("_", "a").isalnum() else quote(name)


def _cores() -> int:
    """Cores that this process may use, which in a container are fewer than the machine has."""
    from joblib import cpu_count

    return int(cpu_count())


def _check_run(paths: Sequence[str], output: Path | None, form: str, resume: bool) -> None:
    if output is not None and output.is_dir():
        raise click.UsageError(f"{output}: is a folder; name a file")
    if output is not None and not output.parent.is_dir():
        raise ChipstanceError(
            f"{output}: cannot be written: {output.parent}: no such folder; make it first"
        )
    if output is None and form == "parquet" and sys.stdout.isatty():
        raise click.UsageError("Parquet is no text; name a file with -o OUT.")
    if resume and (output is None or form == "table"):
        raise click.UsageError(
            "--resume needs a file to go on with: -o OUT with .jsonl, .csv or .parquet;"
            " what went to stdout is gone."
        )
    if resume and "-" in paths:
        raise click.UsageError("--resume needs files to read again; standard input is gone.")


def _keep_articles(output: Path | None, paths: Sequence[str]) -> None:
    """Refuse to write over what a folder holds, but for scored rows of an earlier run."""
    if output is None:
        return
    from chipstance.articles.inputs import holds
    from chipstance.articles.tables.refusals import is_scored

    if not holds(paths, output) or not output.stat().st_size:
        return
    with suppress(InputError):
        if is_scored(output):
            return
    raise click.UsageError(f"{output}: is read here; name another file to write to")


def _check_cluster(paths: Sequence[str], output: Path | None, form: str) -> None:
    if output is None or form != "parquet":
        raise click.UsageError("--cluster writes Parquet parts: give -o FOLDER in shared storage.")
    if output.is_file():
        raise click.UsageError(f"{output}: is a file; --cluster writes a folder of parts")
    if "-" in paths:
        raise click.UsageError("--cluster reads shared storage; standard input is not there.")
