"""What a regular expression finds without any of some hints: a proof that there is nothing.

The expression is made an automaton, and walked together with all beginnings of hints: every way
through it is tried that completes no hint. Where no such way comes to the end, everything that it
finds has a hint in it, whatever its length, or one around it, where what it looks ahead or behind
for always has one. Other looks ahead and behind, places such as `$`, and the most that a repeat
allows are passed over, so more texts are tried than it can find, never fewer.
"""

import re
import re._constants as sre
import re._parser as parser
from collections import deque
from collections.abc import Callable, Collection, Iterator
from functools import cache
from itertools import chain, islice
from typing import Any

Item = tuple[Any, Any]
Hints = Collection[str]
# What may come next: a character (None for none at all), and the place behind it.
Place = list[tuple[str | None, "Place"]]
_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_EVERY = (sre.ANY, None)
# Tried before all others where some other character stands, to be read more easily.
_PLAIN = "字a1 ,"


def unhinted(pattern: str, hints: Hints) -> str | None:
    """One of the shortest texts that a pattern may find and that has none of the hints, if any.

    >>> unhinted("大?(?:跌|漲)", ["跌"]), unhinted("大?跌", ["跌"])
    ('漲', None)
    """
    parsed = parser.parse(pattern)
    if parsed.state.flags & re.IGNORECASE:
        raise ValueError(f"{pattern}: of a pattern that ignores case nothing is proven")
    return _unhinted(parsed, hints)


def _unhinted(items: Any, hints: Hints) -> str | None:
    end: Place = []
    begin = _sequence(items, end, hints)
    beginnings = {hint[:length] for hint in hints for length in range(len(hint))} | {""}

    @cache
    def behind(known: str, char: str) -> str | None:
        """The longest end of a text that begins a hint; None where a hint is complete."""
        text = known + char
        ends = [text[at:] for at in range(len(text) + 1)]
        return None if any(e in hints for e in ends) else next(e for e in ends if e in beginnings)

    waiting, seen = deque([(begin, "", "")]), set[tuple[int, str]]()
    while waiting:
        place, known, text = waiting.popleft()
        if place is end:
            return text
        if (id(place), known) in seen:
            continue
        seen.add((id(place), known))
        for char, after in place:
            if char is None:
                waiting.appendleft((after, known, text))
            elif (now := behind(known, char)) is not None:
                waiting.append((after, now, text + char))
    return None


def _sequence(items: Any, after: Place, hints: Hints) -> Place:
    for item in reversed(list(items)):
        after = _item(item, after, hints)
    return after


def _item(item: Item, after: Place, hints: Hints) -> Place:
    """The place before an item of a pattern that was parsed."""
    kind, what = item
    if kind in (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY):
        return [(char, after) for char in _characters(item, hints)]
    if kind is sre.BRANCH:
        return [(None, _sequence(each, after, hints)) for each in what[1]]
    if kind is sre.SUBPATTERN and not what[1] & re.IGNORECASE:
        return _sequence(what[-1], after, hints)
    if kind is sre.ATOMIC_GROUP:
        return _sequence(what, after, hints)
    if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, most, repeated = what
        return _repeat(least, most, repeated, after, hints)
    if kind is sre.GROUPREF:
        return _repeat(0, sre.MAXREPEAT, [_EVERY], after, hints)
    if kind is sre.ASSERT and _unhinted(what[1], hints) is None:
        # What stands around has a hint in it, wherever that is.
        return []
    if kind in (sre.AT, sre.ASSERT, sre.ASSERT_NOT):
        return after
    raise ValueError(f"{kind}: of a pattern with it nothing is proven")


def _repeat(least: int, most: int, items: Any, after: Place, hints: Hints) -> Place:
    begin = after
    if most > least:
        begin = [(None, after)]
        begin.append((None, _sequence(items, after if most == least + 1 else begin, hints)))
    for _ in range(least):
        begin = _sequence(items, begin, hints)
    return begin


def _characters(item: Item, hints: Hints) -> Iterator[str]:
    """What a character may be: each one that is in hints, and one for all that are not."""
    takes = _test(item)
    special = set("".join(hints))
    yield from filter(takes, special)
    others = (char for char in _candidates(item) if char not in special and takes(char))
    yield from islice(others, 1)


def _is_listed(item: Item) -> bool:
    kind, what = item
    return kind is sre.LITERAL or (kind is sre.IN and all(each[0] is sre.LITERAL for each in what))


def _candidates(item: Item) -> Iterator[str]:
    kind, what = item
    if kind is sre.LITERAL:
        return iter(chr(what))
    if _is_listed(item):
        return (chr(code) for _, code in what)
    return chain(_PLAIN, map(chr, range(0x110000)))


def _test(item: Item) -> Callable[[str], bool]:
    """Whether an item takes a character."""
    kind, what = item
    if kind is sre.ANY:
        return lambda char: True
    if kind is sre.LITERAL:
        return lambda char: ord(char) == what
    if kind is sre.NOT_LITERAL:
        return lambda char: ord(char) != what
    if kind is sre.RANGE:
        return lambda char: what[0] <= ord(char) <= what[1]
    if kind is sre.CATEGORY:
        return lambda char: re.match(_CATEGORIES[what], char) is not None
    if kind is sre.IN and what[0][0] is sre.NEGATE:
        tests = [_test(each) for each in what[1:]]
        return lambda char: not any(takes(char) for takes in tests)
    tests = [_test(each) for each in what]
    return lambda char: any(takes(char) for takes in tests)
