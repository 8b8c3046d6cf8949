"""`classify labels check`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chipstance.cli.options import columns_option, companies_option, label_paths_argument
from chipstance.cli.telling import Problems, note, tell
from chipstance.shipped import shipped

if TYPE_CHECKING:
    from chipstance.labels.rows import LabelRow


@click.command("check")
@label_paths_argument
@click.option(
    "--articles", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Folder of the labelled articles, ID.txt each; rows must be their sentences.",
)  # fmt: skip
@columns_option
@companies_option
def check_labels(
    paths: Sequence[Path],
    articles: Path | None,
    columns: Mapping[str, str],
    companies: Path | None,
) -> None:
    """Check label files, by default the shipped ones; problems are a line each and exit status 1.

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
    rows = read_labels(paths, problems=problems, columns=columns, notes=note)
    for problem in _problems(paths, rows, articles, companies):
        problems(problem)
    tell(f"{len(rows)} rows, {problems.count} problems")
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
        path.stem: [s.text for article in read(path, problems=tell) for s in article.sentences]
        for path in sorted(folder.rglob("*.txt"))
    }
