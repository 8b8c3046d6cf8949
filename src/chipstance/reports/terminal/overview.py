"""The rows of a report in the terminal: a compact table with bars, and sentences behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from chipstance.printable import printable
from chipstance.reports.shown import UNKNOWN, percent, signed
from chipstance.reports.sums.few import FEW, Figures

Cell = Callable[[Figures], Text]
_FROM_LEFT = " ▏▎▍▌▋▊▉█"
_FROM_RIGHT = " ▕▕▐▐▐███"
_NAMES = 16
_HALF_BAR = 8
_EIGHTHS = 8
_GAP = 2
_SCALE = "−   net   +".center(2 * _HALF_BAR + 1)
TITLES = {
    "company": "Companies", "day": "Days", "week": "Weeks", "topic": "Topics",
    "publisher": "Sources",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Column:
    """A column, and how soon it gives way in a narrow terminal: the highest rank first."""

    title: str
    rank: int
    cell: Cell
    justify: Literal["left", "right"] = "right"

    def width(self, rows: Sequence[Figures]) -> int:
        """Characters that its widest cell takes, the gap before it included."""
        return _GAP + max(len(self.title), *(self.cell(row).cell_len for row in rows))


def figures_table(rows: Sequence[Figures], key: str, width: int, counted: str = "stories") -> Table:
    """A table of rows, as many columns as there is room for.

    Args:
        rows: As `Report.rows` gives them, at least one.
        key: The field that names a row: company, day, week, topic or publisher.
        width: Of the terminal, in characters.
        counted: What rows were added up by, `stories` or `articles`.
    """
    table = Table(
        title=TITLES[key], title_justify="left", box=None, pad_edge=False, header_style="dim"
    )
    names = [Text(UNKNOWN if row[key] is None else printable(row[key])) for row in rows]
    longest = min(max(len(key), *(name.cell_len for name in names)), max(_NAMES, width // 5))
    table.add_column(key, no_wrap=True, max_width=longest)
    shown = _fitting(_columns(rows, counted), rows, width - longest)
    for column in shown:
        table.add_column(column.title, justify=column.justify, no_wrap=True)
    for name, row in zip(names, rows, strict=True):
        style = "dim" if row["few"] else ""
        table.add_row(name, *(column.cell(row) for column in shown), style=style)
    return table


def _fitting(columns: Sequence[_Column], rows: Sequence[Figures], room: int) -> list[_Column]:
    """The columns that fit; those of one rank are shown together or not at all."""
    kept: list[_Column] = []
    ranked = sorted(columns, key=lambda each: each.rank)
    for _, group in groupby(ranked, key=lambda each: each.rank):
        together = list(group)
        room -= sum(column.width(rows) for column in together)
        if room < 0:
            break
        kept += together
    return [column for column in columns if column in kept]


def _columns(rows: Sequence[Figures], counted: str) -> list[_Column]:
    """Columns from left to right; those in which nothing stands are left out."""
    compared = any(row["change"] is not None for row in rows)
    copies = any(row["articles"] != row["stories"] for row in rows)
    counts = ("sentences", 5), ("positive", 7), ("negative", 7), ("neutral", 9), ("source", 9)
    return [
        *([_Column("articles", 8, _count("articles"))] if copies else []),
        _Column(counted, 1, _count(counted)),
        *(_Column(name, rank, _count(name)) for name, rank in counts),
        _Column(_SCALE, 2, _bar, "left"),
        _Column("net", 0, lambda row: _number(row["net"])),
        _Column("95 %", 3, _interval),
        *([_Column("change", 4, lambda row: _number(row["change"]))] if compared else []),
        _Column("move % (n)", 6, _move),
        _Column("stance", 10, lambda row: _number(row["stance"])),
        _Column("hype", 11, _hype),
    ]


def _count(name: str) -> Cell:
    return lambda row: Text(str(row[name]))


def _number(value: float | None) -> Text:
    return _coloured(signed(value))


def _coloured(shown: str) -> Text:
    return Text(shown, style={"+": "green", "−": "red"}.get(shown[0], ""))


def _interval(row: Figures) -> Text:
    if row["few"] or row["net_ci95"] is None:
        return Text("few" if row["few"] else UNKNOWN)
    return Text(" ".join(map(signed, row["net_ci95"])))


def _move(row: Figures) -> Text:
    if not row["moves"]:
        return Text("")
    return _coloured(f"{signed(row['mean_move_pct'], 1)} ({row['moves']})")


def _hype(row: Figures) -> Text:
    return Text(percent(row["hype_share"]))


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
    console.print(Text(printable(head), style="bold"))
    shown = rows
    if most and len(rows) > most:
        shown = rows[-most:] if key in ("day", "week") else rows[:most]
    if not rows:
        return
    console.print(figures_table(shown, key, console.width))
    if len(shown) < len(rows):
        console.print(Text(f"{len(rows) - len(shown)} more; --top 0 shows all", style="dim"))
    if any(row["few"] for row in shown):
        print_few(console)


def print_few(console: Console, counted: str = "stories") -> None:
    """Print what `few` in a table means, `counted` as for `figures_table`."""
    console.print(Text(f"few: judged in fewer than {FEW} {counted}, which say little", style="dim"))


def print_sentences(console: Console, rows: Sequence[Figures]) -> None:
    """Print the strongest sentences for and against each company, with where they stand."""
    for row in rows:
        console.print()
        console.print(Text(printable(row["company"]), style="bold"))
        for side, mark, colour in (("for", "+", "green"), ("against", "−", "red")):
            for each in row[side]:
                where = " · ".join(
                    value for value in (each["source"], each["published"]) if value is not None
                )
                line = Text(f"{mark} ", style=colour) + Text(printable(each["text"]))
                console.print(line + Text(printable(f"  {where}"), style="dim"))
