"""Rows of tables that a page shows, in which a share's name and what it did are cells of their own.

A row that says in words which way something went is read as one line. Other rows of figures say
nothing without the heads of their columns, and `main_text` leaves them out.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chipstance.articles.growth import growth_columns, tells_of_shares
from chipstance.articles.line import join
from chipstance.articles.shapes import has_chinese, is_running
from chipstance.articles.web.elements import Element
from chipstance.patterns import lazily

if TYPE_CHECKING:
    from chipstance.articles.web.visible import Shown

_CELLS = frozenset(["td", "th"])
# Which way something went and how far, as a cell has it.
_MOVE = lazily(
    r"(?:大|急|暴|續|续|微|小|再)?(?:上|下)?[漲涨跌升降挫]幅?\s?\d+(?:\.\d+)?\s?[%％]", hints="%％"
)
_FIGURE = lazily(
    r"(?!(?:19|20)\d\d$)[-+$＄]{0,2}\d[\d,]*(?:\.\d+)?\s?[萬万億亿兆]?(?:[美港日歐欧台]?元|[%％倍點点張张股])?"
)
# More is no row of figures, but of what is told.
_LONGEST = 110

Row = list[int]


def rows_of(seen: Sequence["Shown"]) -> Iterator[Row]:
    """The places of the lines in each row that has several cells, and no running text in them."""
    rows = dict[Element, Row]()
    for at, shown in enumerate(seen):
        if shown.line.text and (row := _around(shown, {"tr"})) is not None:
            rows.setdefault(row, []).append(at)
    for places in rows.values():
        n_cells = len({_around(seen[at], _CELLS) for at in places})
        length = sum(len(seen[at].line.text) for at in places)
        told = length > _LONGEST or any(is_running(seen[at].line.text) for at in places)
        if n_cells > 1 and not told and _is_whole(seen, places):
            yield places


def of_figures(seen: Sequence["Shown"]) -> set[int]:
    """The places of the lines in rows one cell of which is a figure and nothing else."""
    found = list(rows_of(seen))
    grown = {row[0] for row in _grown(seen, found)}
    rows = [r for r in found if r[0] in grown or any(map(_is_figure, _texts(seen, r)))]
    return {at for row in rows for at in row}


def with_rows(seen: Sequence["Shown"]) -> list["Shown"]:
    """The lines of a page, each row that says of a name which way it went in one."""
    if not any(_MOVE.search(each.line.text) for each in seen):
        return list(seen)
    found = list(rows_of(seen))
    moved = {row[0]: row for row in found if _tells_move(_texts(seen, row))}
    for row in _grown(seen, found):
        moved.pop(row[0], None)
    shown: list[Shown] = []
    behind = 0
    for at, each in enumerate(seen):
        if at < behind:
            continue
        row = moved.get(at, [at])
        behind = row[-1] + 1
        shown.append(_joined([seen[place] for place in row]) if len(row) > 1 else each)
    return shown


def _grown(seen: Sequence["Shown"], rows: Sequence[Row]) -> Iterator[Row]:
    """The rows that say of figures, and not of shares, how they moved since an earlier period."""
    heads = dict[Element, list[str]]()
    for row in rows:
        table = _around(seen[row[0]], {"table"})
        texts = _texts(seen, row)
        if table is None:
            continue
        head = heads.setdefault(table, texts)
        grown = bool(growth_columns(head)) and not tells_of_shares(head)
        if grown and head is not texts and any(map(_MOVE.search, texts)):
            yield row


def _around(shown: "Shown", tags: set[str] | frozenset[str]) -> Element | None:
    return next((each for each in shown.element.outwards() if each.tag in tags), None)


def _is_whole(seen: Sequence["Shown"], row: Row) -> bool:
    """Whether nothing stands between the lines of a row, as a table inside a cell would."""
    return sum(bool(seen[at].line.text) for at in range(row[0], row[-1] + 1)) == len(row)


def _texts(seen: Sequence["Shown"], row: Row) -> list[str]:
    return [seen[at].line.text for at in row]


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _tells_move(texts: Sequence[str]) -> bool:
    """Whether one cell of a row says which way something went, and one before what that is."""
    moves = [n for n, text in enumerate(texts) if _MOVE.search(text)]
    return bool(moves) and any(
        has_chinese(text) or (text.isascii() and any(map(str.isalpha, text)))
        for text in texts[: moves[0]]
    )


def _joined(row: Sequence["Shown"]) -> "Shown":
    """One line of the cells of a row, with a space between them."""
    lines = [shown.line for shown in row]
    ends = [None, *(line.offset(len(line.text) - 1) + 1 for line in lines[:-1])]
    return row[0]._replace(
        line=join(zip(lines, ends, strict=True)),
        n_linked=sum(shown.n_linked for shown in row),
        n_bold=sum(shown.n_bold for shown in row),
    )
