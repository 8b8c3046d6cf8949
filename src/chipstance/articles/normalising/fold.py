"""Characters that differ only by script, width or case, made one, in place.

Folding maps each character to exactly one character, so a position in the folded text is the
same position in the text as published. Words are not touched: that `記憶體` and `内存` are one
thing is for `normalise` to say, where positions need not hold.
"""

from collections.abc import Iterable
from functools import cache

from chipstance.articles.normalising.script import compatible, simplified

# The last Chinese character of Unicode's first plane, to which OpenCC's common ones belong.
_LAST_HAN = 0xFAFF
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_SHIFT = 0xFF01 - 0x21
# Characters by which Hong Kong wires and old Big5 systems print what others print in ASCII,
# and variants that OpenCC leaves alone because they are words of their own elsewhere.
_LOOKALIKES = dict(
    zip(
        "﹒．╱∕﹪﹐﹑﹔﹕﹖﹗﹙﹚「」『』“”‘’　–—―−‐‑‒﹣﹢‧・•著瞭祇衞枱矽",
        "../" + "/%,、;:?!()" + "\"\"''\"\"'' --------+···着了只卫台硅",
        strict=True,
    )
)
# Lines that are kept folded; few articles have more.
_MOST_LINES = 4096


@cache
def fold_table() -> dict[int, int]:
    """Code point by code point; those that are not in it stay as they are."""
    found = dict(simplified())
    found |= {old: found.get(new, new) for old, new in compatible().items()}
    table = {old: new for old, new in found.items() if old <= _LAST_HAN}
    table |= {code: code - _FULL_WIDTH_SHIFT for code in _FULL_WIDTH}
    table |= {ord(a): ord(b) for a, b in _LOOKALIKES.items()}
    table |= {c: _lower(table.get(c, c)) for c in range(0x21, 0x250) if chr(c).isupper()}
    table |= {c: _lower(table[c]) for c in _FULL_WIDTH}
    return table


def _lower(code: int) -> int:
    lowered = chr(code).lower()
    # A capital İ lowers to two characters; it stays, for positions to hold.
    return ord(lowered) if len(lowered) == 1 else code


def fold(text: str) -> str:
    """Fold script, width and case, keeping the length.

    Args:
        text: Any text; lone surrogates and unassigned characters pass unchanged.

    Returns:
        A string of the same length, Simplified, half-width, lower-case.

    >>> fold("輝達(ＮＶＤＡ)跌0﹒4%")
    '辉达(nvda)跌0.4%'
    """
    return text.translate(fold_table())


class _Lines(dict[str, str]):
    """Folded lines of the article that is being read, by the line."""

    def __missing__(self, text: str) -> str:
        if len(self) > _MOST_LINES:
            self.clear()
        self[text] = folded = fold(text)
        return folded


_LINES = _Lines()


def folded_line(text: str) -> str:
    """`fold` of a line, which many steps of cleaning look at in turn."""
    return _LINES[text]


def keep_folded(lines: Iterable[tuple[str, str]]) -> None:
    """Have `folded_line` know lines that were folded together; those of before are forgotten.

    Args:
        lines: Each with its folded form.
    """
    _LINES.clear()
    _LINES.update(lines)


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one.

    >>> is_han("芯"), is_han("A")
    (True, False)
    """
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U0003ffff"
    )
