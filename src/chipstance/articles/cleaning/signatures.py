"""Names that stand by themselves beside the date of a story: who wrote it, whose account it is."""

from collections.abc import Iterator, Sequence
from itertools import compress, islice

from chipstance.articles.cleaning import furniture
from chipstance.articles.line import Line
from chipstance.articles.shapes import is_bullet, is_running, may_be_title
from chipstance.patterns import lazily

# So many lines at the top of a page can hold them.
_TOP = 25
_NAME = lazily(r"[^\W\d_a-zA-Z]{2,4}")
_WORDS = lazily(r"[^\s|·｜丨/／,，:：]+")
# The name of an account, longer than a person's, shorter than a title.
_SHORTEST_ACCOUNT, _LONGEST_ACCOUNT = 3, 12
# What an archive calls a publisher, above the language.
_CODE = lazily(r"[A-Z]{3,8}")
_LANGUAGE = lazily(r"(?:中文|Chinese)\s?\W\s?", hints=("中文", "Chinese"))
_SAYS_WHO = ("time_stamps", "bylines")
_FOLLOW = (["关注"], ["關注"])


def signatures(lines: Sequence[Line]) -> list[Line]:
    """Drop the names beside a date or a byline, and the account's that these name again."""
    above = list(_above(lines))
    texts = [lines[at].text for at, _ in above]
    told = [kind in _SAYS_WHO for _, kind in above]
    drop = {above[n][0] for n in _names(texts, told)} if any(told) else set()
    if all(at in drop or kind is not None for at, kind in above):
        # A name may be the title, where nothing else is.
        return list(lines)
    return [line for at, line in enumerate(lines) if at not in drop]


def _above(lines: Sequence[Line]) -> Iterator[tuple[int, str | None]]:
    """The lines above the story, and what kind of page furniture they are."""
    shown = (at for at, line in enumerate(lines) if line.text)
    untitled = True
    for at in islice(shown, _TOP):
        text = lines[at].text
        kind = furniture.kind_of(text)
        if kind is None and (_heads_text(lines, at) or _is_text(text, untitled)):
            return
        untitled = untitled and (kind is not None or len(text) <= _LONGEST_ACCOUNT)
        yield at, kind


def _is_text(text: str, untitled: bool) -> bool:
    return is_running(text) and not (untitled and may_be_title(text))


def _heads_text(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a heading: apart from what is above it, and right above text or a list."""
    if not 0 < at < len(lines) - 1 or lines[at - 1].text:
        return False
    below = next((line.text for line in lines[at + 1 : at + 3] if line.text), "")
    return is_bullet(below) or is_running(lines[at + 1].text)


def _names(texts: Sequence[str], told: Sequence[bool]) -> Iterator[int]:
    """Which lines are names, beside those that tell when or by whom."""
    named = {
        word
        for text in compress(texts, told)
        for word in _WORDS.findall(text)
        if _SHORTEST_ACCOUNT <= len(word) <= _LONGEST_ACCOUNT
    }
    for n, text in enumerate(texts):
        beside = any(told[max(0, n - 1) : n]) or any(told[n + 1 : n + 2])
        coded = _CODE.fullmatch(text) and any(map(_LANGUAGE.match, texts[n + 1 : n + 2]))
        account = len(text) <= _LONGEST_ACCOUNT and texts[n + 1 : n + 2] in _FOLLOW
        if not told[n] and (
            account or coded or text in named or (beside and _NAME.fullmatch(text))
        ):
            yield n
