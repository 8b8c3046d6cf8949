"""Lists of those that moved most, 漲幅前兩名為某9.9%、某8.5%: its head says which way.

Names are blanked here, as in all that moves are read in. Lists of groups, or of what is no share,
are none.
"""

import re
from collections.abc import Iterator

from chipstance.companies.moves.asides import is_aside
from chipstance.patterns import lazily

_COUNT = r"[一二两三四五六七八九十\d]{1,3}"
_FIGURE = r"(?:约|逾|近|达|超过?|[跌涨升+-]){0,2}\d+(?:\.\d+)?%"
# One that the table does not know stands in a list, too.
_UNKNOWN = r"[^\W\d_a-z某]{2,6}(?:\(\d{4,6}\))?"
# 的 of 某的9.9%, and the bracket of 某(9.9%).
_ITEM = rf"(?:某+[a-z.\-\s]{{0,4}}|{_UNKNOWN})[的(]?{_FIGURE}\)?"
_THEN = "(?:其次|再来|接着|然后)"
_NEXT = rf"\s?(?:[、,;/和与及]|以及|(?={_THEN}))(?:{_THEN}[为是]?)?\s?"
_NAMES = rf"某+(?:{_NEXT}某+)*"
_FIRST = (
    rf"(?:排[行名]榜?|榜)?的?前{_COUNT}[名大强位]?|排[行名]榜?|榜首?|居前|靠前|[较最][大高深多]|"
    r"(?:超过?|逾|达)\d+(?:\.\d+)?%(?:以上)?"
)
_WHOSE = (
    r"(?:的|者|嘅)?(?:个股|股票|股份|公司|企业|成[分份]股|[晶芯]片股|半导体股|股|者)?(?:当?中)?"
)
_ARE = r"(?:依序|依次|分别|[为是系有即:\s]|包括|包含|计有)*"
_RANKED = lazily(
    rf"(?P<way>(?:[涨升跌]幅(?:度)?(?:{_FIRST})|领[涨升跌])){_WHOSE}{_ARE}"
    rf"(?P<items>{_ITEM}(?:{_NEXT}{_ITEM})*"
    rf"|{_NAMES},?(?:依序|依次|分别|各)[为是达有]*{_FIGURE}(?:{_NEXT}{_FIGURE})*)",
    hints=("涨幅", "升幅", "跌幅", "领涨", "领升", "领跌"),
)
_PAUSE = lazily(r"[,;:。!?]")
_LONGEST_BEFORE = 40
_AMONG_SHARES = lazily(r".*(?:股|股份|股票|标的|名单)(?:当?中|里|之中)?的?")


def ranked(folded: str) -> Iterator[tuple[int, int, int]]:
    """Find the lists in a folded text: start and end of their items, and 1 for rises, -1 for falls.

    >>> list(ranked("跌幅前两名为某4.8%、某3%")), list(ranked("营收涨幅前两名为某48%、某30%"))
    ([(6, 15, -1)], [])
    """
    for match in _RANKED.finditer(folded):
        if _of_shares(folded, match):
            yield *match.span("items"), -1 if "跌" in match["way"] else 1


def _of_shares(folded: str, match: re.Match[str]) -> bool:
    before = _PAUSE.split(folded[max(0, match.start() - _LONGEST_BEFORE) : match.start()])[-1]
    return is_aside(before) or _AMONG_SHARES.fullmatch(before) is not None
