"""Which company a ticker in a text links, and by which characters.

The name before its bracket is linked where there is one, also a name that the table does not know;
a bracket that lists several companies, 設備股展望(AMAT、LRCX), links each by its own code.
"""

from bisect import bisect_left
from itertools import islice, takewhile
from typing import NamedTuple

from chipstance.companies.common_words import COMMON_WORDS
from chipstance.companies.company import Company, CompanyTable
from chipstance.companies.markets import home_market, is_year_like
from chipstance.companies.mention import Via
from chipstance.companies.names.in_text import Found
from chipstance.companies.names.unknown import name_before, names_nobody, new_company
from chipstance.companies.tickers import Ticker

# Between a name and its ticker: a closing quote, a title mark, a space.
_GAP = " \"'》·*"


class Line(NamedTuple):
    """One sentence with what was found in it."""

    text: str
    folded: str
    found: list[Found]
    tickers: list[Ticker]
    heading: bool


class Link(NamedTuple):
    """One company that a sentence names, by which characters and how."""

    start: int
    end: int
    company: Company
    via: Via


def link_by_ticker(table: CompanyTable, line: Line, ticker: Ticker, article: str) -> Link | None:
    """The company that a ticker stands for, by the name before it where there is one.

    Args:
        table: The company table.
        line: The sentence that the ticker stands in.
        ticker: As found there.
        article: The whole article, folded.

    Returns:
        None where nothing says which company it is, or that it is a ticker.
    """
    listed = [one for t in ticker.readings if (one := table.listed(t))]
    before = _found_before(line, ticker)
    if before and (before.name.company in listed or _is_sure(before, listed, ticker)):
        return Link(before.start, before.end, before.name.company, before.name.via)
    if not ticker.bracketed:
        return Link(ticker.start, ticker.end, listed[0], "ticker") if listed else None
    span = name_before(line.folded, ticker.start, article, line.found)
    nameless = span is None or names_nobody(line.folded[slice(*span)])
    company = _choose(table, line, ticker, listed, article) if listed and span else None
    if listed and ticker.explicit:
        company = listed[0]
    if company:
        bracket = ticker.start + 1, ticker.end - 1
        start, end = bracket if span is None or nameless else span
        named = _named_at(line, start, end, company)
        return named or Link(start, end, company, "ticker")
    reading = home_market(ticker, line.folded, article)
    if span is None or nameless or reading is None:
        return None
    company = new_company(reading, line.text[slice(*span)], article)
    return Link(*span, company, "ticker")


def each_by_itself(table: CompanyTable, line: Line, article: str) -> Line:
    """The line with each code by itself where a bracket lists several companies."""
    apart = [_apart(table, line, ticker, article) or (ticker,) for ticker in line.tickers]
    return line._replace(tickers=[each for several in apart for each in several])


def _apart(table: CompanyTable, line: Line, ticker: Ticker, article: str) -> list[Ticker]:
    """The codes of a bracket that lists several companies; none where it is of one."""
    before = _found_before(line, ticker)
    if before and before.name.company in map(table.listed, ticker.readings):
        return []
    coded = [
        (code, company) for code in ticker.codes if (company := _coded(table, line, code, article))
    ]
    if all(line.folded[code.start : code.end] in COMMON_WORDS for code, _ in coded):
        return []
    companies = {company.id for _, company in coded} | _named_inside(line, ticker)
    if len(companies) < 2:
        return []
    return [code._replace(readings=company.tickers[:1]) for code, company in coded]


def _coded(table: CompanyTable, line: Line, code: Ticker, article: str) -> Company | None:
    listed = [one for each in code.readings if (one := table.listed(each))]
    if not listed or code.explicit:
        return listed[0] if listed else None
    if name := _sure_at(line, code.start, code.end):
        return name.name.company
    written = line.text[code.start : code.end]
    if written.isalpha():
        return listed[0] if written.isupper() and len(written) > 1 else None
    home = None if is_year_like(code.readings[0]) else home_market(code, line.folded, article)
    return _listed_at_home(table, home)


def _choose(
    table: CompanyTable, line: Line, ticker: Ticker, listed: list[Company], article: str
) -> Company | None:
    first = ticker.readings[0]
    if first[0].isalpha():
        return listed[0] if len(first) > len("MU.US") else None
    if is_year_like(first):
        return None
    return _listed_at_home(table, home_market(ticker, line.folded, article))


def _listed_at_home(table: CompanyTable, home: str | None) -> Company | None:
    # Of either exchange of Taiwan, which share their numbers out: 8299.TW is 8299.TWO.
    return table.listed(home) or table.listed(f"{home}O") if home else None


def _found_before(line: Line, ticker: Ticker) -> Found | None:
    if not ticker.bracketed:
        return None
    end = ticker.start
    # Step by step: to copy what is before each ticker takes squared time on a line of many.
    while end and line.folded[end - 1] in _GAP:
        end -= 1
    at = bisect_left(line.found, end, key=lambda found: found.end)
    return line.found[at] if at < len(line.found) and line.found[at].end == end else None


def _named_inside(line: Line, ticker: Ticker) -> set[str]:
    """The companies that a bracket names beside its codes."""
    at = bisect_left(line.found, ticker.start, key=lambda found: found.start)
    inside = takewhile(lambda found: found.end < ticker.end, islice(line.found, at, None))
    return {found.name.company.id for found in inside if found.name.trust == "sure"}


def _named_at(line: Line, start: int, end: int, company: Company) -> Link | None:
    """A sure name of a company that a span begins with: 小米集團 in 小米集團-W."""
    found = _sure_at(line, start, end)
    own = found and found.name.company.id == company.id
    return Link(start, found.end, company, found.name.via) if found and own else None


def _sure_at(line: Line, start: int, end: int) -> Found | None:
    at = bisect_left(line.found, start, key=lambda found: found.start)
    found = line.found[at] if at < len(line.found) else None
    if not found or found.start != start or found.end > end or found.name.trust != "sure":
        return None
    return found


def _is_sure(before: Found, listed: list[Company], ticker: Ticker) -> bool:
    # The table may lack a second listing; a bare number of another company is a misprint.
    return before.name.trust == "sure" and not (listed and ticker.explicit)
