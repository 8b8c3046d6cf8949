"""Companies of the table by whatever a user calls them."""

from chipstance.articles.fold import fold
from chipstance.companies.table import Company, CompanyTable


def find_companies(table: CompanyTable, name: str) -> list[Company]:
    """Companies that a name stands for, in the order of the table.

    Args:
        table: The company table.
        name: An id, a name in either script, a ticker with or without its market, or a product.

    Returns:
        An empty list where the table knows no such name; several where they share it.

    >>> from chipstance.companies.table import load_table
    >>> [[each.id for each in find_companies(load_table(), name)] for name in ("英伟达", "2330")]
    [['nvidia'], ['tsmc']]
    """
    wanted = fold(name)
    return [company for company in table.companies if wanted in _called(company)]


def _called(company: Company) -> set[str]:
    names = {fold(each.rstrip("?!")) for each in (company.id, *company.every_name())}
    listed = {fold(each) for each in company.tickers}
    bare = {ticker.partition(".")[0] for ticker in listed}
    return names | listed | bare | {fold(each) for each in company.products}
