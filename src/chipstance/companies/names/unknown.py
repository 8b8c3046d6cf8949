"""Companies that the table does not know: their names, read from the article.

The press prints a ticker in brackets behind a name; where that name begins, nobody marks. Here it
is the longest ending of the words before the bracket that the article uses again, unless that is a
word as any other (存儲 of 煒辰存儲); or an ending that many firms share with what is the firm's own
before it, where the article uses that alone or a dictionary knows all words before that
(改用|百語科技); or else what stands after the last word that never belongs to a name.
"""

import re
from collections.abc import Iterator, Sequence

from chipstance.articles.normalising.fold import fold, is_han
from chipstance.companies.common_words import word_set
from chipstance.companies.company import Company
from chipstance.companies.names.dictionary import LENGTHS, is_word
from chipstance.companies.names.in_text import Found
from chipstance.patterns import lazily

_NAME_RUN = lazily(r"(?:[^\W_]|[*&+\-])+$")
_LONGEST = 12
# Endings that many firms share: alone they name nobody.
_ENDINGS = word_set(
    """
    科技 电子 国际 股份 半导体 集团 控股 光电 精密 生技 资讯 信息 电脑 通讯 通信 材料 工业 企业
    公司 集成 智能 微电 微电子 新材 电机 电气 实业 投控 软件 网络 数码 医疗 生物 能源 科学 技术
    电力 系统 半导 芯片 晶片 晶圆 硅片 封装 封测 测试 精测 先进 设备 模组 载板 基板 电路 积体电路
    集成电路 存储 储存 记忆体 功率 电源 散热 液冷 热传 伺服 伺服器 服务器 算力 智算 云算 运算 计算
    云端 数据 数智 数科 智慧 智联 智控 智造 机器人 机械人 光通 光通讯 光通信 光学 光子 激光 雷射
    显示 传感 感测 玻纤 化材 化学 化工 特化 材料科技 机械 重工 工程 自动化 汽车 新能源 电器 电能
    动力 软体 网路 资通 电讯 卫通 传媒 影像 视频 游戏 娱乐 教育 金融 证券 航空 物流 制造 实验室
    """
)
_ENDINGS_LONGEST_FIRST = sorted(_ENDINGS, key=len, reverse=True)
# Those that stand behind hardly anything but a firm's own part.
_FIRMS = ("科技", "半导体", "微电子", "股份", "集团", "控股", "智能", "电子", "光电", "精密")
_ROOTS = (2, 3, 4)
# What an exchange writes behind a name, and an article not again: 某某電子-KY, 某某集團-W.
_SHARE_CLASS = lazily(r"(?<=[^\W\d_a-zA-Z]{2})[-*]{1,2}[a-zA-Z]{0,2}$")
# What funds and warrants are called: no company.
_FUND = lazily(r"(?:etf|基金|指数|reit|产品|牛证|熊证|认购证|认沽证)$")
# What stands before a bracket of codes and is the name of none: 設備股展望, 半導體七雄.
_NOBODY = lazily(
    r"(?:报告|研究|展望|心得|[日周月快早晚]报|快讯|焦点|分析|解析|点评|专题|名单|清单|一览|标的|观察|行情|走势|"
    r"股价|财报|法说会?|代[号码]|[双三四五六七八九十][雄强]|[双三四五]杰|巨头|巨擘|龙头|大厂|厂|厂商|业者|族群|"
    r"板块|(?<![控港台美日abhn])股|ai股|(?:设备|供应|制造|开发|通路|代理|芯片|晶片)商)$"
)
# Words before a name that are no part of it, longest first at each place.
_CUTS = sorted(
    word_set(
        """
        供应商 供应链 概念股 合作伙伴 伙伴 客户 子公司 母公司 孙公司 旗下 同业 同属 同行 对手 其中
        以及 包括 包含 例如 诸如 比如 像是 尤其 尤以 至于 而 和 与 及 或 跟 由 被 把 让 对 向 是 为
        在 的 如 称 指 据 给 将 叫 名为 新创 龙头 大厂 厂商 业者 厂 商 股王 股后 个股 股 公司 企业
        新股 新兵 新秀 黑马 族群 板块 带动 拖累 受惠 看好 看淡 点名 收购 入股 投资 持有 减持 增持
        买入 沽出 买进 卖出 推荐 首选 市场 传出 不过 但 惟 则 反观 另外 此外 还有 连同 当中 另一
        一家 同为 隶属 来自 上市 上柜 兴柜 挂牌 设备 封测 封装 载板 晶圆 代工 散热 光通讯 光模块
        存储 内存 面板 材料 硅片 测试 设计 芯片 晶片 上周 今日 昨日 昨 今 日前 近日 早盘 午后 亦 也
        有 连 系
        """
    ),
    key=len,
    reverse=True,
)


def name_before(
    folded: str, end: int, article: str, found: Sequence[Found]
) -> tuple[int, int] | None:
    """Find the name that ends where a bracket begins.

    Args:
        folded: The sentence, folded.
        end: Position of the bracket.
        article: The whole article, folded.
        found: Known names in the sentence.

    Returns:
        Start and end of the name; None where no name stands there.
    """
    end = len(folded[:end].rstrip(" \"'》"))
    match = _NAME_RUN.search(folded[max(0, end - 24) : end])
    if match is None:
        return None
    run = match[0]
    if _FUND.search(run):
        return None
    # A known name close before the bracket opens a longer one: 比亞迪 in 比亞迪電子.
    for one in found:
        if one.end < end <= one.end + 4 and one.start >= end - len(run):
            tail = folded[one.end : end]
            if _cut(tail) == tail and one.name.trust == "sure":
                return one.start, end
    bare = _SHARE_CLASS.sub("", run)
    name = _recurring(bare, article) or _rooted(bare, article) or _cut(bare)[-_LONGEST:]
    if len(name) < 2 or not any(map(str.isalpha, name)):
        return None
    if _is_ending(name) and bare == run:
        return None
    return end - len(run) + len(bare) - len(name), end


