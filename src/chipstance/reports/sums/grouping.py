"""Which company, day, week, topic or source each sentence and mention is counted in.

Stories count by default: of a story only the first article counts that is chosen and, for
companies and sources, that names the company or is of the source. `articles` counts all of them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from chipstance.reports.sums.archive import UNDATED, Ints
from chipstance.reports.sums.selection import Selection

Group = Literal["company", "day", "week", "topic", "source", "total"]


@dataclass(frozen=True, slots=True)
class Records:
    """Sentences and mentions with the group that each is counted in.

    Attributes:
        names: Of the groups.
        sentence: Sentences, one record for each group it is in.
        group: Group of each sentence record.
        mention: Mentions.
        record: Sentence record of each mention.
        counted: Which sentence records are of an article that counts.
    """

    names: list[str | None]
    sentence: Ints
    group: Ints
    mention: Ints
    record: Ints
    counted: NDArray[np.bool_]


def group_records(selection: Selection, by: Group) -> Records:
    """Put the sentences and mentions of a selection into groups."""
    archive = selection.archive
    if by == "company":
        mention = selection.mentions
        sentence = archive.mentions.sentence[mention]
        group = archive.mentions.company[mention]
        names: list[str | None] = list(archive.companies)
        record = np.arange(len(mention))
    else:
        sentence, mention = selection.sentences, selection.mentions
        names, keys = _keys(selection, by)
        sentence, keys = sentence[keys >= 0], keys[keys >= 0]
        group = keys
        record = np.searchsorted(sentence, archive.mentions.sentence[mention])
        placed = record < len(sentence)
        placed[placed] = sentence[record[placed]] == archive.mentions.sentence[mention][placed]
        mention, record = mention[placed], record[placed]
    counted = np.ones(len(sentence), dtype=bool)
    if not selection.asked.articles:
        within = group if by in ("company", "source") else np.zeros_like(group)
        counted = _first_of_story(selection, within, archive.sentences.article[sentence])
    return Records(names, sentence, group, mention, record, counted)


def _keys(selection: Selection, by: Group) -> tuple[list[str | None], Ints]:
    """Names of groups, and the group of each sentence chosen; -1 for none."""
    archive = selection.archive
    article = archive.sentences.article[selection.sentences]
    if by == "topic":
        return [*archive.labels, None], archive.sentences.topic[selection.sentences] % (
            len(archive.labels) + 1
        )
    if by == "source":
        sources = sorted({each.source or "" for each in archive.articles})
        number = {source: at for at, source in enumerate(sources)}
        of_article = np.array([number[each.source or ""] for each in archive.articles], dtype=int)
        return [source or None for source in sources], of_article[article]
    if by == "total":
        return [None], np.zeros(len(article), dtype=np.int64)
    days = archive.days[article]
    # Day 1 of the calendar was a Monday.
    numbers = days if by == "day" else (days - 1) // 7
    dated = days != UNDATED
    found, of_sentence = np.unique(numbers[dated], return_inverse=True)
    keys = np.full(len(days), -1)
    keys[dated] = of_sentence
    return [_name(by, number) for number in found.tolist()], keys


def _name(by: Group, number: int) -> str:
    """An ISO day, or an ISO week.

    >>> _name("week", (date(2025, 1, 1).toordinal() - 1) // 7)
    '2025-W01'
    """
    if by == "day":
        return date.fromordinal(number).isoformat()
    year, week, _ = date.fromordinal(number * 7 + 1).isocalendar()
    return f"{year}-W{week:02}"


def _first_of_story(selection: Selection, within: Ints, article: Ints) -> NDArray[np.bool_]:
    """Which records are of the first article of their story within a group."""
    key = within * len(selection.archive.articles) + selection.stories.story[article]
    found, of_record = np.unique(key, return_inverse=True)
    first = np.full(len(found), len(selection.archive.articles))
    np.minimum.at(first, of_record, article)
    result: NDArray[np.bool_] = article == first[of_record]
    return result
