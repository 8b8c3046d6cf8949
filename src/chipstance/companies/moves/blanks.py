"""A sentence as moves are read in it: each company is one name, and no letter of it is a word.

The end of a name begins no verb (特斯拉升), a colon beside a code ends no clause (美:NVDA), and
another name in brackets is no second company (輝達(Nvidia)). Figures stand without the spaces that
some houses set around them (下跌 3.2% 與 1.9%).
"""

from bisect import bisect_left
from collections.abc import Sequence

from chipstance.companies.moves.clauses import Named
from chipstance.companies.moves.listings import listing_coded
from chipstance.companies.moves.stated import may_be_stated
from chipstance.companies.tickers import behind_ticker, readings
from chipstance.patterns import lazily

# In no pattern of moves.
_BLANK = "某"
_OPENING = lazily(r"\s?\([^(),;]{0,4}", hints="(")
_CLOSING = lazily(r"[^()]{0,32}\)", hints=")")
_CODE = lazily(r"\s?(\d{4,6})(?!\d)")
# One between ASCII and what is not; more than one sets columns apart.
_SET_OFF = lazily(r"\s(?:(?<=[^\s!-~]\s)(?=[!-~])|(?<=[!-~]\s)(?=[^\s!-~]))")


def without_names(folded: str, named: Sequence[Named]) -> tuple[str, list[Named]]:
    """Blank the names of a sentence, with the codes and other names that stand behind each.

    Args:
        folded: Text of the sentence, folded.
        named: The companies it names, in order.

    Returns:
        The text, as long as before, and the companies, each to the end of all that names it.

    >>> text, named = without_names("英特尔(intel)升", [Named(0, 3, "x"), Named(4, 9, "x")])
    >>> text, [(one.start, one.end) for one in named]
    ('某某某某某某某某某某升', [(0, 10)])
    """
    whole: list[Named] = []
    for one in named:
        before = whole[-1] if whole else None
        if before and one.start < before.end:
            continue
        gloss = _behind_gloss(folded, before, one) if before else None
        first = whole.pop() if gloss else one
        end = _behind_codes(folded, gloss or one.end, one.tickers)
        listing = listing_coded(folded[first.start : end], one.tickers)
        same = (first.end, first.listing) == (end, listing)
        whole.append(first if same else first._replace(end=end, listing=listing))
    parts, at = list[str](), 0
    for one in whole:
        parts += folded[at : one.start], _BLANK * (one.end - one.start)
        at = one.end
    return "".join((*parts, folded[at:])), whole


def without_spaces(folded: str, named: Sequence[Named]) -> tuple[str, Sequence[Named]]:
    """Close up the spaces that set off figures and Latin letters from Chinese.

    Args:
        folded: Text of the sentence, without names.
        named: The companies it names, in order.

    Returns:
        The shorter text, and the companies where they stand in it.

    >>> without_spaces("某 跌 3.2% 与 1.9%", [Named(0, 1, "x")])[0]
    '某 跌3.2%与1.9%'
    """
    cuts = [match.start() for match in _SET_OFF.finditer(folded)]
    if not cuts:
        return folded, named
    moved = [
        one._replace(
            start=one.start - bisect_left(cuts, one.start),
            end=one.end - bisect_left(cuts, one.end),
        )
        for one in named
    ]
    return _SET_OFF.sub("", folded), moved


def _behind_gloss(folded: str, before: Named, one: Named) -> int | None:
    """Where the bracket ends in which a company has another name, None for a name of its own."""
    if one.company != before.company or not _OPENING.fullmatch(folded, before.end, one.start):
        return None
    closing = _CLOSING.match(folded, one.end)
    return closing.end() if closing and not may_be_stated(closing[0]) else None


def _behind_codes(folded: str, at: int, tickers: Sequence[str]) -> int:
    bare = _CODE.match(folded, at)
    if bare and not set(tickers).isdisjoint(readings(bare[1], None)):
        return bare.end()
    return behind_ticker(folded, at)
