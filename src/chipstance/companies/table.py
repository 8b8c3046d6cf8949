"""The company table: who the trade's companies are, what they are called and where they list.

The table is `table.csv` beside this file; a user's own table has the same columns and adds to it.
A list in a cell is separated by `|`. A name that ends in `?` is also an ordinary word: it counts
only with the company's ticker behind it, in a list beside another company, or in an article that
names the company some other way. `not_in` lists longer words that contain one of the company's
names and mean something else; in one that ends in `?` the name counts as one that ends so.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from chipstance.articles.normalising.fold import fold
from chipstance.errors import CompanyTableError

Region = Literal["en", "tw", "hk", "cn"]
REGIONS: tuple[Region, ...] = get_args(Region)
SHIPPED = Path(__file__).with_name("table.csv")
COLUMNS = (
    "id", "kind", *(f"names_{region}" for region in REGIONS),
    "tickers", "products", "not_in", "not_with",
)  # fmt: skip


def words(text: str) -> frozenset[str]:
    """Split a list of words that is written as running text."""
    return frozenset(text.split())


# Words that the trade's texts are full of; as a bare name each would link everywhere.
COMMON_WORDS = words(
    """
    公司 集团 科技 电子 半导体 芯片 晶片 记忆体 内存 国际 控股 股份 银行 证券 投资 创意 全新 大量
    至上 上品 长兴 光环 高技 荣耀 理想 曙光 现代 未来 东方 中国 台湾 香港 美国 市场 产业 云端
    人工智能 精测 先进 世界 统一 第一 国泰 中信 长江 天马 安国 元宝 夸克 新力 电装 浪潮 ai it gpu
    cpu eps adr ceo cfo app ic pc ev etf ipo api llm hbm dram nand asic soc usb wifi on now all net
    arm's apple's core form fast open next key team snow
    """
)


class Company(NamedTuple):
    """One company of the table.

    Attributes:
        id: Lower-case English name with underscores.
        kind: Its line of business in a word, such as `foundry`.
        names: Names per region, the one to show first.
        tickers: Listings, the main one first.
        products: Products that are unmistakably its own.
        not_in: Longer words that contain one of its names and mean something else.
        not_with: Words beside which one of its names means something else.
    """

    id: str
    kind: str
    names: dict[Region, tuple[str, ...]]
    tickers: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()

    @property
    def ticker(self) -> str | None:
        """Main listing, or None."""
        return self.tickers[0] if self.tickers else None

    def every_name(self) -> Iterator[str]:
        """Yield each name once, the mark `?` included."""
        yield from dict.fromkeys(name for names in self.names.values() for name in names)

    def called(self) -> Iterator[str]:
        """Yield all that stands for it in a text: names, products and tickers."""
        yield from (*self.every_name(), *self.products, *self.tickers)


class CompanyTable:
    """Companies by id."""

    def __init__(self, companies: Sequence[Company]) -> None:
        self.companies = companies

    @cached_property
    def _by_id(self) -> dict[str, Company]:
        return {company.id: company for company in self.companies}

    @cached_property
    def _by_ticker(self) -> dict[str, int]:
        known = self.companies
        each = known.tickers() if isinstance(known, _Lines) else [one.tickers for one in known]
        return {ticker: at for at, tickers in enumerate(each) for ticker in tickers}

    def listed(self, ticker: str) -> Company | None:
        """Find a company by one of its listings; None when the table does not know it."""
        at = self._by_ticker.get(ticker)
        return None if at is None else self.companies[at]

    def get(self, company: str) -> Company | None:
        """Find a company by id; None when the table does not know it."""
        return self._by_id.get(company)

    def display_name(self, company: str, region: Region = "en") -> str:
        """Name a company as the press of a region does.

        Args:
            company: Id.
            region: `en`, `tw`, `hk` or `cn`.

        Returns:
            The region's first name, else the first of another region, else the id.

        >>> load_table().display_name("nvidia", "tw")
        '輝達'
        """
        known = self.get(company)
        if known is None:
            return company
        for names in (known.names[region], *known.names.values()):
            if names:
                return names[0].rstrip("?")
        return company


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
    # Here and not above: the shipped table is known to be good, and rules build on tables.
    from chipstance.companies.rules import check

    own = read_companies(extra)
    if found := check(CompanyTable(tuple(own.values())), tuple(own)):
        raise CompanyTableError(found[0])
    companies = dict(table._by_id)
    for company in own.values():
        # Put last, as a later company has what it shares with one before it.
        known = companies.pop(company.id, None)
        companies[company.id] = _joined(company, known) if known else company
    return CompanyTable(tuple(companies.values()))


@lru_cache(maxsize=1)
def _shipped() -> CompanyTable:
    return CompanyTable(_Lines(SHIPPED.read_bytes().decode("utf-8")))


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
