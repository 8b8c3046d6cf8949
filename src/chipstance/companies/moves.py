"""What a sentence says the shares of each company did, in percent.

Conventions: 逾, 近, 約 and their like take the number itself; 平盤 is 0; a limit-up or limit-down
is 10 for Taiwan and the mainland's main boards, 20 for ChiNext and STAR, else unknown; 腰斬 is -50
and 翻倍 +100. Of several moves the latest counts: the close before what was touched in between,
this session before the weeks behind it. What is wished, feared or conditional is no move, and
neither is a figure of an index, of revenue, of prices, of a target or of a share of a market.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from chipstance.companies.stated import Move, stated
from chipstance.patterns import lazily

# Whose figure it is, where it is not the shares': the last such word before the move decides.
_NOT_SHARES = (
    r"营收|收入|收益|毛利|净利|纯利|盈利|获利|溢利|利润|业绩|盈余|每股|eps|出货|销量|销售|销货|"
    r"产能|产量|产值|市占|占有率|份额|占比|比重|比率|利率|息率|殖利率|孳息|稼动率|利用率|"
    r"使用率|良率|渗透率|(?<![股市盘现])价(?!值)|成本|资本支出|资本开支|开支|支出|投资额|订单|"
    r"需求|库存|用电|电力|耗电|员工|人数|用户|下载|流量|通胀|cpi|gdp|ppi|指数|恒指|国指|科指|"
    r"纳指|那指|道指|标普|费半|费城半导体|那斯达克|纳斯达克|加权|日经|kospi|上证|深证|沪指|"
    r"沪深|创业板|科创|大盘|大市|期指|期货|板块|类股|族群|概念股|晶片股|芯片股|半导体股|科技股|"
    r"科网股|权值股|同业|etf|基金|比特币|油价|原油|金价|债|汇率|"
    r"(?<![\d百千万亿])(?:美元|日圆|日元|人民币|台币|韩元)|成交|交投|沽空|持股|持仓|股息|派息|"
    r"估值|本益比|市盈率|市账率|费用|预算|运价|租金|规模|效能|性能|效率|速度|算力|功耗|参数|"
    r"准确率|得分|权重|财测|折让|溢价|薪|税|进口|出口|市场|港股|美股|台股|陆股|日股|韩股|产业|"
    r"行业|次数|交期|投片|报价|合约|资产|负债|现金|存货|亏损|同行|同类|中位数|均值|新股"
)
_SHARES = (
    "股价|收盘|收市|收报|adr|a股|h股|盘中|盘前|盘后|开盘|开市|场外|该股|市值|尾盘|早盘|终场|午后|存托凭证|夜盘|首日|挂牌|股份|"
    "股票|现价|昨收|美股股价"
)
_SUBJECT = lazily(rf"(?P<shares>{_SHARES})|(?P<other>{_NOT_SHARES})")
_UNREAL = lazily(
    r"若|如果|倘|假如|假设|万一|一旦|要是|除非|可能|或(?=[会将再有跌升涨挫插泻])|恐(?!慌|惧)|有望|有机会|"
    r"(?<![材原资意不燃饮])料(?!理)|(?<![胜逊于超符较])预期|预计|预估|估计|看升|看涨|看跌|上望|潜在|将会|将再|势将|希望|"
    r"盼|但愿|担心|憧憬|是否|会不会|能否|哪怕|即使|即便|就算|最坏|目标|每(?=[升跌涨挫])|方可|才能|[要须需]再"
)
_PERIODIC = lazily(
    r"按年|按季|按月|同比|环比|年增|季增|月增|年减|季减|月减|年升|年跌|季升|季跌|去年同期|yoy|qoq"
)
_INTRADAY = lazily(
    r"曾|一度|最多|盘中|早段|早市|早盘|开盘|开市|高开|低开|开高|开低|裂口|跳空|中段|午前|半日|上午|触及|最大跌|最大升|"
    r"先(?=[跌升涨挫])|初段"
)
_CLOSE = lazily(
    r"收报|收市|收盘|终场|尾盘|收涨|收跌|收升|收高|收低|收红|收黑|平收|收平|作收|全日|全天|盘后|最终|终以|高收|低收|"
    r"收在|收于|收窄|收敛|收挫"
)
_PAST = lazily(
    r"上周|上星期|上个?月|去年|前年|年初|今年来|年内|年来|本月|本周|累计|累|过去|此前|早前|之前|前一|前日|周来|月来|日来|"
    r"近[一二三四五六七八九十两\d]|以来|连[跌升涨]|半年|全年"
    r"|(?:较|由|从|自|距)[^,;。]{0,16}(?:高位|高点|低位|低点|历史高|谷底|招股价|发行价|上市价|定价)"
)
_BREAK = lazily(r"[;。!?:](?!\d)|(?<!\d),|,(?!\d{3})")
_JOINED = lazily(
    r"(?:\([^()]*\)|\s|[a-z.\-]{0,6}|集团|公司|股价|控股|科技|股份|[\"'])*"
    r"(?:[、/和与及]|以及|还有|连同|,(?=[^,]{0,14}(?:分别|均|齐|皆|都)))[\"'\s]*"
)
_IN_TURN = lazily(r"分别|各自?|依序|依次")
_EACH = lazily(r"([两二三四五])(?:者|家|隻|只|档|股|间|公司|支|巨头|大厂)")
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_TOGETHER = lazily(r"均|齐|皆|双双|同[跌升涨挫]|都")
_FORMER, _LATTER = "前者", "后者"
# 受A拖累, 獲B看好: the company named there is not the one that moves.
_BY = lazily(
    r"(?:(?:受|因|随着?|跟随|遭|被|获|凭|借|靠|受惠于?|受累于?)[^,;。!?]{0,2}|"
    r"(?:继|较|比|持有|投资|入股|对|向|替|把|将|供应|打入|与|跑赢|跑输))$"
)
_SAYS = lazily(
    r"[^,;。!?、]{0,8}?(?:指出|指(?![数标引期定])|称|表示|认为|相信|报道|报导|预期|料|说|建议|点名|警告)"
)
_AHEAD = lazily(r"[^,;。!?、的]{0,10}的[^,;。!?、的]{0,3}")
_CATEGORY = lazily(r"(?:\([^()]*\))?等[^,;。!?]{0,8}?股")
_MARKET = lazily(r"的?(?:在)?(?:港股|美股|台股|日股|韩股)")
_WIDTH = lazily(r"[^,]{0,2}[涨升跌增]幅")
_NO_LIMIT = ("HK", "US", "T", "KS")


# Characters; sentences of the press have fewer than a quarter of them.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Named:
    """A company named in a sentence, with its listings."""

    start: int
    end: int
    company: str
    tickers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a move stands: its clause, what stands before it there, and how late it is."""

    clause: int
    before: str
    rank: int


