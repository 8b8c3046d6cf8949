"""Stated moves in a text: a direction with a percentage, or a word that says both (漲停, 腰斬).

Which company a move belongs to is for `moves` to say.
"""

import re
from collections.abc import Iterator, Sequence
from math import copysign

from chipstance.companies.moves.figures import FIGURE_HINT, Figure, figures
from chipstance.companies.moves.move import Move
from chipstance.companies.moves.rankings import ranked
from chipstance.companies.moves.words import WORD_END, in_words
from chipstance.patterns import lazily, needing, words

# 營收 and 稅收 close nothing.
CLOSED = "收(?<![营税]收)"
# 收市分別低2.2%, but what stands 較收市低8% is a price that was set, or a receipt.
_END_OF_DAY = (
    r"(?<![较比与于])(?<![较比]..)(?<![较比]...)(?<![较比]....)(?:收[市盘]|埋单)(?:计数?)?"
    r"(?:反而?|各自?|分别|均|齐|双双|还|仍|则|亦|也|都|却|竟|约|微|略|,)*"
)
_UP = "|".join((
    words(
        "由跌转升|由跌转涨|转跌为升|倒升|转升|转涨|翻涨|翻升|弹升|反弹|回升|回弹|上升|上涨|上扬|攀升"
    ),
    needing("飙|飇|𩙪", "[飙飇𩙪][升涨高]?"),
    words(
        "劲升|劲扬|劲涨|大涨|大升|急升|狂升|狂涨|狂飙|暴涨|抽升|抽高|劲抽|狂抽|急抽|跳升|跳涨|拉升|"
        "跃升|挺升|扬升|走高|走强"
    ),
    needing("收", f"{CLOSED}[高红涨升]"),
    words("高收|高开|冲高|开高|升幅|涨幅|炒高|炒上|炒起|抢高|抢升|弹起|造好|进账|进帐|累涨|累升|攀高|弹高|涨势|升势"),
    needing("涨", "涨(?<!调涨)"),
    needing("升", "升(?<!调升)"),
    needing("跳", "跳(?=[了咗])"),
    needing("收|埋单", f"(?:{_END_OF_DAY})(?:多出|高出?)"),
    words("扬|弹"),
))  # fmt: skip
_DOWN = "|".join((
    words(
        "由升转跌|由涨转跌|转升为跌|倒跌|转跌|翻跌|翻黑|翻绿|下跌|下挫|下滑|回落|回撤|回吐|回调|拉回|回档|滑落|"
        "滑跌|重挫|大跌|急跌|暴跌|崩跌|狂跌|急插|重插|狂插|插水|跳水|急泻|狂泻|走低|走软|走弱"
    ),
    needing("收", f"{CLOSED}[低跌黑]"),
    words("低收|低开|开低|跌幅|跌势|累跌|缩水|蒸发|跌|挫|插|泻|滑|吐|贬|摔|杀低|失守|失血|回软|挨沽"),
    needing("软", "软(?<![微疲]软)"),
    needing("收|埋单", f"(?:{_END_OF_DAY})低"),
    needing("少", "少(?=[了咗])"),
    words("崩落|折损|蚀去|赔掉"),
    needing("掉", "(?<![忘砍关割丢删裁花省卖改扔抹甩吃减戒挤])掉"),
    needing("退", "(?<![衰告])退(?![休出税])"),
    needing("失", "(?<!损)失(?!业)"),
))  # fmt: skip
# 升咗, 跌返, 瀉足成, 去到 are Hong Kong's speech, 升左 how it is typed.
_SPOKEN = "|".join((
    needing("咗|左|返|番|埋|多|紧", "[咗左返番埋多紧](?!空)"),
    needing("成", r"成(?=\d|$)"),
    words("去到"),
))  # fmt: skip
_FILLERS = "|".join((
    _SPOKEN,
    words(
        "了|逾|超过|超|近|约|达到|达|至少|最多|最大|最深|最重|曾|一度|再度|再|又|将近|大约|大概|足足|足|不足|"
        "更加|更|甚至|竟然|竟|接近|高达|不到|不只|不止|快|幅度|幅|为|是|有|出|得|掉|去|走|多达"
    ),
    needing("收|缩|扩", "(?:收[窄敛]?|缩[小窄减]?|扩[大阔]?)(?:[至到为成]|[至到]?[只仅]?剩下?)"),
    needing("在", "(?<=[幅都均也亦])在"),
    words(
        "都|皆|录得|录|整整|合计|共|大|高|低|水|市|盘|少|仍|虽|则|亦|也|却|已|便|就|还|只|仅|微|见|开|收|分别|"
        "各|依序|均"
    ),
    # 由高點回落的幅度逾三成, but 純利倒退的幅度
    needing("的幅度", "(?<=[落跌涨升吐档挫])的幅度"),
    # 漲過三成, 漲幅雖然只有3%
    needing("过", "(?<!不)过"),
    words("虽然|虽说|尽管"),
    r",\s?达|[:\s~]",
))  # fmt: skip
# 升幅由5%收窄至2%: what it was before.
_FROM = needing("由|从", "(?<=[幅势])[都均皆亦也已]?[由从][^,;]{1,12}?(?=收[窄敛到至]|缩|扩)")
# 跌幅進一步擴闊至4%, 升幅全日達5%: how a width, unlike a mere direction, may come to its figure.
_COMES_TO = needing(
    "幅|势",
    "(?<=[幅势])(?:最[终后高]|一举|一口气|进一步|迅速|快速|急速|随即|逐步|现时?|目前|全[日天]|单日|[只仅]?剩[下返]?|"
    "盘[中后]|[早午尾]盘|午[后间]|早段|收[市盘]时?|居然|更加?|已|再|一度|扩阔[至到]|[拉放加][大阔][至到]|来到|逼近|"
    "直逼|突破)+",
)
# 跌2.2元或3.1%, 漲15元(1.4%): the sum, then what percentage that is.
_SUM = needing(
    "元|圆|圜|英镑|仙|蚊",
    r"\d[\d,.]*[万亿]?(?:\D?元|日?圆|韩?圜|英镑|仙|蚊)(?:,?或|即|/|\(或?|、或?)(?:约|逾|近)?",
)
# 漲跌幅 says no direction, but 回升跌幅 is two words.
_EITHER = needing(
    "升跌|涨跌", "(?<![上回反拉攀爬弹跳急劲大狂暴微小再续倒转止])[涨升]跌(?:幅度?|百分比)?"
)
_TOWARD = lazily(
    rf"(?:(?P<either>{_EITHER})|(?P<up>{_UP})|(?P<down>{_DOWN}))"
    rf"(?:{_FROM})?(?:{_COMES_TO})?(?:{_FILLERS})*(?:{_SUM})?$"
)
# 漲跌幅為2% is a rise; 漲跌幅逾2% and 漲跌2% might be a fall.
_UNSIGNED_RISE = lazily(r".*(?:幅度?|百分比)(?:分别|各|依序|[为是:\s])*")
_BOUND = lazily(r"的?(?:限|上限)|(?:以|之)[内下上间]|上下|左右")
_WINDOW = 18
_BEHIND = lazily(r"(?:以上|左右)?的?(?P<word>升幅|涨幅|涨势|升势|跌幅|跌势)")
# 亦有6%進賬, but 有三成進賬來自遊戲 is of revenue.
_GAINED = lazily(
    r"(?:以上)?的?(?:进[账帐]|落袋)(?=[,;。!?、及和]|$)", hints=("进账", "进帐", "落袋")
)
_HAS = lazily(r"(?:有|录得?|[得获])(?:逾|近|约|超过|将近)?$")
# 上漲三成收斂至13.8%: the same way as before.
_CUT_TO = lazily(
    r"[^;。!?]{0,14}?(?:收窄|收敛|缩小|缩窄|扩大)(?:[至到为成]|[至到]?[只仅]?剩下?)(?:约|近|逾)?",
    hints="收缩扩",
)
_NEXT = lazily(
    r"(?:以上|左右)?\s?(?:[、,/]|,?\s?(?:和|及|与|以及|跟|同))\s?(?:逾|近|约|超过|超|不足|最后一家的?)?\s?",
    hints="、,/和及与跟同",
)
# 分別漲4.2%、一字漲停: how the next one moved stands before its own direction.
_NEXT_HOW = lazily(
    r"(?:以上)?\s?(?:、|及|以及|和|与)\s?"
    r"(?:一字|跳空|亮灯|直接|强势|直线|开盘即?|午后|触及?|逆势|小幅?|微|略|大幅?|劲|暴|急|重|狂|反|则|亦|也|仍|[锁封攻秒])+",
    hints="、及和与",
)
_RANGE = lazily(r"(?:[-~至到]|以?至)(?:逾|近|约)?", hints="-~至到")
# ADR折合71.1元,較本港收市高0.5%: receipts are said to stand above or below the share, and those
# told of next, too: 美團157.9元,低0.7%. So are prices that somebody sets, which move nothing.
_THE_SHARE = r"较[^,;。!?]{0,6}收[市盘]价?[略微约仍则]?"
_NO_SET_PRICE = "(?:(?!目标|配售|认购|招股|配股|发行)[^。!?])*"
_RECEIPTS_STAND = lazily(
    rf"(?:ad[rs](?![a-z])|[预存]托(?:证券|凭证|股)){_NO_SET_PRICE}?"
    rf"{_THE_SHARE}(?:[高低]{_NO_SET_PRICE}[元圆],)?(?P<way>[高低])[出约逾近]?$",
    hints=("adr", "ads", "预托", "存托"),
)
_RECEIPTS_WINDOW = 80
# 開市報190元,較招股價高出31.5%
_OFFER_STANDS = lazily(
    r"[较比][^,;。!?]{0,12}?(?:招股|发行|发售|承销|上市)价[^,;。!?高低]{0,10}(?P<way>[高低])[出过]?[约逾近]?$",
    hints=("招股价", "发行价", "发售价", "承销价", "上市价"),
)
# 15%上升空間, 5%股權, 3%的機率: no move of shares.
_NO_MOVE = lazily(
    r"(?:以上)?的?(?:上升|上涨|上行|下跌|下行|潜在|股本)?(?:空间|股权|股份|持股|机率|概率|可能|权益|关税)"
)
# 收復七成跌幅 gives back a fall.
_WON_BACK = lazily(r"(?:收复|补回|追回|抹去|弥补|收回)(?:了|逾|约|近|超过)*$")
# Figures in one list.
_MOST_LISTED = 8
# What is said of anything, not of shares alone: doubled, lost, cut, raised.
_LOOSE = lazily(
    r"提升|跃升|攀升|少|掉|退|失|滑|贬|缩水|蒸发|回落|下滑", hints="提跃攀少掉退失滑贬缩蒸回"
)
# Shares are less by so much, 半日少了兩成, or after others' moves; else what a company has is:
# 廣達少了兩成機櫃, 融券五天少了三成.
_NOTHING_BEHIND = lazily(r"(?:多|左右|上下|以上)?(?=[,;。!?、及和]|$)")
_A_SHARE_TODAY = lazily(r"(?:股价|[半单一当全][日天]|盘[中后前])[^,;。!?]{0,4}$", hints="价日天盘")


