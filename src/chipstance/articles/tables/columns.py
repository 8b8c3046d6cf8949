"""What the columns of tables of articles are called: here, in exports, and by who says so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from chipstance.articles.normalising.fold import fold
from chipstance.errors import InputError
from chipstance.patterns import lazily
from chipstance.printable import listed

COLUMNS = ("text", "title", "published", "source")
# Our name of a column and what a user calls it, for each that is named.
Called = tuple[tuple[str, str], ...]
# What exports of archives call them, the likeliest first: Simplified, without capitals, and without
# what stands between words.
_CALLED = {
    "text": (
        "content body 内文 正文 全文 内容 新闻内容 文章 新闻内文 新闻正文 新闻全文 文章内容"
        " 文章正文 文章全文 报道内容 报道正文 报导内容 报导全文 资讯内容 fulltext plaintext"
        " articlebody articletext articlecontent newscontent newsbody newstext contenttext"
        " maintext bodytext article news"
    ),
    "title": (
        "headline 标题 新闻标题 题目 题名 篇名 文章标题 文章题目 新闻题目 报道标题 报导标题"
        " 资讯标题 主标题 newstitle articletitle newsheadline heading"
    ),
    "published": (
        "date datetime publishedat publishdate publishtime pubdate publisheddate"
        " publishedtime publishedon publishat publishdatetime publicationdate publicationtime"
        " publicationdatetime pubtime pubdatetime datepublished datetimepub releasedate"
        " issuedate newsdate newstime articledate declaredate postdate posttime postedat"
        " displaytime showtime 日期 发布日期 刊登日期 刊出日期 刊载日期 出版日期 见报日期"
        " 发表日期 报道日期 报导日期 新闻日期 文章日期 发稿日期 上稿日期 公布日期 公告日期"
        " 发布日 出版日 见报日 发布时间 刊登时间 刊出时间 出版时间 发表时间 新闻时间 发稿时间"
        " 上稿时间 发文时间 日期时间 时间 time timestamp createdat createdon createddate"
        " createdtime createdate createtime creationdate creationtime"
    ),
    "source": (
        "publisher media 来源 新闻来源 媒体 outlet newsoutlet publication publicationname"
        " publicationtitle sourcename newssource medianame mediasource newspaper"
        " newspapername 媒体名称 媒体名 媒体来源 来源媒体 发布媒体 报导媒体 报道媒体 文章来源"
        " 消息来源 信息来源 资讯来源 报章 报章名称 报纸 报纸名称 报刊 报刊名称 报别 报社 刊物"
        " 刊物名称 刊名 出处 公众号 公众号名称 网站名称 网站 sitename site website src"
    ),
}
_BETWEEN = lazily(r"[\W_]+")
# Where a word begins inside pubDate.
_HUMP = lazily(r"(?<=[a-z\d])(?=[A-Z])")
# In the form of `_words`. When a row was fetched or changed is not when an article was published,
# and what counts days or words, or says how long something took, is no day.
_LOOKS_LIKE = {
    "published": lazily(
        r"(?!.*(?:crawl|fetch|scrap|updat|modif|insert|download|read|zone|days|times |"
        r" (?:run|life|up|down|over|real|wait|exec\w*|process\w*|response|elapsed|part|full) time |"
        r"抓|爬|采|更新|修改|入库|下载|阅读|运行|持续|等待|[花耗]|[者人] $))"
        r".*(?: (?:pub\w*?|posts?|news|reports?|reported|release|issue|articles?|story|press|print|"
        r"entry|doc\w*?|display|sen[dt]|creat\w*?|air|broadcast)?(?:date|time|datetime|timestamp) |"
        r" (?:day|dt|ts|at|on) $|(?:日期|时间)(?![长差段序])|(?:发布|刊登|刊出)于? $|.日 $)"
    ),
    "source": lazily(
        r"(?!.*(?:url|link|type| id $|code|image|photo|picture| lang|count| num|price|score|"
        r" files? |网址|类|编号|数据|资料|图))"
        r".*(?: (?:news|press|media|article|content)?"
        r"(?:source|src|publisher|outlet|media|press|newspaper|agency|journal) |"
        r"来源|媒体|报社|报刊|报名|报纸|网站)"
    ),
}
# Columns that together only rows have which were scored.
_SCORED = frozenset({"article", "index", "start", "end", "text"})
SCORED = "holds scored rows and no articles; give it to `classify report`"
_MOST_NAMED = 12
# Characters of a name; a table without a header has texts in its place.
_LONGEST_NAME = 40


@lru_cache(maxsize=16)
def ours(names: tuple[str, ...], called: Called = ()) -> Mapping[str, str]:
    """What columns that are called otherwise are to us, whatever their capitals.

    Args:
        names: Of the columns of a table.
        called: What a user says of them.

    >>> ours(("標題", "內容", "內文", "source", "來源"))
    {'內文': 'text', '標題': 'title'}
    >>> ours(("Full Text", "pub_time", "媒體名稱"))
    {'Full Text': 'text', 'pub_time': 'published', '媒體名稱': 'source'}
    >>> ours(("Text", "Story"), (("text", "story"),))
    {'Story': 'text'}
    """
    said = {column: name.lower() for column, name in called}
    found = {}
    for column, known in _CALLED.items():
        likely = [said[column]] if column in said else [column, *known.split()]
        words = {name: name.lower() if column in said else bare(name) for name in names}
        places = {name: likely.index(word) for name, word in words.items() if word in likely}
        # Of two that differ in capitals alone ours is the one without.
        name = min(places, key=lambda name: (places[name], name.islower() is False), default=None)
        if name is not None and name != column:
            found[name] = column
    return found


def names_of(column: str) -> tuple[str, ...]:
    """What a column of ours is called, the likeliest first, in the form of `bare`."""
    return column, *_CALLED[column].split()


@lru_cache(maxsize=1024)
def known_as(name: str) -> str | None:
    """What a column is to us by its name alone, however it is written; None for any other.

    >>> known_as("內文"), known_as("Pub-Date"), known_as("看法")
    ('text', 'published', None)
    """
    return next((ours for ours in _CALLED if bare(name) in names_of(ours)), None)


def bare(name: str) -> str:
    """A name as `_CALLED` has it: 發佈時間 is 发布时间, and Pub-Date pubdate."""
    return _BETWEEN.sub("", fold(name))


def _words(name: str) -> str:
    """The words of a name in the form of `fold`, a space around each.

    >>> _words("登載日(UTC)"), _words("firstPrintedOn")
    (' 登载日 utc ', ' first printed on ')
    """
    return f" {_BETWEEN.sub(' ', fold(_HUMP.sub('_', name))).strip()} "


def unread(names: Iterable[str], called: Called = ()) -> Iterator[tuple[str, str]]:
    """Columns of days and publishers that a table seems to have by names that are not known.

    Args:
        names: Of the columns of a table, as they are written.
        called: What a user says of them.

    Yields:
        Our name of a column that the table lacks, and the first that may be it.

    >>> list(unread(["text", "登載日", "頁"])), list(unread(["text", "登載日", "date"]))
    ([('published', '登載日')], [])
    """
    names = list(names)
    there, said = renamed(names, called), dict(called)
    for column, looks_like in _LOOKS_LIKE.items():
        others = (name for name, ours in zip(names, there, strict=True) if ours not in COLUMNS)
        found = next((name for name in others if looks_like.match(_words(name))), None)
        if found and column not in there and column not in said and "text" in there:
            yield column, found


def renamed(names: Iterable[str], called: Called) -> list[str]:
    """The columns of a table by our names; one that a user calls otherwise is no more ours."""
    names = tuple(names)
    mapped = ours(names, called)
    taken = {column for column, _ in called}
    return [mapped.get(name, "" if name in taken else name) for name in names]


def are_header(names: Sequence[str], called: Called = ()) -> bool:
    """Whether cells name the columns of a table with the text of articles in it.

    Args:
        names: The cells of a line.
        called: What a user says of them.

    >>> are_header(["標題", "內文"]), are_header(["text"]), are_header(["內文如下", "請看"])
    (True, False, False)
    """
    return len(names) > 1 and "text" in renamed(names, called)


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
    it_has = f"; it has {listed_columns(names)}" if names else ""
    said = dict(called).get("text")
    if said:
        raise InputError(f"has no column named {said}{it_has}")
    raise InputError(
        f"has no column named text (or content, 內文, 正文, 內容){it_has}; call the column of the"
        " articles text, or score with --column text=NAME"
    )


def check_called(names: Iterable[str], called: Called) -> None:
    """Refuse a table without a column that a user names.

    Args:
        names: Of its columns, as they are written.
        called: What the user says of them.

    Raises:
        InputError: It says which columns there are.
    """
    names = list(names)
    there = renamed(names, called)
    for column, theirs in called:
        if column not in there:
            raise InputError(f"has no column named {theirs}; it has {listed_columns(names)}")


def listed_columns(names: Sequence[str]) -> str:
    """The first of columns, with a sign where there are more, and one where a name goes on."""
    shown = [
        name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
        for name in names[: _MOST_NAMED + 1]
    ]
    return listed(shown, _MOST_NAMED)


def are_scored(names: Iterable[str]) -> bool:
    """Whether columns are those of scored rows, whose sentences are no articles."""
    return _SCORED.issubset(names)
