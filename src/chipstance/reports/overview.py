"""The rows of a report in the terminal: a compact table with bars, and sentences behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from chipstance.reports.totals import FEW, Figures

Cell = Callable[[Figures], Text]
_FROM_LEFT = " ▏▎▍▌▋▊▉█"
_FROM_RIGHT = " ▕▕▐▐▐███"
_NAMES = 18
_HALF_BAR = 8
_EIGHTHS = 8
TITLES = {
    "company": "Companies", "day": "Days", "week": "Weeks", "topic": "Topics",
    "publisher": "Sources",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Column:
    """A column and the narrowest terminal that shows it."""

    title: str
    cell: Cell
    least_width: int = 0
    justify: Any = "right"


def figures_table(rows: Sequence[Figures], key: str, width: int) -> Table:
    """A table of rows, as many columns as there is room for.

    Args:
        rows: As `Report.rows` gives them.
        key: The field that names a row: company, day, week, topic or publisher.
        width: Of the terminal, in characters.
    """
    table = Table(
        title=TITLES[key], title_justify="left", box=None, pad_edge=False, header_style="dim"
    )
    table.add_column(key, no_wrap=True, max_width=_NAMES if width < _WIDE else 2 * _NAMES)
    shown = [each for each in _columns(rows) if width >= each.least_width]
    for column in shown:
        table.add_column(column.title, justify=column.justify, no_wrap=True)
    for row in rows:
        style = "dim" if row["few"] else ""
        name = row[key] if row[key] is not None else "–"
        table.add_row(Text(name), *(column.cell(row) for column in shown), style=style)
    return table


_WIDE, _WIDER = 100, 140


def _columns(rows: Sequence[Figures]) -> list[_Column]:
    compared = any(row["change"] is not None for row in rows)
    copies = any(row["articles"] != row["stories"] for row in rows)
    counts = [
        _Column(name, _count(name), least)
        for name, least in (
            ("sentences", _WIDE), ("positive", _WIDE), ("negative", _WIDE), ("neutral", _WIDER),
            ("source", _WIDER),
        )
    ]  # fmt: skip
    return [
        *([_Column("articles", _count("articles"), _WIDE if compared else 0)] if copies else []),
        _Column("stories", _count("stories")),
        *counts,
        _Column("−   net   +".center(2 * _HALF_BAR + 1), _bar, 0, "left"),
        _Column("net", _net),
        _Column("95 %", _interval),
        *([_Column("change", _change)] if compared else []),
        _Column("move % (n)", _move, 0 if not copies else _WIDE),
        _Column("stance", _signed("stance"), _WIDER),
        _Column("hype", _hype, _WIDER),
    ]


def _count(name: str) -> Cell:
    return lambda row: Text(str(row[name]))


def _signed(name: str) -> Cell:
    return lambda row: _number(row[name])


def _number(value: float | None) -> Text:
    if value is None:
        return Text("–")
    return Text(f"{value:+.2f}".replace("-", "−"), style=_colour(value))


def _colour(value: float) -> str:
    return "green" if value > 0 else "red" if value < 0 else ""


def _net(row: Figures) -> Text:
    return _number(row["net"])


def _change(row: Figures) -> Text:
    return _number(row["change"])


def _interval(row: Figures) -> Text:
    if row["few"] or row["net_ci95"] is None:
        return Text("few" if row["few"] else "–")
    low, high = row["net_ci95"]
    return Text(f"{low:+.2f} {high:+.2f}".replace("-", "−"))


def _move(row: Figures) -> Text:
    if not row["moves"]:
        return Text("")
    mean = row["mean_move_pct"]
    return Text(f"{mean:+.1f} ({row['moves']})".replace("-", "−"), style=_colour(mean))


def _hype(row: Figures) -> Text:
    return Text("–" if row["hype_share"] is None else f"{row['hype_share']:.0%}")


def _bar(row: Figures) -> Text:
    """Net sentiment as a bar to the left or right of the middle.

    >>> _bar({"net": 0.5}).plain, _bar({"net": -1.0}).plain
    ('        │████    ', '████████│        ')
    """
    net = row["net"] or 0.0
    eighths = round(abs(net) * _HALF_BAR * _EIGHTHS)
    full, part = divmod(eighths, _EIGHTHS)
    blank = " " * _HALF_BAR
    if net >= 0:
        bar = ("█" * full + _FROM_LEFT[part].strip()).ljust(_HALF_BAR)
        return Text(blank) + Text("│", style="dim") + Text(bar, style="green")
    bar = (_FROM_RIGHT[part].strip() + "█" * full).rjust(_HALF_BAR)
    return Text(bar, style="red") + Text("│", style="dim") + Text(blank)


def print_report(
    console: Console, rows: Sequence[Figures], key: str, *, head: str, most: int
) -> None:
    """Print what is reported on, the table, and what was left out of it.

    Args:
        console: Where to.
        rows: As `Report.rows` gives them, companies with `for` and `against`.
        key: The field that names a row.
        head: What is reported on, in a line.
        most: Rows to show, 0 for all; the latest of days and weeks, the first of others.
    """
    console.print(Text(head, style="bold"))
    shown = rows
    if most and len(rows) > most:
        shown = rows[-most:] if key in ("day", "week") else rows[:most]
    if not rows:
        return
    console.print(figures_table(shown, key, console.width))
    if len(shown) < len(rows):
        console.print(f"{len(rows) - len(shown)} more; --top 0 shows all", style="dim")
    if any(row["few"] for row in shown):
        console.print(f"few: fewer than {FEW} stories, which say little", style="dim")


def print_sentences(console: Console, rows: Sequence[Figures]) -> None:
    """Print the strongest sentences for and against each company, with where they stand."""
    for row in rows:
        console.print()
        console.print(Text(row["company"], style="bold"))
        for side, mark, colour in (("for", "+", "green"), ("against", "−", "red")):
            for each in row[side]:
                where = " · ".join(
                    value for value in (each["source"], each["published"]) if value is not None
                )
                line = Text(f"{mark} ", style=colour) + Text(each["text"])
                console.print(line + Text(f"  {where}", style="dim"))
