"""Whether a sentence leaves out whom it is about: 股價收高2%, 盤後大跌4%, 董事長表示….

A session alone says that shares moved (盤後大跌), unless the sentence before speaks of a market or
of a price, too. Who is meant, is for `context` to say.
"""

from chipstance.patterns import lazily

_DAY = (
    r"[今昨前翌次当隔同][日天早晚夜]|[今昨](?:\(\d{1,2}日?\)日?|(?=[股收高低再急大跌涨升挫插]))|[上本这]?(?:周|星期|礼拜)[一二三四五六日天][早晚]?"
    r"|(?:\d{1,2}月)?\d{1,2}[日号]|美东时间|当地时间|\d{1,2}[点时](?:\d{1,2}分|半)?许?"
)
# A market closes, too, but after hours there is none: 美股盤後 is when shares of a company moved.
_SESSION = (
    r"(?:美股|adr)?(?:盘[前后]|夜盘|延长)的?(?:交易|买卖)?(?:时段|期间)?[中内时]?|美股(?=[^,]{1,6}盘[前后])"
    r"|盘[中初末尾]|[早午晚尾日]盘|[早尾中初]段|[早午尾]市|[上下]午|午[后前间]|早上|半日|[全单][日天]|终[场盘]|日内|首日"
    r"|[收开][市盘](?:[前后时初]|不久)*|[昨今][收开][市盘]?|现[时在]?(?![货金行场有代])|最新|(?:发|截)稿(?:之?前|时)?|执笔时"
)
_THEN = (
    r"[其随此之稍]后|后来|最[终后]|目前|至此|至今|早前|一度|曾|[上本]周|本月|累计?|[今去全]年|(?:[上首次]|第[一二三四])季度?"
    r"|(?:消息|财报|季报|业绩|季绩|公告|报告)(?:一?[公发]布|传出|出炉|曝光|披露)?(?:[之以]?后|一出)"
)
_WHEN = (
    r"(?:(?:不过|但是?|惟|而|然而|[尽即][管便]如此|因此|结果|受(?:此|消息)[^,;]{2,4}),?)?(?:(?:截?至|在|于|到)?(?:本[报刊网社]|记者)?"
    rf"(?:(?P<session>{_SESSION})|(?P<day>{_DAY})|{_THEN})(?:\([^()]{{1,6}}\))?,?\s?){{0,4}}"
)
# A share index; the ten that have the most of it.
_NOT_OTHERS = r"(?!指数|制|有限|排名|最[大高低]的|[前第][^\W_]{1,2}[大名])"
_NOT_OF_SEVERAL = r"(?!(?:表现|走势)?(?:普遍|多数|大多|互[有见]|各异|分歧|齐|双双|纷纷))"
_SHARES = lazily(
    rf"{_WHEN}(?:股价|股份|市值|现价|[收开]市价|[收开]盘价|adr|(?:收|收市|收盘)报)"
    rf"{_NOT_OTHERS}{_NOT_OF_SEVERAL}",
    hints=("股份", "市值", "价", "adr", "报"),
)
_RESULTS = lazily(
    r"(?:(?:今|昨|周[一二三四五]|今早|早段|午后|目前|至此|不过|惟|但|其后|随后|上季|去年|今年|全年|首季|"
    r"次季|第[一二三四]季)[日天度晚]?,?)?(?:每股盈|营收|毛利率|净利|纯利|管理层)"
    rf"{_NOT_OTHERS}",
    hints=("每股盈", "营收", "毛利率", "净利", "纯利", "管理层"),
)
# Who heads a company speaks for it, named or not.
_HEAD_SAYS = lazily(
    r"(?:共同)?(?:董事长|总经理|执行长|财务长|营运长|发言人|(?:行政|财务)?总裁|首席(?:执行|财务)官|ceo|cfo)"
    r"(?:兼[^\W\d_a-z]{2,6}?)?[^\W\d_a-z]{0,4}?(?:表示|指出|说|称|坦言|强调|透露|认为|预期|重申)"
)
_MANNER = (
    r"(?:最[多大高低]|逆[市势]|应声|随即|[继持]续|进一步|[大小]幅|明显|显著|跳空|裂口|一度|触及|攻上|亮灯|强势|"
    r"[仍再又则亦也即便更却已续先反倒转急大暴狂劲重微小轻稍略猛直曾])*"
)
_CLOSED = (
    r"开[高低]走[高低]|[高低]开[高低]走|收[高低红黑涨跌升平挫在于]|[高低]收|[高低]开|开[高低]|"
    r"作收|定格在?|[涨跌升]停|封板|平[收盘]"
)
_MOVED = (
    rf"(?P<traded>{_CLOSED})|[跌涨升挫插泻飙飇𩙪扬弹崩滑抽][升涨跌扬落挫泻水幅势高]?|走[高低强弱软]|"
    r"回[升落吐软调]|反弹|拉[升回抬高]|[下上][跌挫滑泻涨升扬]|攀升|翻[红黑]|造[好淡]|腰斩|破发|(?:创|触及)[^,;。!?]{0,8}[高低]|"
    r"报(?:价|收)?(?=[\d约])"
)
_DIGITS = "\\d一二两三四五六七八九十半百千成"
# Behind the verb nothing but how far: 全日上漲79家 counts shares, 跌300點 is an index.
_HOW_FAR = (
    r"(?:[了约逾近超达至到为在报又再\s:+-]|超过|最多|多达|高达|不足|接近|将近|收?[窄缩]小?|扩大)*"
    rf"(?:(?P<figure>[{_DIGITS}])(?![{_DIGITS}.,]{{0,9}}\s?[多余]?[万千]?(?:家|只|档|个|点|支|隻|间))"
    r"(?![^,;。!?]{0,16}的)|(?=[,;。!?]|$))"
)
_MOVE = lazily(
    rf"{_WHEN}{_MANNER}(?:{_MOVED}){_HOW_FAR}",
    hints="收开停板平格跌涨升挫插泻飙飇𩙪扬弹崩滑抽走回拉翻造斩破创触报",
)
# Only an index has so many.
_POINTS = lazily(r"(?:[\d,.]{3}|[百千万])\s?点(?![\d钟])", hints="点")
# What else moves in a day, and goes on doing so in the next sentence.
_MARKET = (
    r"指数|[恒国科纳道期]指|标普|费半|加权|日经|kospi|大[盘市]|板块|类股|族群|概念股|个股|期货|台指|etf|"
    r"比特币|以太|汇|债|两市|沪深|科创50|[港美台日韩陆a]股(?!股价|盘[前后])|"
    r"(?:现货|合约|报|油|金|铜|币|批发|晶圆|内存|体)价|价格"
)
_OF_MARKET = lazily(_MARKET)
# 早盤急挫,設備股領跌: the subject comes late.
_MARKET_BEHIND = lazily(rf"[^,;。!?]*[,;]\s?(?:{_MARKET}|[^\W\d]{{1,6}}股(?![价份东]))", hints=",;")
_OF_SHARES = lazily(
    r"股价|股份|该股|盘[前后中]|[收开早午尾][市盘段]|[涨跌升]停|[高低]开|收[报涨跌升高低]",
    hints="股盘收开早午尾停高低",
)

