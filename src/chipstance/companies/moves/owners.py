"""Whose move a stated move is: the companies it is handed to."""

from collections.abc import Iterator, Sequence

from chipstance.companies.moves.asides import is_aside
from chipstance.companies.moves.clauses import BREAK, SPEAKERS, Line, Named
from chipstance.companies.moves.reasons import reason_within
from chipstance.patterns import lazily, needing, words

# 設備商ASML, 做雲端的CoreWeave: what describes a company that a clause is about.
_ABOUT = lazily(r".*(?:的|商|厂|股|巨头|龙头|公司|企业|集团|同业|新创|一哥|大厂)[\"'\s]*")

_JOINED = lazily(
    r"(?:\([^()]*\)|\s|[a-z.\-]|集团|公司|股价|控股|科技|股份|[\"'])*"
    r"(?:[、/和与]|(?P<with>[跟同])|,?\s?(?:及|以及|还有|连同))[\"'\s]*"
)
# ASML及軟件商新思均升6%
_DESCRIBED = lazily(
    r"\s?(?:[、和与及]|以及)[^,;:。!?、某\d]{1,12}"
    r"(?:商|厂|股|企业|龙头|巨头|公司|集团|一哥|大厂)\s?",
    hints="、和与及",
)
# 大同 is a company; 同 is a word beside another one's name.
_BETWEEN_ITEMS = lazily(r"[、和与跟]|以?及|(?<=[某\s])同|同(?=[某\s])")
_OF_EACH = lazily(
    r"分别|[各均齐皆都]|双双|依[序次]|同[跌升涨挫]|一[同起]|[两二]者",
    hints="分各均齐皆都双依同一者",
)
_IN_TURN = lazily(r"分别|各自?|依序|依次", hints=("分别", "各", "依"))
# 周二股價 is of one.
_EACH = lazily(
    r"(?<![周期拜第])([两二三四五])(?:者|家|隻|只|档|股|间|公司|支|巨头|大厂)", hints="两二三四五"
)
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_TOGETHER = lazily(r"均|齐|皆|双双|同[跌升涨挫]|都")
_FORMER, _LATTER = "前者", "后者"
# 受A拖累, 獲B看好, 跟著C漲: the company named there is not the one that moves.
_BY = lazily(
    r"(?:(?:受|因|随着?|跟[随着]|遭|被|获|凭|借|靠|受惠于?|受累于?)[^,;。!?]{0,2}|"
    r"(?:继|较|比|持有|投资|入股|对|向|替|把|将|供应|打入|与|跟|同|跑赢|跑输))$",
    hints=(*"受因随跟遭被获凭借靠继较比持投入对向替把将供打与同跑",),
)
_SAYS = lazily(
    "[^,;。!?、]{0,8}?(?:"
    f"{words('指出|称|表示|认为|相信|报道|报导|建议|点名|警告')}|"
    f"{needing('指', '指(?![数标引期定])')}|"
    f"{needing('预期', '(?<![胜逊于超符较低优如过达合及乎])预期(?![而下升降])')}|"
    f"{needing('料', '(?<![材原资意不])料(?!理)')}|{needing('说', '说(?<!法说)')})",
    hints=(*"指称料说", "表示", "认为", "相信", "报道", "报导", "预期", "建议", "点名", "警告"),
)
# 消息令英偉達跌7%: what a clause about an effect goes on about.
_MADE = lazily(
    r"(?:消息|此举|报[道导]|传闻|结果|事件|[亦也更并又])*(?:令|使得?|让|拖累|激励|刺激|带动|推动|导致)",
    hints=("令", "使", "让", "拖累", "激励", "刺激", "带动", "推动", "导致"),
)
# Characters: as many as stand between a company's name and another name for it.
_MOST_BETWEEN = 3
_AHEAD = lazily(r"[^,;。!?、的]{0,10}的[^,;。!?、的]{0,3}", hints="的")


def handed_out(line: Line, at: int, end: int) -> Iterator[tuple[int, list[Named]]]:
    """Hand a list of moves, from number `at` up to `end`, to the companies in order.

    Args:
        line: The sentence.
        at: Number of the first move.
        end: Number behind the last.

    Yields:
        The number of a move and the companies it belongs to.
    """
    group = _owners(line, at)
    owners, count = _distinct(group), end - at
    in_turn = group and _IN_TURN.search(line.folded, group[-1].end, line.moves[at].end)
    if count > 1 and len(owners) == count:
        yield from enumerate(([owner] for owner in owners), at)
    elif count > 1 and in_turn:
        yield from enumerate(_item_by_item(line, at, count, group, in_turn.start()), at)
    else:
        yield from ((i, owners) for i in range(at, end))


def _item_by_item(
    line: Line, at: int, count: int, group: Sequence[Named], until: int
) -> list[list[Named]]:
    """Whose each of so many moves is, in order, where not so many companies are known."""
    items = list(_items(line, at, group, until))
    if any(not named and not is_aside(text) for text, named in items):
        # One that the table does not know has a move, too.
        return [named for _, named in items] if len(items) == count else []
    known = _distinct([n for n in line.named if n.end <= line.moves[at].start])
    if len(known) >= count:
        return [[owner] for owner in known[-count:]]
    # One company's several days; of several companies nobody knows whose is whose.
    return [_distinct(group)] * count if len(_distinct(group)) == 1 else []


