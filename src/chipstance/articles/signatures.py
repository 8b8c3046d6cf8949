"""Names that stand by themselves beside the date of a story: who wrote it, whose account it is."""

from collections.abc import Iterator, Sequence

from chipstance.articles import furniture
from chipstance.articles.line import Line
from chipstance.articles.shapes import is_running
from chipstance.patterns import lazily

# So many lines at the top of a page can hold them.
_TOP = 25
_NAME = lazily(r"[^\W\d_a-zA-Z]{2,4}")
_WORDS = lazily(r"[^\s|·｜丨/／,，:：]+")
# The name of an account, longer than a person's, shorter than a title.
_SHORTEST_ACCOUNT, _LONGEST_ACCOUNT = 3, 12
_SAYS_WHO = ("time_stamps", "bylines")
_FOLLOW = "关注"


def signatures(lines: Sequence[Line]) -> list[Line]:
    """Drop the names beside a date or a byline, and the account's that these name again."""
    shown = [at for at, line in enumerate(lines) if line.text][:_TOP]
    above = shown[: next((n for n, at in enumerate(shown) if _is_story(lines[at].text)), _TOP)]
    drop = set(_signatures(lines, above))
    if not any(at not in drop and furniture.kind_of(lines[at].text) is None for at in above):
        # A name may be the title, where nothing else is.
        return list(lines)
    return [line for at, line in enumerate(lines) if at not in drop]


def _signatures(lines: Sequence[Line], shown: Sequence[int]) -> Iterator[int]:
    told = [_is_told(lines[at].text) for at in shown]
    if not any(told):
        return
    named = {
        word
        for at, is_told in zip(shown, told, strict=True)
        if is_told
        for word in _WORDS.findall(lines[at].text)
        if _SHORTEST_ACCOUNT <= len(word) <= _LONGEST_ACCOUNT
    }
    for n, at in enumerate(shown):
        text = lines[at].text
        beside = any(told[max(0, n - 1) : n]) or any(told[n + 1 : n + 2])
        followed = n + 1 < len(shown) and lines[shown[n + 1]].text == _FOLLOW
        account = len(text) <= _LONGEST_ACCOUNT and followed
        if not told[n] and (account or text in named or (beside and _NAME.fullmatch(text))):
            yield at


def _is_story(text: str) -> bool:
    return is_running(text) and furniture.kind_of(text) is None


def _is_told(text: str) -> bool:
    """Whether a line says when or by whom."""
    return not is_running(text) and furniture.kind_of(text) in _SAYS_WHO
