"""A short name that an article explains: 超微(Supermicro) is no AMD there, and MPS is who it says.

Hong Kong and the mainland shorten names of which Taiwan's press has another owner. Where a name has
in brackets behind it a company of which a longer name contains it (美超微), the article means that
one by it, in this sentence and in all others. Notices say in brackets what they call a company from
there on: Monolithic Power Systems(以下簡稱「MPS」).
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from chipstance.articles.normalising.fold import fold, is_han
from chipstance.companies.common_words import COMMON_WORDS
from chipstance.companies.company import Company
from chipstance.companies.names.dictionary import LENGTHS, is_word
from chipstance.companies.names.in_text import Found
from chipstance.patterns import lazily

# What stands between a name and its gloss.
_OPENING = ("(", " (")
# Between a company's name and what it is called from here on, nothing but the rest of its name: a
# firm that is another's, ...旗下某某公司, has a short name of its own.
_REST = (
    r"(?:股份|有限|责任|科技|集团|控股|半导体|微?电子|技术|实业|工业|国际|系统|制造|材料|设备|信息|智能|(?:集成|积体)?电路|"
    r"公司|\([^\W\d_a-z]{2,4}\)){0,8}(?:,?\s?(?:inc|corp|ltd|co|plc)\b\.?){0,2}\s?"
)
_CALLED = lazily(
    rf"{_REST}(?:\([^()]{{0,60}}?)?[,;\s]?(?:以下简?|下文简?|后文简?|简|下)称(?:为|作)?:?\s?"
    r"[\"'「『《]?(?P<short>[^\W_]{2,8})[\"'」』》]?\)",
)
_MAY_BE_CALLED = lazily(r"(?:以下|文|简|下)称", hints="称")
# What parties to a deal are called, each in its notice.
_ROLE = lazily(r"[本该]|公司|集团|企业|标的|目标|基金|协议|合同|项目|交易|买方|卖方|甲方|乙方|双方")


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


def shortened(lines: Iterable[tuple[str, str, list[Found]]]) -> Iterator[Company]:
    """The companies that an article gives a short name, each by this name alone.

    Args:
        lines: Each sentence as published and folded, and the names found in it.
    """
    for text, folded, found in lines:
        if _MAY_BE_CALLED.search(folded):
            yield from filter(None, (_shortened(text, folded, each) for each in found))


def _shortened(text: str, folded: str, found: Found) -> Company | None:
    called = _CALLED.match(folded, found.end)
    if not called or found.name.trust != "sure" or not _may_be_short(called["short"]):
        return None
    short = text[slice(*called.span("short"))]
    return found.name.company._replace(
        names={"en": (), "tw": (short,), "hk": (), "cn": ()}, products=(), not_in=(), not_with=()
    )


def _may_be_short(name: str) -> bool:
    if name in COMMON_WORDS or _ROLE.search(name) or name.isdigit():
        return False
    return not (len(name) in LENGTHS and all(map(is_han, name)) and is_word(name))