# What leads an item of a list, folded: a bullet, or its number.
_ITEM = lazily(r"[·●○◆◇◎■□▪▫∙⁃‣➢✓✔※★☆▶►▸*.]+\s*|-+\s+|\d{1,2}[.、)]\s*(?!\d)")


def has_no_subject(folded: str, before: str) -> bool:
    """Whether a sentence that names no company goes on about the one of the sentence before.

    One that leads an item of a list may do so as any other: `．股價跌1.3%`.

    >>> [has_no_subject(text, "某公布业绩。") for text in ("盘后大跌4%。", "盘后大盘跌4%。")]
    [True, False]
    """
    folded = _bare(folded)
    if not speaks_of_shares(folded):
        return True
    if _POINTS.search(folded):
        return False
    return _SHARES.match(folded) is not None or _moves(folded, before)


def speaks_of_shares(folded: str) -> bool:
    """Whether a sentence without a subject could only be of shares, not of a company's results."""
    folded = _bare(folded)
    return not (_RESULTS.match(folded) or _HEAD_SAYS.match(folded))


def _bare(folded: str) -> str:
    """A sentence without the bullet or the number that leads an item of a list."""
    item = _ITEM.match(folded)
    return folded[item.end() :] if item else folded


def _moves(folded: str, before: str) -> bool:
    """Whether a sentence tells, without a word for shares, what shares did."""
    move = _MOVE.match(folded)
    if not move or _OF_MARKET.search(before) or _MARKET_BEHIND.match(folded):
        return False
    if move["session"] or move["traded"]:
        return True
    # Of a day it may be anything; 其後 goes on with what was told.
    told = move["figure"] is not None and move["day"] is not None
    return told or _OF_SHARES.search(before) is not None
