"""Moves that need no figure: limits (漲停), 腰斬, 翻倍, 平盤."""

from collections.abc import Iterator

from chipstance.companies.moves.move import Move
from chipstance.patterns import lazily

_WORDS = lazily(
    r"(?P<twenty>20\s?(?:cm|厘米)(?P<down>跌停|[涨升]停))|(?P<limit>[涨升]停|跌停)|(?P<half>腰斩)"
    r"|(?P<double>翻(?:了)?(?:一)?倍|翻番|翻了?一番)(?!半)"
    r"|(?P<flat>平收|收平|平盘作收|平盘收|平盘报|收平盘|平盘|无升跌|无起跌|以平收)",
    hints=(*"停斩翻平", "升跌", "起跌"),
)
_NOT_BEFORE = lazily(
    r"(?:未能?|没有?|无缘|逼近|直逼|接近|险些|差点|半根|几乎|近乎|挑战|距离?|跌破|失守|站上|(?<![死收报封锁])在|拉上|守住?|围绕|翻越|不是)"
    r"[^,;。]{0,2}$"
)
_NOT_AFTER = lazily(
    r"价?(?:之?[上下]|附近|边缘|潮|家数|机制|股|板?(?:被)?打开|震荡|整理)|价格|价为|价是|价约"
)
# How these words end: to look for that first takes a tenth of the time.
WORD_END = lazily(
    r"[停斩番倍收盘跌平](?:(?<=[涨跌升]停)|(?<=腰斩)|(?<=[翻了一][番倍])|(?<=平[收盘])|(?<=[收以]平)"
    r"|(?<=[升起]跌))",
    hints="停斩番倍收盘跌平",
)


def in_words(folded: str) -> Iterator[Move]:
    """Find the moves that a folded text states in a word, in order.

    >>> [(move.value, move.limit) for move in in_words("某涨停,某腰斩")]
    [(1.0, True), (-50.0, False)]
    """
    for match in _WORDS.finditer(folded) if WORD_END.search(folded) else ():
        start, end = match.span()
        if _NOT_BEFORE.search(folded[:start]) or _NOT_AFTER.match(folded, end):
            continue
        if match["twenty"]:
            yield Move(start, end, -20.0 if match["down"] == "跌停" else 20.0)
        elif match["limit"]:
            yield Move(start, end, -1.0 if match["limit"] == "跌停" else 1.0, limit=True)
        else:
            value = -50.0 if match["half"] else 100.0 if match["double"] else 0.0
            yield Move(start, end, value, loose=value != 0)
