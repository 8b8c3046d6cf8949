"""Company labels as labelled spans of the text, which is how annotation tools have them.

A span is labelled with a sentiment; whose it is, is kept beside it or read from the text. Positions
are characters (code points) here; tools that count UTF-16 units are converted at the door.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chipstance.articles.article import Sentence
from chipstance.callbacks import Say
from chipstance.companies.linking import Linker
from chipstance.companies.mention import Mention
from chipstance.errors import LabelError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One labelled stretch of a text.

    Attributes:
        start: Position of its first character.
        end: Position just after its last character.
        label: A sentiment.
        company: Id of whom it names, or empty.
    """

    start: int
    end: int
    label: str
    company: str = ""


def company_spans(
    companies: Mapping[str, str], mentions: Iterable[Mention]
) -> tuple[list[Span], dict[str, str]]:
    """Spans that stand for company labels: the first place where each company is named.

    Args:
        companies: Label by company id.
        mentions: The companies found in the text.

    Returns:
        The spans in order, and the labels of companies that the text does not name.
    """
    places: dict[str, Mention] = {}
    for mention in mentions:
        if mention.end > mention.start:
            places.setdefault(mention.company, mention)
    spans = [
        Span(places[company].start, places[company].end, label, company)
        for company, label in companies.items()
        if company in places
    ]
    return sorted(spans), {c: label for c, label in companies.items() if c not in places}


def companies_of_spans(
    text: str,
    spans: Sequence[Span],
    known: Mapping[tuple[int, int], str],
    linker: Linker,
    problems: Say,
) -> dict[str, str]:
    """Company labels that spans stand for.

    Args:
        text: The sentence.
        spans: Labelled spans of it.
        known: Company id by span, as it went out.
        linker: Finds the company of a span that was drawn by hand.
        problems: Told in one line of a span that names nobody known; it is left out.

    Raises:
        LabelError: A span lies outside the text, or one company has two labels.
    """
    mentions: tuple[Mention, ...] | None = None
    labels: dict[str, str] = {}
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            raise LabelError(f"a span from {span.start} to {span.end} lies outside the text")
        company = span.company or known.get((span.start, span.end), "")
        if not company:
            if mentions is None:
                (mentions,) = linker.link([Sentence(text, ((0, 0),))])
            company = _named(span, text, mentions, linker)
        if not company:
            problems(
                f"no company is called {text[span.start : span.end]!r};"
                " add it to a table of your own, --companies FILE"
            )
        elif labels.setdefault(company, span.label) != span.label:
            raise LabelError(f"{company} is both {labels[company]} and {span.label}; settle on one")
    return labels


def _named(span: Span, text: str, mentions: Sequence[Mention], linker: Linker) -> str:
    """Whom a span names: by the sentence, where a name may need its company, else by itself."""
    for mention in mentions:
        if mention.start < span.end and span.start < mention.end:
            return mention.company
    (alone,) = linker.link([Sentence(text[span.start : span.end], ((0, 0),))])
    return alone[0].company if alone else ""


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text takes; a character beyond U+FFFF takes two.

    >>> utf16_length("𠮷a"), len("𠮷a")
    (3, 2)
    """
    return len(text) + sum(char > "\uffff" for char in text)


def from_utf16(text: str, position: int) -> int | None:
    """The character at a position counted in UTF-16 units; None inside one, or outside the text.

    >>> from_utf16("𠮷ab", 3), from_utf16("𠮷ab", 1)
    (2, None)
    """
    encoded = text.encode("utf-16-le", "surrogatepass")
    if not 0 <= 2 * position <= len(encoded):
        return None
    before = len(encoded[: 2 * position].decode("utf-16-le", "ignore"))
    return before if utf16_length(text[:before]) == position else None
