"""Behind the last paragraph: lists of links and labels go, text without a full stop stays."""

from collections.abc import Sequence
from itertools import chain, takewhile

from chipstance.articles.cleaning import furniture
from chipstance.articles.cleaning.lists import (
    NAMED,
    announced,
    are_own,
    are_tags,
    blocks,
    is_of_the_page,
    says_something,
    words,
)
from chipstance.articles.line import Line
from chipstance.articles.shapes import (
    CLOSERS,
    ends_sentence,
    has_chinese,
    is_bullet,
    is_running,
    sign,
)
from chipstance.patterns import lazily

_FACT = lazily(r"\d")
# What a page asks its readers.
_OFFERED = lazily(
    r"密[碼码]|[帳账賬][號号户戶]|[註注][冊册]|登[入錄录陸陆]|[協协幫帮]助|更多|喜[歡欢]|好看|有用|[滿满]意|有[話话]|[問问][題题]|"
    r"想[看知聽听]|[了瞭]解|[訂订]|加入|[參参]加|[報报]名|爆料|有料|心[動动]|[聯联][繫系絡络]|[這这此]篇|文章|[節节]目"
)
# A headline among others is hardly ever shorter.
_SHORTEST_HEADING = 5
_LINKS = 3


def link_lists(lines: Sequence[Line]) -> list[Line]:
    """Drop the lists of links and labels behind the last paragraph."""
    last = max((at for at, line in enumerate(lines) if _is_text(line)), default=0)
    if not any(line.text for line in lines[last + 1 :]):
        return list(lines)
    if not any(is_running(line.text) and not line.heading for line in lines):
        # Nothing tells the lines of a note from links.
        return list(lines)
    last = max(last, max(announced(lines), default=0))
    last += _asked(lines[last + 1 :])
    return [*lines[: last + 1], *_of_the_article(lines[: last + 1], lines[last + 1 :])]


def _asked(tail: Sequence[Line]) -> int:
    """How many of the last lines are the questions, each set apart, with which a story ends.

    Where other lines follow, they may be answers to tick, unless they are a list of headlines.
    """
    shown = list(blocks(tail))
    asked = list(takewhile(lambda block: len(block) == 1 and _asks(tail[block[0]].text), shown))
    listed = all(
        len(block) > 1 and len(tail[block[0]].text) >= _SHORTEST_HEADING
        for block in shown[len(asked) : len(asked) + 1]
    )
    return asked[-1][0] + 1 if asked and listed else 0


def _asks(text: str) -> bool:
    asked = text.rstrip(CLOSERS).endswith(("？", "?")) and has_chinese(text)
    return asked and not (is_of_the_page(text) or _OFFERED.search(text))


def _of_the_article(body: Sequence[Line], tail: Sequence[Line]) -> list[Line]:
    """The last lines without a full stop that are text all the same, and no labels or links."""
    if not any(furniture.stamp_end(line.text) for line in body):
        tail = [line for line in tail if not _is_dated_link(line.text)]
    tags = [line for line in tail if are_tags(line.text)]
    if len(tags) == 1:
        tail = [line for line in tail if line is not tags[0]]
    texts = [[tail[at] for at in block] for block in blocks(tail)]
    if all(len(block) == 1 for block in texts):
        texts = [list(chain.from_iterable(texts))]
    story = words(line.text for line in body) if any(texts) else frozenset()
    signs = {sign(line.text) for line in body} - {""}
    kept: list[Line] = []
    links: list[Line] = []
    for block in texts:
        own = are_own([line.text for line in block if sign(line.text) not in signs], story)
        (kept if own else links).extend(block)
    are_few = len(links) < _LINKS or _FACT.search(links[0].text) is not None
    kept += [
        line for line in links if says_something(line.text) or (are_few and _is_long(line.text))
    ]
    return sorted(kept, key=lambda line: line.start)


def _is_dated_link(text: str) -> bool:
    """Whether day and hour lead a line as they do in lists of other news, and not who said it."""
    behind = furniture.stamp_end(text)
    return behind > 0 and not NAMED.match(text, behind)


def _is_long(text: str) -> bool:
    return len(text) > 20 or (len(text) > 8 and _FACT.search(text) is not None)


def _is_text(line: Line) -> bool:
    text = line.text
    return bool(text) and (
        line.heading
        or is_running(text)
        or is_bullet(text)
        or (ends_sentence(text) and len(text) > 8)
    )
