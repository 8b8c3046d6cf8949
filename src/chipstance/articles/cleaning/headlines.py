"""Headlines and their surroundings: the title once at the top, no names of sites."""

from collections.abc import Sequence
from itertools import islice

from chipstance.articles.cleaning import furniture
from chipstance.articles.cleaning.lists import (
    announced,
)
from chipstance.articles.line import Line
from chipstance.articles.shapes import (
    LONGEST_TITLE,
    has_chinese,
    is_bullet,
    is_running,
    may_be_title,
    sign,
)
from chipstance.patterns import lazily

_SITE = lazily(
    r"\s*(?:[|｜_—–]|\s[-－]\s|(?:(?<![0-9A-Za-z])-|-(?![0-9A-Za-z]))(?=[^-]{2,16}$))\s*"
    r"(?=[^|｜]*$|[^|｜]{0,20}[|｜])"
    r"[^，。！？]{0,24}(?:網|网|新聞|新闻|財經|财经|日報|日报|時報|时报|晚報|晚报|週刊|周刊|"
    r"雜誌|報|报|頻道|频道|新浪|网易|網易|搜狐|騰訊|腾讯|"
    r"Yahoo|奇摩|HK01|ETtoday|etnet|香港01|東網|鉅亨|科技新報|雪球|36氪|澎湃|论坛|論壇|社區|"
    r"专栏|專欄|產業|股市|国际|國際)[^，。！？]{0,16}$"
)
_SPLIT = lazily(r"(?:(?<!\s)\s++)?+[|｜丨_]\s*|(?<!\s)\s++[-－—–]\s+")
# What names of sites end in, and what is none of them: a report, a net, a section.
_SITE_NAME = lazily(
    r"(?:(?<![聯联電电官上])[網网]站?|(?<![財财快年季月週周預预公專专警情])[報报]|新[聞闻]|[財财][經经]|"
    r"[雜杂][誌志]|[週周]刊|[頻频]道|[論论][壇坛]|社[區区])$"
)
_SECTION = lazily(
    r"(?:[財财][經经]|[產产][業业]|科技|[國国][際际]|即[時时]|股市|[港美台]股|本地|[兩两]岸|[獨独]家|突[發发]|"
    r"最新|[頭头][條条]|今日)?(?:新[聞闻]|[財财][經经])"
)
# What kinds a name of a paper is by itself, in one language or two.
_MASTHEADS = ("menus", "navigation")
_BARE = lazily(r"[\W_]+")
_FACT = lazily(r"\d")
# Characters at the end of a title in which the name of a site stands.
_END = 100
# A title is hardly ever shorter, the name of a section hardly ever longer.
_SHORTEST_TITLE = 9
_SHORTEST_HEADING = 5
# No page shows more lines than this above its first paragraph.
_MOST_ABOVE = 200


def dated_headline(lines: Sequence[Line]) -> int | None:
    """The place of the first line, where it ends in its day and is the headline all the same.

    Right above the text there is no other one; a name of the page ends in its day, too.
    """
    shown = ((at, line.text) for at, line in enumerate(lines) if line.text)
    place, text = next(shown, (0, ""))
    rest = [other for _, other in shown]
    if not rest or len(text) > LONGEST_TITLE or not furniture.is_dated(text):
        return None
    below = next((other for other in rest if furniture.kind_of(other) is None), "")
    told = is_running(below) and ("。" in below or not may_be_title(below))
    return place if told or is_bullet(below) else None


def dated_headlines(lines: Sequence[Line]) -> list[Line]:
    """Mark the headline as a heading where it ends in its day, as lines do that say only when."""
    place = dated_headline(lines)
    return [line._replace(heading=line.heading or at == place) for at, line in enumerate(lines)]


def headlines(lines: Sequence[Line]) -> list[Line]:
    """Keep the title once, at the top, and drop site names and repetitions."""
    shown = [at for at, line in enumerate(lines) if line.text]
    body = _body(lines, shown)
    if body == len(shown) or body > _MOST_ABOVE:
        return _once(list(lines), set())
    top = [lines[at].text for at in shown[:body]]
    # A line that is marked as a heading, or a letter's subject, needs no finding.
    told = lines[shown[0]].heading and len(_key(top[0])) >= _SHORTEST_HEADING
    place = (0, False) if told else _title_place(top, lines, shown[body:])
    drop = {shown[n] for n in _before_title(top, *place)}
    drop -= announced(lines) if drop else set()
    above = set(shown[:body])
    kept = [_without_site(line) if n in above else line for n, line in enumerate(lines)]
    return _once(kept, drop)


def has_title(lines: Sequence[Line]) -> bool:
    """Whether the first line that an article shows can be its title, and is no item of a list."""
    shown = list(islice((line for line in lines if line.text), 2))
    if len(shown) < 2:
        return False
    signs = {sign(line.text) for line in shown}
    return _is_title(shown[0]) and (len(signs) > 1 or "" in signs)


