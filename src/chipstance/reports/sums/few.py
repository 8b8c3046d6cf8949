"""What a few articles add up to per company, in the standard library alone.

The same figures as in `totals`, but for intervals, which so few articles have none of that anybody
is shown. One article is added up in less time than importing numpy takes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from chipstance.reports.rows.parsing import RowMention, ScoredRow

Figures = dict[str, Any]
# A mean over fewer stories says little.
FEW = 5
SENTIMENTS = ("positive", "negative", "neutral", "source")
DIGITS = 4
# A company in a sentence.
_Said = tuple[ScoredRow, RowMention]


def few_totals(rows: Iterable[ScoredRow]) -> list[Figures]:
    """Add up per company, every article for itself and none a copy of another.

    Args:
        rows: Of fewer than `FEW` articles, scored by one model.

    Returns:
        As `totals` gives them, `net_ci95` always None.
    """
    said: dict[str, list[_Said]] = {}
    for row in _each_once(rows):
        for named in row.companies:
            said.setdefault(named.company, []).append((row, named))
    found = [{"company": company} | _figures(each) for company, each in said.items()]
    return sorted(found, key=lambda row: (-row["stories"], -row["sentences"], row["company"]))


def _each_once(rows: Iterable[ScoredRow]) -> Iterable[ScoredRow]:
    """Each sentence of each article; what settles a tie is as in `ordering` without digests."""
    kept: dict[tuple[Any, int], ScoredRow] = {}
    for row in rows:
        place = _article(row), row.number
        kept[place] = min(kept.get(place, row), row, key=lambda each: (each.bullish, each.bearish))
    return kept.values()


def _article(row: ScoredRow) -> tuple[str, str | None, str | None]:
    return row.article, row.source, row.published


def _figures(said: Sequence[_Said]) -> Figures:
    articles = len({_article(row) for row, _ in said})
    sentiments = Counter(named.sentiment for _, named in said)
    judged = [
        named for _, named in said
        if named.sentiment not in (None, "source")
        and (named.positive > 0 or named.negative > 0 or named.neutral > 0)
    ]  # fmt: skip
    listed = any(named.ticker for _, named in said)
    moves = list(_moves(said)) if listed else []
    return {
        "articles": articles,
        "stories": articles,
        "sentences": len(said),
        **{name: sentiments[name] for name in SENTIMENTS},
        "bullish": sum(row.stance == "bullish" for row, _ in said),
        "bearish": sum(row.stance == "bearish" for row, _ in said),
        "hype": sum(row.hype == "hype" for row, _ in said),
        "few": True,
        "net": _mean(sum(each.positive - each.negative for each in judged), len(judged)),
        "net_ci95": None,
        "mean_move_pct": _mean(sum(moves), len(moves), 2),
        "moves": len(moves),
        "stance": _mean(
            sum(row.bullish - row.bearish for row, _ in said),
            sum(row.stance_confidence > 0 for row, _ in said),
        ),
        "hype_share": _mean(
            sum(row.hype == "hype" for row, _ in said),
            sum(row.hype_confidence > 0 for row, _ in said),
        ),
        "change": None,
        "before": None,
    }


def _moves(said: Iterable[_Said]) -> Iterator[float]:
    """Stated moves; the same figure twice in an article counts once."""
    hundredths = {
        (_article(row), round(named.move_pct * 100))
        for row, named in said
        if named.move_pct is not None
    }
    return (each / 100 for _, each in sorted(hundredths, key=str))


def _mean(total: float, count: int, digits: int = DIGITS) -> float | None:
    return round(total / count, digits) + 0.0 if count else None
