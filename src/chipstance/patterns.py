"""Regular expressions that are compiled when they are first needed, and as far as they are needed.

Compiling is most of what importing costs here, and one short text asks for few of them, and for few
of the words that these look for.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, cast

# Texts that are looked through for hints before a pattern is compiled all the same: from then on
# it is quicker than they are.
_FEW = 64
# So many texts have a pattern each, with no part that finds nothing in them.
_FEW_NARROWED = 4
# Around a part stand comments, of which the first says what it needs: nothing, where it is words.
_PART, _END = "(?#part ", "(?#end)"
# What the methods of a pattern give of a text in which it finds nothing.
_NOTHING: dict[str, Callable[[str], object]] = {
    "search": lambda _: None,
    "match": lambda _: None,
    "fullmatch": lambda _: None,
    "finditer": lambda _: iter(()),
    "findall": lambda _: [],
    "sub": lambda text: text,
    "split": lambda text: [text],
}


def lazily(pattern: str, flags: int = 0, *, hints: Iterable[str] = ()) -> re.Pattern[str]:
    """A pattern that is compiled when it is first asked for anything.

    Args:
        pattern: As for `re.compile`.
        flags: As for `re.compile`.
        hints: Texts one of which is in everything that the pattern finds: until there is a text
            with one of them, or were many texts without, nothing is compiled.

    >>> lazily("跌|漲").match("漲") is not None
    True
    """
    return cast("re.Pattern[str]", Lazy(pattern, flags, tuple(hints)))


def words(listed: str) -> str:
    """Mark words in a pattern: those that a text does not have need not be compiled to search it.

    Args:
        listed: Alternatives that are plain text.

    Returns:
        The same, to be put between other alternatives of a pattern for `lazily`.

    >>> bool(lazily(f"大?(?:{words('漲|跌')})[了咗]").match("大跌了"))
    True
    """
    return f"{_PART}){listed}{_END}"


def needing(hints: str, pattern: str) -> str:
    """Mark a part of a pattern: for a text without what it needs it need not be compiled.

    Args:
        hints: Texts one of which is in, or around, everything that the part finds, parted by `|`.
        pattern: An alternative or several, without marks of their own.

    Returns:
        The same, to be put between other alternatives of a pattern for `lazily`.
    """
    return f"{_PART}{hints}){pattern}{_END}"


def parts(pattern: str) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """The marked parts of a pattern.

    Yields:
        What each needs, nothing if it is words; the part; and what stands behind, up to the next.
    """
    for marked in pattern.split(_PART)[1:]:
        hints, _, rest = marked.partition(")")
        part, _, behind = rest.partition(_END)
        yield tuple(hints.split("|")) if hints else (), part, behind


def narrowed(pattern: str, text: str) -> str:
    """A pattern without the parts and the words that a text lacks, which finds the same in it."""
    found = pattern.partition(_PART)[0]
    for hints, part, behind in parts(pattern):
        kept = part if any(map(text.__contains__, hints)) else ""
        if not hints:
            kept = "|".join(filter(text.__contains__, part.split("|")))
        found += (kept or "(?!)") + behind
    return found


class Lazy:
    """Has a pattern's methods as attributes of its own, once there is a pattern."""

    def __init__(self, pattern: str, flags: int, hints: tuple[str, ...]) -> None:
        self.source, self.hints = (pattern, flags), hints
        self._left = _FEW if hints else 0
        self._narrowed = _FEW_NARROWED if _PART in pattern else 0

    def __getattr__(self, name: str) -> Any:
        if name in _NOTHING and (self._left > 0 or self._narrowed > 0):
            return partial(self._by_text, name)
        return getattr(self._compiled(), name)

    def _by_text(self, name: str, *asked: Any, **named: Any) -> Any:
        text = asked[name == "sub"]
        self._left -= 1
        if self._left >= 0 and not any(map(text.__contains__, self.hints)):
            return _NOTHING[name](text)
        self._narrowed -= 1
        if self._narrowed >= 0:
            pattern, flags = self.source
            return getattr(re.compile(narrowed(pattern, text), flags), name)(*asked, **named)
        return getattr(self._compiled(), name)(*asked, **named)

    def _compiled(self) -> re.Pattern[str]:
        compiled = re.compile(*self.source)
        for method in _NOTHING:
            self.__dict__[method] = getattr(compiled, method)
        return compiled
