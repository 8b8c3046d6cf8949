"""What stands in front of and behind running text without belonging to it.

A byline in brackets before the first sentence goes; an agency's dateline, which says where the
news comes from, stays.
"""

from collections.abc import Sequence

from chipstance.articles.line import Line, join
from chipstance.articles.normalising.fold import folded_line
from chipstance.articles.shapes import is_running
from chipstance.patterns import lazily

# In the folded form of `fold`, which keeps positions.
_AGENCY = lazily(r"社|讯|电|快报")
_BYLINE = lazily(
    r"[〔\[【(]\s*(?P<inside>[^〕\]】)]{0,40}(?:记者(?![会团席节协问])|"
    r"[/:][^〕\]】)]{2,8}报[导道]|撰文|文[/:]|(?:编辑|编译|整理)[:/ ])[^〕\]】)]{0,30})"
    r"[〕\]】)]\s*:?\s*|"
    # The outlet alone, as others print its stories.
    r"[\[【](?=[^\]】]*[a-z])[^\W_]{2,12}(?:新闻网?|财经中心|ctwant)[\]】]\s*"
)
_BARE = lazily(
    r"[^\W\d_a-z]{0,6}(?:记者|编辑|编译)\s?(?:[^\W\d_a-z]|○){2,4}"
    r"(?:[、,]\s?(?:[^\W\d_a-z]|○){2,4})*\s*/\s*[^\W\d_a-z]{2,8}(?:报[导道]|专访)[\s:]+"
)
_TAIL = lazily(
    r"\s*[(〔【\[](?:(?:责任|本文|执行)?(?:编辑|责编|编译|校对|撰文|记者|整理|译者)\s*[:/ ]"
    r"[^)〕】\]。]{1,40}|(?:文章|消息|资料|图片)?来源\s*:[^)〕】\]。]{1,40}|全文完|完|未完待续|"
    r"[a-z]{1,4}/[a-z]{1,4})[)〕】\]]\s*~?\s*\d{0,8}\s*$|"
    r"(?<=[。!?\"])\s*(?:\([a-z]{1,4}\)(?:\s*#[^\s#。,]{1,24})*|(?:\[[^\W\d_a-z]{1,4}\])+)\s*$|\s*返回搜狐,查看更多.{0,20}$|"
    r"\s+(?:#[^\s#。,]{1,24}\s*){2,}$|\s*责任编辑\s*:\s*\S{2,10}$|\s*[■□◆●]\s*$"
)
_OFFER = lazily(
    r"[(【\[]\s*+(?:[👉▶►]\s*+)?(?:延伸阅读|相关报[导道]|相关新闻|相关文章|相关阅读|推荐阅读|"
    r"看更多|更多新闻|点击看|"
    r"点此|点击此处|点我)[^)】\]]{0,80}[)】\]]"
)
_LONGEST_TAIL = 120
# What stands in all that these three look for, as it is published, so that few paragraphs have to
# be folded.
_TAIL_HINT = lazily(
    r"[)）〕】\]]\W*\d*\W*$|[■□◆●]|[#＃]|編輯|编辑|查看更多",
    hints=(*")）〕】]■□◆●#＃", "編輯", "编辑", "查看更多"),
)
_BYLINE_HINT = lazily(
    r"[記记]者|[編编][輯辑譯译]|[報报][導导道]|撰文|文[/:／：]|整理|新[聞闻]|[財财][經经]中心|CTWANT",
    hints=("記者", "记者", *"編编報报/:／：聞闻", "撰文", "整理", "經中", "经中", "CTWANT"),
)
_OFFER_HINT = lazily(r"[（(【\[]\s*+(?:[👉▶►]\s*+)?[延相推看更點点]", hints="（(【[")


def lead_ins(lines: Sequence[Line]) -> list[Line]:
    """Cut bylines off the beginning of paragraphs, credits off their end, offers out of them."""
    return [_bare(line) if len(line.text) > 12 else line for line in lines]


def _bare(line: Line) -> Line:
    """A paragraph without byline, credit and offers."""
    text = line.text
    start = byline_end(text)
    tail_at = max(start, len(text) - _LONGEST_TAIL)
    tail = _TAIL.search(folded_line(text)[tail_at:]) if _TAIL_HINT.search(text, tail_at) else None
    end = tail_at + tail.start() if tail else len(text)
    if not is_running(text[start:end]):
        end = len(text)
    if start or end < len(text):
        line = line.cut(start, end)
    offer = _OFFER.search(folded_line(line.text)) if _OFFER_HINT.search(line.text) else None
    if offer and is_running(line.text):
        parts = [line.cut(0, offer.start()), line.cut(offer.end())]
        line = join((part, None) for part in parts if part.text)
    return line


def byline_end(text: str) -> int:
    """Where the text begins behind a byline: 0 where there is none, or nothing else."""
    if not _BYLINE_HINT.search(text, 0, _LONGEST_TAIL):
        return 0
    head = folded_line(text)[:_LONGEST_TAIL]
    match = _BYLINE.match(head)
    if match and _AGENCY.search(match["inside"] or ""):
        return 0
    match = match or _BARE.match(head)
    return match.end() if match and match.end() < len(text) else 0
