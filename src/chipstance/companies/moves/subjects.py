"""Whether a stated move is one of shares, and real: not of revenue, a price, an index, of usage."""

from chipstance.companies.moves.asides import CAUSE, WHEN, is_aside
from chipstance.companies.moves.clauses import BREAK, Line
from chipstance.companies.moves.levels import goes_on_with_level
from chipstance.companies.moves.move import Move
from chipstance.companies.moves.reasons import reason_within
from chipstance.patterns import lazily, needing, words

# Indices, markets and parts of them.
_MARKETS = (
    "指数|恒指|国指|科指|纳指|那指|道指|标普|费半|费城半导体|那斯达克|纳斯达克|加权|日经|kospi|上证|深证|沪指|大盘|大市|"
    "期指|期货|板块|类股|族群|概念股"
)
# Whose figure it is, where it is not the shares': the last such word before the move decides.
_NOT_SHARES = "|".join((
    words(_MARKETS),
    words(
        "营收|收入|收益|总额|金额|毛利|净利|纯利|盈利|获利|溢利|利润|业绩|盈余|每股|eps|出货|销量|销售|销货|产能|"
        "产量|产值|付运|周转|市占|占有率|份额|占比|比重|比率|利率|息率|殖利率|孳息|稼动率|利用率|使用率|良率|"
        "渗透率|成本|资本支出|资本开支|开支|支出|投资额|订单|需求|库存|用电|电力|耗电|员工|人数|用户|下载|流量|通胀|"
        "cpi|gdp|ppi|沪深|晶片股|芯片股|半导体股|科技股|科网股|"
        "权值股|同业|etf|基金|比特币|油价|原油|金价|债|汇率|成交|交投|沽空|持股|持仓|股息|派息|估值|本益比|市盈率|"
        "市账率|费用|折旧|融资余|融资使|融券余|借券|预算|运价|租金|规模|效能|性能|效率|速度|算力|功耗|参数|准确率|"
        "权重|财测|折让|溢价|薪|税|进口|出口|产业|行业|次数|交期|投片|报价|合约|资产|负债|现金|存货|亏损|同行|"
        "同类|中位数|均值|中值|广告|时租|租赁|用量|调用|词元|token|客户|部门|业务|产线|人手|人力|活跃|日活|增速|"
        "成长率|市值合计|财报的"
    ),
    needing("研发", "研发(?:投入|经费)"),
    needing("价", "(?<![股市盘现])价(?!值|到底)"),
    needing("元|圆|币", r"(?<![\d百千万亿])(?:美元|日圆|日元|人民币|台币|韩元)"),
    needing("分", "[得跑]分"),
    needing("asp", "asp(?![a-z])"),
    needing("港股|美股|台股|陆股|日股|韩股", "(?<!在)[港美台陆日韩]股(?!价)"),
    needing("科创|创业板", "(?<!在)(?<!在上海)科创|(?<!在)(?<!在深圳)创业板"),
    # 在首爾市場下跌: where shares are traded, not what was sold.
    needing("市场", "(?<!纽约)(?<!东京)(?<!首尔)(?<!伦敦)(?<!阿姆斯特丹)(?<![ah]股)市场"),
    needing("新股", "(?<!最)新股"),
    needing("询问|询单", "询[问单]"),
    needing("芯片|晶片", "[芯晶]片(?!股)"),
))  # fmt: skip
# Others' shares (蘋果供應鏈股價), and what is made of shares (高盛購, 牛證).
_OTHERS = "|".join((
    needing(
        "供应商|链|家族|联盟|成员|旗下|子公司",
        "(?:供应商|链|家族|联盟|成员|旗下|子公司)"
        "(?:(?:的|成员|企业|厂商|公司|个股|整体){0,2}股价)?",
    ),
    words("窝轮|轮证|权证|牛证|熊证|选择权|期权|波动率|cds|正二|反一"),
    needing("认购|认沽", "认[购沽]"),
    needing("购|沽|牛|熊", "^购(?![入买])|^沽|^牛(?!市)|^熊(?!市)"),
    needing("倍做", "倍做[多空]"),
    # 前員工創辦的公司股價: of a firm without a name.
    needing(
        "的",
        "(?:创办|创立|创设|成立|投资|入股|参股|持股|扶植|分拆)的[^,;。]{0,6}?"
        "(?:公司|企业|新创|初创|厂商?)(?:的?股[价份])?",
    ),
))  # fmt: skip
_SHARES = "|".join((
    words(
        "股价|收盘|收市|收报|adr|a股|h股|盘中|盘前|盘后|开盘|开市|场外|该股|尾盘|早盘|终场|午后|存托凭证|夜盘|首日|"
        "挂牌|股份|股票|预托证券|现价|昨收|美股股价"
    ),
    needing("市值", "市值(?!合)"),
))  # fmt: skip
# They open and close, too: 費半指數終場, 大盤尾盤, 台股收盤.
_MARKET_SESSION = needing(
    f"{_MARKETS}|台股|日股|韩股",
    f"(?:{_MARKETS}|(?<!在)[台日韩]股(?!价))"
    "(?:[^,;:。!?某]{0,8}?(?:收[盘市报]|终场|[早尾]盘|盘[中前后]|午后|[开夜]盘|开市))+",
)
_SUBJECT = lazily(
    rf"(?P<market>{_MARKET_SESSION})|(?P<shares>{_SHARES})|(?P<other>{_OTHERS}|{_NOT_SHARES})"
)
# 大盤尾盤拉高,終場升2%: the close is the market's, where no company stands in that clause, and the
# market is no mere circumstance (隨大盤走低, 受大盤拖累, 獲納入指數).
_CLOSES = lazily("收盘|收市|终场|尾盘|午后")
_ABOUT_MARKET = lazily(
    rf"[^,;某入随逆跟跑累占动推拉带助受管虽即在因对较比]{{0,6}}(?:{_MARKETS}|[台日韩]股(?!价))(?!成[分份])[^某]*"
)
_UNREAL = lazily(
    r"若|如果|倘|假如|假设|万一|一旦|要是|除非|可能|押注|或(?=[会将再有跌升涨挫插泻])|恐(?!慌|惧)|有望|有机会|"
    r"(?<![材原资意不燃饮])料(?!理)|(?<![胜逊于超符较如过达合及乎])预期|预计|预估|估计|看升|看涨|看跌|上望|潜在|将会|会令|足以令|除非|否则|难免|不是梦|将再|将(?:最多|续)?[升跌涨挫](?!幅)|势将|可望|希望|"
    r"盼|但愿|担心|憧憬|是否|会不会|能否|哪怕|即使|即便|就算|最坏|目标(?!百)|每(?=[升跌涨挫])|方可|才能|[要须需]再",
    hints=(
        *"若倘或恐料盼将每再预估", "如果", "假如", "假设", "万一", "一旦", "要是", "除非", "可能",
        "押注", "有望", "有机会", "看升", "看涨", "看跌", "上望", "潜在", "会令", "足以令", "否则",
        "难免", "不是梦", "可望", "希望", "但愿", "担心", "憧憬", "是否", "会不会", "能否", "哪怕",
        "即使", "即便", "就算", "最坏", "目标", "方可", "才能",
    ),
)  # fmt: skip
# 因有望復售而升6%, 因替代憧憬逆市升3%, 受惠漲價預期的南亞科升3%: what is hoped is why, the move
# is real.
_WHY = lazily(
    r"(?:(?:因(?!此)|受|由于|随着)[^,;。]{0,40}?|(?:憧憬|担心|忧)[^,;。某]{0,40}?)(?:而(?=[^而]{0,4}$)|的(?=某)|(?<=憧憬|预期)(?=[^,;。某]{0,4}$))",
    hints=("因", "受", "由于", "随着", "憧憬", "担心", "忧"),
)
_PERIODIC = lazily(
    r"按年|按季|按月|同比|环比|年增|季增|月增|年减|季减|月减|年升|年跌|季升|季跌|去年同期|yoy|qoq",
    hints=("按", "比", "年", "季", "月", "yoy", "qoq"),
)
# 等晶片股, 三大權值股, 兩隻科技股: what companies are, behind their names.
_CATEGORY = lazily(
    r"(?:\([^()]*\))?(?:等[^,;。!?]{0,8}?股|[这此]?[两二三四五六七][大只档家间][^,;。!?某]{0,6}?股[票份]?(?!价))",
    hints="等两二三四五六七",
)
# 台股終場 is the market's close, where it does not stand right behind a company.
_MARKET = lazily(
    r"的?在?(?:港股|美股)|(?:(?<=某)的?|的?在)[台日韩]股|[台日韩]股(?!价|[^,;某]{0,6}(?:终场|收[盘市]|尾盘))",
    hints=("港股", "美股", "台股", "日股", "韩股"),
)
# 較首季回落三成: companies report by the quarter and the year.
_THAN_QUARTER = lazily(
    r"[但惟却而]?(?:不过|然而)?[较比](?:(?:首|[上前次]一?个?|第?[一二三四])季|[去前上]年)",
    hints="较比",
)
# Characters of a word for what moves.
_SUBJECT_WORD = 3
_CONCEDED = lazily(r"虽然?[^,;。]{1,14}?(?=[亦仍也却还])", hints="虽")
_THAN_OFFER = lazily(
    r"[较比自从][^,;。某]{0,14}?(?:招股|发行|发售|承销)价(?:的?\d[\d.,]*[美港]?[元圆])?",
    hints=("招股价", "发行价", "发售价", "承销价"),
)
# 逆大盤收漲: how the market moved is told beside.
_BESIDE_MARKET = lazily(
    "(?:逆[着势]?|跟?随[着同]?|紧随|跑[赢输])(?:大[盘市]|台股|恒指|指数)(?:走势|走[高低弱强]|[升跌]势)?",
    hints="逆随跑",
)
_WIDTH = lazily(r"[^,]{0,2}[涨升跌增]幅")
_FROM = lazily(r"(?:由|从|自|把|将)[^,;]{0,4}$", hints="由从自把将")
_TO = lazily(
    r"(?:一路|一口气|迅速|逐步|慢慢|逐渐|再|又|硬)*"
    r"(?:滑落|回[落升吐]|收[窄敛]|缩[窄小]|扩[大阔]|反弹|[走扭滑扳打拉杀砸拗翻跌升涨弹拖扯推抽追爬掼摔砍压])"
    r"[到至成为回][只仅倒微]*"
)
# Only shares close, open and hit limits: with such a word nothing else needs to be said.
_TRADED = lazily(
    r"收[升跌涨高低黑红平挫]|平[收盘]|[高低]收|[高低]开|开[高低]|[涨跌]停|20\s?(?:cm|厘米)"
)
# 升六成至124億元: an amount grows, unless it is the market value.
_TO_AMOUNT = lazily(r"(?:以上)?[至到,]?(?:至|到|达)\d[\d,.]*[万亿兆]", hints="万亿兆")
# 失去九成五的收入: lost is what follows.
_OF_OTHER = lazily(rf"(?:多|以上)?的?(?:{_NOT_SHARES})")
_AMOUNT = lazily(r"\d[\d,.]*[万亿兆]")
_WISHED_AFTER = lazily(
    r"[^,;。!?]{0,4}(?:不是梦|不出奇|并不奇怪|不足为奇|才是|亦不奇)", hints=("梦", "奇", "才是")
)
# 若以收市價計 reckons; 若獲批准 supposes.
_IF = lazily(
    r"(?:若|如果|倘|假如|一旦|万一|除非)(?![以按计从与和])",
    hints=("若", "如果", "倘", "假如", "一旦", "万一", "除非"),
)
# 兩倍做多海力士, XL二南方三星: a fund that is named after a company.
_GEARED = lazily(r"(?:做[多空]|x[li]二(?:南方)?)\s?$", hints=("做多", "做空", "二"))
_DESCRIBES = lazily(r"的[^,;。!?、的]{0,3}")
_POSSESSIVE = lazily(r"(?:\([^()]*\))?的")


