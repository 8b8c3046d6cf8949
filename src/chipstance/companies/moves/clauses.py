"""Where in a sentence a stated move stands: its clause, and how late it is.

Whose move it is, is for `owners` to say, and whether it is one of shares, for `subjects`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from chipstance.companies.mention import UNKNOWN
from chipstance.companies.moves.move import Move
from chipstance.companies.moves.stated import CLOSED
from chipstance.patterns import lazily

_INTRADAY = lazily(
    r"曾|一度|最多|盘中|早段|早市|早盘|开盘|开市|高开|低开|开高|开低|裂口|跳空|中段|午前|半日|上午|触及|最大跌|最大升|"
    r"先(?=[跌升涨挫])|初段",
    hints=(*"曾早开先午", "一度", "最", "盘中", "裂口", "跳空", "中段", "半日", "触及", "初段"),
)
_CLOSE = lazily(
    rf"{CLOSED}[报市盘涨跌升高低红黑挫平在于窄敛]|终场|尾盘|平收|作收|全日|全天|盘后|最终|终以|高收|低收"
)
# 盤後一度漲5%: what was only touched is no close, in whatever session.
_TOUCHED = lazily(r"一度|曾|最多|触及", hints=("一度", "曾", "最多", "触及"))
_TOLD_BEHIND = lazily(rf"[^,;。!?]{{0,4}}{CLOSED}", hints="收")
_PAST = lazily(
    r"上周|上星期|上个?月|去年|前年|年初|今年来|年内|年来|本月|本周|累计|累|过去|此前|早前|之前|前一|前日|周来|月来|日来|"
    r"近[一二三四五六七八九十两\d]|以来|连[跌升涨]|半年|全年"
    r"|(?:较|由|从|自|距)[^,;。]{0,16}(?:高位|高点|低位|低点|历史高|谷底|招股价|发行价|上市价|定价)",
    hints=(*"上年月周累过前来近连较由从自距",),
)
BREAK = lazily(r"[;。!?:](?!\d)|(?<!\d),|,(?!\d{3})")


class Named(NamedTuple):
    """A company named in a sentence, with its listings and line of business."""

    start: int
    end: int
    company: str
    tickers: tuple[str, ...] = ()
    kind: str = UNKNOWN


class Place(NamedTuple):
    """Where a move stands: its clause, what stands before it there, and how late it is."""

    clause: int
    before: str
    rank: int


class Line(NamedTuple):
    """A sentence, or a piece of one, with its companies and the moves it states."""

    folded: str
    named: Sequence[Named]
    moves: Sequence[Move]
    places: Sequence[Place]


def line(folded: str, named: Sequence[Named], moves: Sequence[Move]) -> Line:
    """Find where each of the moves stands that a folded text states."""
    places: list[Place] = []
    for at in range(len(moves)):
        places.append(_place(folded, moves, at, places[-1].rank if places else 0))
    return Line(folded, named, moves, places)


def _place(folded: str, moves: Sequence[Move], at: int, rank_before: int) -> Place:
    move = moves[at]
    clause = max((m.end() for m in BREAK.finditer(folded, 0, move.start)), default=0)
    since = max(clause, moves[at - 1].end if at else 0)
    before = folded[since : move.start]
    here = folded[since : move.end]
    closes = [match.end() for match in _CLOSE.finditer(here)]
    touched = closes and _TOUCHED.search(here, closes[-1])
    if _TOLD_BEHIND.match(folded, move.end) or (closes and not touched):
        rank = 3
    elif touched or _INTRADAY.search(here):
        rank = 1
    elif _PAST.search(here):
        rank = 0
    else:
        # 盤後漲4%後倒跌2% goes on with what was after hours.
        rank = max(2, rank_before) if before.startswith(("后", "之后")) else 2
    return Place(clause, before, rank)
