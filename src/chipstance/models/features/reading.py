"""A sentence as every view of it begins: in normal form, with its companies hidden."""

from collections.abc import Iterable, Sequence
from operator import add, attrgetter
from typing import NamedTuple, Protocol

from chipstance.articles.normalising.normal_form import strip_invisible
from chipstance.companies.tickers import behind_ticker
from chipstance.models.features.lexicon import Hit
from chipstance.models.features.marks import HIDDEN


class Span(Protocol):
    """Where a company is named in a sentence."""

    @property
    def company(self) -> str:
        """Id of the company."""

    @property
    def kind(self) -> str:
        """Its line of business, as in the company table."""

    @property
    def move_pct(self) -> float | None:
        """Stated move of its shares in percent, or None."""

    @property
    def start(self) -> int:
        """Position of the first character."""

    @property
    def end(self) -> int:
        """Position after the last character."""


class Reading(NamedTuple):
    """A sentence as every view of it begins: in normal form, with its companies hidden.

    Attributes:
        normal: The normal form, each company as one `HIDDEN`.
        named: The companies in it, in order.
        places: Position of each `HIDDEN`.
        gaps: The lexicon's terms before the first company, between each two, behind the last.
    """

    normal: str
    named: Sequence[Span]
    places: Sequence[int]
    gaps: Sequence[Sequence[Hit]]

    def masked(self, masks: Iterable[str]) -> str:
        """The normal form with a mask for each company."""
        if not self.named:
            return self.normal
        first, *rest = self.normal.split(HIDDEN)
        return first + "".join(map(add, masks, rest))


def in_order(mentions: Sequence[Span]) -> Sequence[Span]:
    """Mentions in the order in which they stand."""
    return sorted(mentions, key=attrgetter("start")) if len(mentions) > 1 else mentions


def hidden(text: str, mentions: Sequence[Span]) -> str:
    """The text with each company as one `HIDDEN`, and no other such characters.

    The codes behind a name go with it: who writes which of them says where an article is from.
    """
    parts, at = [], 0
    for mention in mentions:
        parts.append(strip_invisible(text[at : mention.start]))
        at = behind_ticker(text, mention.end)
    parts.append(strip_invisible(text[at:]))
    return HIDDEN.join(parts)


def gaps_of(hits: Sequence[Hit], places: Sequence[int]) -> list[list[Hit]]:
    """Terms by how many companies stand before them."""
    gaps: list[list[Hit]] = [[] for _ in range(len(places) + 1)]
    at = 0
    for hit in hits:
        while at < len(places) and places[at] < hit.start:
            at += 1
        gaps[at].append(hit)
    return gaps


def places_of(normal: str) -> list[int]:
    """Position of each company in a normal form."""
    found, at = [], normal.find(HIDDEN)
    while at >= 0:
        found.append(at)
        at = normal.find(HIDDEN, at + 1)
    return found