def is_of_shares(line: Line, at: int, before: bool) -> bool:
    """Whether a move is one of shares.

    Args:
        line: The sentence.
        at: Number of the move.
        before: Whether the move before it was one.

    Returns:
        Whether it is.
    """
    move, clause = line.moves[at], line.places[at].clause
    if _PERIODIC.search(line.folded, clause, move.start):
        return False
    named = [n for n in line.named if clause <= n.start < move.start]
    if named and _GEARED.search(line.folded, clause, named[-1].start):
        return False
    reason = reason_within(line, at)
    here = [n.end for n in named]
    ends = line.moves[at - 1].end if at and not reason else 0
    gap = reason.gap if reason else _told(line.folded, max([clause, *here, ends]), move)
    if move.loose and _OF_OTHER.match(line.folded, move.end):
        return False
    words = list(_SUBJECT.finditer(gap))
    if not (words and words[-1]["shares"]) and _TO_AMOUNT.match(line.folded, move.end):
        return False
    if words:
        closes = not here and _CLOSES.fullmatch(words[-1][0]) is not None
        return words[-1]["shares"] is not None and not (closes and _goes_on_with_market(line, at))
    if ends > clause and ends > max(here, default=0):
        return before and (is_aside(gap) or _turns(line, at))
    if here:
        owned = _POSSESSIVE.match(gap) is not None
        return is_aside(gap) or not (move.loose or owned)
    traded = _TRADED.match(line.folded, move.start) is not None
    return is_aside(gap) and (
        traded or _describes(line, at) or _has_subject_before(line, at, before)
    )


