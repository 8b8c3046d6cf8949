"""A short name that an article explains: 超微(Supermicro) is no AMD there.

Hong Kong and the mainland shorten names of which Taiwan's press has another owner. Where a name has
in brackets behind it a company of which a longer name contains it (美超微), the article means that
one by it, in this sentence and in all others.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from chipstance.articles.normalising.fold import fold
from chipstance.companies.company import Company
from chipstance.companies.names.in_text import Found

# What stands between a name and its gloss.
_OPENING = ("(", " (")


def explained(lines: Iterable[tuple[str, list[Found]]]) -> dict[str, Company]:
    """The names that an article explains, folded, and the company that it means by each.

    Args:
        lines: Each sentence folded, and the names found in it.
    """
    return {
        folded[name.start : name.end]: gloss.name.company
        for folded, found in lines
        for name, gloss in pairwise(found)
        if folded[name.end : gloss.start] in _OPENING
        and folded[gloss.end : gloss.end + 1] == ")"
        and name.name.company.id != gloss.name.company.id
        and _may_be_called(gloss.name.company, folded[name.start : name.end])
    }


def _may_be_called(company: Company, name: str) -> bool:
    return any(name in fold(each) for each in company.every_name())


def as_explained(
    folded: str, found: Iterable[Found], meant: Mapping[str, Company]
) -> Iterator[Found]:
    """The names found in a sentence, each of the company that the article means by it.

    Args:
        folded: The sentence, folded.
        found: In order.
        meant: As `explained` gives it.
    """
    for each in found:
        company = meant.get(folded[each.start : each.end])
        yield each._replace(name=each.name._replace(company=company)) if company else each
