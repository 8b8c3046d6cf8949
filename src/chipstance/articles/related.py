"""Blocks that offer other news: where a "related reading" block begins and where it ends.

Its teasers are real news of another day, so nothing of them may be left; but a block may stand in
the middle of an article, which then goes on behind it.
"""

import re
from collections.abc import Sequence

from chipstance.articles.line import Line
from chipstance.articles.shapes import is_running

_HEADING = (
    r"(?:(?:更多)?(?:延伸|相[關关]|推[薦荐]|[關关][聯联]|精選|精选|熱門|热门|最新|深度|系列|"
    r"同類|同类|其他|往期|站內|精彩)"
    r"(?:閱讀|阅读|新聞|新闻|報[導道]|报道|文章|內容|内容|推[薦荐]|連結|链接|鏈接|資訊|资讯|"
    r"影音|視頻|视频|專題|专题|話題|回[顧顾]|消息|主題)|"
    r"更多(?:\S{0,8}(?:新聞|新闻|報[導道]|报道|文章|內容|内容|專欄|专栏|消息))|編輯推[介薦]|"
    r"编辑推荐|編輯精選|小編推薦|同場加映|"
    r"(?:猜)?[你您](?:可能|或許|或许|也許|也许)?(?:也|還|还|會|会)?(?:感[興兴]趣|喜[歡欢]|"
    r"想[看讀知]|有興趣)(?:的)?(?:新聞|文章|內容|内容)?|"
    r"[為为]您?你?推[薦荐]|(?:大家|其他人|別人|网友|網友)(?:都|也|還|还)?(?:在看|喜[歡欢])|"
    r"喜[歡欢]此[內内]容的人[還还]喜[歡欢]|"
    r"(?:人氣|人气|熱門|热门|點擊|点击|新聞|新闻|閱讀|阅读|熱文|热文|點閱|即時|"
    r"24小[時时])?排行榜?|[熱热][點点]推[薦荐]|今日[熱热][話点點][話題题]?|即時[熱热][點点]|"
    r"今日焦[點点]|焦[點点]新[聞闻]|最多人看|最多人[閱阅][讀读]|看更多(?:新聞|文章|報導)?|"
    r"[閱阅][讀读]下一篇|[閱阅][讀读]更多|[閱阅][讀读]延伸|[延相]伸[閱阅]覽|相[關关]新聞請見|"
    r"往期爆文|[關关][於于]?同一主[題题]|Related(?: (?:articles|news|stories|posts))?|"
    r"Read [Mm]ore|You [Mm]ay [Aa]lso [Ll]ike|"
    r"More (?:from|on|stories|news).{0,20}|Most [Rr]ead|Trending|Recommended(?: for you)?|"
    r"READ MORE|RELATED)"
)
_BLOCK = re.compile(rf"[\W_]*{_HEADING}[\s:：﹕︰》】」〉▼↓>▶►|｜…-]*$")
_INLINE = re.compile(
    rf"[\W_]*{_HEADING}\s*[\])】）」》]?\s*[:：﹕︰▶►|｜>/／→⏩👉]\s*.+|"
    rf"[\W_]*{_HEADING}\s*[】》]\s*\S.+|"
    r"(?:上|下|前|後|后)一?[篇則则]\s*[:：]?\s*.{4,}|[\W_]*(?:延伸|推[薦荐])[閱阅][讀读]\s.+|"
    r"[▶►➤⏩👉➡]\s*(?!\d).{6,}"
)
_MARKED = re.compile(r"[▶►➤»›>‣⏩👉➡◎※★☆]")
_DATED = re.compile(r"\d{1,4}[-/.年]\d{1,2}.{0,12}$|\d{1,2}[:：]\d{2}$")
_LONGEST_INLINE = 160


def opens_block(text: str) -> bool:
    """Whether a line is the heading of a block of other news.

    >>> opens_block("【延伸閱讀】"), opens_block("相關新聞指出"), opens_block("你可能感興趣：")
    (True, False, True)
    """
    return len(text) < 40 and _BLOCK.match(text) is not None


def is_inline(text: str) -> bool:
    """Whether a line offers other news by itself: heading and teaser in one."""
    return len(text) < _LONGEST_INLINE and _INLINE.match(text) is not None


def related_reading(lines: Sequence[Line]) -> list[Line]:
    """Take out the blocks of other news, and the lines that offer other news by themselves."""
    kept: list[Line] = []
    at, before = 0, 0
    while at < len(lines):
        text = lines[at].text
        if opens_block(text):
            at = _block_end(lines, at + 1) if before else at + 1
            continue
        if is_inline(text):
            at = _teasers_end(lines, at + 1) if before else at + 1
            continue
        before += is_running(text)
        kept.append(lines[at])
        at += 1
    return kept


def _teaser(text: str) -> bool:
    """Whether a line inside a block is a headline or label and not a paragraph."""
    return not is_running(text) or _MARKED.match(text) is not None


def _teasers_end(lines: Sequence[Line], start: int) -> int:
    """Where a list of marked headlines under an inline offer ends."""
    at = start
    while at < len(lines) and (is_inline(lines[at].text) or opens_block(lines[at].text)):
        at += 1
    return at


def _block_end(lines: Sequence[Line], start: int) -> int:
    """Where a block ends: at the paragraph with which the article goes on, or with the file.

    The article goes on where two paragraphs follow each other behind at least one headline, or
    where one last paragraph follows several headlines. A headline over each paragraph means
    teasers with a summary each, and paragraphs right behind the block's heading are teasers too.
    """
    shown = [at for at in range(start, len(lines)) if lines[at].text]
    kinds = [_teaser(lines[at].text) for at in shown]
    headlines = 0
    for number, headline in enumerate(kinds):
        if headline:
            headlines += 1
            continue
        if headlines and number + 1 < len(kinds) and not kinds[number + 1]:
            return _with_heading(lines, shown, number, headlines)
        if headlines and number + 1 == len(kinds) and _goes_on(lines, shown, kinds):
            return shown[number]
    return len(lines)


def _goes_on(lines: Sequence[Line], shown: list[int], kinds: list[bool]) -> bool:
    """Whether one paragraph at the end of a block is the article's and no teaser's summary."""
    if kinds.count(False) > 1:
        return False
    gap = not lines[shown[-1] - 1].text
    apart = any(not lines[at - 1].text for at in shown[1:-1])
    return len(kinds) > 2 or (gap and not apart and lines[shown[0] - 1].text != "")


def _with_heading(lines: Sequence[Line], shown: list[int], number: int, headlines: int) -> int:
    """The article goes on at a paragraph, or at the heading of its own that stands over it."""
    above = shown[number - 1]
    spaced = not lines[above - 1].text and not lines[shown[number] - 1].text
    packed = headlines > 2 and any(lines[at - 1].text for at in shown[1 : number - 1])
    return above if spaced and packed and not _DATED.search(lines[above].text) else shown[number]
