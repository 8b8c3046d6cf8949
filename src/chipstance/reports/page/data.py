"""What the page shows of a report: chart rows made ready, each sentence and article held once."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Summary = Mapping[str, Any]
Values = dict[str, Any]
# Rows of the ranking and of the heat map: at most, and before companies with few stories fill it.
FEATURED = 30
_ENOUGH = 12
# Days that the sector's line is the mean of; a line over years needs a longer breath.
SMOOTHED = 7
SMOOTHED_LONG = 28
_LONG = 180
# Words marked in a sentence, and the share of the strongest word's that is worth a mark.
_MARKED = 8
_LEAST_SHARE = 0.15
_ABOUT = ("counted", "since", "until", "first", "last", "min_relevance", "only", "models")
_FIGURES = (
    "articles", "stories", "sentences", "positive", "negative", "neutral", "source", "net",
    "net_ci95", "change", "before", "mean_move_pct", "moves", "stance", "bullish", "bearish",
    "hype", "hype_share", "few",
)  # fmt: skip


def page_data(summary: Summary) -> Values:
    """Make a report's values ready for the page.

    Args:
        summary: As `reports.summary` describes it.

    Returns:
        Plain values for `json.dumps`.
    """
    days = sector_days(summary)
    featured = featured_companies(summary)
    evidence = _Evidence()
    return {
        "about": {name: summary[name] for name in _ABOUT}
        | {"smoothed_over": smoothing(summary), "stance_domain": stance_domain(days)},
        "totals": _figures(summary["totals"]) | {"undated": summary["totals"]["undated"]},
        "companies": [
            {"company": row["company"], "ticker": row["ticker"], "names": names_of(row)}
            | _figures(row)
            for row in summary["companies"]
        ],
        "topics": [{"topic": row["topic"]} | _figures(row) for row in summary["topics"]],
        "days": days,
        "featured": featured,
        "heat": {unit: heat_cells(summary, featured, unit) for unit in ("day", "week", "month")},
        "series": summary["series"]["companies"],
        "evidence": {
            company: {side: [evidence.add(each) for each in found] for side, found in both.items()}
            for company, both in summary["evidence"].items()
        },
        "sentences": evidence.sentences,
        "articles": evidence.articles,
    }


def _figures(row: Values) -> Values:
    return {name: row[name] for name in _FIGURES if name in row}


def featured_companies(summary: Summary) -> list[str]:
    """Ids of the most covered companies, best net sentiment first.

    Those that are quoted more often than judged, as banks are, are left out.
    """
    counted = summary["counted"]
    rows = [
        row
        for row in summary["companies"]
        if row["net"] is not None and row["source"] * 2 < row["sentences"]
    ]
    ranked = sorted(
        rows, key=lambda row: (row["few"], -row[counted], -row["sentences"], row["company"])
    )
    trusted = sum(not row["few"] for row in rows)
    most = ranked[: min(FEATURED, max(trusted, _ENOUGH))]
    return [row["company"] for row in sorted(most, key=lambda row: (-row["net"], row["company"]))]


def names_of(row: Values) -> dict[str, str]:
    """Names of a company by region; one that no table knows is called by its ticker."""
    names: dict[str, str] = row["names"]
    ticker: str | None = row["ticker"]
    unknown = set(names.values()) == {row["company"]}
    return dict.fromkeys(names, ticker) if ticker and unknown else names


def smoothing(summary: Summary) -> int:
    """How many days the sector's line is the mean of."""
    days = summary["series"]["days"]
    if not days:
        return SMOOTHED
    span = date.fromisoformat(days[-1]) - date.fromisoformat(days[0])
    return SMOOTHED if span.days <= _LONG else SMOOTHED_LONG


def sector_days(summary: Summary) -> list[Values]:
    """The sector day by day, with the running means of stance and hype.

    Args:
        summary: As `reports.summary` describes it.

    Returns:
        A row a day: `key` and `from` are the day, `to` the day after, `noon` its middle; `stance`
        and `hype` with their means, weighted by sentences; `volume` counts stories or articles.
        Between days of one `stretch` there is always an article for the mean to be of.
    """
    series = summary["series"]
    sector = series["sector"]
    window = timedelta(days=smoothing(summary))
    days = [date.fromisoformat(day) for day in series["days"]]
    first = stretch = 0
    rows = []
    for at, day in enumerate(days):
        stretch += at > 0 and day - days[at - 1] > window
        while days[first] <= day - window:
            first += 1
        near = slice(first, at + 1)
        rows.append(
            _period(day, day + timedelta(days=1))
            | {
                "key": str(day),
                "noon": f"{day}T12",
                "stretch": stretch,
                "stance": sector["stance"][at],
                "hype": sector["hype"][at],
                "stance_mean": _mean(sector["stance"][near], sector["sentences"][near]),
                "hype_mean": _mean(sector["hype"][near], sector["sentences"][near]),
                "volume": sector["stories"][at],
                "sentences": sector["sentences"][at],
            }
        )
    return rows


