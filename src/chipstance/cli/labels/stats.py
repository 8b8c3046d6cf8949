"""`classify labels stats`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from chipstance.cli.options import columns_option, label_paths_argument
from chipstance.cli.telling import Problems, note, tell
from chipstance.printable import counted
from chipstance.shipped import shipped

# What one of the things that are counted is called.
_ONE = {
    "articles": "article", "rows": "row", "companies": "company", "company_labels": "company label",
}  # fmt: skip


@click.command("stats")
@label_paths_argument
@columns_option
def label_stats(paths: Sequence[Path], columns: Mapping[str, str]) -> None:
    """Count rows, articles, companies and every label, by default of the shipped files.

    \b
    Example:
      classify labels stats
    """
    from chipstance.labels.counts import label_counts, totals
    from chipstance.labels.reading import read_labels

    problems = Problems()
    rows = read_labels(paths or [shipped("labels")], problems=problems, columns=columns, notes=note)
    tell(", ".join(counted(n, _ONE[name]) for name, n in totals(rows).items()))
    lengths = sorted(len(row.text) for row in rows)
    longest = sum(length > 120 for length in lengths)
    tell(
        f"characters: mean {sum(lengths) / len(rows):.0f}, median {lengths[len(rows) // 2]},"
        f" {counted(longest, 'row')} over 120"
    )
    for task, counts in label_counts(rows).items():
        n = sum(counts.values())
        shown = ", ".join(f"{label} {c} ({c / n:.1%})" for label, c in counts.most_common())
        tell(f"{task}: {shown}")
    problems.exit()