def stated(folded: str) -> list[Move]:
    """Find the moves that a folded text states, whatever they are of, in order.

    >>> [m.value for m in stated("分别上升16.3%、11.2%及7.2%,其后跌停")]
    [16.3, 11.2, 7.2, -1.0]
    """
    found = sorted((*_with_figures(folded), *in_words(folded)), key=lambda move: move.start)
    return [
        m._replace(follows=_goes_on(folded, before, m))
        for before, m in zip((None, *found), found, strict=False)
    ]


def may_be_stated(folded: str) -> bool:
    """Whether there is something in a folded text without which it states no move."""
    return FIGURE_HINT.search(folded) is not None or WORD_END.search(folded) is not None


def _goes_on(folded: str, before: Move | None, move: Move) -> bool:
    return before is not None and (
        _NEXT.fullmatch(folded, before.end, move.start) is not None
        or _NEXT_HOW.fullmatch(folded, before.end, move.start) is not None
    )


def _with_figures(folded: str) -> Iterator[Move]:
    before: Move | None = None
    last: Figure | None = None
    found = figures(folded)
    lists = list(ranked(folded)) if found else []
    for at, figure in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        ranged = _between(folded, last, figure) or _between(folded, figure, following)
        last = figure
        move = None if ranged else _move(folded, figure, found[at + 1 : at + _MOST_LISTED], before)
        if not (move or ranged):
            ways = (way for start, end, way in lists if start < figure.start < end)
            way = next(ways, 0)
            value = way * figure.value
            move = Move(figure.start, figure.end, value, falls=way < 0) if way else None
        # Nothing falls by more than all of it: 吐出兩倍的算力.
        move = move if move and move.value >= -100 else None
        if move:
            yield move
        before = move


