"""Where in a sentence a stated move stands: its clause, and the session that it is of.

Whose move it is, is for `owners` to say, and whether it is one of shares, for `subjects`.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from chipstance.companies.mention import UNKNOWN
from chipstance.companies.moves.move import Move
from chipstance.companies.moves.stated import CLOSED
from chipstance.patterns import lazily, words

# Brokers and papers speak of others' shares; their own move only where it stands right behind them.
SPEAKERS = frozenset({"bank", "media", "research", "asset_manager"})
_INTRADAY = lazily(
    f"{words('曾|一度|最多|盘中|早段|早市|早盘|开盘|开市|高开|低开|开高|开低|裂口|跳空|中段|午前|半日|上午')}|"
    f"{words('触及|最大跌|最大升|初段')}|先(?=[跌升涨挫])",
    hints=(*"曾早开先午", "一度", "最", "盘中", "裂口", "跳空", "中段", "半日", "触及", "初段"),
)
_CLOSE = lazily(
    rf"(?<![周月季年]){CLOSED}(?:[报涨跌升高低红黑挫平在于窄敛]|[市盘](?!后))|终场|尾盘|平收|作收|全日|全天|最终|终以|高收|低收",
    hints=(*"收终", "尾盘", "全日", "全天"),
)
# 開盤後 is the day itself.
_AFTER_HOURS = lazily(
    r"(?<!开)盘后|收市后|夜盘|延长(?:交易|时段)", hints=("盘后", "收市后", "夜盘", "延长")
)
# 盤後一度漲5%: what was only touched counts less, in whatever session.
_TOUCHED = lazily(r"一度|曾|最多|触及", hints=("一度", "曾", "最多", "触及"))
# 盤後一度漲8%,現升3%: still after hours.
_GOES_ON = lazily(r"\s*(?:[之随其]?后|现|最新|目前|暂|至?截|至?发稿)", hints="后现最目暂截发")
_TOLD_BEHIND = lazily(rf"[^,;。!?]{{0,4}}{CLOSED}", hints="收")
_PAST = lazily(
    r"上周|上星期|上个?月|去年|前年|年初|今年来|年内|本月|本周|累计|累|过去|此前|早前|之前|连[跌升涨]|半年|全年"
    # 前一交易日跌2%, but 較前一交易日跌2% is today's.
    r"|前一(?![日天]|个?交易日)|(?<![较比与和跟起于])(?:前日|前一[日天]|[上前]一?个?交易日|上一[日天])"
    # 全周漲7.6%, 月漲8%, 全年收漲: of all of it; but 當周三 is a day, 單月營收創高 of no share.
    r"|[全单当整该](?:周(?![一二三四五六日末])|[月季](?=[累共合计仍则已下上大急重劲狂暴]{0,2}[涨升跌挫飙泻]))"
    rf"|[周月季]内|[周月季年](?=[涨升跌]|{CLOSED})"
    # 今年漲60%, 三個月漲兩成, but 三年來最大單日跌幅 is a day's, and 近三成 how far a share went
    r"|(?:今年|近[一二三四五六七八九十百两数\d]{1,4}个?[多半余来几]{0,2}个?(?:交易)?(?:[年季月周日天波轮]|星期|礼拜)|[上本][季月]|个(?:多|半)?月|[一两二三四五]年|[一两二三四五六]个?(?:周|星期)|\d个?(?:周(?!年)|星期)(?![一二三四五六日])|[年周月日以]来)(?![^,;。]{0,8}[最首新])"
    r"|(?:较|由|从|自|距)[^,;。]{0,16}(?:高位|高点|低位|低点|历史高|谷底|招股价|发行价|上市价|定价)",
    hints=(*"上年月季周累过前来近连较由从自距", "星期"),
)
# 較昨日, 延續昨日: that day is what today's move is told by. 今早盤前 is before today's session.
_DAY_SAID = lazily(
    r"(?<![较比由从自与和跟起于续])(?P<yesterday>昨(?:[日天夜晚早午]|(?=[收跌涨升挫开再曾盘一反急大暴狂])))"
    r"|(?<![如至迄当])(?P<today>今(?:[日天早晨午晚]|(?=[收跌涨升挫开续再曾盘一反急大暴狂随]))"
    r"(?![^,;。]{0,4}(?:盘前|试撮|期货|夜期)))",
    hints="昨今",
)
BREAK = lazily(r"[;。!?:](?!\d)|(?<!\d),|,(?!\d{3})")


class Named(NamedTuple):
    """A company named in a sentence, with its listings and line of business.

    Attributes:
        listing: The one of its listings whose code the text names it by, or nothing.
    """

    start: int
    end: int
    company: str
    tickers: tuple[str, ...] = ()
    kind: str = UNKNOWN
    listing: str = ""


class Rank(IntEnum):
    """Which of a company's moves counts, the highest: that of the day before those around it."""

    PAST = 0
    TOUCHED = 1
    AFTER_HOURS = 2
    DAY = 3
    CLOSE = 4


class Place(NamedTuple):
    """Where a move stands: its clause, what stands before it there, and which session it is of.

    Attributes:
        outdone: Whether it is yesterday's in a sentence that goes on to today's, or comes from it.
    """

    clause: int
    before: str
    rank: Rank
    after_hours: bool
    outdone: bool = False


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
        places.append(_place(folded, moves, at, places[-1] if places else None))
    days = _days(folded, moves)
    if {"yesterday", "today"} <= set(days):
        outdone = [day == "yesterday" for day in days]
        places = [p._replace(outdone=o) for p, o in zip(places, outdone, strict=True)]
    return Line(folded, named, moves, places)


def _days(folded: str, moves: Sequence[Move]) -> list[str | None]:
    """The day that each move is of, "yesterday" or "today": the last that was said, if one was."""
    days: list[str | None] = []
    day, since = None, 0
    for move in moves:
        for match in _DAY_SAID.finditer(folded, since, move.end):
            day = match.lastgroup
        days.append(day)
        since = move.end
    return days


def _place(folded: str, moves: Sequence[Move], at: int, last: Place | None) -> Place:
    move = moves[at]
    clause = max((m.end() for m in BREAK.finditer(folded, 0, move.start)), default=0)
    since = max(clause, moves[at - 1].end if at else 0)
    before = folded[since : move.start]
    here = folded[since : move.end]
    rank = Rank.CLOSE if _TOLD_BEHIND.match(folded, move.end) else _told_rank(here)
    if last and move.follows and rank is None:
        return Place(clause, before, last.rank, last.after_hours)
    goes_on = last is not None and last.after_hours and _GOES_ON.match(before) is not None
    if rank is None:
        rank = Rank.AFTER_HOURS if goes_on else Rank.DAY
    return Place(clause, before, rank, goes_on or _AFTER_HOURS.search(here) is not None)


def _told_rank(here: str) -> Rank | None:
    """Which session a clause says that its move is of, None where it does not say."""
    closes = [match.end() for match in _CLOSE.finditer(here)]
    after_hours = _AFTER_HOURS.search(here)
    session = closes[-1] if closes else after_hours.end() if after_hours else None
    if session is not None and _TOUCHED.search(here, session):
        return Rank.TOUCHED
    if closes:
        return Rank.CLOSE
    if after_hours:
        return Rank.AFTER_HOURS
    if _INTRADAY.search(here):
        return Rank.TOUCHED
    return Rank.PAST if _PAST.search(here) else None
