"""Of which market a code in a text is, where the article is all that tells."""

import re
from functools import lru_cache

from chipstance.companies.tickers import Ticker
from chipstance.patterns import lazily

_YEAR = lazily(r"(?:19|20)\d\d\.")
_TAIWAN = lazily(
    r"台股|上柜|法人|新台币|柜买|加权指数|台湾|外资买超|投信|自营商|千张|证交所|法说|投顾|台厂|"
    r"(?<!按)[年季月]增(?!长)"
)
# Whatever it writes of, Hong Kong says 按年 and 沽售 where Taiwan says 年增 and 賣超.
_HONG_KONG = lazily(
    r"港股|港元|恒指|恒生|北水|港交所|联交所|本港|港币|大行|孖展|按[年季](?![付缴还分摊提])|沽[空售出货]"
)


def is_year_like(ticker: str) -> bool:
    """Whether a bare number in brackets is more likely a year than a ticker."""
    return _YEAR.match(ticker) is not None


def home_market(ticker: Ticker, sentence: str, article: str) -> str | None:
    """Choose the reading of a ticker that no table knows.

    Args:
        ticker: As found.
        sentence: Folded text of its sentence.
        article: The whole article, folded.

    Returns:
        A ticker in canonical form, or None where nothing speaks for one.
    """
    first = ticker.readings[0]
    here, there, five_digits = _markets(article)
    begin = ticker.start + ticker.bracketed
    if first.endswith(".HK") and here > there and sentence.startswith("00", begin):
        return None  # a Taiwanese fund, 0050 or 00878
    if ticker.explicit:
        return first
    if first[0].isalpha() or is_year_like(first) or first.partition(".")[0].endswith("000"):
        return None
    if len(first.partition(".")[0]) == len("688981"):
        return first
    hong_kong = next((r for r in ticker.readings if r.endswith(".HK")), None)
    taiwan = next((r for r in ticker.readings if r.endswith(".TW")), None)
    if taiwan is None or five_digits or there > here:
        return hong_kong
    return taiwan


@lru_cache(maxsize=8)
def _markets(article: str) -> tuple[int, int, bool]:
    """How often an article names Taiwan and Hong Kong; whether it has tickers of the latter."""
    five_digits = re.search(r"\(0\d{4}\)", article) is not None
    return len(_TAIWAN.findall(article)), len(_HONG_KONG.findall(article)), five_digits
