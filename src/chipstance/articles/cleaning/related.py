"""Blocks that offer other news: where a "related reading" block begins and where it ends.

Its teasers are real news of another day, so nothing of them may be left; but a block may stand in
the middle of an article, which then goes on behind it.
"""

from collections.abc import Iterator, Sequence

from chipstance.articles.cleaning.lists import announced, are_own, led, words
from chipstance.articles.line import Line
from chipstance.articles.normalising.fold import folded_line
from chipstance.articles.shapes import is_running, sign
from chipstance.patterns import lazily

# In the folded form of `fold`.
_HEADING = (
    r"(?:(?:更多)?(?:延伸|相关|推荐|关联|精选|热门|最新|深度|系列|同类|其他|往期|站内|精彩|今日)"
    r"(?:阅读|新闻|报[导道]|文章|内容|推荐|连结|链接|资讯|影音|视频|专题|话题|回顾|消息|主题|"
    r"焦点|业绩|热话|热点)|"
    r"更多(?:\S{0,8}(?:新闻|报[导道]|文章|内容|专栏|专题|消息|业绩|精彩))|更多精彩|编辑推[介荐]|"
    # An outlet with blanks around it.
    r"看?更多(?: \S{1,10}){1,2} ?(?:新闻|报[导道]|文章|专栏|专题)|"
    r"编辑精选|小编推荐|同场加映|"
    r"猜?[你您](?:可能|或许|也许)?[也还会]?(?:会)?(?:感兴趣|喜欢|想[看读知]|有兴趣)的?(?:新闻|"
    r"文章|内容)?|"
    r"为[您你]推荐|(?:大家|其他人|别人|网友)[都也还]?(?:在看|喜欢)|喜欢此内容的人还喜欢|"
    r"(?:人气|热门|点击|新闻|阅读|热文|点阅|即时|24小时)?排行榜?|热点推荐|即时热点|焦点新闻|"
    r"(?:即时|[今本每]日|[本一]周|\d\d\s?小时)(?:热门|热闻|热搜|热议|热文|最夯|人气)(?:榜|排行榜?|top\s?\d*)?|"
    r"(?:人气|热门|热搜|热闻|点阅|点击|话题)(?:话题|文章|新闻)?\s?(?:top\s?\d*|榜单?)|"
    r"最多人[看阅读]读?|"
    r"(?:往下)?看更多(?:新闻|文章|报[导道])?|阅读下一篇|阅读更多|阅读延伸|延伸阅览|相关新闻请见|往期爆文|"
    r"同一主题|热读|"
    r"related(?: (?:articles|news|stories|posts))?|read more|you may also like|"
    r"more (?:from|on|stories|news).{0,20}|most read|trending|recommended(?: for you)?)"
)
# What one of these headings has in it.
_HEADING_HINTS = (
    "延伸", "相关", "推荐", "关联", "精选", "最新", "深度", "系列", "同类", "其他", "往期",
    "站内", "精彩", "今日", "更多", "编辑", "小编", "同场", "你", "您", "在看", "喜欢", "排行",
    "热", "人气", "最夯", "点阅", "点击", "话题", "焦点", "最多人", "下一篇", "同一主题",
    "related", "more", "also", "most", "trending", "recommended",
)  # fmt: skip
_BLOCK = lazily(rf"[\W_]*{_HEADING}[\s:︰》】\"〉▼↓>▶►|….-]*$", hints=_HEADING_HINTS)
_OFFERED = r"\s*[\])】》〉〕\"]?\s*[:︰▶►|>/→⏩👉]\s*.+"
_INLINE = lazily(
    rf"[\W_]*(?:{_HEADING}(?:{_OFFERED}|\s*[】》《]\s*\S.+)|热门{_OFFERED})|"
    r"[上下前后]一?[篇则](?:文章|新闻|报[导道])?(?:\s*[:>|]|\s)\s*.{4,}|[\W_]*(?:延伸|推荐)阅读\s.+|"
    # Other words in these brackets are of headlines, too.
    r"[\W_]*(?:延伸|相关|推荐|更多)(?:阅读|新闻|报[导道]|文章)\s*[〉〕]\s*\S.+|"
    r"[▶►➤⏩👉➡]\s*(?!\d|.*\d%.*。).{6,}|"
    r"(?:本站|本网|本报|本刊)?\S{0,4}年度回顾系列.{0,8}$",
    hints=(*":︰▶►|>/→⏩👉】》《〉〕篇则➤➡", "阅读", "年度回顾"),
)
# A button that a page shows in the middle of a story, and no heading of a list.
_BUTTON = lazily(
    r"\W*(?:(?:往下)?看更多|阅读更多|read more)\W*$", hints=("看更多", "阅读更多", "read more")
)
_MARKED = lazily(r"[▶►➤»›>‣⏩👉➡◎※★☆]")
_DATED = lazily(r"\d{1,4}[-/.年]\d{1,2}.{0,12}$|\d{1,2}[:：]\d{2}$")
# What a reader by voice is told at the end of a block.
_END = lazily(r"end of .{1,20}$", hints=("end of",))
_LONGEST_INLINE = 160
# Paragraphs that are too many for teasers where no headline stands among them.
_MANY = 3


