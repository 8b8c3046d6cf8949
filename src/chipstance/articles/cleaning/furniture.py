"""Page furniture: lines that a page says of itself and that are no part of an article.

Each kind is recognised in two ways, by the tables of `phrases` and of `notices`. A label begins a
line that is no running text (`圖:…`, `責任編輯…`); a running sentence may begin with the same word
and stays. A notice is a phrase that only a page says of itself (`本文不構成投資建議`), so it
condemns running text too, from its sentence to the end of the line, unless the sentence reports
that somebody said it. Blocks of several lines are in `related`.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from chipstance.articles.cleaning.datelines import is_dateline
from chipstance.articles.cleaning.hints import LABEL_HINTS, NOTICE_HINTS
from chipstance.articles.cleaning.leadins import byline_end
from chipstance.articles.cleaning.lists import says_something
from chipstance.articles.cleaning.notices import NOTICES
from chipstance.articles.cleaning.phrases import CREDIT, LABELS
from chipstance.articles.cleaning.stamps import BESIDE_STAMP, DAY, STAMP, WEEKDAY
from chipstance.articles.line import Line
from chipstance.articles.normalising.fold import folded_line
from chipstance.articles.shapes import has_chinese, is_running
from chipstance.patterns import lazily

# A notice longer than this is a paragraph of the article that happens to hold the phrase.
LONGEST_NOTICE = 260
LONGEST_LABEL = 110
# More than this behind a byline in brackets is the beginning of the story.
_LONGEST_CREDIT = 12
# Of a name beside day and hour, and of news there in a few words.
_LONGEST_NAME, _SHORTEST_NEWS = 8, 4
# A longer sentence is a notice only if it begins like one, and no more may follow one at the end.
LONGEST_ASIDE = 64
KINDS = (*LABELS, "datelines")

# A sentence that reports a warning, and does not give one.
_REPORTED = lazily(
    r"(?:他|她|公司|分析师|法人|专家|[^\W\d_a-z]{2,4}(?:证券|银行))[^。]{0,12}"
    r"(?:指出|表示|认为|称|说|强调|提醒|坦言|警告)|"
    r"(?:指出|认为|强调|坦言|警告称?|表示|称|说|透露)[,:]"
)
_OF_THE_PAGE = lazily(
    r"[\W_]*(?:广告声明|本|此|该文|以上|上述|文章|文中|稿件|内容|作者|笔者|市场有|投资|股市|入市|免责|"
    r"声明|风险|特别|郑重|重要|版权|著作|"
    r"未经|转载|凡|如|任何|资料|资讯|信息|据此|平台|观点|读者|用户|过往|过去|所有|一切|扫|关注|"
    r"©|更多|[▲▼△▽])"
)
_STAMP, _BESIDE_STAMP = lazily(STAMP), lazily(BESIDE_STAMP)
_LED = lazily(rf"[\W_]*(?=[^:]{{8,16}}\d:\d\d)(?=.{{0,8}}(?:19|20)\d\d){STAMP}")
_WORD = lazily(r"[^\W_]+")
_STAMPS = frozenset({"time_stamps", "datelines"})
# A headline that ends in its day, and what is none.
_DATED = lazily(
    rf"(?!(?:\S{{0,4}}(?:时间|日期|更新|发布|刊登|出版))\b)"
    rf"[【\[(《〔]?(?P<name>[^\W\d_]{{3,16}})[】\])》〕]?\s*[|·丨-]?\s*(?:{DAY}){WEEKDAY}?\W*$",
    hints=("19", "20", *"月年-/."),
)
_PUBLISHER = lazily(
    r"(?<![早晨午快简周季月])报$|网$|社$|[周期]刊$|杂志$|财经$|新闻$|报[导道]$|整理$"
)
# Who said it in a conversation, and what.
_SAID = lazily(r"[^:]{1,20}:\s*\D{2,}", hints=":")
_CREDIT = lazily(CREDIT)
_SENTENCES = lazily(r"(?:[^。!?]*+[。!?]++){2}")
_SENTENCE_BREAK = lazily(r"[。!?｡][」』\"')】]*\s*")
_LABELS = {
    kind: lazily("|".join(patterns), hints=LABEL_HINTS.get(kind, ()))
    for kind, patterns in LABELS.items()
}
_NOTICES = {kind: lazily("|".join(patterns)) for kind, patterns in NOTICES.items()}
_HINTS = {kind: lazily("|".join(words), hints=words) for kind, words in NOTICE_HINTS.items()}
_ALL_HINTS = tuple(word for words in NOTICE_HINTS.values() for word in words)
_HINTS_OF_ALL = lazily("|".join(_ALL_HINTS), hints=_ALL_HINTS)
# Under these labels the label's own text may be a sentence, as under a picture.
_MAY_BE_SENTENCES = ("advertising", "captions", "disclaimers", "polls", "sources")


def without(kinds: Iterable[str], line: Line) -> Line:
    """A line without its page furniture of some kinds: empty if it is nothing else."""
    begins = _begins(line.text)
    for kind in kinds if begins else ():
        if kind in begins:
            if kind in _STAMPS and line.heading and is_dated(line.text):
                continue
            if not begins[kind]:
                return line._replace(text="", pieces=line.pieces[:1])
            line = line.cut(0, begins[kind])
            begins = _begins(line.text)
    return line


def is_dated(text: str) -> bool:
    """Whether a line at the top is a headline that ends in its day, and not who published when."""
    match = _DATED.match(folded_line(text))
    if match is None or says_something(match["name"]):
        return match is not None
    return not is_dateline(text) and not _PUBLISHER.search(match["name"])


def stamp_end(text: str) -> int:
    """Where more begins behind the day and hour that lead a line; 0 where none do.

    >>> stamp_end("2025-01-28 14:03 聯電漲停"), stamp_end("2025-01-28 聯電漲停")
    (17, 0)
    """
    match = _LED.match(folded_line(text)) if ":" in text or "：" in text else None
    return match.end() if match and match.end() < len(text) else 0


def kinds_of(text: str) -> list[str]:
    """The kinds of page furniture that a whole line is, that by which it is called first."""
    begins = _begins(text)
    return [kind for kind in KINDS if begins.get(kind) == 0]


def kind_of(text: str) -> str | None:
    """The kind of page furniture that a line is, or None for text of the article.

    >>> kind_of("圖:台積電南京廠。"), kind_of("圖像處理晶片的需求大增。")
    ('captions', None)
    """
    return next(iter(kinds_of(text)), None) if _begins(text) else None


@lru_cache(maxsize=4096)
def _begins(text: str) -> Mapping[str, int]:
    """The kinds of page furniture that a line is, or has at its end, and where each begins."""
    labels = () if not text or len(text) > LONGEST_LABEL else tuple(LABELS)
    if labels and is_running(text) and has_chinese(text):
        labels = _MAY_BE_SENTENCES
    folded = folded_line(text)
    found = {
        kind: 0
        for kind in labels
        if _LABELS[kind].match(folded) and not _is_other(kind, text, folded)
    }
    if labels and not found and is_dateline(text):
        found["datelines"] = 0
    if _HINTS_OF_ALL.search(folded, max(0, len(text) - LONGEST_NOTICE - 1)):
        starts = ((kind, _notice_start(kind, folded)) for kind in NOTICES)
        found |= {kind: start for kind, start in starts if start is not None}
    if "captions" not in found and (credit := _credit_start(folded)):
        found["captions"] = credit
    return found


def _credit_start(folded: str) -> int | None:
    """Where the credit of a picture begins that ends a paragraph of several sentences."""
    start = folded.rfind("(") if folded[-1:] == ")" else -1
    several = start > 0 and _SENTENCES.match(folded, 0, start) is not None
    return start if several and _CREDIT.fullmatch(folded, start) else None


def _is_other(kind: str, text: str, folded: str) -> bool:
    """Whether a line that begins with a label has more to say, or only speaks of such a thing."""
    if kind == "bylines":
        end = byline_end(text)
        return 0 < end < len(text) - _LONGEST_CREDIT and not _LABELS[kind].match(folded, end)
    if kind == "time_stamps":
        return _is_news(text, folded)
    return kind == "disclaimers" and _REPORTED.search(folded) is not None


def _is_news(text: str, folded: str) -> bool:
    """Whether more than who or where stands behind the day and hour of a line."""
    stamp = _STAMP.search(folded)
    behind = stamp.end() if stamp else len(text)
    if len(text) - behind < _SHORTEST_NEWS or _BESIDE_STAMP.search(folded, behind):
        return False
    return (
        _SAID.match(folded, behind) is not None
        or says_something(text[behind:])
        or any(
            len(word) > _LONGEST_NAME and has_chinese(word)
            for word in _WORD.findall(folded, behind)
        )
    )


def _notice_start(kind: str, folded: str) -> int | None:
    """Where in a line the notices begin that end it, or None if there are none."""
    # A notice that is no whole line ends one.
    before = max(0, len(folded) - LONGEST_NOTICE - 1)
    text = folded[before:]
    match = _NOTICES[kind].search(text) if _HINTS[kind].search(text) else None
    if match is None:
        return None
    start = max((m.end() for m in _SENTENCE_BREAK.finditer(text, 0, match.start())), default=0)
    end = _SENTENCE_BREAK.search(text, match.end())
    sentence = text[start : end.end() if end else len(text)]
    rest = len(text) - start - len(sentence)
    meant = len(sentence) <= LONGEST_ASIDE or _OF_THE_PAGE.match(sentence)
    if _REPORTED.search(sentence) or not meant or (before and not start):
        return None
    return before + start if start == 0 or rest <= LONGEST_ASIDE else None
