"""The whole report as plain values: what the page, the workbook and the pictures are made of.

`Summary` can be given to `json.dumps` as it is. Numbers are rounded to four digits; what is unknown
is None, and no mean stands without its count. Days are ISO dates of publication; when a row was
scored plays no part, and undated articles count in totals but in no series.

    {"counted": "stories",                        # or "articles"
     "since": None, "until": None,                # as asked; both days belong to the period
     "first": "2025-01-02", "last": "2025-03-01", # first and last day of what is counted, or None
     "min_relevance": 0, "only": [],              # company ids asked for, [] for all
     "models": [{"model": "default@0d4b80", "articles": 909}],   # more than one: say so
     "totals": {"articles": 909, "stories": 901, "undated": 0, … as in a row; {"undated": 0} alone
                where nothing is chosen},
     "companies": [{"company": "nvidia", "ticker": "NVDA.US",
                    "names": {"en": "NVIDIA", "tw": "輝達", "hk": "英偉達", "cn": "英伟达"},
                    "articles": 300, "stories": 290, "sentences": 1617,
                    "positive": 700, "negative": 400, "neutral": 500, "source": 17,
                    "net": 0.21, "net_ci95": [0.17, 0.25],
                    "change": 0.05, "before": {"net": 0.16, "stories": 250},
                    "mean_move_pct": 1.2, "moves": 210,
                    "stance": 0.1, "bullish": 600, "bearish": 500, "hype": 120, "hype_share": 0.07,
                    "few": False}, …],            # most stories first
     "days": [{"day": "2025-01-02", … as above …}],     # the sector; days with articles alone
     "weeks": [{"week": "2025-W01", …}], "topics": [{"topic": "demand", …}],
     "sources": [{"publisher": "etnet", …}],      # a row's "source" counts source mentions
     "series": {"days": ["2025-01-02", …],        # every day with an article, ascending
                "sector": {"stance": [0.1, …], "hype": [0.05, …], "net": [0.2, …],
                           "stories": [12, …], "sentences": [180, …]},   # a value for each day
                "companies": {"nvidia": {"at": [0, 3, …],     # places in `days`, ascending
                                         "net": [0.3, None, …],   # None: only named as a source
                                         "stories": [4, …], "sentences": [20, …]}}},
     "evidence": {"nvidia": {"for": [SENTENCE, …], "against": [SENTENCE, …]}}}   # strongest first

and SENTENCE is

    {"text": "…", "source": "etnet", "title": "…", "published": "2025-01-28",
     "article": "digest", "story": "digest", "novelty": 1.0, "relevance": 88,
     "label": "negative", "p": {"negative": 0.97, "neutral": 0.02, …}, "move_pct": -16.86,
     "stance": "bearish", "topic": "market", "hype": "plain",
     "mention": [3, 6],                           # where `text` names the company, or None
     "words": [[7, 9, 1.25], …]}                  # or None: start, end, share of the verdict

`net` and `stance` of `series` are weighted: a mention by relevance and confidence, a sentence by
confidence. Those of the tables are plain means, and hype is a share everywhere, so that they can be
recounted. A heat map of company by day is `series.companies` laid out; the rows `days` to `sources`
have every figure that a company's row has, `ticker` and `names` left out.
"""

from typing import Any

from chipstance.companies.company import REGIONS, CompanyTable
from chipstance.reports.report import Report
from chipstance.reports.sums.evidence import find_evidence
from chipstance.reports.sums.series import daily_series

Summary = dict[str, Any]
# Sentences for each company and side.
_EVIDENCE = 5


def summarise(report: Report, table: CompanyTable) -> Summary:
    """Make the plain values of a report; see the module's docstring for their shape.

    Args:
        report: What is chosen.
        table: Names of companies.
    """
    chosen = report.chosen
    asked, series = chosen.asked, daily_series(chosen)
    total = {name: value for row in report.rows("total") for name, value in row.items()}
    total.pop("total", None)
    return {
        "counted": "articles" if asked.articles else "stories",
        "since": asked.period.since and asked.period.since.isoformat(),
        "until": asked.period.until and asked.period.until.isoformat(),
        "first": series["days"][0] if series["days"] else None,
        "last": series["days"][-1] if series["days"] else None,
        "min_relevance": asked.min_relevance,
        "only": list(asked.only),
        "models": [{"model": name, "articles": n} for name, n in report.models.items()],
        "totals": total | {"undated": report.undated},
        "companies": [
            {
                **company_facts(row["company"], report, table),
                **{name: value for name, value in row.items() if name != "company"},
            }
            for row in report.rows("company")
        ],
        "days": report.rows("day"),
        "weeks": report.rows("week"),
        "topics": report.rows("topic"),
        "sources": report.rows("source"),
        "series": series,
        "evidence": find_evidence(chosen, _EVIDENCE),
    }


def company_facts(company: str, report: Report, table: CompanyTable) -> dict[str, Any]:
    """What is known of a company beside its figures: id, ticker, names by region."""
    return {
        "company": company,
        "ticker": report.chosen.archive.tickers.get(company),
        "names": {region: table.display_name(company, region) for region in REGIONS},
    }
