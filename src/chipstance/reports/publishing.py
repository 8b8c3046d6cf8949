"""From files of scored rows to everything that a report is written as."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING

from chipstance.errors import ChipstanceError
from chipstance.reports.collecting import collect
from chipstance.reports.grouping import Group
from chipstance.reports.outputs import write_csv, write_json, write_parquet
from chipstance.reports.reading import Problems, scored_files, scored_rows
from chipstance.reports.report import Report, make_report, notes
from chipstance.reports.rows import replacing
from chipstance.reports.selection import Asked
from chipstance.reports.totals import KEYS, Figures

if TYPE_CHECKING:
    from chipstance.reports.page.look import Language
    from chipstance.reports.summary import Summary

# Companies, the most covered, of which the page shows what moved the verdicts: a millisecond each.
_EXPLAINED = 50
# Sentences for and against in a row of a company.
_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Outputs:
    """What to write and where.

    Attributes:
        by: What to make a row of.
        form: table, csv, json, parquet or xlsx.
        output: A file; None for stdout.
        bom: Whether CSV begins with a byte order mark.
        top: Rows of the table, 0 for all.
        stories: A file for the rows with their stories.
        stories_form: jsonl, csv or parquet.
        html: A file for the page.
        pictures: What to call the pictures, `.svg` or `.png`.
        language: Of the pictures.
        model: Folder of the model that made the rows, to show what moved it; None for the shipped.
        companies: A company table of one's own, for names.
    """

    by: Group
    form: str
    output: Path | None
    bom: bool
    top: int
    stories: Path | None
    stories_form: str
    html: Path | None
    pictures: Path | None
    language: "Language"
    model: Path | None
    companies: Path | None


def publish(
    paths: Sequence[str],
    asked: Asked,
    outputs: Outputs,
    *,
    problems: Problems,
    note: Callable[[str], None],
) -> None:
    """Read rows and write a report of them.

    Args:
        paths: Files and folders of scored rows, or `-`.
        asked: What to choose.
        outputs: What to write.
        problems: Told in one line of everything that cannot be read.
        note: Told what a reader of the figures must know.

    Raises:
        ChipstanceError: There is no row to report on, or an output cannot be written.
    """
    files = scored_files(paths, problems)
    archive = collect(row for row, _ in scored_rows(files, problems))
    if not archive.articles:
        raise ChipstanceError("no scored row to report on; make some: classify score FILE -o OUT")
    for company in asked.only:
        if company not in archive.companies:
            raise ChipstanceError(
                f"{company}: no row names this company; for ids see: classify companies show NAME"
            )
    report = make_report(archive, asked)
    for line in notes(report):
        note(line)
    _write(report, outputs, note)
    if outputs.stories is not None:
        from chipstance.reports.retelling import rows_with_stories
        from chipstance.reports.rows import WRITERS

        with replacing(outputs.stories) as out:
            WRITERS[outputs.stories_form](rows_with_stories(files, report), out)


def _write(report: Report, outputs: Outputs, note: Callable[[str], None]) -> None:
    needed = outputs.html or outputs.pictures or outputs.form == "xlsx"
    summary = _summary(report, outputs) if needed else None
    if summary is not None and outputs.html is not None:
        _add_words(summary, outputs, note)
    if outputs.form == "table":
        _write_table(report, outputs)
    else:
        with _opened(outputs.output) as out:
            if summary is not None and outputs.form == "xlsx":
                from chipstance.reports.workbook import write_workbook

                write_workbook(summary, out, note)
            elif outputs.form == "csv":
                write_csv(_rows(report, outputs.by), out, bom=outputs.bom)
            else:
                {"json": write_json, "parquet": write_parquet}[outputs.form](
                    _rows(report, outputs.by), out
                )
    if summary is not None and outputs.html is not None:
        from chipstance.reports.page.render import render

        with replacing(outputs.html) as out:
            out.write(render(summary))
    if summary is not None and outputs.pictures is not None:
        from chipstance.reports.pictures import write_pictures

        write_pictures(summary, outputs.pictures, outputs.language, note)


def _opened(output: Path | None) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(sys.stdout.buffer) if output is None else replacing(output)


def _summary(report: Report, outputs: Outputs) -> "Summary":
    from chipstance.companies.table import load_table
    from chipstance.reports.summary import summarise

    return summarise(report, load_table(outputs.companies))


def _add_words(summary: "Summary", outputs: Outputs, note: Callable[[str], None]) -> None:
    """Have the model that made the rows say which words moved it."""
    from chipstance.models.model import load
    from chipstance.reports.words import add_words

    model = load(outputs.model, companies=outputs.companies)
    names = [each["model"] for each in summary["models"]]
    if names == [model.name]:
        most = [row["company"] for row in summary["companies"][:_EXPLAINED]]
        add_words(summary["evidence"], most, model)
    else:
        note(
            f"the page marks no words: {model.name} did not make these rows;"
            " give the one that did with --model"
        )


def _rows(report: Report, by: Group) -> list[Figures]:
    """Rows as they are written: companies with their ticker and strongest sentences."""
    rows = report.rows(by)
    if by != "company":
        return rows
    from chipstance.reports.evidence import find_evidence

    evidence = find_evidence(report.chosen, _SENTENCES)
    tickers = report.chosen.archive.tickers
    return [
        {"company": row["company"], "ticker": tickers.get(row["company"])}
        | row
        | evidence[row["company"]]
        for row in rows
    ]


def _write_table(report: Report, outputs: Outputs) -> None:
    from chipstance.reports.overview import print_report, print_sentences
    from chipstance.reports.terminal import terminal

    rows = _rows(report, outputs.by) if report.chosen.asked.only else report.rows(outputs.by)
    with _opened(outputs.output) as out:
        file = TextIOWrapper(out, encoding="utf-8") if outputs.output is not None else None
        console = terminal(file)
        print_report(
            console, rows, KEYS.get(outputs.by, outputs.by), head=_head(report), most=outputs.top
        )
        if outputs.by == "company" and report.chosen.asked.only:
            print_sentences(console, rows)
        if file is not None:
            file.detach()


def _head(report: Report) -> str:
    """Days, articles, stories and sentences in a line."""
    total = next(iter(report.rows("total")), None)
    if total is None:
        return "nothing chosen"
    days = report.days
    return " · ".join(_head_parts(total, days))


def _head_parts(total: Figures, days: tuple[str, str] | None) -> Iterator[str]:
    if days is not None:
        yield days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}"
    for name in ("articles", "stories", "sentences"):
        yield f"{total[name]} {name if total[name] != 1 else _ONE[name]}"


_ONE = {"articles": "article", "stories": "story", "sentences": "sentence"}
