"""Rows of tables, in plain text and in Markdown, that say how far figures grew in a year.

A row goes, and only its cell of growth where another one says what the shares did.
"""

from collections.abc import Sequence

from chipstance.articles.growth import growth_columns, tells_of_shares
from chipstance.articles.line import Line
from chipstance.patterns import lazily

_GAPS = {"|": lazily(r"\|"), "｜": lazily("｜"), "\t": lazily(r"\t")}
_WIDE = lazily(r"\s{2,}|\u3000")
_SET_APART = (*_GAPS, "  ", "\u3000")
_PERCENT = lazily(
    r"(?:[年季月大急暴微小]|同比|環比|环比)?[上下]?[漲涨升跌降挫增減减▲▼△▽＋－−+-]{0,2}幅?\s?\d[\d,]*(?:\.\d+)?\s?[%％]"
)
_RULE = lazily(r"[\s|｜:：-]+")
_Cell = tuple[int, int]


def growth(lines: Sequence[Line]) -> list[Line]:
    """Leave out what rows of tables say of growth since an earlier period."""
    rows = [_cells(line.text) for line in lines]
    if not any(rows):
        return list(lines)
    kept: list[Line] = []
    head: list[str] = []
    line_of_head = ""
    for line, cells in zip(lines, rows, strict=True):
        texts = [line.text[start:end].strip() for start, end in cells]
        if growth_columns(texts):
            head, line_of_head = texts, line.text
        elif tells_of_shares(texts) or (line.text and not cells and not _RULE.fullmatch(line.text)):
            head = []
        elif head and len(cells) == len(head):
            grown = [c for c in growth_columns(head) if _PERCENT.fullmatch(texts[c])]
            if grown and not tells_of_shares(head):
                # A head without bars is a line of its own, which heads nothing now.
                if kept and kept[-1].text == line_of_head and "|" not in line_of_head:
                    kept.pop()
                continue
            line = line.without([cells[column] for column in grown]).cut(0) if grown else line
        kept.append(line)
    return kept


def _cells(text: str) -> list[_Cell]:
    """Where the cells of a row begin and end, none where the line has not several."""
    if not any(mark in text for mark in _SET_APART):
        return []
    gap = next((_GAPS[mark] for mark in _GAPS if mark in text), _WIDE)
    ends = [match.span() for match in gap.finditer(text)]
    starts, stops = [0, *(end for _, end in ends)], [*(start for start, _ in ends), len(text)]
    cells = list(zip(starts, stops, strict=True))
    # Bars stand around a row, too.
    first = 0 if text[: cells[0][1]].strip() else 1
    last = len(cells) if text[cells[-1][0] :].strip() else -1
    cells = cells[first:last]
    return cells if len(cells) > 1 else []
