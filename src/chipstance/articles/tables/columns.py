"""What the columns of tables of articles are called: here, in exports, and by who says so."""

import csv
from collections.abc import Iterable, Mapping
from functools import lru_cache

from chipstance.articles.tables.separated import mark_of
from chipstance.errors import InputError

COLUMNS = ("text", "title", "published", "source")
# Our name of a column and what a user calls it, for each that is named.
Called = tuple[tuple[str, str], ...]
# What exports of archives call them, the likeliest first.
_CALLED = {
    "text": "content body 內文 内文 正文 全文 內容 内容 新聞內容 新闻内容 文章",
    "title": "headline 標題 标题 新聞標題 新闻标题 題目 题目",
    "published": (
        "date datetime published_at publish_date publish_time pubdate 日期 發布日期 发布日期"
        " 發佈日期 刊登日期 發布時間 发布时间 發佈時間 時間 时间"
    ),
    "source": "publisher media 來源 来源 新聞來源 新闻来源 媒體 媒体",
}
# Columns that together only rows have which were scored.
_SCORED = frozenset({"article", "index", "start", "end", "text"})
SCORED = "holds scored rows and no articles; give it to `classify report`"
_MOST_NAMED = 12


@lru_cache(maxsize=16)
def ours(names: tuple[str, ...], called: Called = ()) -> Mapping[str, str]:
    """What columns that are called otherwise are to us, whatever their capitals.

    Args:
        names: Of the columns of a table.
        called: What a user says of them.

    >>> ours(("標題", "內容", "內文", "source", "來源"))
    {'內文': 'text', '標題': 'title'}
    >>> ours(("Text", "Story"), (("text", "story"),))
    {'Story': 'text'}
    """
    said = {column: name.lower() for column, name in called}
    found = {}
    for column, known in _CALLED.items():
        likely = [said[column]] if column in said else [column, *known.split()]
        places = {name: likely.index(name.lower()) for name in names if name.lower() in likely}
        # Of two that differ in capitals alone ours is the one without.
        name = min(places, key=lambda name: (places[name], name.islower() is False), default=None)
        if name is not None and name != column:
            found[name] = column
    return found


def renamed(names: Iterable[str], called: Called) -> list[str]:
    """The columns of a table by our names; one that a user calls otherwise is no more ours."""
    names = tuple(names)
    mapped = ours(names, called)
    taken = {column for column, _ in called}
    return [mapped.get(name, "" if name in taken else name) for name in names]


def is_header(line: str, called: Called = ()) -> bool:
    """Whether a line names the columns of a table with the text of articles in it.

    >>> is_header("標題,內文"), is_header("text"), is_header("內文如下,請看")
    (True, False, False)
    """
    names = header_names(line)
    return len(names) > 1 and "text" in renamed(names, called)


def header_names(header: str, mark: str | None = None) -> tuple[str, ...]:
    """The columns that a header names, in small letters.

    Args:
        header: The line.
        mark: What separates cells; None for what it has most of.
    """
    cells = next(csv.reader([header], delimiter=mark or mark_of(header)[0]), [])
    return tuple([name.strip().lower() for name in cells])


def check_text(names: Iterable[str], called: Called) -> None:
    """Refuse a table that has no column of texts.

    Args:
        names: Of its columns, as they are written.
        called: What a user says of them.

    Raises:
        InputError: It says which columns there are.
    """
    names = [name for name in names if name.strip()]
    if "text" in renamed(names, called):
        return
    there = ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
    it_has = f"; it has {there}" if there else ""
    said = dict(called).get("text")
    if said:
        raise InputError(f"has no column named {said}{it_has}")
    raise InputError(
        f"has no column named text (or content, 內文, 正文, 內容){it_has}; call the column of the"
        " articles text, or score with --column text=NAME"
    )


def are_scored(names: Iterable[str]) -> bool:
    """Whether columns are those of scored rows, whose sentences are no articles."""
    return _SCORED.issubset(names)
