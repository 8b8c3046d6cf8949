"""Regular expressions that are compiled when they are first needed.

Compiling is most of what importing costs here, and one short text asks for few of them.
"""

import re
from typing import Any, cast


def lazily(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when it is first asked for anything.

    >>> lazily("跌|漲").match("漲") is not None
    True
    """
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


class _Lazy:
    """Has a pattern's methods as attributes of its own, once there is a pattern."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._source)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "sub", "split"):
            self.__dict__[method] = getattr(compiled, method)
        return getattr(compiled, name)
