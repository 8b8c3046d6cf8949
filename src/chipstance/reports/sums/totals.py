"""Adding up: figures per company, day, week, topic and source.

Net sentiment is the mean of p(positive) - p(negative), from -1 to 1, over the mentions that are not
labelled source: a broker that is quoted is not judged. So positive, negative and neutral together
are its count. It is None where nothing but sources is counted.

Stated moves are of listed companies, those with a ticker; the same figure of a company twice in an
article counts once.

What is counted where, and which copies of a story count, is for `grouping`.
"""

from datetime import date
from typing import Any

import numpy as np

from chipstance.reports.sums.archive import NONE, Archive, Floats, Ints
from chipstance.reports.sums.few import DIGITS, FEW, SENTIMENTS, Figures
from chipstance.reports.sums.grouping import Group, Records, group_records
from chipstance.reports.sums.intervals import intervals
from chipstance.reports.sums.selection import Selection

# A row's `source` is a count already.
KEYS = {"source": "publisher"}
_LEAST_WEIGHT = 1e-9


def totals(selection: Selection, by: Group, before: Selection | None = None) -> list[Figures]:
    """Add a selection up.

    Args:
        selection: What is chosen.
        by: What to make a row of.
        before: The same of the period before, to compare with; days and weeks are compared with
            the ones before them.

    Returns:
        A row for each group, as in the docstring of `summary`: days and weeks ascending, others by
        most stories.
    """
    rows, key = _figures(selection, by), KEYS.get(by, by)
    if by in ("day", "week"):
        return _compared_in_turn(rows, by)
    earlier = {row[key]: row for row in _figures(before, by)} if before is not None else {}
    for row in rows:
        _compare(row, earlier.get(row[key]))

    def most_first(row: Figures) -> tuple[int, int, str]:
        return -row["stories"], -row["sentences"], row[key] or ""

    return sorted(rows, key=most_first)


def _figures(selection: Selection, by: Group) -> list[Figures]:
    records = group_records(selection, by)
    columns = _counts(selection, records) | _means(selection, records)
    rows = [
        {KEYS.get(by, by): name} | {column: values[at] for column, values in columns.items()}
        for at, name in enumerate(records.names)
    ]
    return [row for row in rows if row["articles"]]


