"""Companies of the table by whatever a user calls them."""

import re

from chipstance.articles.normalising.fold import fold
from chipstance.companies.company import Company, CompanyTable
from chipstance.companies.names.unknown import id_of
from chipstance.companies.tickers import readings, stated, tickers

# Written with five digits, with four or with none of the zeros: 00981, 0981.HK, 981.
_HONG_KONG = re.compile(r"(\d{1,5})(?:\.hk)?")


def find_companies(table: CompanyTable, name: str) -> list[Company]:
    """Companies that a name stands for, in the order of the table.

    Args:
        table: The company table.
        name: An id, a name in either script, a ticker with or without its market (a code of
            Hong Kong with any number of zeros before it), or a product; blanks around it are
            nothing. A market may be written as the press does: 2330-TW, 688981.SH, NASDAQ:NVDA.

    Returns:
        An empty list where the table knows no such name; several where they share it.

    >>> from chipstance.companies.table import load_table
    >>> called = "英伟达", "2330", "00981"
    >>> [[each.id for each in find_companies(load_table(), name)] for name in called]
    [['nvidia'], ['tsmc'], ['smic']]
    """
    asked = fold(name).strip()
    wanted = {asked, *map(fold, stated(asked))}
    if code := _HONG_KONG.fullmatch(asked):
        wanted |= {fold(each) for each in readings(code[1], "hk")}
    return [company for company in table.companies if not wanted.isdisjoint(_called(company))]


def ids_of_code(code: str) -> list[str]:
    """Ids that companies which no table knows have by a code, as texts write it.

    Args:
        code: With its market or without; letters without one may be any word, and give nothing.

    >>> ids_of_code("3581-TW"), ids_of_code("NVDA")
    (['3581_tw'], [])
    """
    # As in brackets, where a text says most of its codes.
    found = tickers(f"({fold(code).strip()})")
    sure = [each for each in found if each.explicit or each.readings[0].partition(".")[0].isdigit()]
    return list(dict.fromkeys(id_of(ticker) for each in sure for ticker in each.readings))


def wrong_id(table: CompanyTable, company: str) -> str | None:
    """What is wrong with what stands for a company's id, and what to write instead.

    Args:
        table: The company table.
        company: What stands there.

    Returns:
        None where the table has a company of that id.

    >>> from chipstance.companies.table import load_table
    >>> wrong_id(load_table(), "台積電")
    'no company id; write tsmc'
    """
    if table.get(company) is not None:
        return None
    meant = [each.id for each in find_companies(table, company)]
    if meant:
        return f"no company id; write {' or '.join(meant)}"
    return "in no company table; give yours with --companies"


def _called(company: Company) -> set[str]:
    names = {fold(each.rstrip("?!")) for each in (company.id, *company.every_name())}
    listed = {fold(each) for each in company.tickers}
    bare = {ticker.partition(".")[0] for ticker in listed}
    return names | listed | bare | {fold(each) for each in company.products}