def read_moves(folded: str, named: Sequence[Named]) -> dict[str, float]:
    """Read the share moves that a sentence states.

    Args:
        folded: Text of the sentence, folded.
        named: The companies it names, in order.

    Returns:
        Percent by company; a company without a stated move is left out.
    """
    best: dict[str, tuple[int, float]] = {}
    if named:
        for start, end in _pieces(folded):
            whole = end - start == len(folded)
            _read(folded[start:end], named if whole else _within(named, start, end), best)
    return {company: value for company, (_, value) in best.items()}


def _pieces(folded: str) -> Iterator[tuple[int, int]]:
    """The whole of a sentence; of what is too long to be one, parts between pauses.

    Every move is weighed against every company and every other move.
    """
    start = 0
    while len(folded) - start > _LONGEST:
        pause = max(folded.rfind(mark, start, start + _LONGEST) for mark in ",;、。 ")
        end = pause + 1 if pause > start else start + _LONGEST
        yield start, end
        start = end
    yield start, len(folded)


def _within(named: Sequence[Named], start: int, end: int) -> list[Named]:
    """The companies named in one piece, their places counted in it."""
    first = bisect_left(named, start, key=attrgetter("start"))
    last = bisect_left(named, end, key=attrgetter("start"))
    return [
        replace(n, start=n.start - start, end=min(n.end, end) - start) for n in named[first:last]
    ]


