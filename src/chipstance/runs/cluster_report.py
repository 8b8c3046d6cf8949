"""A report whose rows are read and added up by the workers of a Dask cluster.

Each worker puts rows of the files it is given into columns; these are joined a few at a time, and
the worker that holds the last ones works out what the report says. What comes here is that: some
megabytes, whatever was read. The last worker needs memory for all columns, 0.6 kB a row.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import Path

from chipstance.callbacks import Say
from chipstance.models.stored.store import DEFAULT
from chipstance.reports.findings import Findings, Wanted, choose, find
from chipstance.reports.publishing import Outputs, write
from chipstance.reports.rows.reading import scored_files, scored_rows
from chipstance.reports.sums.collecting import ArchiveBuilder
from chipstance.reports.sums.selection import Asked
from chipstance.runs.scheduler import connected, lost_with_workers
from chipstance.runs.work import folder_of

# What a task makes of files: their rows in columns, and what was lost of them.
Collected = tuple[ArchiveBuilder, list[str]]
_JOINED_AT_ONCE = 8


def report_on_cluster(
    paths: Sequence[str],
    asked: Asked,
    outputs: Outputs,
    *,
    address: str,
    problems: Say,
    note: Say,
) -> None:
    """Write the report that `publish` writes, of rows that stay in shared storage.

    Args:
        paths: Files and folders of scored rows, which every machine sees under the same names.
        asked: What to choose.
        outputs: What to write, here; `stories` is none.
        address: Of the scheduler, such as `tcp://10.0.0.1:8786`.
        problems: Told in one line of everything that cannot be read.
        note: Told what a reader of the figures must know.

    Raises:
        ChipstanceError: There is no row to report on, an output cannot be written, no scheduler or
            worker answers, or workers keep dying.
    """
    files = scored_files([os.path.abspath(path) for path in paths], problems)
    wanted = _absolute(outputs.wanted(asked))
    with connected(address) as client, lost_with_workers("a task"):
        joined = [client.submit(collect_file, file, pure=False) for file in files]
        while len(joined) > 1:
            joined = [
                client.submit(join, joined[at : at + _JOINED_AT_ONCE], pure=False)
                for at in range(0, len(joined), _JOINED_AT_ONCE)
            ]
        whole = joined[0] if joined else client.submit(join, [], pure=False)
        for line in client.submit(itemgetter(1), whole).result():
            problems(line)
        findings = client.submit(conclude, whole, asked, wanted, pure=False).result()
    write(findings, outputs, note)


def collect_file(file: str) -> Collected:
    """Read the rows of a file."""
    builder, lost = ArchiveBuilder(), list[str]()
    for row, _ in scored_rows([file], lost.append):
        builder.add(row)
    return builder, lost


def join(parts: Sequence[Collected]) -> Collected:
    """Put what tasks collected together, in their order; they stay as they are."""
    builder, lost = ArchiveBuilder(), list[str]()
    for part, its in parts:
        builder.absorb(part)
        lost += its
    return builder, lost


def conclude(whole: Collected, asked: Asked, wanted: Wanted) -> Findings:
    """Work out what the report says of all rows.

    Args:
        whole: All that was collected; it stays as it is.
        asked: What to choose.
        wanted: What is to be found.

    Raises:
        ChipstanceError: There is no row to report on, or no such company.
        CompanyTableError: The table of one's own cannot be used.
        ModelError: The model that is to say which words moved it is missing or damaged.
    """
    # A copy: to finish a builder is to use it up, and a task may be done twice.
    builder = ArchiveBuilder()
    builder.absorb(whole[0])
    return find(choose(builder.finish(), asked), wanted)


def _absolute(wanted: Wanted) -> Wanted:
    """As a worker understands it, for whom another model may be in use."""
    companies = wanted.companies and wanted.companies.absolute()
    if not wanted.words:
        # Without these none is opened, and the one in use may be gone.
        return replace(wanted, companies=companies)
    return replace(wanted, model=folder_of(wanted.model) or Path(DEFAULT), companies=companies)
