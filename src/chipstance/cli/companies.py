"""`classify companies`."""

from pathlib import Path

import click

from chipstance.cli.options import companies_option
from chipstance.cli.telling import note, tell
from chipstance.errors import CompanyTableError
from chipstance.printable import counted, printable


@click.group("companies")
def command() -> None:
    """Look into and check the company table.

    \b
    Example:
      classify companies show nvidia
      classify companies check --companies mine.csv
    """


@command.command("list")
@click.option("--kind", help="Only companies of this kind, such as foundry.")
@companies_option
def list_companies(kind: str | None, companies: Path | None) -> None:
    """List the companies: id, kind, ticker, names; by tabs, names by "|".

    \b
    Example:
      classify companies list --kind memory
    """
    from chipstance.companies.table import load_table

    table = load_table(companies)
    kinds = sorted({company.kind for company in table.companies})
    if kind not in (None, *kinds):
        raise click.UsageError(f"{kind}: no such kind; there are {', '.join(kinds)}")
    for company in table.companies:
        if kind in (None, company.kind):
            names = "|".join(name.rstrip("?!") for name in company.every_name())
            cells = company.id, company.kind, company.ticker or "", names
            click.echo("\t".join(map(printable, cells)))


@command.command("show")
@click.argument("name")
@companies_option
def show_company(name: str, companies: Path | None) -> None:
    """Show a company by its id, name, ticker or product.

    \b
    Example:
      classify companies show 英偉達
    """
    from chipstance.companies.finding import find_companies
    from chipstance.companies.table import load_table

    found = find_companies(load_table(companies), name)
    if not found:
        raise CompanyTableError(
            f"{name}: not in the company table; add it with a table of your own: --companies FILE"
        )
    for company in found:
        tell(f"{company.id} ({company.kind})")
        for region, names in company.names.items():
            tell(f"  {region}: {', '.join(each.rstrip('?!') for each in names) or '–'}")
        tell(f"  tickers: {', '.join(company.tickers) or '–'}")
        tell(f"  products: {', '.join(company.products) or '–'}")


@command.command("check")
@companies_option
def check_table(companies: Path | None) -> None:
    """Check the company table; problems are a line each, and the exit status is 1.

    \b
    Example:
      classify companies check --companies mine.csv
    """
    from chipstance.companies.company import CompanyTable
    from chipstance.companies.rules import check
    from chipstance.companies.table import load_table, read_companies, taken_over

    own = read_companies(companies) if companies else {}
    table = CompanyTable(tuple(own.values())) if companies else load_table()
    problems = check(table, tuple(own))
    for problem in problems:
        tell(problem)
    for said in taken_over(own.values()):
        note(f"Note: {said}")
    tell(f"{counted(len(table.companies), 'company')}, {counted(len(problems), 'problem')}")
    if problems:
        raise SystemExit(1)
