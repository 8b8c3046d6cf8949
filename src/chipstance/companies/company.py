"""A company, and many of them: what they are called and where they list."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, get_args

Region = Literal["en", "tw", "hk", "cn"]
REGIONS: tuple[Region, ...] = get_args(Region)


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
    def _by_id(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self._ids())}

    @cached_property
    def _by_ticker(self) -> dict[str, int]:
        return {ticker: at for at, tickers in enumerate(self._listings()) for ticker in tickers}

    def _ids(self) -> Iterable[str]:
        return [company.id for company in self.companies]

    def _listings(self) -> Iterable[tuple[str, ...]]:
        return [company.tickers for company in self.companies]

    def listed(self, ticker: str) -> Company | None:
        """Find a company by one of its listings; None when the table does not know it."""
        at = self._by_ticker.get(ticker)
        return None if at is None else self.companies[at]

    def get(self, company: str) -> Company | None:
        """Find a company by id; None when the table does not know it."""
        at = self._by_id.get(company)
        return None if at is None else self.companies[at]

    def display_name(self, company: str, region: Region = "en") -> str:
        """Name a company as the press of a region does.

        Args:
            company: Id.
            region: `en`, `tw`, `hk` or `cn`.

        Returns:
            The region's first name, else the first of another region, else the id.

        >>> names = {"en": ("Nvidia",), "tw": ("輝達",), "hk": ("英偉達",), "cn": ()}
        >>> CompanyTable([Company("nvidia", "gpu", names)]).display_name("nvidia", "tw")
        '輝達'
        """
        known = self.get(company)
        if known is None:
            return company
        for names in (known.names[region], *known.names.values()):
            if names:
                return names[0].rstrip("?")
        return company
