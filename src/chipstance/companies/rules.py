"""What a company table must keep to."""

from collections.abc import Iterator, Sequence
from itertools import repeat

from chipstance.articles.normalising.fold import fold
from chipstance.companies.common_words import COMMON_WORDS
from chipstance.companies.company import Company, CompanyTable
from chipstance.patterns import lazily

TICKER = lazily(
    r"[A-Z0-9]{1,6}\.(?:US|TW|TWO|HK|SS|SZ|BJ|T|KS|KQ|AS|PA|DE|SW|MI|BR|L|OL|ST|HE|SI|AX)"
)
ID = lazily(r"[a-z0-9]+(?:_[a-z0-9]+)*")


def check(table: CompanyTable, rows: Sequence[str] = ()) -> list[str]:
    """Say what is wrong with a table, a line for each problem; an empty list is a good table.

    Args:
        table: The companies.
        rows: Where each of them stands, file and row, for its lines to begin with.
    """
    ids: set[str] = set()
    owners: dict[str, str] = {}
    return [
        ": ".join(filter(None, (row, line)))
        for company, row in zip(table.companies, rows or repeat(""), strict=False)
        for line in _problems(company, ids, owners)
    ]


def _problems(company: Company, ids: set[str], owners: dict[str, str]) -> Iterator[str]:
    if not ID.fullmatch(company.id):
        yield f"id {company.id!r}: use lower-case letters, digits and underscores"
    if company.id in ids:
        yield f"id {company.id!r} stands twice"
    ids.add(company.id)
    who = company.id or "(no id)"
    if not any(company.names.values()):
        yield f"{who}: has no name"
    for ticker in company.tickers:
        if not TICKER.fullmatch(ticker):
            yield f"{who}: ticker {ticker!r} is not of the form 2330.TW, 0981.HK or NVDA.US"
        owner = owners.setdefault(ticker, who)
        if owner != who:
            yield f"{who}: ticker {ticker!r} is {owner}'s already"
    for name in (*company.every_name(), *company.products):
        bare = fold(name.rstrip("?"))
        owner = owners.setdefault(bare, who)
        if owner != who:
            yield f"{who}: {name!r} is {owner}'s already"
        if len(bare) < 2:
            yield f"{who}: {name!r} is too short to be told from other words"
        if bare in COMMON_WORDS and bare == fold(name):
            yield f"{who}: {name!r} is a common word; mark it with ? or leave it out"