def _read(folded: str, named: Sequence[Named], best: dict[str, tuple[int, float]]) -> None:
    """Read the moves of one piece into what is known of each company: rank and percent."""
    moves = stated(folded)
    places = [_place(folded, moves, i) for i in range(len(moves))]
    for i, owners in _owned(folded, named, moves, places):
        for owner in owners:
            value = _limit(moves[i], owner, folded) if moves[i].limit else moves[i].value
            if value is not None and places[i].rank >= best.get(owner.company, (-1, 0.0))[0]:
                best[owner.company] = (places[i].rank, value)


def _place(folded: str, moves: Sequence[Move], at: int) -> _Place:
    move = moves[at]
    clause = max((m.end() for m in _BREAK.finditer(folded, 0, move.start)), default=0)
    since = max(clause, moves[at - 1].end if at else 0)
    before = folded[since : move.start]
    here = folded[since : move.end]
    after = re.match(r"[^,;。!?]{0,4}(?:收|报收|作收)", folded[move.end : move.end + 8])
    if _CLOSE.search(here) or after:
        rank = 3
    elif _INTRADAY.search(here):
        rank = 0
    else:
        rank = 1 if _PAST.search(here) else 2
    return _Place(clause, before, rank)


def _owned(
    folded: str, named: Sequence[Named], moves: Sequence[Move], places: Sequence[_Place]
) -> Iterator[tuple[int, list[Named]]]:
    """Yield each real move of shares by number, with the companies it belongs to."""
    shares = False
    at = 0
    while at < len(moves):
        end = at + 1
        while end < len(moves) and moves[end].follows and not _named_between(named, moves, end):
            end += 1
        shares = _is_of_shares(folded, named, moves, places, at, shares)
        if shares and not _is_unreal(folded, moves[at], places[at]):
            group = _owners(folded, named, moves, places, at)
            yield from _handed_out(folded, named, group, moves, at, end)
        at = end


def _named_between(named: Sequence[Named], moves: Sequence[Move], at: int) -> bool:
    return any(moves[at - 1].end <= n.start < moves[at].start for n in named)


def _is_of_shares(
    folded: str,
    named: Sequence[Named],
    moves: Sequence[Move],
    places: Sequence[_Place],
    at: int,
    before: bool,
) -> bool:
    start = moves[at].start
    if _PERIODIC.search(folded, places[at].clause, start):
        return False
    here = [n.end for n in named if places[at].clause <= n.start < start]
    since = max([places[at].clause, *here, *([moves[at - 1].end] if at else [])])
    if skipped := _CATEGORY.match(folded, since) or _MARKET.match(folded, since):
        since = skipped.end()
    words = list(_SUBJECT.finditer(folded, since, start))
    if words:
        return words[-1]["shares"] is not None
    if here:
        return True
    if _WIDTH.match(folded, since):
        behind = list(_SUBJECT.finditer(folded, 0, since))
        if behind and behind[-1]["other"] and not any(n.start > behind[-1].start() for n in named):
            return False
    # No subject of its own: it goes on with what moved before, in this clause or the one before.
    if at and (moves[at - 1].end > places[at].clause or _next_to(folded, places, at)):
        fresh = any(n.start >= moves[at - 1].end for n in named if n.start < start)
        return before or fresh or _AHEAD.match(folded, moves[at].end) is not None
    return True


def _next_to(folded: str, places: Sequence[_Place], at: int) -> bool:
    return len(_BREAK.findall(folded, places[at - 1].clause, places[at].clause)) <= 1


