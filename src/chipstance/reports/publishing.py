"""From files of scored rows to everything that a report is written as."""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING

from chipstance.articles.inputs import total_size
from chipstance.callbacks import Progress, Say
from chipstance.printable import safe_stream
from chipstance.reports.findings import Findings, Wanted, choose, find
from chipstance.reports.outputs import write_csv, write_json, write_parquet
from chipstance.reports.rows.reading import scored_files, scored_rows
from chipstance.reports.rows.replacing import replacing
from chipstance.reports.sums.collecting import collect
from chipstance.reports.sums.grouping import Group
from chipstance.reports.sums.selection import Asked
from chipstance.reports.sums.totals import KEYS

if TYPE_CHECKING:
    from chipstance.reports.page.look import Language

# Given what says how many bytes there are to read, opens what is told of those that are read.
Watch = Callable[[Callable[[], int]], AbstractContextManager[Progress]]


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
        model: The model that made the rows, to show what moved it, a folder or what `store.find`
            knows it by; None for the one in use.
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

    def wanted(self, asked: Asked) -> Wanted:
        """What has to be found for all of this."""
        return Wanted(
            by=self.by,
            evidence=self.form != "table" or bool(asked.only),
            summary=bool(self.html or self.pictures or self.form == "xlsx"),
            words=self.html is not None,
            model=self.model,
            companies=self.companies,
        )


def _unwatched(_total: Callable[[], int]) -> AbstractContextManager[Progress]:
    return nullcontext(lambda _n_bytes: None)


def publish(
    paths: Sequence[str],
    asked: Asked,
    outputs: Outputs,
    *,
    problems: Say,
    note: Say,
    watch: Watch = _unwatched,
) -> None:
    """Read rows and write a report of them.

    Args:
        paths: Files and folders of scored rows, or `-`.
        asked: What to choose.
        outputs: What to write.
        problems: Told in one line of everything that cannot be read.
        note: Told what a reader of the figures must know.
        watch: Asked for progress while the rows are read, once, and once more for the stories.

    Raises:
        ChipstanceError: There is no row to report on, or an output cannot be written.
    """
    files = scored_files(paths, problems)
    watched = partial(watch, partial(total_size, files))
    with watched() as progress:
        archive = collect(row for row, _ in scored_rows(files, problems, progress))
    report = choose(archive, asked)
    findings = find(report, outputs.wanted(asked))
    if outputs.stories is not None:
        from chipstance.reports.retelling import rows_with_stories
        from chipstance.reports.rows.forms import write_rows

        with watched() as progress, replacing(outputs.stories) as out:
            write_rows(rows_with_stories(files, report, progress), outputs.stories_form, out)
    write(findings, outputs, note)


def write(findings: Findings, outputs: Outputs, note: Say) -> None:
    """Write what was found, `outputs.stories` apart, which needs the rows.

    Args:
        findings: Of all that `outputs.wanted` asks for.
        outputs: What to write.
        note: Told what a reader of the figures must know.

    Raises:
        ChipstanceError: An output cannot be written.
    """
    for line in findings.notes:
        note(line)
    if findings.summary is not None and outputs.html is not None:
        from chipstance.reports.page.render import render

        with replacing(outputs.html) as out:
            out.write(render(findings.summary))
    if findings.summary is not None and outputs.pictures is not None:
        from chipstance.reports.pictures import write_pictures

        write_pictures(findings.summary, outputs.pictures, outputs.language, note)
    # The last, as whoever reads stdout may have enough of it and end all.
    with _opened(outputs.output) as out:
        if outputs.form == "table":
            _write_table(findings, outputs, out)
        elif findings.summary is not None and outputs.form == "xlsx":
            from chipstance.reports.workbook import write_workbook

            write_workbook(findings.summary, out, note)
        elif outputs.form == "csv":
            write_csv(findings.rows, out, bom=outputs.bom)
        else:
            {"json": write_json, "parquet": write_parquet}[outputs.form](findings.rows, out)


def _opened(output: Path | None) -> AbstractContextManager[IO[bytes]]:
    return nullcontext(safe_stream(sys.stdout.buffer)) if output is None else replacing(output)


def _write_table(findings: Findings, outputs: Outputs, out: IO[bytes]) -> None:
    from chipstance.reports.terminal.overview import print_report, print_sentences
    from chipstance.reports.terminal.scored import terminal

    file = TextIOWrapper(out, encoding="utf-8") if outputs.output is not None else None
    console = terminal(file)
    by = KEYS.get(outputs.by, outputs.by)
    print_report(console, findings.rows, by, head=findings.head, most=outputs.top)
    if outputs.by == "company" and findings.rows and "for" in findings.rows[0]:
        print_sentences(console, findings.rows)
    if file is not None:
        file.detach()
