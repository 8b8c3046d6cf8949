"""Percentages as the press writes them, in digits and in Chinese, and moves that need no figure.

What moved, and whether it counts, is for `moves` to say.
"""

import re
from typing import NamedTuple

from chipstance.patterns import lazily, needing

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "廿": 20}
_HAN = "零〇一二两三四五六七八九十百"
_PLAIN = r"\d+(?:,\d{3})*(?:\.\d+)?"
# Tables print arrows for signs, whatever their colour: up is a rise, in Taiwan's △ too.
_SIGNS = {"+": 1, "-": -1} | dict.fromkeys("▲△↑⬆🔺", 1) | dict.fromkeys("▼▽↓⬇🔻", -1)
_ARROWS = "".join(_SIGNS)[2:]
# 三%, 十二%, 二點五%; 六七% is one of the two.
_HAN_PERCENT = (
    rf"(?<![{_HAN}\d点])(?:[一二两三四五六七八九]?[十百][一二三四五六七八九]?|[零〇一二两三四五六七八九])"
    rf"(?:点[零〇一二三四五六七八九]+)?(?=\s?%)"
)
# 漲3-5% is a range, 漲——5% a dash. ▼20(1.36%) has points before the percentage.
_SIGN = "|".join((
    needing("+|-", r"(?<![\d%+-])(?<!\+/)[+-]"),
    needing("|".join(_ARROWS), rf"[{_ARROWS}](?=\ufe0f?\s?[\d(])"),
))  # fmt: skip
_POINTS = needing("|".join(_ARROWS), rf"(?<=[{_ARROWS}])\ufe0f?\s?(?:{_PLAIN}\s?[元点]?\s?\(|\()?")
_PERCENT = (
    rf"(?P<sign>{_SIGN})?(?:{_POINTS})?"
    rf"(?P<percent>{_PLAIN}|{needing('|'.join(_HAN), _HAN_PERCENT)})\s?%(?!\s?点)"
)
_WITH_PERCENT = lazily(_PERCENT, hints="%")
# 16.86%, 三%, 三成, 一成九, 两成半, 半成, 成半, 百分之三点五, 千分之五, 三分之一, 四分一, 一倍,
# 两倍半, 两倍七
# The look ahead only saves time: most characters begin none of these.
_FIGURE = lazily(
    rf"(?=[-+\d{_ARROWS}{_HAN}千半成倍])(?:{_PERCENT}"
    rf"|(?P<hundredths>百分之)(?P<of_hundred>{_PLAIN}|[{_HAN}点半]+)"
    rf"|千分之(?P<of_thousand>{_PLAIN}|[{_HAN}点半]+)"
    # 十时三分一度 is a time.
    rf"|(?<![{_HAN}\d点时])(?P<parts>[二两三四五六七八九十])分(?:之(?P<of_parts>[一二两三四五六七八九])"
    r"|(?P<few_parts>[一二三])(?![度时直口路家个次周日天年]))(?![点十百千万])"
    rf"|(?P<tenths>{_PLAIN}|[一二两三四五六七八九]|半)成(?P<rest>半|[一二三四五六七八九](?!成))?"
    r"|(?<=[逾近约超足升涨跌挫])成(?P<half>半)?(?![交为本功长分立\d])"
    rf"|(?P<times>{_PLAIN}|(?<![千万亿])[{_HAN}]+(?:点[{_HAN}]+)?|半|(?<=逾)|(?<=近))倍"
    # 两倍七, but not 一倍三年
    r"(?P<more>半|[一二三四五六七八九](?![十百千万亿成倍年月日天周季个家间只次颗座]))?)"
)
# What a figure ends with, and what stands before that: a set of characters and a look at the one
# behind show most sentences to have none in a fortieth of the time.
_HINTS = "|".join((
    needing("%", rf"(?<=[\d\s{_HAN}]%)"),
    needing("成", r"(?<=\d\s成)|(?<=[\d一二两三四五六七八九半逾近约超足升涨跌挫]成)"),
    needing("倍", rf"(?<=\d\s倍)|(?<=[\d{_HAN}半逾近]倍)"),
    needing("百分|千分", "(?<=[百千]分)之"),
    needing("分", "(?<=[二两三四五六七八九十]分)(?=[之一二三])"),
))  # fmt: skip
FIGURE_HINT = lazily(f"[%成倍分](?:{_HINTS})", hints="%成倍分")


class Figure(NamedTuple):
    """A percentage in a text: `value` has no sign, `sign` is the one written, or 0."""

    start: int
    end: int
    value: float
    sign: int = 0
    times: bool = False


def figures(folded: str) -> list[Figure]:
    """Find the percentages of a folded text, in order.

    >>> [f.value for f in figures("跌16.86%,挫逾半成,升一成九,涨一倍,泻四分一")]
    [16.86, 5.0, 19.0, 100.0, 25.0]
    """
    if not any(map(folded.__contains__, "成倍分")):
        return [
            Figure(match.start(), match.end(), _number(match["percent"]) or 0.0, _sign(match))
            for match in (_WITH_PERCENT.finditer(folded) if "%" in folded else ())
        ]
    if not FIGURE_HINT.search(folded):
        return []
    found = []
    for match in _FIGURE.finditer(folded):
        value = _value(match)
        if value is not None:
            times = match["times"] is not None
            found.append(Figure(match.start(), match.end(), value, _sign(match), times))
    return found


def _sign(match: re.Match[str]) -> int:
    return _SIGNS.get(match["sign"] or "", 0)


def _value(match: re.Match[str]) -> float | None:
    if match["percent"]:
        return _number(match["percent"])
    if match["of_hundred"]:
        return _number(match["of_hundred"])
    if match["of_thousand"]:
        thousandths = _number(match["of_thousand"])
        return None if thousandths is None else round(thousandths / 10, 6)
    if match["parts"]:
        share = match["of_parts"] or match["few_parts"]
        return round(100 * _DIGITS[share] / (_number(match["parts"]) or 1), 2)
    if match["tenths"]:
        return _counted(10, match["tenths"], match["rest"])
    if match["times"] is not None:
        return _counted(100, match["times"] or "一", match["more"])
    return 15.0 if match["half"] else 10.0


def _counted(unit: int, text: str, rest: str | None) -> float | None:
    """Read so many tenths or times: 一成九, 两倍半; the rest counts tenths of the unit.

    >>> _counted(10, "一", "九"), _counted(100, "两", "半"), _counted(10, "半", None)
    (19.0, 250.0, 5.0)
    """
    whole = 0.5 if text == "半" else _number(text)
    more = 5 if rest == "半" else _DIGITS[rest] if rest else 0
    return None if whole is None else round(whole * unit + more * unit / 10, 6)


def _number(text: str) -> float | None:
    """Read a number in digits or in Chinese.

    >>> _number("1,234.5"), _number("二十三点五"), _number("百二")
    (1234.5, 23.5, None)
    """
    if text[0].isdigit():
        return float(text.replace(",", ""))
    whole, _, decimals = text.partition("点")
    total = last = 0
    for char in whole:
        if char in "十百":
            if char == "百" and not last:
                return None
            total += (last or 1) * (10 if char == "十" else 100)
            last = 0
        elif char in _DIGITS:
            last = _DIGITS[char]
        else:
            return None
    if any(c not in _DIGITS for c in decimals):
        return None
    fraction = "".join(str(_DIGITS[c]) for c in decimals)
    return float(f"{total + last}.{fraction or 0}")
