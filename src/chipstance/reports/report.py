"""A report: scored rows read, what was asked for chosen, and the period before beside it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from chipstance.printable import counted
from chipstance.reports.sums.archive import UNDATED, Archive
from chipstance.reports.sums.few import Figures
from chipstance.reports.sums.grouping import Group
from chipstance.reports.sums.selection import Asked, Period, Selection, mention_relevance, select
from chipstance.reports.sums.stories import Stories, find_stories
from chipstance.reports.sums.totals import totals


@dataclass(frozen=True, slots=True)
class Report:
    """What is reported on, and the same of the period before."""

    chosen: Selection
    before: Selection | None

    def rows(self, by: Group) -> list[Figures]:
        """Figures of each company, day, week, topic or source; see `totals`."""
        return totals(self.chosen, by, self.before)

    @property
    def models(self) -> dict[str, int]:
        """Articles chosen by the model that scored them, most first."""
        archive = self.chosen.archive
        articles = np.unique(archive.sentences.article[self.chosen.sentences]).tolist()
        counts = Counter(archive.articles[at].model for at in articles)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    @property
    def undated(self) -> int:
        """How many of the articles chosen have no date."""
        archive = self.chosen.archive
        articles = np.unique(archive.sentences.article[self.chosen.sentences])
        return int((archive.days[articles] == UNDATED).sum())

    @property
    def days(self) -> tuple[str, str] | None:
        """First and last day of the articles chosen; None where none has a date."""
        days = self.chosen.days
        return (_iso(days[0]), _iso(days[-1])) if len(days) else None


def make_report(archive: Archive, asked: Asked, *, stories: bool = True) -> Report:
    """Choose what was asked for.

    Args:
        archive: All rows there are, those of the period before too.
        asked: What to choose.
        stories: Whether the archive was collected with what near-duplicates are found by.
    """
    n = len(archive.articles)
    found = find_stories(archive) if stories else Stories(np.arange(n), np.ones(n))
    relevances = mention_relevance(archive)
    chosen = select(archive, found, relevances, asked)
    days = chosen.days
    last = date.fromordinal(int(days[-1])) if len(days) else None
    earlier = asked.before(last)
    before = select(archive, found, relevances, earlier) if earlier else None
    return Report(chosen, before)


def notes(report: Report, by: Group = "company") -> Iterator[str]:
    """Say what a reader of the figures must know: several models, articles without a date.

    Args:
        report: The report.
        by: What a row of it is made of.
    """
    models, archive = report.models, report.chosen.archive
    if len(models) > 1:
        shown = ", ".join(
            f"{name or 'unnamed'} ({counted(n, 'article')})" for name, n in models.items()
        )
        yield f"verdicts of {len(models)} models are added up: {shown}"
    if archive.twice:
        yield (
            f"scored by several models: {counted(archive.twice, 'article')};"
            " the rows of the model with the most articles count"
        )
    undated = sum(each.published is None for each in archive.articles)
    if undated and report.chosen.asked.period != Period():
        yield f"left out, having no date: {counted(undated, 'article')}"
    elif report.undated and by in ("day", "week"):
        yield (
            f"of no {by}, having no date: {counted(report.undated, 'article')};"
            " a date is read from a column `published`, or from the text"
        )
    if not len(report.chosen.sentences):
        days = archive.days[archive.days != UNDATED]
        span = f"; the rows are of {_iso(days[0])} to {_iso(days[-1])}" if len(days) else ""
        yield f"no row is chosen{span}"


def _iso(day: int) -> str:
    return date.fromordinal(int(day)).isoformat()