def _distinct(group: Ints, value: Ints, n_groups: int) -> Ints:
    """How many different values each group has."""
    if not len(group):
        return np.zeros(n_groups, dtype=np.int64)
    n_values = int(value.max()) + 1
    return np.bincount(np.unique(group * n_values + value) // n_values, minlength=n_groups)


def _counts(selection: Selection, records: Records) -> dict[str, list[Any]]:
    archive, n = selection.archive, len(records.names)
    article = archive.sentences.article[records.sentence]
    story = selection.stories.story[article[records.counted]]
    counted = records.sentence[records.counted]
    group = records.group[records.counted]
    mention, mention_group = _counted_mentions(records)
    label = archive.mentions.label[mention]
    columns: dict[str, list[Any]] = {
        "articles": _distinct(records.group, article, n).tolist(),
        "stories": _distinct(group, story, n).tolist(),
        "sentences": np.bincount(group, minlength=n).tolist(),
    }
    for name in SENTIMENTS:
        which = label == archive.code(name)
        columns[name] = np.bincount(mention_group[which], minlength=n).tolist()
    for name, task in (("bullish", "stance"), ("bearish", "stance"), ("hype", "hype")):
        which = getattr(archive.sentences, task)[counted] == archive.code(name)
        columns[name] = np.bincount(group[which], minlength=n).tolist()
    judged = label != archive.code("source")
    article = archive.sentences.article[archive.mentions.sentence[mention]]
    columns["few"] = (_distinct(mention_group[judged], article[judged], n) < FEW).tolist()
    return columns


def _counted_mentions(records: Records) -> tuple[Ints, Ints]:
    chosen = records.counted[records.record]
    return records.mention[chosen], records.group[records.record[chosen]]


def _means(selection: Selection, records: Records) -> dict[str, list[Any]]:
    archive, n = selection.archive, len(records.names)
    # Column by column: all at once would be a second copy of the archive.
    said, group = records.sentence[records.counted], records.group[records.counted]
    mention, mention_group = _counted_mentions(records)
    sentences, mentions = archive.sentences, archive.mentions
    article = sentences.article[mentions.sentence[mention]]
    value, weight = judgement(archive, mention)
    net = ratio(mention_group, value, weight, n)
    # Articles that only quote a company say nothing of how sure its mean is.
    said_of = weight > 0
    units = _by_article(mention_group[said_of], article[said_of], value[said_of], weight[said_of])
    bounds = intervals(*units, n)
    stance = sentences.bullish[said] - sentences.bearish[said]
    judged = (sentences.stance_confidence[said] > 0).astype(np.float64)
    listed = np.array([each in archive.tickers for each in archive.companies], dtype=bool)
    moved = ~np.isnan(mentions.move[mention]) & listed[mentions.company[mention]]
    moves, move = _moves(
        mention_group[moved], article[moved], mentions.company[mention[moved]],
        mentions.move[mention[moved]], n,
    )  # fmt: skip
    return {
        "net": rounded(net),
        "net_ci95": [None if np.isnan(low) else rounded([low, high]) for low, high in bounds],
        "mean_move_pct": rounded(move, 2),
        "moves": moves.tolist(),
        "stance": rounded(ratio(group, stance, judged, n)),
        "hype_share": rounded(ratio(group, *hyped(archive, said), n)),
    }


def hyped(archive: Archive, said: Ints) -> tuple[Floats, Floats]:
    """Which sentences are hype, and which have a verdict of it, 0 or 1 each."""
    sentences = archive.sentences
    is_hype = sentences.hype[said] == archive.code("hype")
    return is_hype.astype(np.float64), (sentences.hype_confidence[said] > 0).astype(np.float64)


def judgement(archive: Archive, mention: Ints) -> tuple[Floats, Floats]:
    """What mentions say of their companies, and whether they say anything at all.

    Args:
        archive: The archive.
        mention: Numbers of mentions, `(n,)`.

    Returns:
        p(positive) - p(negative), 0 for a source, `(n,)`; and 1, or 0 for a source, a mention
        without a sentiment, or one of a model with labels of its own, `(n,)`.
    """
    mentions = archive.mentions
    label = mentions.label[mention]
    positive, negative = mentions.positive[mention], mentions.negative[mention]
    known = (positive > 0) | (negative > 0) | (mentions.neutral[mention] > 0)
    judged = (label != archive.code("source")) & (label != NONE) & known
    weight = judged.astype(np.float64)
    return (positive - negative) * weight, weight


def _by_article(
    group: Ints, article: Ints, value: Floats, weight: Floats
) -> tuple[Ints, Floats, Floats]:
    """What each article adds to each group."""
    n_articles = int(article.max()) + 1 if len(article) else 1
    keys, of_mention = np.unique(group * n_articles + article, return_inverse=True)
    values = np.bincount(of_mention, weights=value, minlength=len(keys))
    weights = np.bincount(of_mention, weights=weight, minlength=len(keys))
    return keys // n_articles, values.astype(np.float64), weights.astype(np.float64)


def _moves(
    group: Ints, article: Ints, company: Ints, move: Floats, n_groups: int
) -> tuple[Ints, Floats]:
    """Count and mean of moves; the same figure of a company twice in an article counts once."""
    if not len(move):
        return np.zeros(n_groups, dtype=np.int64), np.full(n_groups, np.nan)
    distinct = np.unique(np.stack((group, article, company, np.round(move * 100))), axis=1)
    of_group = distinct[0].astype(np.int64)
    counts = np.bincount(of_group, minlength=n_groups)
    return counts, ratio(of_group, distinct[-1] / 100, np.ones(len(of_group)), n_groups)


def ratio(group: Ints, value: Floats, weight: Floats, n_groups: int) -> Floats:
    """Sum of values over sum of weights of each group; NaN where nothing weighs."""
    above = np.bincount(group, weights=value, minlength=n_groups)
    below = np.bincount(group, weights=weight, minlength=n_groups)
    known = below > _LEAST_WEIGHT
    result: Floats = np.divide(above, below, out=np.full(n_groups, np.nan), where=known)
    return result


def rounded(values: Any, digits: int = DIGITS) -> list[float | None]:
    """Plain rounded numbers, None for NaN."""
    return [
        None if np.isnan(value) else round(float(value), digits) + 0.0
        for value in np.asarray(values, dtype=np.float64)
    ]


def _compare(row: Figures, earlier: Figures | None) -> None:
    known = earlier is not None and None not in (row["net"], earlier["net"])
    row["change"] = round(row["net"] - earlier["net"], DIGITS) if known and earlier else None
    row["before"] = {name: earlier[name] for name in ("net", "stories")} if earlier else None


def _compared_in_turn(rows: list[Figures], by: Group) -> list[Figures]:
    def number(row: Figures) -> int:
        if by == "day":
            return date.fromisoformat(row["day"]).toordinal()
        return date.fromisocalendar(int(row["week"][:4]), int(row["week"][6:]), 1).toordinal() // 7

    known = {number(row): row for row in rows}
    for row in rows:
        _compare(row, known.get(number(row) - 1))
    return [row for _, row in sorted(known.items())]
