"""Every check of label files, those too that need articles read and companies linked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from chipstance.articles.reading import read
from chipstance.callbacks import Say
from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.labels import checks, likeness
from chipstance.labels.likeness import Alike, grouped, told_once
from chipstance.labels.rows import LabelRow
from chipstance.models.features.lexicon import Lexicon
from chipstance.models.features.views import Views
from chipstance.models.learning.examples import link_rows
from chipstance.models.learning.material import fictional_companies
from chipstance.printable import counted

# Beside the label files of a folder, it says what shares and numbers they are to have at least.
_BOUNDS = "bounds.json"
# Lines of each check, so that one thing wrong with a whole file does not bury the others.
_MOST = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with label rows.

    Attributes:
        errors: By check, what teaches something wrong, a line each.
        alike: Rows like another one, each once.
    """

    errors: list[list[str]]
    alike: list[Alike]

    @property
    def count(self) -> int:
        """How many problems there are."""
        return sum(map(len, self.errors)) + len(self.alike)

    def lines(self, every: bool = True) -> Iterator[str]:
        """The problems, errors first.

        Args:
            every: A line each, however many there are; else of each check the first, and how
                many more there are.
        """
        groups = [[(line, 1) for line in lines] for lines in self.errors]
        alike = [(str(each), 1) for each in self.alike] if every else list(grouped(self.alike))
        for lines in (*groups, alike):
            shown = len(lines) if every or len(lines) <= _MOST else _MOST - 1
            yield from (line for line, _ in lines[:shown])
            if rest := sum(n for _, n in lines[shown:]):
                yield f"{counted(rest, 'problem')} more like these; --all says each"


def check_rows(
    rows: Sequence[LabelRow],
    paths: Sequence[Path],
    *,
    articles: Path | None = None,
    companies: Path | None = None,
    notes: Say = lambda _: None,
) -> Checked:
    """Check label rows.

    Args:
        rows: All rows of the files.
        paths: The files and folders they are of, which may bring companies and bounds.
        articles: Folder of the labelled articles, `ID.txt` each; None leaves the texts unchecked.
        companies: A company table of one's own.
        notes: Called with a line for each file beside the labels that is read too.

    Raises:
        LabelError: A file of bounds is not JSON.
        InputError: An article cannot be read.
    """
    table = load_table(*fictional_companies(paths, notes), companies)
    mentions = link_rows(rows, Linker(table))
    contradictions = list(likeness.contradictions(rows))
    errors = [
        list(checks.schema(rows)),
        list(checks.named(rows, [{m.company for m in named} for named in mentions], table)),
        [str(each) for each in contradictions],
        *(_of_articles(rows, articles, notes) if articles is not None else ()),
        *(
            list(checks.balance(rows, folder / _BOUNDS))
            for folder in paths
            if (folder / _BOUNDS).is_file()
        ),
    ]
    # Without word lists a view is the sentence with its companies and numbers masked.
    views = Views(Lexicon({}))
    masked = [views.sentence(row.text, named) for row, named in zip(rows, mentions, strict=True)]
    alike = told_once(
        chain(
            contradictions,
            likeness.duplicates(rows),
            likeness.templates(rows, masked),
            likeness.near_duplicates(rows),
        )
    )
    return Checked(errors, alike[len(contradictions) :])


def _of_articles(rows: Sequence[LabelRow], articles: Path, notes: Say) -> Iterator[list[str]]:
    """What is wrong with rows beside their articles."""
    unread: list[str] = []
    sentences = _sentences(articles, unread.append)
    ids = {row.article for row in rows}
    if missing := len(ids - sentences.keys()):
        # Where all are, nothing was held to its article, which is not what was asked for.
        (unread.append if missing == len(ids) else notes)(
            f"{articles}: {missing} of {counted(len(ids), 'article')} not there as ID.txt,"
            " their texts unchecked"
        )
    yield unread
    # What `suggest` writes, the most useful first, is in order all the same.
    yield list(checks.order(rows))
    yield list(checks.article_text(rows, sentences))


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
