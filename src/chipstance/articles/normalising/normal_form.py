"""One meaning, one form: what features see of a text, whatever its script and region.

Three conversions in a row: OpenCC takes Traditional of Taiwan or Hong Kong and its general terms
to mainland Simplified; `terms/terms.txt` takes the trade's own terms, which OpenCC does not know
(法說會, 財測, 川普, 倒升), to one of each; `fold` takes width and case. The result is for counting
n-grams in, never for showing: lengths change.
"""

from functools import cache
from pathlib import Path
from typing import Protocol

from chipstance.articles.normalising.fold import fold
from chipstance.articles.normalising.script import to_simplified, unify_terms
from chipstance.patterns import lazily

_TERMS = Path(__file__).parent / "terms" / "terms.json"
# Numbers differ from article to article and say little; what they are figures of stays beside them.
_NUMBER = lazily(r"\d+(?:[.,:/]\d+)*")
# Zero-width, bidirectional and control characters, and those kept for masks.
_INVISIBLE = lazily(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff]"
)
_SPACES = lazily(r"\s+")


class Converter(Protocol):
    """What OpenCC gives: text in, converted text out."""

    def convert(self, text: str) -> str:
        """Convert a text."""


# OpenCC knows regional terms in Traditional alone (釋出, not 释出). Taking all to Traditional
# first would mend that and double the time; `terms.txt` has the common ones in Simplified.
@cache
def _converters() -> tuple[Converter, ...]:
    import opencc

    return opencc.OpenCC("tw2sp"), opencc.OpenCC(str(_TERMS))


class _Converted:
    """How many characters were converted without OpenCC, which pays once there were many."""

    WORTH_IT = 20_000
    characters = 0


def strip_invisible(text: str) -> str:
    r"""Take out characters that show nothing and those that masks are made of.

    >>> strip_invisible("輝\u200b達")
    '輝達'
    """
    # None of these is printable, which most texts are; that is known sooner.
    return text if text.isprintable() else _INVISIBLE.sub("", text)


def convert(text: str) -> str:
    """Convert script and regional terms to those of the mainland; width and case stay."""
    # OpenCC refuses lone surrogates, which broken input can hold, and stops at a null character.
    text = text.encode("utf-8", "replace").decode("utf-8")
    _Converted.characters += len(text)
    if _Converted.characters < _Converted.WORTH_IT or "\0" in text:
        return unify_terms(to_simplified(text))
    for converter in _converters():
        text = converter.convert(text)
    return text


def unify(text: str) -> str:
    """Convert script, regional terms, width and case to one form, keeping numbers.

    Args:
        text: Any text; private-use characters, the masks, pass through.

    Returns:
        The same in Simplified with the trade's terms unified, half-width and lower-case.

    >>> unify("法說會釋出財測") == unify("业绩会释出业绩指引")
    True
    """
    return fold(convert(text))


def normalise(text: str) -> str:
    """The form of a text in which features count n-grams.

    Args:
        text: Any text; private-use characters, the masks, pass through.

    Returns:
        `unify` of it, every number as one `0`, white space run together and none beside Chinese.

    >>> normalise("輝達 跌16﹒86%,記憶體降3.5%")
    '英伟达跌0%,内存降0%'
    """
    return tightened(_NUMBER.sub("0", unify(text)))


def tightened(text: str) -> str:
    """A text with white space run together, and none beside Chinese, masks and its edges.

    >>> tightened(" 輝達 GB200  NVL72 機櫃")
    '輝達GB200 NVL72機櫃'
    """
    first, *rest = _SPACES.sub(" ", text).strip().split(" ")
    parts = [first]
    for part in rest:
        tight = is_han_or_mask(parts[-1][-1]) or is_han_or_mask(part[0])
        parts += [part] if tight else [" ", part]
    return "".join(parts)


def is_han_or_mask(char: str) -> bool:
    """Whether no space beside a character says anything: a Chinese one, a radical, kana, a mask."""
    return "⺀" <= char <= "\u9fff" or "\ue000" <= char <= "\uf8ff"
