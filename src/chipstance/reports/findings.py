"""What a report says, without the rows it was made of: small enough to be sent and written.

Making it needs all rows; writing it, as table, workbook, page or pictures, needs only this.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from chipstance.errors import ChipstanceError
from chipstance.printable import counted
from chipstance.reports.report import Report, make_report, notes
from chipstance.reports.sums.archive import Archive
from chipstance.reports.sums.few import Figures
from chipstance.reports.sums.grouping import Group
from chipstance.reports.sums.selection import Asked

if TYPE_CHECKING:
    from chipstance.reports.summary import Summary

# Companies, the most covered, of which the page shows what moved the verdicts: a millisecond each.
_EXPLAINED = 50
# Sentences for and against in a row of a company.
_SENTENCES = 3
_SHOWN = {"articles": "article", "stories": "story", "sentences": "sentence"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be found.

    Attributes:
        by: What to make a row of.
        evidence: Whether rows of companies come with their ticker and strongest sentences.
        summary: Whether everything is to be summed up, as pages, pictures and workbooks need.
        words: Whether that is to say which words moved the verdicts.
        model: The model that made the rows, for that; None for the one in use.
        companies: A company table of one's own, for names.
    """

    by: Group
    evidence: bool
    summary: bool
    words: bool
    model: Path | None
    companies: Path | None


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found.

    Attributes:
        head: Days, articles, stories and sentences in a line.
        rows: A row for each group.
        summary: All there is to say; None where it was not wanted.
        notes: What a reader of the figures must know, a line each.
    """

    head: str
    rows: list[Figures]
    summary: "Summary | None"
    notes: tuple[str, ...]


def choose(archive: Archive, asked: Asked) -> Report:
    """Choose what was asked for.

    Raises:
        ChipstanceError: There is nothing to report on, or no such company.
    """
    if not archive.articles:
        raise ChipstanceError("no scored row to report on; make some: classify score FILE -o OUT")
    there = set(archive.companies)
    for ids in asked.alternatives or [(company,) for company in asked.only]:
        if there.isdisjoint(ids):
            raise ChipstanceError(
                f"{' or '.join(ids)}: no row names this company;"
                " for ids see: classify companies show NAME"
            )
    return make_report(archive, replace(asked, only=tuple(filter(there.__contains__, asked.only))))


def find(report: Report, wanted: Wanted) -> Findings:
    """Work out what is to be written of a report.

    Args:
        report: What is chosen.
        wanted: What of it is to be found.

    Raises:
        CompanyTableError: The table of one's own cannot be used.
        ModelError: The model that is to say which words moved it is missing or damaged.
    """
    said = list(notes(report, wanted.by))
    summary = None
    if wanted.summary:
        from chipstance.companies.table import load_table
        from chipstance.reports.summary import summarise

        summary = summarise(report, load_table(wanted.companies))
        if wanted.words:
            said += _add_words(summary, wanted)
    rows = report.rows(wanted.by)
    if wanted.evidence and wanted.by == "company":
        rows = _with_evidence(rows, report)
    return Findings(_head(report), rows, summary, tuple(said))


def _add_words(summary: "Summary", wanted: Wanted) -> list[str]:
    """Have the model that made the rows say which words moved it; a note where it did not."""
    from chipstance.models.verdicts.model import load
    from chipstance.reports.words import add_words

    names = [each["model"] for each in summary["models"]]
    if not names:
        # No row is chosen, which is said already.
        return []
    model = load(wanted.model, companies=wanted.companies)
    if names != [model.name]:
        return [
            f"the page marks no words: {model.name} did not make these rows;"
            " give the one that did with --model"
        ]
    most = [row["company"] for row in summary["companies"][:_EXPLAINED]]
    add_words(summary["evidence"], most, model)
    return []


def _with_evidence(rows: list[Figures], report: Report) -> list[Figures]:
    from chipstance.reports.sums.evidence import find_evidence

    evidence = find_evidence(report.chosen, _SENTENCES)
    tickers = report.chosen.archive.tickers
    return [
        {"company": row["company"], "ticker": tickers.get(row["company"])}
        | row
        | evidence[row["company"]]
        for row in rows
    ]


def _head(report: Report) -> str:
    total = next(iter(report.rows("total")), None)
    return "nothing chosen" if total is None else " · ".join(_head_parts(total, report.days))


def _head_parts(total: Figures, days: tuple[str, str] | None) -> Iterator[str]:
    if days is not None:
        yield days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}"
    for name, noun in _SHOWN.items():
        yield counted(total[name], noun)
