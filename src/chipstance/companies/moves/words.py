"""Moves that need no figure: limits (漲停, 封板), 腰斬, 翻倍, 平盤."""

from collections.abc import Iterator

from chipstance.companies.moves.move import Move
from chipstance.patterns import lazily, needing

# The board is the limit-up, where it is not called that of the limit-down: 封板, 三連板, 亮燈攻頂.
_BOARD = (
    r"(?<!跌停)(?<!跌停[价并])(?<!冲击)(?<!(?:冲击|终结|结束|止步).)"
    r"(?:(?<![密塑])封板|一字板|(?<=[一二两三四五六七八九十\d])连板|(?:亮灯|跳空)攻顶|攻顶(?=锁))"
    r"(?!的|率|数|高度|梯|池|资金|失败|未[果遂]|设计|[^,;。]{0,6}跌停)"
)
# 營收持平 is of no share: 持平 beside a close, or in a list of moves.
_LEVEL = (
    r"(?:(?<=收)|(?<=[收开][市盘])|(?<=收报)|(?<=股价))持平|持平(?=作?收|收?报)"
    r"|(?<=%[、及和与])持平(?=[、及和与,;。!?]|$)"
)
_WORDS = lazily(
    r"(?P<twenty>20\s?(?:cm|厘米)(?P<down>跌停|[涨升]停))|(?P<limit>[涨升]停|(?<![涨升])跌停)"
    rf"|(?P<board>{_BOARD})|(?P<half>腰斩)"
    r"|(?P<double>翻(?:了)?(?:一)?倍|翻番|翻了?一番)(?!半)"
    rf"|(?P<flat>平收|收平|平盘作收|平盘收|平盘报|收平盘|平盘|以平收|无(?:升跌|起跌|涨跌(?!幅|停|限))|{_LEVEL})",
    hints=(*"停斩翻平", "升跌", "起跌", "涨跌", "板", "攻顶"),
)
_NOT_BEFORE = lazily(
    r"(?:未能?|没有?|无缘|逼近|直逼|接近|险些|差点|半根|几乎|近乎|挑战|距离?|跌破|失守|站上|(?<![死收报封锁躺])在|拉上|守住?|围绕|翻越|不是)"
    r"[^,;。]{0,2}$"
)
_NOT_AFTER = lazily(
    r"价?(?:之?[上下]|潮|家数|机制|股|震荡|整理)|板?价?(?:附近|边缘)|价格|价为|价是|价约"
)
# Longer than any word for it.
_LONGEST = 4
_OPENED = r"(?:打开|炸板|开板|[撬砸]开)"
_OPENED_BEFORE = lazily(rf"{_OPENED}了?$", hints="开板")
_OPENED_AFTER = lazily(rf"板?后?[被遭再又]?{_OPENED}", hints="开板")
# 打開跌停後又被鎖死, 漲停炸板後回封
_SHUT_AGAIN = lazily(r"[^;。!?]{0,12}?[再又重回][^,;。]{0,6}?[封锁]", hints="封锁")
# How these words end: to look for that first takes a tenth of the time.
WORD_END = lazily(
    "[停斩番倍收盘跌平板顶](?:"
    f"{needing('停', '(?<=[涨跌升]停)')}|{needing('腰斩|攻顶', '(?<=腰斩)|(?<=攻顶)')}|"
    f"{needing('番|倍', '(?<=[翻了一][番倍])')}|{needing('平', '(?<=平[收盘])|(?<=[收以持]平)')}|"
    f"{needing('升跌|起跌|涨跌', '(?<=[升起涨]跌)')}|{needing('板', '(?<=[封字连]板)')})",
    hints="停斩番倍收盘跌平板顶",
)


def in_words(folded: str) -> Iterator[Move]:
    """Find the moves that a folded text states in a word, in order.

    >>> [(move.value, move.limit) for move in in_words("某涨停,某腰斩,某涨停后打开")]
    [(1.0, True), (-50.0, False)]
    """
    for match in _WORDS.finditer(folded) if WORD_END.search(folded) else ():
        start, end = match.span()
        if _NOT_BEFORE.search(folded[:start]) or _NOT_AFTER.match(folded, end):
            continue
        if _opened(folded, start, end):
            continue
        if match["twenty"]:
            yield Move(start, end, -20.0 if match["down"] == "跌停" else 20.0)
        elif match["limit"] or match["board"]:
            yield Move(start, end, -1.0 if match["limit"] == "跌停" else 1.0, limit=True)
        else:
            value = -50.0 if match["half"] else 100.0 if match["double"] else 0.0
            yield Move(start, end, value, loose=value != 0)


def _opened(folded: str, start: int, end: int) -> bool:
    """Whether a limit that was hit was left again."""
    after = _OPENED_AFTER.match(folded, end)
    before = _OPENED_BEFORE.search(folded[max(0, start - _LONGEST) : start])
    left = bool(after or before)
    return left and not _SHUT_AGAIN.match(folded, after.end() if after else end)
