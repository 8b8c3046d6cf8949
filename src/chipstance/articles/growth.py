"""Columns of tables that compare with an earlier period (年增, 同比), by the words in their heads.

What stands below such a head has a sign as a share's move has, and is none.
"""

from collections.abc import Sequence

from chipstance.patterns import lazily

_GROWTH = lazily(
    r"[年季月][增減减](?!資|资|持|產|产|加)|[年季月](?:成長|成长|增長|增长)|(?:按|較上|较上|與?去)[年季月](?:同期)?[變变升跌增減减]|"
    r"去年同期|同比|環比|环比|(?<![A-Za-z])(?:YoY|QoQ|MoM|yoy|qoq|mom|YOY|QOQ|MOM)(?![A-Za-z])|(?:成長|成长|增長|增长|增減|增减)[率幅]",
    hints=(*"年季月比率幅", "YoY", "QoQ", "MoM", "yoy", "qoq", "mom", "YOY", "QOQ", "MOM"),
)
_SHARES = lazily(
    r"漲跌|涨跌|升跌|[漲涨升跌]幅|股價|股价|收盤|收盘|收市|單日|单日", hints="跌幅股收單单"
)
# A head is no sentence, and has no figure; 年增(%) is one.
_FIGURE = lazily(r"\d\s?[%％]", hints="%％")
_LONGEST = 16


def growth_columns(head: Sequence[str]) -> list[int]:
    """The places of the cells that head such columns, none where the row is no head of a table.

    >>> growth_columns(["公司", "營收", "年增"]), growth_columns(["營收年增38%", "股價"])
    ([2], [])
    """
    if any(len(cell) > _LONGEST or _FIGURE.search(cell) for cell in head):
        return []
    columns = [at for at, cell in enumerate(head) if _GROWTH.search(cell)]
    return columns if len(head) > 1 else []


def tells_of_shares(head: Sequence[str]) -> bool:
    """Whether another column of a table says what the shares did."""
    return any(_SHARES.search(cell) and not _GROWTH.search(cell) for cell in head)