def opens_block(text: str) -> bool:
    """Whether a line is the heading of a block of other news.

    >>> opens_block("【延伸閱讀】"), opens_block("相關新聞指出"), opens_block("你可能感興趣：")
    (True, False, True)
    """
    return len(text) < 40 and _BLOCK.match(folded_line(text)) is not None


def is_inline(text: str) -> bool:
    """Whether a line offers other news by itself: heading and teaser in one."""
    return len(text) < _LONGEST_INLINE and _INLINE.match(folded_line(text)) is not None


def related_reading(lines: Sequence[Line]) -> list[Line]:
    """Take out the blocks of other news, and the lines that offer other news by themselves."""
    kept: list[Line] = []
    at, before, own = 0, 0, _own_items(lines)
    while at < len(lines):
        text = lines[at].text
        if opens_block(text):
            at = _block_end(lines, at + 1) if before else at + 1
            continue
        if is_inline(text) and at not in own:
            at = _teasers_end(lines, at + 1) if before else at + 1
            continue
        before += is_running(text)
        kept.append(lines[at])
        at += 1
    return kept


def _own_items(lines: Sequence[Line]) -> set[int]:
    """The places of lines that arrows lead and that are items of the article, and no offers."""
    offered = [at for at, line in enumerate(lines) if sign(line.text) and is_inline(line.text)]
    own = {at for at in offered if _heads_paragraph(lines, at)}
    if len(offered) < 2:
        return own
    lists = [places for places in led(lines) if is_inline(lines[places[0]].text)]
    rest = [line.text for line in lines if line.text and not is_inline(line.text)]
    story = words(rest)
    is_note = not any(map(is_running, rest))
    behind_colon = announced(lines)
    for places in lists:
        before = (lines[at].text for at in range(places[0] - 1, -1, -1))
        above = next(filter(None, before), "")
        texts = [lines[at].text for at in places]
        if opens_block(above):
            continue
        if is_note or behind_colon.issuperset(places) or are_own(texts, story):
            own.update(places)
    return own


def _heads_paragraph(lines: Sequence[Line], at: int) -> bool:
    """Whether a line that an arrow leads stands apart, right above a paragraph."""
    inside = 0 < at < len(lines) - 1
    return inside and not lines[at - 1].text and is_running(lines[at + 1].text)


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

    The article goes on where running text follows, see `_running_on`, where two paragraphs follow
    each other behind at least one headline, or where one last paragraph follows several headlines.
    A headline over each paragraph means teasers with a summary each, and one or two sentences right
    behind the block's heading are teasers too.
    """
    running_on = _running_on(lines, start)
    if running_on is not None:
        return running_on
    shown: list[int] = []
    kinds: list[bool] = []
    headlines = 0
    for at in range(start, len(lines)):
        if not lines[at].text:
            continue
        if _END.match(folded_line(lines[at].text)):
            return at + 1
        shown.append(at)
        kinds.append(_teaser(lines[at].text))
        headlines += kinds[-1]
        if headlines and kinds[-2:] == [False, False]:
            return _with_heading(lines, shown, len(shown) - 2, headlines)
    if headlines and not kinds[-1] and _goes_on(lines, shown, kinds):
        return shown[-1]
    return len(lines)


def _running_on(lines: Sequence[Line], start: int) -> int | None:
    """Where a paragraph that is no teaser follows the heading of a block and its headlines.

    No teaser has several sentences and nothing but headlines above it, nor is it one of many
    without a headline; but where headlines are between paragraphs they may have a summary each.
    """
    shown = list(_of_block(lines, start))
    kinds = [_teaser(lines[at].text) for at in shown]
    if False not in kinds:
        return None
    first = kinds.index(False)
    headlines = sum(not _DATED.search(lines[at].text) for at in shown[:first])
    paragraphs = [lines[at].text for at in shown[first:]]
    if headlines == 0:
        return (
            shown[first]
            if _BUTTON.match(folded_line(lines[start - 1].text))
            or any(map(_has_sentences, paragraphs))
            or (len(paragraphs) >= _MANY and not any(kinds[first:]))
            else None
        )
    alone = headlines > 1 or not any(kinds[first:])
    return shown[first] if alone and _has_sentences(paragraphs[0]) else None


def _of_block(lines: Sequence[Line], start: int) -> Iterator[int]:
    """The places of the lines behind the heading of a block, up to that of the next."""
    for at in range(start, len(lines)):
        if opens_block(lines[at].text) or _END.match(folded_line(lines[at].text)):
            return
        if lines[at].text:
            yield at


def _has_sentences(text: str) -> bool:
    return sum(map(text.count, "。！？")) > 1


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
