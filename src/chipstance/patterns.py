"""Regular expressions that are compiled when they are first needed.

Compiling is most of what importing costs here, and one short text asks for few of them.
"""

import re
from collections.abc import Callable
from functools import cache


def lazily(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A function that gives the compiled pattern, compiled at its first call.

    >>> lazily("跌|漲")().match("漲") is not None
    True
    """
    return cache(lambda: re.compile(pattern, flags))
