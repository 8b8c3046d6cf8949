"""What stands in front of and behind running text without belonging to it.

A byline in brackets before the first sentence goes; an agency's dateline, which says where the
news comes from, stays.
"""

import re
from collections.abc import Sequence

from chipstance.articles.line import Line, join
from chipstance.articles.shapes import is_running

_AGENCY = re.compile(r"社|訊|讯|電|电|快報|快报")
_BYLINE = re.compile(
    r"[〔\[【(（［]\s*(?P<inside>[^〕\]】)）］]{0,40}(?:記者|记者|報導|報道|报道|編輯|编辑|編譯|"
    r"编译|撰文|文[/／:：])[^〕\]】)）］]{0,30})"
    r"[〕\]】)）］]\s*[:：]?\s*"
)
_BARE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6})(?:記者|编辑|編譯|"
    r"记者)\s?[\u4e00-\u9fff○〇]{2,4}(?:[、,]\s?[\u4e00-\u9fff○〇]{2,4})*\s*[/／]\s*"
    r"[\u4e00-\u9fff]{2,8}(?:報導|報道|报道|專訪)[\s　:：]+"
)
_TAIL = re.compile(
    r"\s*[（(〔【\[](?:(?:責任|责任|本文|執行)?(?:編輯|编辑|責編|责编|編譯|编译|校對|校对|撰文|"
    r"記者|记者|整理|譯者)\s*[:：/／ ][^）)〕】\]。]{1,40}|"
    r"(?:文章|消息|資料|资料|圖片|图片)?(?:來源|来源)\s*[:：][^）)〕】\]。]{1,40}|全文完|完|"
    r"未完待[續续]|[a-z]{1,4}/[a-z]{1,4})[）)〕】\]]\s*~?\s*\d{0,8}\s*$|"
    r"\s*返回搜狐，查看更多.{0,20}$|\s+(?:[#＃][^\s#＃。，]{1,24}[\s]*){2,}$|\s*(?:責任編輯|"
    r"责任编辑)\s*[:：]\s*\S{2,10}$|\s*[■□◆●]\s*$"
)
_OFFER = re.compile(
    r"[（(【\[]\s*(?:👉|▶|►)?\s*(?:延伸閱讀|延伸阅读|相關報[導道]|相关报道|相關新聞|相关新闻|"
    r"相關文章|相关阅读|推薦閱讀|推荐阅读|看更多|更多新聞|點擊看|點此|点击此处|點我)"
    r"[^）)】\]]{0,80}[）)】\]]"
)
_LONGEST_TAIL = 120


def lead_ins(lines: Sequence[Line]) -> list[Line]:
    """Cut bylines off the beginning of paragraphs, credits off their end, offers out of them."""
    return [_bare(line) if len(line.text) > 12 else line for line in lines]


def _bare(line: Line) -> Line:
    text = line.text
    byline = _BYLINE.match(text)
    if byline and _AGENCY.search(byline["inside"]):
        byline = None
    byline = byline or _BARE.match(text)
    start = byline.end() if byline and byline.end() < len(text) else 0
    tail = _TAIL.search(text, max(start, len(text) - _LONGEST_TAIL))
    end = tail.start() if tail and is_running(text[start : tail.start()]) else len(text)
    if start or end < len(text):
        line = line.cut(start, end)
    offer = _OFFER.search(line.text)
    if offer and is_running(line.text):
        parts = [line.cut(0, offer.start()), line.cut(offer.end())]
        line = join((part, None) for part in parts if part.text)
    return line
