"""Lists of lines without a full stop: the article's own, or a page's that lead to other pages.

A list is the article's where a colon announces it or where its lines say something of the story: a
figure, what to do about a share, a word of the trade, a company, a name that the story names too.
Nothing here takes a line out.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from chipstance.articles.line import Line
from chipstance.articles.normalising.fold import folded_line, is_han
from chipstance.articles.shapes import LONGEST_TITLE, sign
from chipstance.patterns import lazily

_ANNOUNCE = ("：", ":", "︰", "如下", "如下。")
# These are in the folded form of `fold`.
_LATIN_NAME = lazily(r"[a-z][a-z0-9.&+-]*")
_FIGURE = lazily(
    r"\d\s?(?:%|[十百千万亿兆]|[美港日欧台]?元|[点倍块档]|[纳奈]米|nm\b)|[一二两三四五六七八九十半]成"
)
_OF_THE_TRADE = lazily(
    r"芯片|晶片|半导体|内存|记忆体|存储|储存|闪存|晶圆|代工|制程|产能|良率|封[装测]|稼动|算力|光刻|光罩|"
    r"面板|基板|载板|(?:伺服|服务)器|cowos|hbm|dram|nand|ddr|gpu|asic|adr\b|"
    r"买[进入]|卖出|沽[出售]|[增减]持|[加减]码|中[立性]|避开|回避|首选|评[等级]|[升降]评|目标价|看[好淡坏多空衰]|偏[多空]|"
    r"[优胜逊劣差]于|[超不如符低]预期|[上下][调修]|调[升降高低]|"
    r"[扩减停投量]产|流片|[断供出]货|[缺备拉]货|砍单|[追下接]单|订单|裁员|亏损|盈利|获利|营收|毛利|财报|库存|"
    r"报价|合约价|[涨跌]停|[涨降杀]价|禁令|制裁|[大急暴续跟齐][涨跌升]"
)
# The companies that are named most; the table of all of them stands in a later room.
_COMPANIES = lazily(
    r"台积|联电|联发科|日月光|南亚科|华邦|旺宏|群联|力积电|世界先进|环球晶|世芯|创意|瑞昱|联咏|信骅|鸿海|广达|纬创|纬颖|"
    r"中芯|华虹|寒武纪|海光|北方华创|中微|晶合|长鑫|长江存储|长电|通富|兆易|韦尔|豪威|澜起|江波龙|佰维|士兰微|斯达|闻泰|"
    r"卓胜微|摩尔线程|沐曦|壁仞|燧原|华为|海思|龙芯|景嘉微|中际旭创|新易盛|工业富联|"
    r"英伟达|辉达|超微|博通|美满|英特尔|高通|美光|铠侠|闪迪|海力士|三星|艾司摩尔|阿斯麦|应用材料|应材|泛林|科磊|东京威力|"
    r"德仪|德州仪器|英飞凌|意法|瑞萨|恩智浦|安森美|"
    r"\b(?:nvidia|amd|broadcom|marvell|intel|qualcomm|micron|kioxia|sandisk|samsung|hynix|tsmc|umc|smic|asml|asmpt|"
    r"arm|nxp|infineon|wolfspeed|globalfoundries|lam|kla|tel|mtk|psmc)\b"
)
# What a page says of itself, its pictures and its other pages.
_OF_THE_PAGE = lazily(
    r"[本此](?:[文报刊站栏页篇期专集稿台片]|节目)|读者|编辑|记者|特派员|投票|留言|评论区|点[击选我此]|按此|"
    r"(?<!申)请(?!求)|欢迎|追踪|订户|专[页题栏]|客户端|特[辑刊]|一览|一次看|懒人包|"
    r"[插题附配线]图|图[表片辑库说]|影片|下载|赞助|投稿|来信|电邮|邮箱|信箱|(?:读者|交流|好友|车友)群|社群|"
    r"即睇|直击|分享|热线|喜欢|^\W*更多|看更多|报[导道]$|标签|捐款|作者|[上下]一?篇|网友|正文|"
    r"^\S{2,4} 一名|\.(?:xlsx?|pdf)\b"
)
# Of this companies live, too, and lists tell how it went.
_ALSO_OF_THE_TRADE = lazily(r"广告|搜[寻索]|会员|订阅|频道|节目|影音|\bapp\b|系列$|董事会$")
_OFFERED = lazily(r"[优特]惠|开户|回[馈赠]|领取|立即|免费|限[时量]|折$")
_SHARE = lazily(r"\d\s?%|[一二三四五六七八九十半]成|\d倍")
# What something did, or a figure, of which names by themselves have none.
_TOLD = lazily(
    r"[涨跌升降增减创破超买卖推调看扩拟获遭传续沽满追旺缺携]|[走转][强弱]|(?:^|\s)[-+$]?\d[\d,.]*(?:%|元|\s|$)|[^\w\s&.+-]"
)
_FEWEST_TAGS, _LONGEST_TAG = 3, 8
# A note of the editors, and no item.
_ALL_IN_BRACKETS = lazily(r"[(\[【〔<《][^)\]】〕>》]*[)\]】〕>》]\W*$")
# `聯電：` and `聯電(2303)：`, with which the lines of a list may begin, as they are published.
NAMED = lazily(r"[^\s，。、：:；,;！？「『“《]{1,12}(?:[（(][^）)：:]{1,12}[）)])?\s?[：:]")
# What leads an offer of other news.
OFFERS = lazily(r"[▶►➤⏩👉➡]")
_WORD = lazily(r"[a-z][a-z0-9]+|[^\W\d_a-z]{2,}")
# Characters of the shortest name, and one more that makes a word anywhere in a line one.
_NAME = 2
# More of a story is not looked through for words.
_LONGEST_STORY = 100_000
# A longer line with a word of the page in it and a colon behind is running text.
_LONGEST_LABEL = 24


def words(texts: Iterable[str]) -> frozenset[str]:
    """What is looked for to see whether a line speaks of a story, of the lines of the story.

    >>> sorted(words(["聯電NAND"])), sorted(words(["聯電漲"]))
    (['nand', '联电'], ['电涨', '联电', '联电涨'])
    """
    found = set(_WORD.findall("\n".join(map(folded_line, texts))[:_LONGEST_STORY]))
    return frozenset(part for word in found for part in _parts(word))


def says_something(text: str, story: Container[str] = ()) -> bool:
    """Whether a line without a full stop speaks of what the story does, and not of the page.

    Args:
        text: The line.
        story: The `words` of the lines that are the article's for certain.

    >>> says_something("聯電：降評"), says_something("聯電仍可留意", words(["聯電漲價。"]))
    (True, True)
    >>> says_something("財經首頁", words(["聯電"])), says_something("分享聯電消息", words(["聯電"]))
    (False, False)
    """
    if is_of_the_page(text):
        return False
    folded = folded_line(text)
    if any(pattern.search(folded) for pattern in (_FIGURE, _OF_THE_TRADE, _COMPANIES)):
        return True
    # Two characters are a name where they come first; elsewhere any two may meet.
    return any(
        part in story and (n == at == 0 or len(part) != _NAME)
        for n, word in enumerate(_WORD.findall(folded))
        for at, part in enumerate(_parts(word))
    )


def _parts(word: str) -> Iterator[str]:
    """A Latin word itself; of Chinese ones each two characters and each three."""
    if not is_han(word[0]):
        yield word
        return
    for size in (_NAME, _NAME + 1):
        yield from (word[at : at + size] for at in range(len(word) - size + 1))


def are_tags(text: str) -> bool:
    """Whether a line is names and topics with spaces between, of which nothing is said.

    >>> are_tags("輝達 H20 川普"), are_tags("聯電 盤中 漲停"), are_tags("聯電 2303 45.3")
    (True, False, False)
    """
    folded = folded_line(text)
    names = folded.split()
    return (
        len(names) >= _FEWEST_TAGS
        and all(len(name) <= _LONGEST_TAG for name in names)
        and any(map(is_han, folded))
        and any(map(_is_name, names))
        and not _TOLD.search(folded)
    )


def _is_name(word: str) -> bool:
    """Whether a word is a name and no more: one character may end it."""
    company = _COMPANIES.match(word)
    return _LATIN_NAME.fullmatch(word) is not None or (
        company is not None and len(word) - company.end() <= 1
    )


def are_own(texts: Sequence[str], story: Container[str]) -> bool:
    """Whether at least half the lines of a list are the article's.

    Where names and colons lead all of them, or signs other than those of offers, they are its own
    list unless they speak of the page.
    """
    alike = len(texts) > 1 and all(map(_is_item, texts))
    own = sum(not is_of_the_page(text) if alike else says_something(text, story) for text in texts)
    return 2 * own >= len(texts)


def _is_item(text: str) -> bool:
    return NAMED.match(text) is not None or (sign(text) != "" and not OFFERS.match(text))


def is_of_the_page(text: str) -> bool:
    """Whether a line without a full stop speaks of the page it stands on, and not of the story.

    >>> is_of_the_page("想看更多？"), is_of_the_page("這樣夠嗎？")
    (True, False)
    """
    folded = folded_line(text)
    if _ALL_IN_BRACKETS.match(folded) or _OF_THE_PAGE.search(folded):
        return True
    return _ALSO_OF_THE_TRADE.search(folded) is not None and not _tells_of_it(text, folded)


def _tells_of_it(text: str, folded: str) -> bool:
    """Whether a line says of a name what became of it, or by which share it rose or fell."""
    named = NAMED.match(text)
    if named:
        return named.end() < len(text) and not _ALSO_OF_THE_TRADE.search(folded[: named.end() - 1])
    return _SHARE.search(folded) is not None and not _OFFERED.search(folded)


def announced(lines: Sequence[Line]) -> set[int]:
    """The places of the lines that end with a colon, and of those in the lists behind them."""
    found: set[int] = set()
    waiting = spaced = False
    for block in blocks(lines):
        inside = waiting and (len(block) == 1 or not spaced)
        for at in block:
            text = lines[at].text
            opens = _announces(text)
            inside = opens or (inside and not _is_paragraph(text))
            if inside:
                found.add(at)
        waiting = inside and (opens or len(block) == 1)
        spaced = waiting and not opens
    return found


def led(lines: Sequence[Line]) -> Iterator[list[int]]:
    """The places of the lines, two or more one below the other, that the same sign leads."""
    shown = ((at, sign(line.text)) for at, line in enumerate(lines) if line.text)
    for first, group in groupby(shown, key=itemgetter(1)):
        places = [at for at, _ in group]
        if first and len(places) > 1:
            yield places


def blocks(lines: Sequence[Line]) -> Iterator[list[int]]:
    """The places of the lines between blank ones."""
    for shown, group in groupby(enumerate(lines), key=lambda each: bool(each[1].text)):
        if shown:
            yield [at for at, _ in group]


def _announces(text: str) -> bool:
    if not text.endswith(_ANNOUNCE):
        return False
    folded = folded_line(text)
    of_the_page = _OF_THE_PAGE.search(folded) or _ALSO_OF_THE_TRADE.search(folded)
    return len(text) > _LONGEST_LABEL or not of_the_page


def _is_paragraph(text: str) -> bool:
    """Whether a line is too much for an item of a list."""
    return len(text) > LONGEST_TITLE or text.count("。") > 1
