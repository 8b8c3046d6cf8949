"""Evaluation reports as tables for people."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

from chipstance.printable import printable

Report = dict[str, Any]
_LINKING = "companies: linking"
# Names of baselines are long; lines of words are read more easily when they are shorter.
_WIDEST, _TEXT = 140, 100


def as_table(report: Report) -> str:
    """Scores of every task, its labels and its baselines.

    Args:
        report: As `evaluation.evaluate` gives it.
    """
    console = Console(width=_WIDEST, markup=False)
    table = Table(box=None, pad_edge=False)
    table.add_column("task", no_wrap=True)
    for name in ("n", "accuracy", "macro-F1", "95 % interval", "calibration error", "by chance"):
        table.add_column(name, justify="right")
    companies = report.get("companies", {})
    sections = {task: scores for task, scores in report.items() if task != "companies"}
    sections |= {f"companies: {_named(task)}": scores for task, scores in companies.items()}
    for task, scores in sections.items():
        if task == _LINKING:
            continue
        table.add_row(printable(task), *_cells(scores))
        for name, baseline in scores.get("baselines", {}).items():
            table.add_row(f"  baseline: {name}", *_cells(baseline), style="dim")
    with console.capture() as capture:
        console.print(table)
        for line in _label_lines(sections):
            console.print(f"\n{printable(line)}", highlight=False, width=_TEXT)
    return capture.get().rstrip()


def _named(task: str) -> str:
    """What a part of the report on companies is called where people read it."""
    return "end to end" if task == "end_to_end" else task


def _cells(scores: Report) -> list[str]:
    low, high = scores.get("macro_f1_ci95", (None, None))
    errors = (scores.get("calibration_error"), scores.get("calibration_error_by_chance"))
    return [
        str(scores["n"]),
        f"{scores['accuracy']:.3f}",
        f"{scores['macro_f1']:.3f}",
        "" if low is None else f"{low:.3f} to {high:.3f}",
        *("" if error is None else f"{error:.3f}" for error in errors),
    ]


def _label_lines(sections: Report) -> Iterator[str]:
    for task, scores in sections.items():
        if task == _LINKING:
            yield (
                f"{task}: precision {scores['precision']:.3f}, recall {scores['recall']:.3f},"
                f" F1 {scores['f1']:.3f}"
            )
        elif "per_label" in scores:
            labels = (
                f"{label} {each['f1']:.2f} ({each['support']})"
                for label, each in scores["per_label"].items()
            )
            yield f"{task}, F1 by label (rows): " + ", ".join(labels)
