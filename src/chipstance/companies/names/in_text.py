"""Finding the names of a table in a text: longest first, never inside a longer word.

Nothing here knows tickers in brackets or articles; see `tickers` and `linking`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple

from chipstance.articles.normalising.fold import fold
from chipstance.companies.company import Company
from chipstance.companies.mention import Via
from chipstance.companies.names.longer import Longer, longer_words, standing
from chipstance.companies.names.spellings import SHORT, TWO_LETTERS, spellings, written_of
from chipstance.lookup import Lookup
from chipstance.patterns import lazily

if TYPE_CHECKING:
    from daachorse import CharwiseDoubleArrayAhoCorasick

# Characters: as much is searched without an automaton while one is made.
_WORTH_IT = 50_000
# sure: counts wherever it stands; doubtful: where the article names the company another way.
Trust = Literal["sure", "doubtful"]
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
# Names that are zones of time, too; what stands before and behind those.
_ZONES = frozenset({"hkt"})
_HOUR_BEFORE = lazily(
    r"(?:\d:\d\d|\d\s?[点时分](?:整|半)?|\d\s?[ap]\.?m\.?|\d\s?(?:hrs?|hours)|时[间区]|(?:gmt|utc)\s?\+\s?8)"
    r"\s?[(/,]?\s?$"
)
_HOUR_BEHIND = lazily(r"\)?\s?(?:时[间区]|\d{1,2}\s?[:点时])")
_LONGEST_HOUR = 12


class Name(NamedTuple):
    """One name of one company, folded.

    Attributes:
        capital: How a short Latin name must be written: ARM with a capital, o1 without; None
            leaves it open.
        longer: Longer words that contain the name and mean something else.
        apart: Words beside which the name means something else.
        anywhere: Whether the name counts wherever it stands, as most Chinese names do.
    """

    company: Company
    via: Via
    trust: Trust
    capital: bool | None
    longer: tuple[Longer, ...] = ()
    apart: tuple[str, ...] = ()
    anywhere: bool = False


class Found(NamedTuple):
    """A name found in a text, `start` to `end`."""

    start: int
    end: int
    name: Name


# Start, end and spelling of what may be a name.
_Spelled = tuple[int, int, str]


def _first_and_longest(spelled: _Spelled) -> tuple[int, int]:
    return spelled[0], -spelled[1]


class Names:
    """All names of some companies, ready to be looked for."""

    def __init__(self, companies: Sequence[Company], found: Lookup | None = None) -> None:
        """Take in companies; of two companies of one name the later one has it.

        Args:
            companies: Whose names to look for.
            found: Their spellings, where they are known.
        """
        self._companies = companies
        self._written = spellings(companies) if found is None else found
        self._names: dict[str, Name] = {}
        self._searched = 0

    def _name(self, spelling: str) -> Name:
        """The name that a spelling is of; made when first asked for, as few of them are."""
        at, via, word = written_of(self._written[spelling])
        made = self._names[spelling] = _name(self._companies[at], via, word, spelling)
        return made

    def find_all(self, texts: Sequence[str], folded: Sequence[str]) -> Iterator[list[Found]]:
        """Find the names in texts, from left to right, the longest at each place.

        Args:
            texts: As published.
            folded: The same, folded.

        Yields:
            Names that do not overlap, for each text.
        """
        self._searched += sum(map(len, folded))
        few = self._searched < _WORTH_IT
        spelled = map(self._by_heads, folded) if few else self._by_automaton(folded)
        for each in zip(texts, folded, spelled, strict=True):
            yield self._find(*each)

    def _find(self, text: str, folded: str, spelled: Iterable[_Spelled]) -> list[Found]:
        free = 0
        found = list[Found]()
        for start, end, spelling in spelled:
            crossed = start < free < end and found[-1].name.trust == "doubtful"
            if start < free and not crossed:
                continue
            name = self._names.get(spelling) or self._name(spelling)
            trust = name.trust if name.anywhere else _trust_at(name, text, folded, start, end)
            if trust is None or (crossed and trust == "doubtful"):
                continue
            if crossed:
                # 微軟 in 其中微軟, where 中微 may be a company.
                found.pop()
            here = name if trust == name.trust else name._replace(trust=trust)
            found.append(Found(start, end, here))
            free = end
        return found

    def _by_heads(self, folded: str) -> Iterator[_Spelled]:
        for at in range(len(folded) - 1):
            for spelling in self._written.standing(folded, at):
                yield at, at + len(spelling), spelling

    def _by_automaton(self, folded: Sequence[str]) -> Iterable[Iterable[_Spelled]]:
        spellings, matcher = self._matcher
        try:
            found = matcher.find_overlapping("\n".join(folded))
        except UnicodeEncodeError:  # lone surrogates, which broken input can hold
            return map(self._by_heads, folded)
        spelled, mixed = list[list[_Spelled]](), list[list[_Spelled]]()
        here, begin, stop = list[_Spelled](), 0, 0
        ends = accumulate(len(text) + 1 for text in folded)
        for start, end, at in found:
            while start >= stop:
                begin, stop, here = stop, next(ends), []
                spelled.append(here)
            # They come as they end; only of those that overlap may a later one stand first.
            if here and start - begin < here[-1][1] and (not mixed or mixed[-1] is not here):
                mixed.append(here)
            here.append((start - begin, end - begin, spellings[at]))
        for here in mixed:
            here.sort(key=_first_and_longest)
        return spelled + [[] for _ in range(len(folded) - len(spelled))]

    @cached_property
    def _matcher(self) -> "tuple[list[str], CharwiseDoubleArrayAhoCorasick]":
        import daachorse

        spellings = list(self._written)
        return spellings, daachorse.CharwiseDoubleArrayAhoCorasick(spellings)


def _name(company: Company, via: Via, word: str, spelling: str) -> Name:
    around = longer_words(company.not_in, spelling)
    if via == "ticker":
        trust: Trust = "sure" if len(spelling) > TWO_LETTERS else "doubtful"
        return Name(company, via, trust, capital=True, longer=around)
    key = fold(word)
    apart = tuple(map(fold, company.not_with)) if via == "name" else ()
    anywhere = not (around or apart or _at_either_end(spelling))
    capital = _capital(word, key.rstrip("?"))
    return Name(company, via, _trust(key), capital, around, apart, anywhere)


def _trust_at(name: Name, text: str, folded: str, start: int, end: int) -> Trust | None:
    """How far a name is one where it stands; None where it is part of something else."""
    if not _stands_alone(name, text, folded, start, end):
        return None
    longer = standing(name.longer, folded, start, end)
    if not longer:
        return name.trust
    return "doubtful" if all(each.doubtful for each in longer) else None


def _stands_alone(name: Name, text: str, folded: str, start: int, end: int) -> bool:
    found = folded[start:end]
    first, last = found[0], found[-1]
    if first in _LATIN and start and folded[start - 1] in _LATIN:
        return False
    if last in _LATIN and not _may_end(folded, start, end, name):
        return False
    if name.apart and _has_one_of(name.apart, folded):
        return False
    if found in _ZONES and _tells_hour(folded, start, end):
        return False
    written = text[start:end]
    if name.via == "ticker":
        return written.isupper()
    return name.capital is None or (written != found) == name.capital


def _tells_hour(folded: str, start: int, end: int) -> bool:
    """Whether a zone of time stands beside an hour: 14:00 HKT."""
    before = folded[max(0, start - _LONGEST_HOUR) : start]
    return _HOUR_BEFORE.search(before) is not None or _HOUR_BEHIND.match(folded, end) is not None


# Of each of a thousand names in one sentence the same is asked.
@lru_cache(maxsize=16)
def _has_one_of(words: tuple[str, ...], folded: str) -> bool:
    return any(word in folded for word in words)


def _at_either_end(name: str) -> bool:
    """Whether a letter or digit, which others could go on, is first or last in a name."""
    return name[:1] in _LATIN or name[-1:] in _LATIN


def _trust(key: str) -> Trust:
    return "doubtful" if key.endswith("?") else "sure"


def _capital(written: str, key: str) -> bool | None:
    if not key.isascii() or len(key) > SHORT:
        return None
    if written.lower() != written:
        return True
    return False if len(key) < len("gpt") else None


def _may_end(folded: str, start: int, end: int, name: Name) -> bool:
    after = folded[end : end + 3]
    if not after or after[0] not in _LATIN:
        # R1 is not in R1.5, but GPT-5.1 is of GPT-5.
        is_part = folded[end - 1].isdigit() and re.match(r"\.\d", after)
        return not is_part or end - start > SHORT
    if folded[end - 1].isdigit():
        # A plural or a variant: H100s, GPT-4o.
        return name.via == "product" and re.fullmatch(r"[a-z](?![a-z0-9]).*", after) is not None
    return after[0].isdigit() and name.via != "ticker"