def _is_unreal(folded: str, move: Move, place: _Place) -> bool:
    if _UNREAL.search(place.before + folded[move.start : move.start + 1]):
        return True
    clause_before = _BREAK.split(folded[: max(place.clause - 1, 0)])[-1]
    return re.match(r"若|如果|倘|假如|一旦|万一", clause_before) is not None and (
        "会" in place.before or "将" in place.before
    )


def _owners(
    folded: str, named: Sequence[Named], moves: Sequence[Move], places: Sequence[_Place], at: int
) -> list[Named]:
    """The companies that a move belongs to: the nearest before it that can have moved."""
    move, place = moves[at], places[at]
    earlier = [n for n in named if n.end <= move.start]
    later = next((n for n in named if n.start >= move.end), None)
    alone = not any(n.start >= place.clause for n in earlier)
    if later and alone and _AHEAD.fullmatch(folded, move.end, later.start):
        return [later]
    told = _pointed_at(folded, move.start, place.clause, earlier)
    if told:
        return told
    while earlier:
        group = _group(folded, earlier, moves)
        rest = earlier[: -len(group)]
        clause = folded[max(0, group[0].start - 4) : group[0].start]
        says = move.start > group[-1].end and _SAYS.match(folded, group[-1].end, move.start)
        if rest and (_BY.search(clause) or says):
            earlier = rest
            continue
        single = alone and rest and len(_distinct(group)) == 1
        return _distinct(earlier)[-3:] if single and _TOGETHER.search(place.before) else group
    return []


def _pointed_at(folded: str, start: int, clause: int, earlier: Sequence[Named]) -> list[Named]:
    known = _distinct(earlier)
    before = folded[max([clause, *(n.end for n in earlier)]) : start]
    if len(known) > 1 and (_FORMER in before or _LATTER in before):
        return [known[-2]] if before.rfind(_FORMER) > before.rfind(_LATTER) else [known[-1]]
    each = _EACH.search(before)
    return known[-_COUNTS[each[1]] :] if each and len(known) >= _COUNTS[each[1]] else []


def _group(folded: str, earlier: Sequence[Named], moves: Sequence[Move]) -> list[Named]:
    """The last company and those listed with it, none of which has moved yet."""
    group = [earlier[-1]]
    for one in reversed(earlier[:-1]):
        between = folded[one.end : group[0].start]
        if any(one.end <= move.start < group[0].start for move in moves):
            break
        if one.company != group[0].company and not _JOINED.fullmatch(between):
            break
        if one.company == group[0].company and len(between) > 3:
            break
        group.insert(0, one)
    return group


def _distinct(named: Sequence[Named]) -> list[Named]:
    last = {n.company: n for n in named}
    return list(last.values())


def _handed_out(
    folded: str,
    named: Sequence[Named],
    group: list[Named],
    moves: Sequence[Move],
    at: int,
    end: int,
) -> Iterator[tuple[int, list[Named]]]:
    owners = _distinct(group)
    count = end - at
    in_turn = group and _IN_TURN.search(folded, group[-1].end, moves[at].end)
    if count > 1 and in_turn and len(owners) != count:
        known = _distinct([n for n in named if n.end <= moves[at].start])
        owners = known[-count:] if len(known) >= count else owners
    if count > 1 and len(owners) == count:
        yield from ((at + i, [owner]) for i, owner in enumerate(owners))
    else:
        yield from ((i, owners) for i in range(at, end))


def _limit(move: Move, owner: Named, folded: str) -> float | None:
    boards = owner.tickers
    main = boards[0] if boards else ""
    if main.partition(".")[2] in _NO_LIMIT and "a股" in folded:
        main = next((t for t in boards if t.endswith((".SS", ".SZ"))), "")
    code, _, market = main.partition(".")
    if market in ("TW", "TWO"):
        return 10.0 * move.value
    if market in ("SS", "SZ"):
        return (20.0 if code.startswith(("688", "689", "300", "301")) else 10.0) * move.value
    return None
