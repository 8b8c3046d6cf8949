"""Day by day: the sector's stance and share of hype, and every company's net sentiment.

Stance and sentiment are weighted, unlike in the tables: a mention by relevance and confidence, a
sentence by confidence. Volume stands beside each value. Days are those of publication.
"""

from datetime import date
from typing import Any

import numpy as np

from chipstance.reports.sums.archive import UNDATED, Floats, Ints
from chipstance.reports.sums.grouping import group_records
from chipstance.reports.sums.selection import Selection
from chipstance.reports.sums.totals import hyped, judgement, ratio, rounded

_PERCENT = 100


def daily_series(selection: Selection) -> dict[str, Any]:
    """Values of each day with an article; see the docstring of `summary` for their shape."""
    days = selection.days
    return {
        "days": [date.fromordinal(day).isoformat() for day in days.tolist()],
        "sector": _sector(selection, days),
        "companies": _companies(selection, days),
    }


def _sector(selection: Selection, days: Ints) -> dict[str, list[Any]]:
    archive, n = selection.archive, len(days)
    records = group_records(selection, "day")
    said, sentences = records.sentence[records.counted], archive.sentences
    article = sentences.article[said]
    day = np.searchsorted(days, archive.days[article])
    mention = records.mention[records.counted[records.record]]
    of_mention = records.group[records.record[records.counted[records.record]]]
    value, weight = _weighed(selection, mention)
    confidence = sentences.stance_confidence[said]
    stance = (sentences.bullish[said] - sentences.bearish[said]) * confidence
    return {
        "stance": rounded(ratio(day, stance, confidence, n)),
        "hype": rounded(ratio(day, *hyped(archive, said), n)),
        "net": rounded(ratio(of_mention, value, weight, n)),
        "stories": np.bincount(
            np.searchsorted(days, archive.days[np.unique(article)]), minlength=n
        ).tolist(),
        "sentences": np.bincount(day, minlength=n).tolist(),
    }


def _companies(selection: Selection, days: Ints) -> dict[str, dict[str, list[Any]]]:
    archive, n = selection.archive, max(len(days), 1)
    records = group_records(selection, "company")
    mention = records.mention[records.counted[records.record]]
    article = archive.sentences.article[archive.mentions.sentence[mention]]
    dated = archive.days[article] != UNDATED
    mention, article = mention[dated], article[dated]
    key = archive.mentions.company[mention] * n + np.searchsorted(days, archive.days[article])
    cells, cell = np.unique(key, return_inverse=True)
    value, weight = _weighed(selection, mention)
    net = rounded(ratio(cell, value, weight, len(cells)))
    sentences = np.bincount(cell, minlength=len(cells)).tolist()
    pairs = np.unique(np.stack((cell, article)), axis=1) if len(cell) else np.empty((2, 0), int)
    stories = np.bincount(pairs[0], minlength=len(cells)).tolist()
    result: dict[str, dict[str, list[Any]]] = {}
    for at, number in enumerate(cells.tolist()):
        series = result.setdefault(
            archive.companies[number // n], {"at": [], "net": [], "stories": [], "sentences": []}
        )
        for name, figure in (
            ("at", number % n), ("net", net[at]), ("stories", stories[at]),
            ("sentences", sentences[at]),
        ):  # fmt: skip
            series[name].append(figure)
    return result


def _weighed(selection: Selection, mention: Ints) -> tuple[Floats, Floats]:
    archive = selection.archive
    value, weight = judgement(archive, mention)
    judged = archive.mentions.positive, archive.mentions.negative, archive.mentions.neutral
    confidence = np.max([column[mention] for column in judged], axis=0)
    weight = weight * confidence * selection.relevance[mention] / _PERCENT
    return value * weight, weight
