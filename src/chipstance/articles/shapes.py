"""What a line looks like: a sentence or paragraph, a title, a bullet.

Nothing here looks at what a line says; see `furniture` for that.
"""

from chipstance.articles.normalising.fold import is_han
from chipstance.patterns import lazily

CLOSERS = "」』”’\"'）)】》〉〕］]"
_ENDS = tuple("。｡！？!?…⋯")
_PAUSES = "，,、；;"
_BULLET = lazily(r"[•·●○◆◇◎■□▪▫‧∙⁃‣➢✓✔–—－\-*]+\s*(?=[^\s\-*－—–])")
_NUMBERED = lazily(
    r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、]|\d{1,2}[.．](?!\d)|[①-⑳]|"
    r"第[一二三四五六七八九十]{1,3}[、，,：:])\s*"
)
# The longest thing that a page shows as a headline.
LONGEST_TITLE = 70


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence ends, closing quotes and brackets looked through."""
    return text.rstrip(CLOSERS)[-1:] in _ENDS if text else False


def is_running(text: str) -> bool:
    """Whether a line is running text, so not a headline, a link or a label.

    >>> is_running("英偉達股價急插，市場憂慮需求。"), is_running("英偉達股價急插 市場憂慮需求?")
    (True, False)
    """
    if "。" in text or "｡" in text:
        return True
    if len(text) < 8:
        return False
    if len(text) <= 30 or len(text) > LONGEST_TITLE:
        return len(text) > LONGEST_TITLE
    pauses = sum(map(text.count, _PAUSES))
    return (pauses > 0 and ends_sentence(text)) or (len(text) > 40 and pauses > 2)


def is_bullet(text: str) -> bool:
    """Whether a line is an item of a list of the article: a bullet or a number leads it."""
    return _BULLET.match(text) is not None or _NUMBERED.match(text) is not None


def is_marked(text: str) -> bool:
    """Whether a bullet leads a line, and not a number, which may be a number of the text."""
    return _BULLET.match(text) is not None


def has_chinese(text: str) -> bool:
    """Whether there is at least one Chinese character."""
    return any(map(is_han, text))