def opens_with_a_firm(folded: str, at: int) -> bool:
    """Whether a clause begins with what looks like a firm's name, with a ticker or without.

    Args:
        folded: The sentence, folded.
        at: Where the clause begins.

    >>> [opens_with_a_firm(text, 0) for text in ("岑微科技日前公告", "消费电子回暖")]
    [True, False]
    """
    begin = at + _ROOTS[0]
    root = folded[at:begin]
    return folded.startswith(_FIRMS, begin) and _may_be_root(root)


def names_nobody(words: str) -> bool:
    """Whether folded words before a bracket of codes say what it lists and not who it is.

    >>> names_nobody("半导体七雄"), names_nobody("某某控股")
    (True, False)
    """
    return _NOBODY.search(words) is not None


def _recurring(run: str, article: str) -> str:
    for start in range(max(0, len(run) - _LONGEST), len(run) - 1):
        name = run[start:]
        if _times(name, article) > 1 and _cut(name) == name and not _is_common(name):
            return name
    return ""


def _times(name: str, article: str) -> int:
    """How often an article has a name; one of two characters only where it is no part of a word.

    >>> _times("新能", "卓越新能看好新能源")
    1
    """
    if len(name) > _ROOTS[0]:
        return article.count(name)
    found = (match.start() for match in re.finditer(re.escape(name), article))
    around = ((article[at : at + 3], article[max(0, at - 1) : at + 2]) for at in found)
    return sum(not any(len(word) == 3 and is_word(word) for word in two) for two in around)


def _rooted(run: str, article: str) -> str:
    """The name that ends in what many firms share, by its own part before: 百语 of 改用百语科技."""
    ending = next(filter(run.endswith, _ENDINGS_LONGEST_FIRST), "")
    stem = run.removesuffix(ending)
    if not ending or len(stem) < _ROOTS[0]:
        return ""
    for root in [stem[-length:] for length in reversed(_ROOTS) if length <= len(stem)]:
        alone = article.count(root) > article.count(root + ending[0])
        if alone and _may_be_root(root):
            return root + ending
    root, before = stem[-_ROOTS[0] :], stem[: -_ROOTS[0]]
    return root + ending if _may_be_root(root) and _is_of_words(before) else ""


def _may_be_root(root: str) -> bool:
    # 台股 and 设备商 stand before names.
    if root[-1] in "股厂商" or not all(map(is_han, root)):
        return False
    return _cut(root) == root and not _is_common(root)


def _is_of_words(text: str) -> bool:
    """Whether a text is made of words alone, or is empty.

    >>> _is_of_words("最大租客"), _is_of_words("芯")
    (True, False)
    """
    ends = {0}
    for at in range(len(text)):
        if at in ends:
            ends.update(at + len(word) for word in _words_at(text, at))
    return len(text) in ends


def _words_at(text: str, at: int) -> Iterator[str]:
    yield from (word for word in _CUTS if text.startswith(word, at))
    for length in LENGTHS:
        word = text[at : at + length]
        if len(word) == length and is_word(word):
            yield word


def _is_common(name: str) -> bool:
    """Whether it is a word as any other, which an article may use for anything."""
    return _is_ending(name) or (len(name) in LENGTHS and all(map(is_han, name)) and is_word(name))


def _is_ending(name: str) -> bool:
    """Whether it is an ending that many firms share, or what stands last in one: 导体 of 半导体."""
    return any(ending.endswith(name) for ending in _ENDINGS)


def _cut(run: str) -> str:
    """Drop what stands before the name, as long as two characters are left.

    >>> _cut("散热大厂某某电")
    '某某电'
    """
    at = 0
    while at < len(run) - 1:
        word = next((w for w in _CUTS if run.startswith(w, at)), None)
        if word and len(run) - at - len(word) >= 2:
            run, at = run[at + len(word) :], 0
        else:
            at += 1
    return run


def new_company(ticker: str, name: str, article: str) -> Company:
    """Make a company of a ticker, the name before it and the short name the article uses.

    Args:
        ticker: In canonical form.
        name: As published.
        article: The whole article, folded.
    """
    bare = _SHARE_CLASS.sub("", name)
    short = _short_name(fold(bare), article)
    published = (name, bare) if bare != name and not _is_common(fold(bare)) else (name,)
    return Company(
        id=id_of(ticker),
        kind="unknown",
        names={"en": (), "tw": published, "hk": (), "cn": (short,) if short else ()},
        tickers=(ticker,),
    )


def id_of(ticker: str) -> str:
    """The id of a company that no table knows, by a ticker in canonical form.

    >>> id_of("3581.TWO"), id_of("9876.HK")
    ('3581_tw', '9876_hk')
    """
    # Both exchanges of Taiwan share their numbers out, and texts take one for the other.
    listing = f"{ticker.removesuffix('.TWO')}.TW" if ticker.endswith(".TWO") else ticker
    return listing.lower().replace(".", "_")


def _short_name(name: str, article: str) -> str | None:
    """Find 某某 for 某某科技, where the article says so and no dictionary knows it as a word."""
    for length in _ROOTS:
        short, rest = name[:length], name[length:]
        if len(rest) < 2 or not all(is_han(char) for char in short):
            continue
        # Of four characters only what stands before an ending of firms: 四维图新 of 四维图新科技.
        known = is_word(short) if length in LENGTHS else rest not in _ENDINGS or _is_of_words(short)
        if not known and article.count(short) > article.count(short + rest[0]):
            return short
    return None
