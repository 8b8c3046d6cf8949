"""Labelled views: what training and evaluation learn from and measure on."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chipstance.articles.article import Sentence
from chipstance.companies.company import CompanyTable
from chipstance.companies.finding import wrong_id
from chipstance.companies.linking import Linker
from chipstance.companies.mention import Mention
from chipstance.labels.rows import LabelRow
from chipstance.models.features.reading import Reading
from chipstance.models.features.tasks import SENTIMENT
from chipstance.models.features.views import Views, anonymous, mention_view, sentence_view
from chipstance.printable import counted

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Example:
    """One view with its labels.

    Attributes:
        view: What features are counted in.
        labels: Label by task.
        group: Id of the article, for splits that keep articles whole.
        row: Number of the label row it comes from.
        company: Id of the company in question; None for a whole sentence.
        linked: Whether the company's name was found in the sentence.
    """

    view: str
    labels: dict[str, str]
    group: str
    row: int
    company: str | None = None
    linked: bool = True


def link_rows(rows: Sequence[LabelRow], linker: Linker) -> list[tuple[Mention, ...]]:
    """Link the companies of label rows, each article's rows together and in their order.

    Args:
        rows: Label rows; those of an article may lie apart.
        linker: What links.

    Returns:
        The mentions of each row.
    """
    articles: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        articles.setdefault(row.article, []).append(at)
    sentences = [[Sentence(rows[at].text, ((0, 0),)) for at in each] for each in articles.values()]
    found: list[tuple[Mention, ...]] = [()] * len(rows)
    for places, linked in zip(articles.values(), linker.link_all(sentences), strict=True):
        for at, mentions in zip(places, linked, strict=True):
            found[at] = mentions
    return found


def sentence_examples(
    rows: Sequence[LabelRow], mentions: Iterable[Sequence[Mention]], views: Views
) -> list[Example]:
    """One example for each row that has a label of a sentence task."""
    return [
        Example(sentence_view(reading), dict(row.labels), row.article, number)
        for number, row, _, reading in _read(rows, mentions, views, lambda row: bool(row.labels))
    ]


def mention_examples(
    rows: Sequence[LabelRow], mentions: Iterable[Sequence[Mention]], views: Views
) -> list[Example]:
    """One example for each company label of each row."""
    return [
        Example(
            mention_view(reading, company),
            {SENTIMENT: label},
            row.article,
            number,
            company,
            any(mention.company == company for mention in named),
        )
        for number, row, named, reading in _read(
            rows, mentions, views, lambda row: bool(row.companies)
        )
        for company, label in (row.companies or {}).items()
    ]


def _read(
    rows: Sequence[LabelRow],
    mentions: Iterable[Sequence[Mention]],
    views: Views,
    wanted: Callable[[LabelRow], bool],
) -> Iterator[tuple[int, LabelRow, Sequence[Mention], Reading]]:
    """Number, row, mentions and reading of each row that is wanted."""
    chosen = [
        (number, row, named)
        for number, (row, named) in enumerate(zip(rows, mentions, strict=True))
        if wanted(row)
    ]
    readings = views.read((row.text, named) for _, row, named in chosen)
    for (number, row, named), reading in zip(chosen, readings, strict=True):
        yield number, row, named, reading


def companies_not_found(examples: Iterable[Example], table: CompanyTable) -> str | None:
    """Say which company labels are of companies that linking did not find in their sentence.

    Args:
        examples: As `mention_examples` gives them.
        table: What was linked by.

    Returns:
        A line with the commonest of them and what to do about each; None where all were found.
    """
    missing = Counter(each.company or "" for each in examples if not each.linked)
    if not missing:
        return None
    shown = [
        f"{company} {n} ({wrong_id(table, company) or 'not named there'})"
        for company, n in missing.most_common(_SHOWN)
    ]
    more = ", …" if len(missing) > _SHOWN else ""
    n = counted(missing.total(), "company label")
    return f"{n} of companies not found in the sentence: {', '.join(shown)}{more}"


def anonymous_copies(examples: Sequence[Example]) -> list[Example]:
    """Every other mention example once more, as if no company's line of business were known.

    What is learned from them judges the companies that a user's table says nothing more of.
    With a copy of half of the examples, cross-validated macro-F1 of companies unknown in this
    way is 0.66 (0.32 without copies, 0.67 with copies of all), that of known ones the same.
    """
    return [replace(example, view=anonymous(example.view)) for example in examples[::2]]
