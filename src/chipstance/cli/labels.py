"""`classify labels`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chipstance.cli.options import Problems, companies_option
from chipstance.shipped import shipped

if TYPE_CHECKING:
    from chipstance.labels.rows import LabelRow

paths_argument = click.argument(
    "paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|DIR]…"
)


@click.group("labels")
def command() -> None:
    """Check label files, count them, and compare two readers.

    Without a path the default labels are meant.

    \b
    Example:
      classify labels check mine.jsonl
      classify labels agree first.jsonl second.jsonl
    """


@command.command("check")
@paths_argument
@click.option(
    "--articles", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Folder of the labelled articles, ID.txt each; rows must be their sentences.",
)  # fmt: skip
@companies_option
def check_labels(paths: Sequence[Path], articles: Path | None, companies: Path | None) -> None:
    """Check label files; problems are a line each, and the exit status is 1.

    Labels that the guide does not know, rows out of order, duplicates and near-duplicates,
    sentences that differ in names and numbers alone, companies that are not named; with
    --articles also texts that are no sentence of their article; where a folder has a
    `bounds.json`, also its balance.

    \b
    Example:
      classify labels check labels/ --articles seeds/
    """
    from chipstance.labels.reading import read_labels

    paths = paths or [shipped("labels")]
    problems = Problems()
    rows = read_labels(paths, problems=problems)
    for problem in _problems(paths, rows, articles, companies):
        problems(problem)
    click.echo(f"{len(rows)} rows, {problems.count} problems")
    problems.exit()


def _problems(
    paths: Sequence[Path],
    rows: "Sequence[LabelRow]",
    articles: Path | None,
    companies: Path | None,
) -> Iterator[str]:
    from chipstance.companies.linking import Linker
    from chipstance.companies.table import load_table
    from chipstance.labels import checks
    from chipstance.models.examples import link_rows
    from chipstance.models.learning import fictional_companies
    from chipstance.models.lexicon import Lexicon
    from chipstance.models.views import Views

    for check in checks.CHECKS.values():
        yield from check(rows)
    linker = Linker(load_table(companies, fictional_companies(paths)))
    mentions = link_rows(rows, linker)
    yield from checks.named(rows, [{m.company for m in named} for named in mentions])
    views = Views(Lexicon({}))
    masked = [views.sentence(row.text, named) for row, named in zip(rows, mentions, strict=True)]
    yield from checks.templates(rows, masked)
    if articles is not None:
        yield from checks.article_text(rows, _sentences(articles))
    for folder in paths:
        if (folder / "bounds.json").is_file():
            yield from checks.balance(rows, folder / "bounds.json")


def _sentences(folder: Path) -> dict[str, list[str]]:
    from chipstance.articles.reading import read

    return {
        path.stem: [
            s.text for article in read(path, problems=click.echo) for s in article.sentences
        ]
        for path in sorted(folder.rglob("*.txt"))
    }


@command.command("stats")
@paths_argument
def label_stats(paths: Sequence[Path]) -> None:
    """Count rows, articles, companies and every label.

    \b
    Example:
      classify labels stats
    """
    from chipstance.labels import checks
    from chipstance.labels.reading import read_labels

    problems = Problems()
    rows = read_labels(paths or [shipped("labels")], problems=problems)
    click.echo(", ".join(f"{n} {name}" for name, n in checks.totals(rows).items()))
    lengths = sorted(len(row.text) for row in rows)
    longest = sum(length > 120 for length in lengths)
    click.echo(
        f"characters: mean {sum(lengths) / len(rows):.0f}, median {lengths[len(rows) // 2]},"
        f" {longest} rows over 120"
    )
    for task, counts in checks.label_counts(rows).items():
        n = sum(counts.values())
        shown = ", ".join(f"{label} {c} ({c / n:.1%})" for label, c in counts.most_common())
        click.echo(f"{task}: {shown}")
    problems.exit()


@command.command("agree")
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@click.option("--differences", is_flag=True, help="Print every label on which they differ.")
def agree(first: Path, second: Path, differences: bool) -> None:
    """Print how far two readers of the same sentences agree: Cohen's kappa per task.

    \b
    Example:
      classify labels agree labels/readings/first.jsonl labels/readings/second.jsonl
    """
    from chipstance.labels.agreement import agreement
    from chipstance.labels.reading import read_labels

    problems = Problems()
    one, other = (read_labels([path], problems=problems) for path in (first, second))
    agreements, differing = agreement(one, other)
    for each in agreements:
        low, high = each.kappa_ci95
        click.echo(
            f"{each.task:10} kappa {each.kappa:.3f} ({low:.3f} to {high:.3f}),"
            f" {each.agreed:.1%} of {each.n} the same"
        )
    if differences:
        for d in differing:
            click.echo(f"{d.where}: {d.task}: {d.first} / {d.second}: {d.text}")
    problems.exit()
