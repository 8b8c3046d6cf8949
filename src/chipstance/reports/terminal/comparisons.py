"""Comparisons of two models, for people and for programs."""

from typing import Any

from rich.console import Console
from rich.table import Table

from chipstance.models.judging.comparing import Comparison
from chipstance.models.judging.paired import Paired
from chipstance.printable import printable

_FLIPS, _TEXTS = 6, 10
_VERDICTS = {
    "better": "The second model is better.",
    "worse": "The second model is worse.",
    "not better": "The second model is not better.",
}


def as_json(comparison: Comparison) -> dict[str, Any]:
    """As plain values: both names, the verdict, each task, and every verdict that changed."""
    return {
        "models": list(comparison.names),
        "verdict": comparison.verdict,
        "tasks": {each.task: each.as_json() for each in comparison.tasks},
        "flips": [
            {
                "task": flip.task, "text": flip.text, "company": flip.company, "where": flip.where,
                "from": flip.first, "to": flip.second, "right": flip.right,
            }
            for flip in comparison.flips
        ],
    }  # fmt: skip


def as_table(comparison: Comparison) -> str:
    """A row for each task, the commonest changes, and some sentences that changed."""
    console = Console(width=110, markup=False)
    table = Table(box=None, pad_edge=False)
    table.add_column("task")
    for name in ("n", "first", "second", "difference, 95 %", "mended", "spoiled", "p", ""):
        table.add_column(name, justify="right")
    for each in comparison.tasks:
        low, high = each.difference_ci95
        table.add_row(
            printable(each.task), str(each.n), f"{each.first:.3f}", f"{each.second:.3f}",
            f"{each.difference:+.3f} ({low:+.3f} to {high:+.3f})", str(each.won), str(each.lost),
            f"{each.p:.3f}", each.verdict,
        )  # fmt: skip
    with console.capture() as capture:
        first, second = map(printable, comparison.names)
        console.print(f"first: {first}   second: {second}   (macro-F1)")
        console.print(table)
        for each in comparison.tasks:
            if each.flips:
                line = printable(f"{each.task}: {_flips(each)}")
                console.print(f"\n{line}", highlight=False, soft_wrap=True)
        for flip in comparison.flips[:_TEXTS]:
            line = (
                f"  {flip.company or flip.task}: {flip.first} → {flip.second},"
                f" right is {flip.right}: {flip.text}"
            )
            console.print(printable(line), highlight=False, soft_wrap=True)
        if (more := len(comparison.flips) - _TEXTS) > 0:
            console.print(f"  … and {more} more; --format json lists them all")
        console.print(f"\n{_VERDICTS[comparison.verdict]}")
    return capture.get().rstrip()


def _flips(task: Paired) -> str:
    commonest = sorted(task.flips.items(), key=lambda each: (-each[1], each[0]))[:_FLIPS]
    return "; ".join(
        f"{n} from {before} to {after} ({_worth(before, after, right)})"
        for (before, after, right), n in commonest
    )


def _worth(before: str, after: str, right: str) -> str:
    return "mended" if after == right else "spoiled" if before == right else f"right is {right}"
