"""What of an archive a report is about: a period, companies, articles that are about them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from chipstance.models.verdicts.relevance import relevance
from chipstance.reports.sums.archive import UNDATED, Archive, Ints
from chipstance.reports.sums.stories import Stories


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both belonging to it; None is open."""

    since: date | None = None
    until: date | None = None

    def before(self, last: date | None) -> "Period | None":
        """The period of the same length just before.

        Args:
            last: Last day of an open period.

        Returns:
            None where the period has no beginning or no end.

        >>> Period(date(2025, 3, 3), date(2025, 3, 9)).before(None)
        Period(since=datetime.date(2025, 2, 24), until=datetime.date(2025, 3, 2))
        """
        until = self.until or last
        if self.since is None or until is None or until < self.since:
            return None
        try:
            first = self.since - (until - self.since) - timedelta(1)
        except OverflowError:
            # Before the first day of the calendar.
            return None
        return Period(first, self.since - timedelta(1))

    def holds(self, days: Ints) -> NDArray[np.bool_]:
        """Which days belong to it; an unknown day belongs to the wholly open period alone."""
        if self.since is None and self.until is None:
            return np.ones(len(days), dtype=bool)
        first = self.since.toordinal() if self.since else 0
        last = self.until.toordinal() if self.until else UNDATED - 1
        inside: NDArray[np.bool_] = (days >= first) & (days <= last)
        return inside


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user asked for.

    Attributes:
        period: Days of publication.
        only: Company ids; empty for all.
        min_relevance: Of a company to an article, 0-100.
        articles: Whether copies of a story count, too.
        alternatives: Ids of `only` by what a user called them; where a name stands for several,
            one of them in the rows is enough. Empty where each of `only` is to be there.
    """

    period: Period = Period()
    only: tuple[str, ...] = ()
    min_relevance: int = 0
    articles: bool = False
    alternatives: tuple[tuple[str, ...], ...] = ()

    def before(self, last: date | None) -> "Asked | None":
        """The same of the period before."""
        period = self.period.before(last)
        return replace(self, period=period) if period is not None else None


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of an archive that a report is about.

    Attributes:
        archive: All of it.
        stories: Which story each article tells.
        asked: What was asked for.
        relevance: Of the company to the article, for each mention of the archive.
        sentences: Numbers of the sentences chosen, ascending: where companies or a relevance were
            asked for, those that name them.
        mentions: Numbers of the mentions chosen, ascending.
    """

    archive: Archive
    stories: Stories
    asked: Asked
    relevance: Ints
    sentences: Ints
    mentions: Ints

    @property
    def days(self) -> Ints:
        """Dated days of the articles chosen, ascending."""
        found = np.unique(self.archive.days[self.archive.sentences.article[self.sentences]])
        dated: Ints = found[found != UNDATED]
        return dated


def select(archive: Archive, stories: Stories, relevances: Ints, asked: Asked) -> Selection:
    """Choose sentences and mentions.

    Args:
        archive: The archive.
        stories: Of its articles.
        relevances: As `mention_relevance` gives it.
        asked: What to choose.
    """
    inside = asked.period.holds(archive.days)[archive.sentences.article]
    mentions = archive.mentions
    chosen = inside[mentions.sentence] & (relevances >= asked.min_relevance)
    if asked.only:
        wanted = [at for at, company in enumerate(archive.companies) if company in asked.only]
        chosen &= np.isin(mentions.company, wanted)
    kept = np.flatnonzero(chosen)
    if asked.only or asked.min_relevance:
        sentences = np.unique(mentions.sentence[kept])
    else:
        sentences = np.flatnonzero(inside)
    return Selection(archive, stories, asked, relevances, sentences, kept)


def mention_relevance(archive: Archive) -> Ints:
    """How much the article of each mention is about its company.

    Returns:
        0-100, `(n_mentions,)`.
    """
    sentences, mentions = archive.sentences, archive.mentions
    article = sentences.article[mentions.sentence]
    pairs, of_mention = np.unique(
        article * max(len(archive.companies), 1) + mentions.company, return_inverse=True
    )
    n = len(pairs)
    naming = np.bincount(of_mention, minlength=n)
    titled = np.bincount(of_mention, weights=mentions.in_title, minlength=n) > 0
    first = np.full(n, np.iinfo(np.int64).max)
    np.minimum.at(first, of_mention, sentences.index[mentions.sentence])
    lengths = np.zeros(len(archive.articles), dtype=np.int64)
    # Where rows are missing, the last index still tells the length.
    np.maximum.at(lengths, sentences.article, sentences.index + 1)
    named = np.bincount(article, minlength=len(lengths))
    of_pair = pairs // max(len(archive.companies), 1)
    found = [
        relevance(in_title=t, first=f, naming=k, sentences=s, named=a)
        for t, f, k, s, a in zip(
            titled.tolist(), first.tolist(), naming.tolist(),
            lengths[of_pair].tolist(), named[of_pair].tolist(), strict=True,
        )
    ]  # fmt: skip
    relevances: Ints = np.array(found, dtype=np.int64)[of_mention]
    return relevances
