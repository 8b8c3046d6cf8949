import re

import pytest
from rich.console import Console

from chipstance.reports.report import make_report
from chipstance.reports.rows.parsing import parse_row
from chipstance.reports.sums.collecting import collect
from chipstance.reports.sums.few import Figures
from chipstance.reports.sums.selection import Asked
from chipstance.reports.terminal.overview import figures_table, print_report
from tests.reports.made import mention, scored


def companies(n: int = 8) -> list[Figures]:
    rows = [
        scored(
            article=f"a{at}",
            companies=[
                mention("tsmc", "positive", move_pct=-3.5), mention("umc", "negative"),
                mention("a_company_of_a_very_long_name_indeed"),
            ],
        )
        for at in range(n)
    ]  # fmt: skip
    return make_report(collect(map(parse_row, rows)), Asked()).rows("company")


def printed(rows: list[Figures], width: int, most: int = 20, *, terminal: bool = False) -> str:
    console = Console(
        width=width, force_terminal=terminal, color_system="standard" if terminal else None
    )
    with console.capture() as capture:
        print_report(console, rows, "company", head="head", most=most)
    return capture.get()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal_and_no_row_is_wrapped(width: int) -> None:
    lines = printed(companies(), width).splitlines()
    assert max(map(len, lines)) <= width
    assert len(lines) == len(["head", "Companies", "columns", "tsmc", "umc", "a_company…"])
    assert all(re.search(r"[+−]0\.\d\d", line) for line in lines[3:])


def test_a_wider_terminal_shows_more_columns() -> None:
    narrow, wide = (printed(companies(), width).splitlines()[2].split() for width in (80, 160))
    assert {"stories", "net"} <= set(narrow) < set(wide)
    assert {"positive", "negative", "stance", "hype"} <= set(wide)


def test_bars_point_left_for_bad_and_right_for_good() -> None:
    lines = {line.split()[0]: line for line in printed(companies(), 80).splitlines()[3:]}
    assert re.search(r"█│", lines["umc"])
    assert re.search(r"│█", lines["tsmc"])


def test_plain_where_it_is_piped_and_coloured_on_a_terminal() -> None:
    assert "\x1b[" not in printed(companies(), 80)
    assert "\x1b[32m" in printed(companies(), 80, terminal=True)


@pytest.mark.parametrize(
    ("figures", "shown"),
    [
        ({"net": -0.0049, "net_ci95": [-0.0049, 0.125]}, "0.00  0.00 +0.13"),
        ({"hype_share": 0.125}, "13%"),
        ({"stance": 0.285}, "+0.28"),
        ({"mean_move_pct": -0.04, "moves": 2}, " 0.0 (2)"),
        ({"mean_move_pct": 1e299, "moves": 2}, f" +{1e299:.1f} (2)"),
        ({"net": -0.005}, "\x1b[31m−0.01"),
    ],
)
def test_figures_are_rounded_as_the_page_rounds_them(figures: Figures, shown: str) -> None:
    neutral = {"net": 0.0, "net_ci95": [0.0, 0.0], "stance": 0.0, "hype_share": 0.0, "moves": 0}
    rows = [row | neutral | figures for row in companies()[:1]]
    coloured = printed(rows, 600, terminal=True)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert shown in (coloured if "\x1b" in shown else plain)
    assert "−0.00" not in plain


def test_few_stories_stand_in_the_place_of_the_interval() -> None:
    shown = printed(companies(2), 80)
    assert "few" in next(line for line in shown.splitlines() if line.startswith("tsmc"))
    assert "fewer than 5 stories" in shown


def test_what_the_table_leaves_out_is_counted() -> None:
    assert "2 more" in printed(companies(), 80, most=1)
    assert "more" not in printed(companies(), 80, most=0)


def test_names_that_look_like_markup_are_shown_as_they_are() -> None:
    rows = companies()
    rows[0]["company"] = "[red]x[/]"
    console = Console(width=80)
    with console.capture() as capture:
        console.print(figures_table(rows, "company", 80))
    assert "[red]x[/]" in capture.get()
