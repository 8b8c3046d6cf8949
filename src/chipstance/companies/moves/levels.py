"""Figures that are said to stand so high and then to have moved, 产能利用率78%,下跌2%.

The move is theirs, and not the shares'. What was raised, won or paid is news, of which a share
moves: 调涨合约价30%,上涨2%.
"""

import re

from chipstance.companies.moves.clauses import BREAK, Line
from chipstance.patterns import lazily

_LEVEL = lazily(
    r"(?P<to>[^,;:。!?]{0,16}?)(?:\d[\d,.]*[百千万亿兆]*"
    r"(?:%|[美日欧港韩]?元|日圆|[片颗台部辆件座天人名吨倍点次]|[gm]w)?|[一二三四五六七八九]成[一二三四五六七八九半]?)\)?[,;]"
)
_CHANGED = lazily(
    r"(?:[增减涨跌升降提扩缩]|加(?!权))(?![^,;]{0,2}[至到])|[调修砍削获接签标买购卖砸募拿抢派配]"
)
# The shares are what was traded.
_TRADING = frozenset({"成交", "交投", "沽空", "持股", "持仓"})
_SET_PRICE = lazily(r"(?:目标|发行|配售|收购|要约|上市|行使|定)$")
# 因需求強勁收報201美元: what closes at a sum is the share; an index stands at points.
_CLOSES_AT = lazily(r"(?:[收报挂][报收在于市盘]?)[\d.,]+[美日欧港韩]?[元圆],")
_THAN_BEFORE = lazily(
    r"(?:[较比再又亦也更略微即则约]|[小大]幅|明显|显著|进一步|轻微|[上去前]一?个?(?:[年季月期周次日天]|交易日)|[昨隔]日|[与和跟]|相(?:比|较)|同期|之?前)*"
)
# 聯電毛利率30%,世界先進28%,上升2%: the next one's, in so few words.
_NEXT_LEVEL = lazily(r"[则为是占有约仅只达至\s]{0,4}\d[\d.]*%[,;]")


def goes_on_with_level(line: Line, at: int, other: re.Match[str]) -> bool:
    """Whether a move is that of a figure that the clause before gives.

    Args:
        line: The sentence.
        at: Number of the move.
        other: The last word before its clause for what is not the shares.
    """
    folded, clause = line.folded, line.places[at].clause
    if not _THAN_BEFORE.fullmatch(folded, clause, line.moves[at].start):
        return False
    named = [n.end for n in line.named if other.end() <= n.start < clause]
    if named:
        return _NEXT_LEVEL.fullmatch(folded, named[-1], clause) is not None
    level = _LEVEL.fullmatch(folded, other.end(), clause)
    since = max((m.end() for m in BREAK.finditer(folded, 0, other.start())), default=0)
    told = folded[since : other.start()]
    if level is None or other[0] in _TRADING or _SET_PRICE.search(told):
        return False
    quoted = other[0] == "报价" and any(n.end == other.start() for n in line.named)
    closes = "价" not in other[0] and _CLOSES_AT.search(level[0])
    return not (quoted or closes or _CHANGED.search(told) or _CHANGED.search(level["to"]))
