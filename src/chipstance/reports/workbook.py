"""A report as an Excel workbook, a sheet for each view."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import IO, Any

from chipstance.callbacks import Say
from chipstance.reports.outputs import flat
from chipstance.reports.summary import Summary

Cells = Iterable[Sequence[Any]]
# The same report is the same file, whenever it is written.
_CREATED = datetime(2000, 1, 1)
_MOST_ROWS = 2**20
_LONGEST_CELL = 32767
_WIDTHS = {"company": 18, "text": 80, "title": 40, "source": 16, "publisher": 24, "side": 9}
_WIDTH = 12
_EVIDENCE = (
    "published", "source", "title", "relevance", "novelty", "label", "move_pct", "stance", "topic",
    "hype", "article", "story",
)  # fmt: skip
_OPTIONS = {
    "in_memory": True,
    # Text of articles is data and never a formula, a link or a number.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_workbook(summary: Summary, out: IO[bytes], note: Say) -> None:
    """Write sheets of companies, days, weeks, topics, sources, series and evidence.

    Args:
        summary: As `summarise` gives it.
        out: Where to.
        note: Told which sheets Excel has too few rows for.
    """
    from xlsxwriter import Workbook

    # An archive is not to be closed twice, which is what becomes of one whose reader has gone.
    whole = BytesIO()
    workbook = Workbook(whole, _OPTIONS)
    workbook.set_properties({"created": _CREATED})
    bold = workbook.add_format({"bold": True})
    for name, cells in _sheets(summary):
        sheet = workbook.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for at, row in enumerate(cells):
            if at == _MOST_ROWS:
                note(f"sheet {name} ends at row {at:,}, the last that Excel has")
                break
            if at == 0:
                for column, title in enumerate(row):
                    sheet.set_column(column, column, _WIDTHS.get(title, _WIDTH))
            _write(sheet, at, row, bold if at == 0 else None)
    workbook.close()
    out.write(whole.getbuffer())


def _write(sheet: Any, at: int, row: Sequence[Any], style: Any) -> None:
    for column, value in enumerate(row):
        if isinstance(value, bool):
            sheet.write_boolean(at, column, value, style)
        elif isinstance(value, int | float):
            sheet.write_number(at, column, value, style)
        elif value is not None:
            sheet.write_string(at, column, _cut(value), style)


def _cut(text: str) -> str:
    """As much of a text as a cell holds; Excel counts an emoji as two characters."""
    if 2 * len(text) <= _LONGEST_CELL:
        return text
    whole = text.encode("utf-16-le", "replace")[: 2 * _LONGEST_CELL]
    return whole.decode("utf-16-le", "ignore")


def _sheets(summary: Summary) -> Iterator[tuple[str, Cells]]:
    for view in ("companies", "days", "weeks", "topics", "sources"):
        yield view, _table(summary[view])
    yield "series", _series(summary["series"])
    yield "evidence", _evidence(summary["evidence"])


def _table(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[Any]]:
    for at, row in enumerate(rows):
        names = row.get("names", {})
        cells = flat({name: value for name, value in row.items() if name != "names"})
        cells |= {f"name_{region}": name for region, name in names.items()}
        if at == 0:
            yield list(cells)
        yield list(cells.values())


def _series(series: dict[str, Any]) -> Iterator[Sequence[Any]]:
    yield "day", "company", "net", "stories", "sentences"
    for company, values in series["companies"].items():
        for at, *figures in zip(
            values["at"], values["net"], values["stories"], values["sentences"], strict=True
        ):
            yield series["days"][at], company, *figures


def _evidence(evidence: dict[str, Any]) -> Iterator[Sequence[Any]]:
    yield "company", "side", "text", "p", *_EVIDENCE
    for company, sides in evidence.items():
        for side, sentences in sides.items():
            for each in sentences:
                p = each["p"].get(each["label"])
                yield company, side, each["text"], p, *(each[name] for name in _EVIDENCE)