def _told(folded: str, since: int, move: Move) -> str:
    """What stands before a move, without what it says of times and reasons."""
    if skipped := _CATEGORY.match(folded, since) or _MARKET.match(folded, since):
        since = skipped.end()
    told = _without_concession(WHEN.sub("", folded[since : move.start]))
    told = _THAN_OFFER.sub("", _BESIDE_MARKET.sub("", told))
    # A reason may itself have doubled.
    return told if move.loose else CAUSE.sub("", told)


def _without_concession(told: str) -> str:
    """What is told of a move without 雖然業績達標, but 雖然業績達標毛利率卻跌 is of the margin."""
    conceded = _CONCEDED.match(told)
    if conceded is None or _SUBJECT.search(told, conceded.end() - _SUBJECT_WORD, conceded.end()):
        return told
    return told[conceded.end() :]


def _describes(line: Line, at: int) -> bool:
    """Whether a move describes the company right behind it, 升3%的台積電."""
    end = line.moves[at].end
    behind = next((n.start for n in line.named if n.start >= end), None)
    return behind is not None and _DESCRIBES.fullmatch(line.folded, end, behind) is not None


def _has_subject_before(line: Line, at: int, before: bool) -> bool:
    """Whether a clause that names nobody goes on with shares."""
    folded, clause, start = line.folded, line.places[at].clause, line.moves[at].start
    behind = list(_SUBJECT.finditer(folded, 0, clause))
    if behind and not behind[-1]["shares"]:
        if _THAN_QUARTER.match(folded, clause):
            return False
        if goes_on_with_level(line, at, behind[-1]):
            return False
        last = behind[-1].start()
        fresh = any(last < n.start < start for n in line.named)
        doubled = line.moves[at].loose and abs(line.moves[at].value) >= 50
        amount = clause == start and _AMOUNT.search(folded, last, clause)
        if not fresh and (doubled or amount or _WIDTH.match(folded, clause)):
            return False
    if not at or not _next_to(line, at):
        return True
    fresh = any(line.moves[at - 1].end <= n.start < start for n in line.named)
    return before or fresh


def _turns(line: Line, at: int) -> bool:
    """Whether a move is what the one before it came to, 由升6%滑落至只升1%."""
    last = line.moves[at - 1]
    return (
        _FROM.search(line.places[at - 1].before) is not None
        and _TO.fullmatch(line.folded, last.end, line.moves[at].start) is not None
    )


def _goes_on_with_market(line: Line, at: int) -> bool:
    """Whether a close is that of the market that the clause before is about."""
    clause_before = BREAK.split(line.folded[: max(line.places[at].clause - 1, 0)])[-1]
    return _ABOUT_MARKET.fullmatch(clause_before) is not None


def _next_to(line: Line, at: int) -> bool:
    return len(BREAK.findall(line.folded, line.places[at - 1].clause, line.places[at].clause)) <= 1


def is_unreal(line: Line, at: int) -> bool:
    """Whether a move is wished, feared or conditional."""
    move, place = line.moves[at], line.places[at]
    told = _WHY.sub("", place.before) + line.folded[move.start : move.start + 2]
    if _UNREAL.search(told):
        return True
    if _WISHED_AFTER.match(line.folded, move.end):
        return True
    clause_before = BREAK.split(line.folded[: max(place.clause - 1, 0)])[-1]
    return _IF.match(clause_before) is not None
