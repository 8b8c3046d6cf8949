"""Every check of label files, those too that need articles read and companies linked."""

from collections.abc import Sequence
from pathlib import Path

from chipstance.articles.reading import read
from chipstance.callbacks import Say
from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.labels import checks
from chipstance.labels.rows import LabelRow
from chipstance.models.features.lexicon import Lexicon
from chipstance.models.features.views import Views
from chipstance.models.learning.examples import link_rows
from chipstance.models.learning.material import fictional_companies
from chipstance.printable import counted

# Beside the label files of a folder, it says what shares and numbers they are to have at least.
_BOUNDS = "bounds.json"


def check_rows(
    rows: Sequence[LabelRow],
    paths: Sequence[Path],
    *,
    articles: Path | None = None,
    companies: Path | None = None,
    notes: Say = lambda _: None,
) -> list[str]:
    """Check label rows.

    Args:
        rows: All rows of the files.
        paths: The files and folders they are of, which may bring companies and bounds.
        articles: Folder of the labelled articles, `ID.txt` each; None leaves the texts unchecked.
        companies: A company table of one's own.
        notes: Called with a line for each file beside the labels that is read too.

    Returns:
        The problems, a line each.

    Raises:
        LabelError: A file of bounds is not JSON.
        InputError: An article cannot be read.
    """
    found: list[str] = []
    for check in checks.CHECKS:
        found += check(rows)
    table = load_table(*fictional_companies(paths, notes), companies)
    mentions = link_rows(rows, Linker(table))
    found += checks.named(rows, [{m.company for m in named} for named in mentions], table)
    # Without word lists a view is the sentence with its companies and numbers masked.
    views = Views(Lexicon({}))
    masked = [views.sentence(row.text, named) for row, named in zip(rows, mentions, strict=True)]
    found += checks.templates(rows, masked)
    if articles is not None:
        # What `suggest` writes, the most useful first, is in order all the same.
        found += checks.order(rows)
        sentences = _sentences(articles, found.append)
        found += checks.article_text(rows, sentences)
        ids = {row.article for row in rows}
        if missing := len(ids - sentences.keys()):
            # Where all are, nothing was held to its article, which is not what was asked for.
            (found.append if missing == len(ids) else notes)(
                f"{articles}: {missing} of {counted(len(ids), 'article')} not there as ID.txt,"
                " their texts unchecked"
            )
    for folder in paths:
        if (folder / _BOUNDS).is_file():
            found += checks.balance(rows, folder / _BOUNDS)
    return found


def _sentences(folder: Path, problems: Say) -> dict[str, list[str]]:
    """The sentences of each article of a folder, by its file's name without the ending."""
    return {
        path.stem: [
            sentence.text
            for article in read(path, problems=problems)
            for sentence in article.sentences
        ]
        for path in sorted(folder.rglob("*.txt"))
    }
