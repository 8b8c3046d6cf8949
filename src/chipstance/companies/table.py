"""The company table: who the trade's companies are, what they are called and where they list.

The table is `table.csv` beside this file; a user's own table has the same columns and adds to it.
A list in a cell is separated by `|`. A name that ends in `?` is also an ordinary word: it counts
only with the company's ticker behind it, in a list beside another company, or in an article that
names the company some other way. `not_in` lists longer words that contain one of the company's
names and mean something else; in one that ends in `?` the name counts as one that ends so.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from chipstance.articles.normalising.fold import fold
from chipstance.companies.company import REGIONS, Company, CompanyTable
from chipstance.errors import CompanyTableError

SHIPPED = Path(__file__).with_name("table.csv")
COLUMNS = (
    "id", "kind", *(f"names_{region}" for region in REGIONS),
    "tickers", "products", "not_in", "not_with",
)  # fmt: skip


def load_table(*extras: Path | None) -> CompanyTable:
    """Load the shipped companies, and those of other tables after them.

    Args:
        extras: CSV files with the columns of `table.csv`; only `id` and one name are needed. A row
            whose id is known adds its names, tickers and products to that company. None is
            passed over. Of two companies of one name or ticker the one of the later table has it.

    Raises:
        CompanyTableError: A file cannot be read, or breaks a rule.
    """
    table = _shipped()
    for extra in extras:
        if extra is not None:
            table = _extended(table, extra)
    return table


def _extended(table: CompanyTable, extra: Path) -> CompanyTable:
    # Here and not above: the shipped table is known to be good.
    from chipstance.companies.rules import check

    own = read_companies(extra)
    if found := check(CompanyTable(tuple(own.values())), tuple(own)):
        raise CompanyTableError(found[0])
    companies = {company.id: company for company in table.companies}
    for company in own.values():
        # Put last, as a later company has what it shares with one before it.
        known = companies.pop(company.id, None)
        companies[company.id] = _joined(company, known) if known else company
    return CompanyTable(tuple(companies.values()))


@lru_cache(maxsize=1)
def _shipped() -> CompanyTable:
    return _Shipped(_Lines(SHIPPED.read_bytes().decode("utf-8")))


class _Shipped(CompanyTable):
    """The shipped companies, of which ids and listings are known without making them."""

    companies: "_Lines"

    def _ids(self) -> Iterable[str]:
        return self.companies.ids()

    def _listings(self) -> Iterable[tuple[str, ...]]:
        return self.companies.tickers()


class _Lines(Sequence[Company]):
    """The companies of a table whose cells hold no line breaks, as the shipped one's do not.

    Each is read when it is first asked for: a text names few.
    """

    def __init__(self, text: str) -> None:
        header, *self._lines = text.removesuffix("\n").split("\n")
        self._header = header.split(",")
        self._made: dict[int, Company] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, at: Any) -> Any:
        if at not in self._made:
            (row,) = csv.reader([self._lines[at]], strict=True)
            self._made[at] = _company(self._header, row)
        return self._made[at]

    def ids(self) -> Iterator[str]:
        """Id of each company, which is its first cell, without making the companies."""
        return (line.partition(",")[0] for line in self._lines)

    def tickers(self) -> Iterator[tuple[str, ...]]:
        """Listings of each company, without making the companies."""
        for row in csv.reader(self._lines, strict=True):
            yield _cell(dict(zip(self._header, row, strict=False)), "tickers")


def read_companies(path: Path) -> dict[str, Company]:
    """Read the companies of one table, unchecked.

    Returns:
        Each by where it stands, file and row.

    Raises:
        CompanyTableError: The file cannot be read, or its columns are not those of `COLUMNS`.
    """
    # Here and not above: the shipped table is read without it.
    from chipstance.companies.cells import read_cells

    header, rows = read_cells(path)
    if "id" not in header:
        raise CompanyTableError(f"{path}: the first row must name the columns, id first")
    if unknown := [name for name in header if name and name not in COLUMNS]:
        raise CompanyTableError(
            f"{path}: no such column: {', '.join(unknown)}; there are {', '.join(COLUMNS)}"
        )
    return {f"{path}: row {number}": _company(header, cells) for number, cells in rows}


def _company(header: Sequence[str], cells: Sequence[str]) -> Company:
    row = dict(zip(header, cells, strict=False))
    return Company(
        id=row.get("id", "").strip(),
        kind=row.get("kind", "").strip(),
        names={region: _cell(row, f"names_{region}") for region in REGIONS},
        tickers=_cell(row, "tickers"),
        products=_cell(row, "products"),
        not_in=_cell(row, "not_in"),
        not_with=_cell(row, "not_with"),
    )


def _cell(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    text = row.get(column)
    if not text:
        return ()
    return tuple([part for item in text.split("|") if (part := item.strip())])


def _joined(own: Company, known: Company) -> Company:
    def both(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*first, *second)))

    return Company(
        id=known.id,
        kind=own.kind or known.kind,
        names={region: both(own.names[region], known.names[region]) for region in REGIONS},
        tickers=both(known.tickers, own.tickers),
        products=both(known.products, own.products),
        not_in=both(known.not_in, own.not_in),
        not_with=both(known.not_with, own.not_with),
    )


def taken_over(own: Iterable[Company]) -> Iterator[str]:
    """Say what of shipped companies, name or ticker, means another one in a table of one's own."""
    owners = {
        fold(word.rstrip("?")): company.id
        for company in _shipped().companies
        for word in company.called()
    }
    for company in own:
        for word in company.called():
            owner = owners.get(fold(word.rstrip("?")), company.id)
            if owner != company.id:
                yield f"{company.id}: {word!r} means {company.id} from now on, and {owner} no more"
