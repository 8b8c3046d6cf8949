"""Regular expressions that are compiled when they are first needed.

Compiling is most of what importing costs here, and one short text asks for few of them.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

# Texts that are looked through for hints before a pattern is compiled all the same: from then on
# it is quicker than they are.
_FEW = 64
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


class Lazy:
    """Has a pattern's methods as attributes of its own, once there is a pattern."""

    def __init__(self, pattern: str, flags: int, hints: tuple[str, ...]) -> None:
        self.source, self.hints = (pattern, flags), hints
        self._left = _FEW

    def __getattr__(self, name: str) -> Any:
        if self.hints and name in _NOTHING:
            return partial(self._where_hinted, name)
        return getattr(self._compiled(), name)

    def _where_hinted(self, name: str, *asked: Any, **named: Any) -> Any:
        text = asked[name == "sub"]
        self._left -= 1
        if self._left < 0 or any(map(text.__contains__, self.hints)):
            return getattr(self._compiled(), name)(*asked, **named)
        return _NOTHING[name](text)

    def _compiled(self) -> re.Pattern[str]:
        compiled = re.compile(*self.source)
        for method in _NOTHING:
            self.__dict__[method] = getattr(compiled, method)
        return compiled
