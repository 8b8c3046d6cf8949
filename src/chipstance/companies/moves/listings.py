"""Of which listing a stated move is: of the share itself, of receipts for it, of one elsewhere.

A company may have shares in Hong Kong and in Shanghai, and depositary receipts (ADR) in New York.
The share itself is its main listing, the first in the table.
"""

import re
from collections.abc import Sequence

from chipstance.companies.moves.asides import CAUSE, is_aside
from chipstance.companies.moves.clauses import Line, Named
from chipstance.patterns import lazily

_RECEIPTS = "(?<![a-z])ad[rs](?![a-z])|[预存]托(?:证券|凭证|股)"
# 受美股拖累 and 港股大市 are markets.
_NO_MARKET = "(?!大?[市盘]|指|三大|四大|主要|[上下]市|通|科技|半导|晶片|芯片|概念|投资|散户)"
_SAID = lazily(
    # A、H股 is both.
    rf"(?P<receipts>{_RECEIPTS})|(?P<a>(?<![a-z])a(?:股{_NO_MARKET}|(?=[、/和与及]h股)))"
    rf"|(?P<h>(?<![a-z])h(?:股{_NO_MARKET}|(?=[、/和与及]a股)))"
    rf"|(?P<hk>港股){_NO_MARKET}|(?P<us>美股){_NO_MARKET}",
    hints=("adr", "ads", "预托", "存托", "a股", "h股", "港股", "美股"),
)
# The share itself, where no name says so: ADR升1%,正股則跌2%.
_ITSELF = lazily(r"正股|普通股|原股|现股|股价|今[天日早]", hints="股今")
_RECEIPTS_IN = ("US", "L")
_MARKETS = {
    "receipts": _RECEIPTS_IN, "a": ("SS", "SZ", "BJ"), "h": ("HK",), "hk": ("HK",), "us": ("US",),
}  # fmt: skip
_JOINT = lazily(r"\s?[、/和与及跟]\s?")
_CODED = lazily(r"\d{4,6}|[a-z]{1,5}(?=[-.](?:us|n|o)(?![a-z]))|(?<=:)\s?[a-z]{1,5}(?![a-z])")


def listing_coded(written: str, tickers: Sequence[str]) -> str:
    """The listing by whose code a company is named, nothing where none is written.

    Args:
        written: What names it, folded, with the codes behind its name.
        tickers: Its listings, the main one first.

    >>> tickers = ("0981.HK", "688981.SS")
    >>> [listing_coded(text, tickers) for text in ("中芯(688981)", "中芯(00981/688981)", "中芯")]
    ['688981.SS', '0981.HK', '']
    """
    if len(tickers) < 2:
        return ""
    codes = {code.strip().lstrip("0") for code in _CODED.findall(written)}
    if not codes:
        return ""
    return next((t for t in tickers if t.partition(".")[0].lower().lstrip("0") in codes), "")


def told_apart(line: Line) -> bool:
    """Whether a sentence of several moves says of any which listing it is of."""
    several = len(line.moves) > 1
    return several and (_SAID.search(line.folded) is not None or any(n.listing for n in line.named))


def elsewhere(line: Line, at: int, owner: Named) -> bool:
    """Whether a move is one of receipts, or of another listing than a company's main one.

    A clause that says nothing goes on with the listing of the move before.

    Args:
        line: The sentence.
        at: Number of the move.
        owner: Whose move it is.
    """
    for number in range(at, -1, -1):
        since = line.moves[number - 1].end if number else 0
        until = line.moves[number].start
        named = [n for n in line.named if since <= n.start < until]
        said = _said(line.folded, since, until, named[-1] if named else None, number == at)
        if said:
            return _is_another(_in_turn(line, at, number, said), owner)
        if named:
            coded = [n.listing for n in named if n.company == owner.company and n.listing]
            return bool(coded) and coded[-1] != owner.tickers[0]
        if _ITSELF.search(line.folded, since, until):
            return False
    return False


def _said(
    folded: str, since: int, until: int, last: Named | None, own: bool
) -> list[re.Match[str]]:
    """The last words for listings: behind the last name (中芯A股), or right before it (A股中芯).

    A listing that is a reason says nothing (受ADR走強激勵漲2%) but of its own move (受ADR漲3%激勵).
    """
    begin = last.end if last else since
    reason = begin + len(CAUSE.sub("", folded[begin:until]))
    behind = [
        match
        for match in _SAID.finditer(folded, begin, until)
        if match.start() < reason or (own and is_aside(folded[match.end() : until]))
    ]
    if last and not behind:
        behind = [m for m in _SAID.finditer(folded, since, last.start) if m.end() == last.start]
    start = len(behind) - 1
    while start > 0 and _JOINT.fullmatch(folded, behind[start - 1].end(), behind[start].start()):
        start -= 1
    return behind[max(start, 0) :]


def _in_turn(
    line: Line, at: int, first: int, said: Sequence[re.Match[str]]
) -> Sequence[re.Match[str]]:
    """Of several listings the one whose turn a move is, 升2%及跌1%; all where it is of each."""
    end = first + 1
    while end < len(line.moves) and line.moves[end].follows:
        end += 1
    return said[at - first : at - first + 1] if at < end == first + len(said) else said


def _is_another(said: Sequence[re.Match[str]], owner: Named) -> bool:
    """Whether none of the listings is the main one of a company."""
    main = owner.tickers[0].partition(".")[2]
    listed = {ticker.partition(".")[2] for ticker in owner.tickers}
    traded = [_MARKETS[match.lastgroup or ""] for match in said]
    return all(
        main not in markets and (markets == _RECEIPTS_IN or not listed.isdisjoint(markets))
        for markets in traded
    )