def _is_title(line: Line) -> bool:
    return (
        has_chinese(line.text)
        and 4 <= len(line.text) <= LONGEST_TITLE
        and not line.text.endswith(("，", ",", "：", ":"))
        and not is_bullet(line.text)
        and not line.row
        and not furniture.stamp_end(line.text)
        and _may_head(line)
    )


def _may_head(line: Line) -> bool:
    """Whether a line is no running text, or one sentence of it that is marked as a heading."""
    if line.heading and line.text.find("。") in (-1, len(line.text) - 1):
        return True
    text = line.text
    return not text.endswith("。") and (not is_running(text) or may_be_title(text))


def _body(lines: Sequence[Line], shown: list[int]) -> int:
    """How many lines are shown above the first that is running text, and no long headline."""
    untitled = True
    for n, at in enumerate(shown):
        text = lines[at].text
        # A heading at the top is the headline, whatever it ends in.
        marked = n == 0 and lines[at].heading
        if is_running(text) and not marked and not (untitled and may_be_title(text)):
            return n
        untitled = untitled and len(_key(text)) < _SHORTEST_TITLE
    return len(shown)


def _key(text: str) -> str:
    return _BARE.sub("", text)


def _title_place(top: list[str], lines: Sequence[Line], rest: list[int]) -> tuple[int | None, bool]:
    """Which of the lines at the top is the title, and whether a repetition confirms it."""
    later = {_key(lines[at].text) for at in rest if len(lines[at].text) <= LONGEST_TITLE}
    keys = [_key(text) for text in top]
    long = [n for n, text in enumerate(top) if _is_long_enough(text) and has_chinese(text)]
    for n in long:
        if keys[n] in later or keys[n] in keys[n + 1 :]:
            return max(m for m, key in enumerate(keys) if key == keys[n]), True
    for n in long:
        if _names_site(top[n], keys[:n] + keys[n + 1 :], keys[n + 1 :]):
            continue
        if any(keys[n] != key and keys[n] in key and not key.startswith(keys[n]) for key in keys):
            continue
        followers = [m for m in long if m > n and keys[n].startswith(keys[m])]
        return (followers[-1], True) if followers else (n, False)
    return None, False


def _is_long_enough(text: str) -> bool:
    """Whether a line can be a title: behind what it is about a few words do."""
    if len(_key(text)) >= _SHORTEST_TITLE:
        return True
    *topic, rest = _SPLIT.split(text)
    return bool(topic) and (len(rest) >= _SHORTEST_HEADING or _FACT.search(rest) is not None)


def _names_site(text: str, others: list[str], below: list[str]) -> bool:
    """Whether a line with a bar names the site and says more of it, or repeats the headline.

    Before a bar also stands what a headline is about: `晶片股｜…`.
    """
    bare = _SPLIT.split(text)
    parts = [_key(part) for part in bare]
    if len(parts) < 2 or parts[0] in below:
        return False
    if any(part in others for part in parts[1:]):
        return True
    if all(len(part) < _SHORTEST_TITLE for part in parts) and _is_site(parts[-1]):
        return True
    if furniture.kind_of(bare[0]) in _MASTHEADS:
        return True
    return len(parts[0]) < _SHORTEST_TITLE and _is_site(parts[0])


def _is_site(name: str) -> bool:
    return _SITE_NAME.search(name) is not None and not _SECTION.fullmatch(name)


def _before_title(top: list[str], title: int | None, confirmed: bool) -> list[int]:
    """The lines above the title that only name the site or a section, or repeat the title."""
    if title is None:
        return []
    key = _key(top[title])
    return [
        n
        for n in range(title)
        if len(_key(top[n])) < (_SHORTEST_TITLE if confirmed else _SHORTEST_HEADING)
        or key in _key(top[n])
        or _SPLIT.search(top[n])
        or any(_key(top[n]) in _key(other) for other in top[:title] if other is not top[n])
        or not has_chinese(top[n])
    ]


def _without_site(line: Line) -> Line:
    """A title without the name of the site that a page appends."""
    match = _SITE.search(line.text, max(0, len(line.text) - _END))
    return line.cut(0, match.start()) if match and match.start() >= _SHORTEST_TITLE else line


def _once(lines: list[Line], drop: set[int]) -> list[Line]:
    """The lines without those to drop and without a headline's second appearance."""
    seen: set[str] = set()
    kept = []
    for n, line in enumerate(lines):
        key = _key(line.text) if len(line.text) <= LONGEST_TITLE else ""
        if n in drop or (len(key) >= _SHORTEST_TITLE and key in seen and not is_running(line.text)):
            continue
        seen.add(key)
        kept.append(line)
    if has_title(kept):
        first = next(n for n, line in enumerate(kept) if line.text)
        kept[first] = kept[first]._replace(heading=True)
    return kept