def _items(
    line: Line, at: int, group: Sequence[Named], until: int
) -> Iterator[tuple[str, list[Named]]]:
    """The items of the list that a group stands in, each with the company that it names, if one."""
    begin = max((m.end() for m in BREAK.finditer(line.folded, 0, group[0].start)), default=0)
    begin = max(begin, line.moves[at - 1].end if at else 0)
    pause = BREAK.search(line.folded, group[-1].end, until)
    end = pause.start() if pause else until
    while begin < end:
        joint = _BETWEEN_ITEMS.search(line.folded, begin, end)
        stop, behind = joint.span() if joint else (end, end)
        named = _distinct([n for n in line.named if begin <= n.start < stop])
        yield line.folded[begin:stop], named if len(named) == 1 else []
        begin = behind


def _owners(line: Line, at: int) -> list[Named]:
    """The companies that a move belongs to: the nearest before it that can have moved."""
    folded, move, place = line.folded, line.moves[at], line.places[at]
    reason = reason_within(line, at)
    until = reason.whose.end if reason else move.start
    earlier = [n for n in line.named if n.end <= until]
    later = next((n for n in line.named if n.start >= move.end), None)
    alone = not any(n.start >= place.clause for n in earlier)
    if later and alone and _AHEAD.fullmatch(folded, move.end, later.start):
        return [later]
    told = _pointed_at(line, at, earlier)
    if told:
        return told
    if alone:
        earlier = _spoken_of(line, at, earlier)
    while earlier:
        group = _group(line, at, earlier)
        rest = earlier[: -len(group)]
        if _only_named(line, at, group, rest):
            earlier = rest
            continue
        single = alone and rest and len(_distinct(group)) == 1
        return _distinct(earlier)[-3:] if single and _TOGETHER.search(place.before) else group
    return []


def _only_named(line: Line, at: int, group: Sequence[Named], rest: Sequence[Named]) -> bool:
    """Whether the group is a cause, a speaker or an object, not what moved."""
    start = line.moves[at].start
    between = line.folded[group[-1].end : start]
    if group[-1].kind in SPEAKERS and not is_aside(between):
        return True
    clause = line.folded[max(0, group[0].start - 4) : group[0].start]
    says = start > group[-1].end and _SAYS.match(line.folded, group[-1].end, start)
    return bool(rest and (_BY.search(clause) or says))


def _spoken_of(line: Line, at: int, earlier: Sequence[Named]) -> list[Named]:
    """The companies that a clause without a name of its own can go on about.

    They are listed and no mere speakers; those that a clause before began with come before those
    that one only mentioned.
    """
    able = [n for n in earlier if n.tickers and n.kind not in SPEAKERS]
    last = next((i for i in reversed(range(len(able))) if _begins(line.folded, able[i])), None)
    if last is None:
        return able
    group = able[: last + 1]
    for one in able[last + 1 :]:
        if not _are_listed(line, at, group[-1], one):
            break
        group.append(one)
    return group


def _begins(folded: str, one: Named) -> bool:
    start = max((m.end() for m in BREAK.finditer(folded, 0, one.start)), default=0)
    before = folded[start : one.start]
    told = _ABOUT.fullmatch(before) or _MADE.fullmatch(before)
    return told is not None or is_aside(before)


def _pointed_at(line: Line, at: int, earlier: Sequence[Named]) -> list[Named]:
    """The companies that 前者, 後者, 兩者 or 前二者 stands for."""
    known = _distinct(earlier)
    if len(known) < 2:
        return []
    listed = _distinct(_group(line, at, earlier))
    since = max([line.places[at].clause, *(n.end for n in earlier)])
    before = line.folded[since : line.moves[at].start]
    if _FORMER in before or _LATTER in before:
        former = listed[0] if len(listed) > 2 else known[-2]
        return [former if before.rfind(_FORMER) > before.rfind(_LATTER) else known[-1]]
    each = _EACH.search(before)
    count = _COUNTS[each[1]] if each else 0
    if not each or len(known) < count:
        return []
    return listed[:count] if before[: each.start()].endswith("前") else known[-count:]


def _group(line: Line, at: int, earlier: Sequence[Named]) -> list[Named]:
    """The last company and those listed with it, none of which has moved yet."""
    group = [earlier[-1]]
    for one in reversed(earlier[:-1]):
        if any(one.end <= move.start < group[0].start for move in line.moves):
            break
        if one.company != group[0].company and not _are_listed(line, at, one, group[0]):
            break
        if one.company == group[0].company and not _is_one_mention(line, one, group[0]):
            break
        group.insert(0, one)
    return group


def _is_one_mention(line: Line, one: Named, other: Named) -> bool:
    """Whether two names of one company stand side by side, and not in two clauses."""
    beside = other.start - one.end <= _MOST_BETWEEN
    return beside and BREAK.search(line.folded, one.end, other.start) is None


def _are_listed(line: Line, at: int, one: Named, other: Named) -> bool:
    """Whether two companies stand in one list, of which a move is told.

    A跟B合作,漲3% tells of A alone, A跟B分別漲3%及4% of both.
    """
    joint = _JOINED.fullmatch(line.folded, one.end, other.start)
    if joint is not None and joint["with"] is None:
        return True
    if joint is None and _DESCRIBED.fullmatch(line.folded, one.end, other.start):
        return _OF_EACH.search(line.folded, other.end, line.moves[at].end) is not None
    # Headlines and Hong Kong's papers set names side by side: 中芯華虹齊升5%.
    if joint is None and one.end < other.start:
        return False
    move = line.moves[at]
    of_each = _OF_EACH.search(line.folded, other.end, move.end)
    if joint is None:
        return of_each is not None
    return of_each is not None or is_aside(line.folded[other.end : move.start])


def _distinct(named: Sequence[Named]) -> list[Named]:
    last = {n.company: n for n in named}
    return list(last.values())
