"""The rows themselves once more, each with its story, its novelty and relevances."""

from collections.abc import Iterable, Iterator

import numpy as np

from chipstance.callbacks import Progress
from chipstance.reports.report import Report
from chipstance.reports.rows.parsing import Row
from chipstance.reports.rows.plain import plain_row
from chipstance.reports.rows.reading import scored_rows

_DIGITS = 4


def rows_with_stories(files: Iterable[str], report: Report, progress: Progress) -> Iterator[Row]:
    """Read the rows of files again and add what the report found of them.

    Args:
        files: Those the report was made of.
        report: Found over all rows, whatever was chosen of them.
        progress: As for `scored_rows`.

    Yields:
        Each row with `story` (id of the story's first article) and `novelty` (0 to 1), each of its
        companies with `relevance` (0-100; None where the row stands twice and the other one, which
        counts, does not name it); fields are those of the first row. Rows that the report leaves
        out, another model having scored the article too, are left out here.
    """
    archive, stories = report.chosen.archive, report.chosen.stories
    number = {
        (each.id, each.source, each.published, each.model): at
        for at, each in enumerate(archive.articles)
    }
    article = archive.sentences.article[archive.mentions.sentence]
    pairs, first = np.unique(
        np.stack((article, archive.mentions.company)), axis=1, return_index=True
    )
    relevance = dict(
        zip(
            zip(pairs[0].tolist(), pairs[1].tolist(), strict=True),
            report.chosen.relevance[first].tolist(),
            strict=True,
        )
    )
    codes = {company: at for at, company in enumerate(archive.companies)}
    names: tuple[str, ...] = ()
    for row, raw in scored_rows(files, lambda _: None, progress):
        at = number.get((row.article, row.source, row.published, row.model))
        if at is None:
            continue
        said = plain_row(raw)
        names = names or tuple(said)
        companies = [
            {**each, "relevance": relevance.get((at, codes[named.company]))}
            for each, named in zip(said["companies"], row.companies, strict=True)
        ]
        yield {name: said.get(name) for name in names} | {
            "companies": companies,
            "story": archive.articles[int(stories.story[at])].id,
            "novelty": round(float(stories.novelty[at]), _DIGITS),
        }
