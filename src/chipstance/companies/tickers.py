"""Tickers as the press writes them, turned into the table's form: `2330.TW`, `0981.HK`, `NVDA.US`.

A bare number says nothing of its market; `readings` lists what it may stand for, and `linking`
chooses by the name before it and by the article around it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipstance.articles.normalising.fold import fold
from chipstance.patterns import lazily

# Suffixes and prefixes in use (Reuters, Bloomberg, CNYES, exchanges' names), folded.
_MARKETS = {
    "us": "US", "un": "US", "uw": "US", "uq": "US", "o": "US", "n": "US",
    "nasdaq": "US", "nyse": "US", "amex": "US", "纳斯达克": "US", "纽交所": "US", "美股": "US",
    "美": "US", "那斯达克": "US",
    "tw": "TW", "tt": "TW", "twse": "TW", "台股": "TW", "two": "TWO", "tpex": "TWO",
    "hk": "HK", "hkg": "HK", "hkex": "HK", "sehk": "HK", "港股": "HK", "港": "HK", "港交所": "HK",
    "ss": "SS", "sh": "SS", "sse": "SS", "ch": "CN", "cn": "CN", "沪": "SS", "上交所": "SS",
    "sz": "SZ", "szse": "SZ", "深": "SZ", "深交所": "SZ", "bj": "BJ", "a股": "CN",
    "t": "T", "jp": "T", "jt": "T", "tyo": "T", "东证": "T",
    "ks": "KS", "kr": "KS", "krx": "KS", "kq": "KQ",
    "as": "AS", "na": "AS", "pa": "PA", "fp": "PA", "de": "DE", "gr": "DE", "sw": "SW", "l": "L",
    "ln": "L", "mi": "MI",
}  # fmt: skip
_LABEL = "股票代号|股票代码|股份代号|股份代码|证券代码|代号|代码|编号"
_MARKET = "|".join(sorted(map(re.escape, _MARKETS), key=len, reverse=True))
# In brackets, one or several: (00981), (2330-TW), (NASDAQ: NVDA), (美股代号:NVDA),
# (00981.HK/688981.SH).
_ONE = lazily(
    rf"\s*(?P<label>(?:{_LABEL})\s*[:为]?\s*)?"
    rf"(?:(?P<before>{_MARKET})(?:{_LABEL})?\s*(?:[:.]\s*|(?=\d)))?"
    rf"(?P<code>\d{{3,6}}[a-z]?|[a-z]{{1,5}}(?:\.[ab])?)"
    rf"(?:\s*[-.:_ ]\s*(?P<after>{_MARKET}))?\s*"
)
_BRACKETS = lazily(r"[(\[【〔<]([^()\[\]【】〔〕<>]{2,48})[)\]】〕>]")
_SEPARATOR = lazily(r"[,、/;|]")
# In running text only with its market: 2330 TT, 0700.HK, NVDA-US, NASDAQ:NVDA.
_BARE = lazily(
    r"(?<![a-z0-9.])(?:(?P<code>\d{4,6}|[a-z]{2,5})"
    r"(?:[-.](?P<after>us|tw|two|hk|ss|sh|sz|ks|kq|jp)| (?P<spaced>tt|hk|us|tw))"
    r"|(?P<before>nasdaq|nyse|hkex|hk|sh|sz|tpex|twse)\s?:\s?(?P<named>\d{4,6}|[a-z]{1,5}))"
    r"(?![a-z0-9])"
)


# Behind a name, with the share class or the kind of firm that is written between.
_BEHIND = lazily(
    r"(?:-[a-z]{1,2}|adr|公司|集团)?"
    r"\s*[(\[【〔<](?P<codes>[^()\[\]【】〔〕<>]{3,48})[)\]】〕>]"
)
_OPENINGS = frozenset("(（[【〔<＜")
_BEFORE_CODES = frozenset("-－ \u3000Aa公集") | _OPENINGS
_LONGEST_BEHIND = 60


# No ticker is without one of these, and most sentences are: looking for them costs the least.
_OPENING = lazily(r"[(\[【〔<]", hints="([【〔<")
_BESIDE_MARKET = lazily(r"[-.: ](?:(?<=:)|(?=[a-z]))", hints="-.: ")


class Ticker(NamedTuple):
    """One ticker in a text.

    Attributes:
        start: Position of its bracket, or of itself where it stands without one.
        end: Position just after the bracket, or itself.
        readings: What it may stand for, in canonical form, the likeliest first.
        explicit: Whether the text says its market, or its form leaves no other.
        bracketed: Whether it stands in brackets.
        codes: The codes that its bracket holds, each where it stands.
    """

    start: int
    end: int
    readings: tuple[str, ...]
    explicit: bool
    bracketed: bool = True
    codes: "tuple[Ticker, ...]" = ()


def tickers(folded: str) -> list[Ticker]:
    """Find what may be tickers in a folded text, in order.

    >>> [t.readings for t in tickers("中芯国际(00981)及台积电(2330-tw)")]
    [('0981.HK',), ('2330.TW', '2330.TWO')]
    """
    found = list(_bracketed(folded)) if _OPENING.search(folded) else []
    bracketed = tuple(found)
    for match in _BARE.finditer(folded) if _BESIDE_MARKET.search(folded) else ():
        if not within(match.start(), bracketed):
            code = match["code"] or match["named"]
            market = match["after"] or match["spaced"] or match["before"]
            read = readings(code, market)
            if read:
                found.append(Ticker(match.start(), match.end(), read, True, bracketed=False))
    return sorted(found, key=lambda ticker: ticker.start) if len(found) > 1 else found


def stated(folded: str) -> tuple[str, ...]:
    """What a folded text stands for that is a ticker with its market and nothing else.

    >>> stated("688981.sh"), stated("tsm-us"), stated("2330")
    (('688981.SS',), ('TSM.US',), ())
    """
    one = _ONE.fullmatch(folded)
    market = one and (one["before"] or one["after"])
    if not one or not market:
        return ()
    code = one["code"].upper().replace(".", "")
    # Only in Hong Kong do zeros before a number tell nothing.
    read = readings(one["code"], market)
    return tuple([each for each in read if each.endswith(".HK") or each.startswith(f"{code}.")])


def behind_ticker(text: str, at: int) -> int:
    """Where a text goes on behind the codes in brackets that follow a name, if any do.

    Codes of letters count with their market or a label alone: `(AI)` and `(ADR)` say something.

    Args:
        text: As published.
        at: Position just after the name.

    >>> texts = "華虹(01347.HK)升", "阿里-SW（09988）升", "輝達(AI)"
    >>> [text[behind_ticker(text, 2) :] for text in texts]
    ['升', '升', '(AI)']
    """
    # Most names have something else behind them, which is seen by a character or a few.
    if text[at : at + 1] not in _BEFORE_CODES or _OPENINGS.isdisjoint(text[at : at + 5]):
        return at
    found = _BEHIND.match(fold(text[at : at + _LONGEST_BEHIND]))
    if not found:
        return at
    parts = [_ONE.fullmatch(part) for part in _SEPARATOR.split(found["codes"])]
    are_codes = all(
        x and (x["code"][0].isdigit() or x["label"] or x["before"] or x["after"]) for x in parts
    )
    return at + found.end() if are_codes else at


def within(at: int, tickers: Sequence[Ticker]) -> bool:
    """Whether a position is inside one of some tickers, which are in order and apart."""
    before = bisect_right(tickers, at, key=lambda ticker: ticker.start) - 1
    return before >= 0 and at < tickers[before].end


def _bracketed(folded: str) -> Iterator[Ticker]:
    for match in _BRACKETS.finditer(folded):
        codes = tuple(_codes(match[1], match.start(1)))
        read = tuple([each for code in codes for each in code.readings])
        if read:
            explicit = any(code.explicit for code in codes)
            yield Ticker(*match.span(), read, explicit, codes=codes)


def _codes(inside: str, at: int) -> Iterator[Ticker]:
    for part in _SEPARATOR.split(inside):
        one = _ONE.fullmatch(part)
        if one:
            market = one["before"] or one["after"]
            explicit = market is not None or re.fullmatch(r"0\d{4}", one["code"]) is not None
            start, end = one.start("code"), one.end("after" if one["after"] else "code")
            read = readings(one["code"], market)
            yield Ticker(at + start, at + end, read, explicit, bracketed=False)
        at += len(part) + 1


def readings(code: str, market: str | None) -> tuple[str, ...]:
    """List what a code may stand for, in canonical form.

    Args:
        code: Folded, such as `00981`, `2330`, `nvda`.
        market: As written beside it, folded, such as `tt`; None where nothing is.

    >>> readings("1810", None)
    ('1810.TW', '1810.TWO', '1810.HK', '1810.T')
    """
    named = _MARKETS.get(market) if market else None
    if not code[0].isdigit():
        symbol = code.upper().replace(".", "")
        return (f"{symbol}.{named or 'US'}",) if named not in ("TW", "HK", "CN") else ()
    if code[-1].isalpha():
        return (f"{code.upper()}.T",) if named == "T" else ()
    return tuple(f"{number}.{place}" for number, place in _numbered(code, named))


def _numbered(code: str, named: str | None) -> Iterator[tuple[str, str]]:
    hong_kong = code.lstrip("0").zfill(4)
    if named == "HK":
        yield hong_kong, "HK"
    elif named in ("TW", "TWO"):
        yield code, named
        yield code, "TWO" if named == "TW" else "TW"
    elif named == "CN":
        yield code, _mainland(code)
    elif named:
        yield code.zfill(6) if named in ("SS", "SZ", "KS", "KQ") else code, named
    elif len(code) == 6:
        yield code, _mainland(code)
        yield code, "KS"
    elif len(code) == 5 and code[0] in "08":
        yield hong_kong, "HK"
    elif len(code) == 4:
        if code[0] != "0":
            yield code, "TW"
            yield code, "TWO"
        yield hong_kong, "HK"
        yield code, "T"


def _mainland(code: str) -> str:
    if code[0] in "69":
        return "BJ" if code.startswith("92") else "SS"
    return "BJ" if code[0] in "48" else "SZ"
