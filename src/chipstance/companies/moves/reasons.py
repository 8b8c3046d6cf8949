"""Reasons that stand between a company and its move, and name another: 甲在乙加单的激励下涨8%.

Those that a comma sets apart are for `owners`.
"""

from itertools import pairwise
from typing import NamedTuple

from chipstance.companies.moves.asides import is_aside
from chipstance.companies.moves.clauses import SPEAKERS, Line, Named
from chipstance.patterns import lazily

# Longer than what a report says of why a share moved without a comma.
_LONGEST = 80
_FEW = r"[^,;:。!?某]{0,8}$"
# 在…后, 于…下: nothing without an end.
_WITHIN = lazily(rf"[在于]{_FEW}", hints="在于")
_BECAUSE = lazily(
    rf"(?:由于|因为?(?![此应而])|受(?!访)|随着|凭借?|拜|遭|被|获(?!利)|趁|憧憬|有?鉴于){_FEW}",
    hints=(*"因受凭拜遭被获趁", "由于", "随着", "憧憬", "鉴于"),
)
# What a company does to another, or is for it.
_DONE = (
    r"通过|出清|清仓|[减增]持|抛售|卖[出给]|出售|买[进入下]|入股|投资|[收并]购|入主|拿下|[夺抢接][下走得获]|[赢取获夺]得|"
    r"失去|痛失|丢[掉失]|[切打攻投加]入|[挤打]进|退出|[击打]败|[胜赢]过|输给|超[越车]|反超|取代|控告|起诉|携手|联手|"
    r"牵手|[供交出]货给?|供应|授权|转单|[替为向对把将给]"
)
_TO = lazily(rf"(?:{_DONE})[\s了]?$")
_END = lazily(
    r"(?<![盘收开市午今明最随其先前])后|(?<![以旗年月名天底之])下|之际|时(?!代)|当[天日]|[次翌隔同][天日]|期间|而|的?消息",
    hints="后下际时当次翌隔同期而消",
)
# 三星HBM4通過…, and 英特爾宣布收購…
_LEAD = lazily(r"[a-z\d\s-]*|(?:宣布|公布|公告|证实|传出?|获准|成功|正式|决定|确定|终于)+")

# 因乙加单营收升8%: a figure of its own that moved, right behind a reason without an end.
_OWN_FIGURE = lazily(
    r"(?:营收|收入|获利|净利|毛利率?|盈利|盈余|业绩|出货量?|销量|市占率?|库存)(?:也|则|亦|都)?$"
)


class Reason(NamedTuple):
    """A company that moved for a reason, and what else stands between it and its move."""

    whose: Named
    gap: str


def reason_within(line: Line, at: int) -> Reason | None:
    """Find the reason that stands in a move's own clause and names another than what moved.

    Args:
        line: The sentence.
        at: Number of the move.
    """
    start = line.moves[at].start
    since = max(line.places[at].clause, start - _LONGEST)
    named = [n for n in line.named if since <= n.start and n.end <= start]
    if len(named) < 2:
        return None
    last = named[-1]
    behind = line.folded[last.end : start]
    tails = (behind[match.end() :] for match in _END.finditer(behind))
    tail = next(filter(is_aside, tails), None)
    own = _OWN_FIGURE.search(behind)
    before = line.folded[named[-2].end : last.start]
    open_ended = tail is None and (not is_aside(behind) or _TO.search(before) is not None)
    for one, other in pairwise(named):
        lead = _lead(line.folded[one.end : other.start], tail is not None, open_ended)
        if lead is not None and one.kind not in SPEAKERS and one.company != last.company:
            return Reason(one, lead + (tail or (own[0] if own else "")))
    return None


def _lead(between: str, ended: bool, open_ended: bool) -> str | None:
    """What stands before a reason that begins between two names, None where none does."""
    found = _BECAUSE.search(between) if ended or open_ended else None
    if ended and not found:
        found = _WITHIN.search(between) or _TO.search(between)
    lead = between[: found.start()] if found else None
    return lead if lead is not None and (is_aside(lead) or _LEAD.fullmatch(lead)) else None
