"""What a company table must keep to."""

from collections.abc import Iterator

from chipstance.articles.fold import fold
from chipstance.companies.table import COMMON_WORDS, Company, CompanyTable
from chipstance.patterns import lazily

TICKER = lazily(
    r"[A-Z0-9]{1,6}\.(?:US|TW|TWO|HK|SS|SZ|BJ|T|KS|KQ|AS|PA|DE|SW|MI|BR|L|OL|ST|HE|SI|AX)"
)
ID = lazily(r"[a-z0-9]+(?:_[a-z0-9]+)*")


def check(table: CompanyTable) -> list[str]:
    """Say what is wrong with a table, a line for each problem; an empty list is a good table."""
    problems: list[str] = []
    ids: set[str] = set()
    owners: dict[str, str] = {}
    for company in table.companies:
        if not ID.fullmatch(company.id):
            problems.append(f"id {company.id!r}: use lower-case letters, digits and underscores")
        if company.id in ids:
            problems.append(f"id {company.id!r} stands twice")
        ids.add(company.id)
        if not any(company.names.values()):
            problems.append(f"{company.id}: has no name")
        problems += _bad_tickers(company, owners)
        problems += _bad_names(company, owners)
    return problems


def _bad_tickers(company: Company, owners: dict[str, str]) -> Iterator[str]:
    for ticker in company.tickers:
        if not TICKER.fullmatch(ticker):
            yield f"{company.id}: ticker {ticker!r} is not of the form 2330.TW, 0981.HK or NVDA.US"
        owner = owners.setdefault(ticker, company.id)
        if owner != company.id:
            yield f"{company.id}: ticker {ticker!r} is {owner}'s already"


def _bad_names(company: Company, owners: dict[str, str]) -> Iterator[str]:
    for name in (*company.every_name(), *company.products):
        bare = fold(name.rstrip("?"))
        owner = owners.setdefault(bare, company.id)
        if owner != company.id:
            yield f"{company.id}: {name!r} is {owner}'s already"
        if len(bare) < 2:
            yield f"{company.id}: {name!r} is too short to be told from other words"
        if bare in COMMON_WORDS and bare == fold(name):
            yield f"{company.id}: {name!r} is a common word; mark it with ? or leave it out"