def _between(folded: str, one: Figure | None, other: Figure | None) -> bool:
    return bool(one and other and _RANGE.fullmatch(folded, one.end, other.start))


def _behind(folded: str, figure: Figure, rest: Sequence[Figure]) -> re.Match[str] | None:
    """The word behind a figure, or behind a list that it begins: 各有1.8%與3.3%的漲幅."""
    end = figure.end
    for other in rest:
        if other.sign or not _NEXT.fullmatch(folded, end, other.start):
            break
        end = other.end
    return _BEHIND.match(folded, end)


def _move(folded: str, figure: Figure, rest: Sequence[Figure], before: Move | None) -> Move | None:
    """The move that a figure states, with the figures behind it and the move before it."""
    if _NO_MOVE.match(folded, figure.end):
        return None
    begin = max(0, figure.start - _WINDOW)
    toward = _TOWARD.search(folded[begin : figure.start])
    if toward:
        return _directed(folded, figure, toward, begin, before)
    listed = before and _NEXT.fullmatch(folded, before.end, figure.start)
    if figure.sign:
        falls = bool(before and listed and before.falls)
        return Move(figure.start, figure.end, figure.sign * figure.value, falls=falls)
    near = folded[max(0, figure.start - _RECEIPTS_WINDOW) : figure.start]
    stand = _RECEIPTS_STAND.search(near) or _OFFER_STANDS.search(near)
    if stand:
        falls = stand["way"] == "低"
        value = -figure.value if falls else figure.value
        return Move(figure.start - 1, figure.end, value, falls=falls)
    behind = _behind(folded, figure, rest)
    if behind and not _WON_BACK.search(folded[begin : figure.start]):
        falls = behind["word"][0] == "跌"
        value = -figure.value if falls else figure.value
        end = figure.end if rest and rest[0].end <= behind.start() else behind.end()
        return Move(figure.start, end, value, falls=falls)
    gained = _GAINED.match(folded, figure.end)
    if gained and _HAS.search(folded[begin : figure.start]):
        return Move(figure.start, gained.end(), figure.value, loose=True)
    if before and listed:
        value = -figure.value if before.falls else figure.value
        return before._replace(start=figure.start, end=figure.end, value=value)
    if before and _CUT_TO.fullmatch(folded, before.end, figure.start):
        value = copysign(figure.value, before.value)
        return Move(figure.start, figure.end, value, falls=value < 0)
    return None


def _directed(
    folded: str, figure: Figure, toward: re.Match[str], begin: int, before: Move | None
) -> Move | None:
    """The move of a figure behind a direction; a sign that is written counts before that."""
    either = toward["either"] is not None
    if either and not figure.sign and not _is_rise(folded, figure, toward[0]):
        return None
    word = toward["either"] or toward["up"] or toward["down"]
    start = begin + toward.start()
    if word == "少" and not (
        _NOTHING_BEHIND.match(folded, figure.end)
        and (before or _A_SHARE_TODAY.search(folded[max(0, start - _WINDOW) : start]))
    ):
        return None
    loose = figure.times or _LOOSE.fullmatch(word) is not None
    falls = toward["down"] is not None
    value = (figure.sign or (-1 if falls else 1)) * figure.value
    return Move(start, figure.end, value, loose=loose, falls=falls)


def _is_rise(folded: str, figure: Figure, before: str) -> bool:
    """Whether a figure behind 漲跌幅 is a rise without a sign, and no bound of both ways."""
    return bool(_UNSIGNED_RISE.fullmatch(before) and not _BOUND.match(folded, figure.end))
