"""Small reports made by hand."""

from chipstance.companies.table import load_table
from chipstance.reports.report import make_report
from chipstance.reports.rows.parsing import parse_row
from chipstance.reports.summary import Summary, summarise
from chipstance.reports.sums.collecting import collect
from chipstance.reports.sums.selection import Asked
from tests.reports.made import Row, said, scored


def an_article(number: int, day: int, *mentions: Row, **fields: object) -> Row:
    """One sentence that is an article of its own, of a day in March 2025."""
    values = {
        "article": f"a{number}", "published": f"2025-03-{day:02}", "text": said(f"text {number}"),
        "title": f"Title {number}", "companies": list(mentions),
    }  # fmt: skip
    return scored(**(values | fields))


def summary_of(rows: list[Row], asked: Asked = Asked()) -> Summary:  # noqa: B008 (is frozen)
    """What a report of some rows holds."""
    return summarise(make_report(collect(map(parse_row, rows)), asked), load_table())