def stance_domain(days: Sequence[Values]) -> list[float]:
    """Ends of the stance axis: even about 0, in quarters, wide enough for every day."""
    widest = max((abs(day["stance"]) for day in days if day["stance"] is not None), default=1.0)
    end = max(0.25, math.ceil(widest * 4) / 4)
    return [-end, end]


def _period(start: date, end: date) -> Values:
    return {"from": str(start), "to": str(end)}


def _mean(values: Sequence[float | None], weights: Sequence[float]) -> float | None:
    known = [
        (value, weight) for value, weight in zip(values, weights, strict=True) if value is not None
    ]
    total = sum(weight for _, weight in known)
    return round(sum(value * weight for value, weight in known) / total, 4) if total else None


def heat_cells(summary: Summary, companies: Sequence[str], unit: str) -> list[Values]:
    """Net sentiment of companies in every day, week or month that has news of them.

    Args:
        summary: As `reports.summary` describes it.
        companies: Ids, top row first.
        unit: `day`, `week` (from Monday) or `month`.

    Returns:
        Cells: `row` is a place in `companies`, `from` the first day and `to` the day after the
        last; `net` is the mean of its days, weighted by sentences.
    """
    return [
        _period(start, end) | {"row": row, "net": _mean(nets, sentences), "volume": sum(volumes)}
        for row, company in enumerate(companies)
        for (start, end), nets, sentences, volumes in _gathered(summary, company, unit)
        if any(net is not None for net in nets)
    ]


def _gathered(
    summary: Summary, company: str, unit: str
) -> Iterator[tuple[tuple[date, date], list[float | None], list[float], list[int]]]:
    days = summary["series"]["days"]
    series = summary["series"]["companies"].get(company)
    if series is None:
        return
    places: dict[tuple[date, date], list[int]] = defaultdict(list)
    for each, at in enumerate(series["at"]):
        places[_span(date.fromisoformat(days[at]), unit)].append(each)
    for span, inside in places.items():
        nets, sentences, volumes = (
            [series[name][each] for each in inside] for name in ("net", "sentences", "stories")
        )
        yield span, nets, sentences, volumes


def _span(day: date, unit: str) -> tuple[date, date]:
    if unit == "day":
        return day, day + timedelta(days=1)
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)


class _Evidence:
    """Evidence sentences, each text and each article once however many companies it speaks of."""

    def __init__(self) -> None:
        self.sentences: list[Values] = []
        self.articles: list[Values] = []
        self._sentence_at: dict[tuple[int, str], int] = {}
        self._article_at: dict[str, int] = {}

    def add(self, sentence: Values) -> Values:
        article = self._article_at.setdefault(sentence["article"], len(self.articles))
        if article == len(self.articles):
            self.articles.append(
                {name: sentence[name] for name in ("title", "source", "published")}
            )
        key = article, sentence["text"]
        at = self._sentence_at.setdefault(key, len(self.sentences))
        if at == len(self.sentences):
            self.sentences.append({"text": sentence["text"], "article": article})
        return {
            "sentence": at,
            "p": sentence["p"].get(sentence["label"]),
            "words": _strongest(sentence["words"], sentence["text"]),
            **{name: sentence[name] for name in ("label", "mention", "move_pct")},
        }


def _strongest(words: Sequence[Sequence[Any]] | None, text: str) -> list[list[Any]] | None:
    """The words that moved a verdict most, in reading order; a page full of marks shows none."""
    if not words:
        return None
    ranked = sorted(words, key=lambda word: -abs(word[2]))[:_MARKED]
    least = _LEAST_SHARE * abs(ranked[0][2])
    return [
        list(word)
        for word in sorted(ranked, key=lambda word: word[0])
        if abs(word[2]) >= least and any(map(str.isalnum, text[word[0] : word[1]]))
    ]
