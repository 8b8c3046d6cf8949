"""What a sentence says the shares of each company did, in percent.

Conventions: 逾, 近, 約 and their like take the number itself; 平盤 is 0; a limit-up or limit-down
is 10 for Taiwan and the mainland's main boards, 20 for ChiNext and STAR, that of the A share for a
company listed there too, else unknown; 腰斬 is -50 and 翻倍 +100; 漲跌幅 without a sign is a rise.

Of several moves the latest counts: the close before the rest of the day, the day before what came
after hours, that before what was touched in between, this before all of yesterday where a sentence
tells of both days, and that before the weeks behind it. A move of the share itself counts before
one of receipts for it (ADR) or of its listing elsewhere. What is wished, feared or conditional is
no move, and neither is a figure of an index, of revenue, of prices, of a target or of a share of a
market.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from chipstance.companies.moves.blanks import without_names, without_spaces
from chipstance.companies.moves.clauses import Line, Named, Rank, line
from chipstance.companies.moves.listings import elsewhere, told_apart
from chipstance.companies.moves.move import Move
from chipstance.companies.moves.owners import handed_out
from chipstance.companies.moves.stated import stated
from chipstance.companies.moves.subjects import is_of_shares, is_unreal

_NO_LIMIT = ("HK", "US", "T", "KS")
# Characters; sentences of the press have fewer than a quarter of them.
_LONGEST = 2_000
# Of a company's moves the greatest counts: no longer period's, of the share itself, not of the day
# before today, its session.
_Counts = tuple[bool, bool, bool, Rank]


def read_moves(folded: str, named: Sequence[Named]) -> dict[str, float]:
    """Read the share moves that a sentence states.

    Args:
        folded: Text of the sentence, folded.
        named: The companies it names, in order.

    Returns:
        Percent by company; a company without a stated move is left out.
    """
    best: dict[str, tuple[_Counts, float]] = {}
    # Only what is listed has shares.
    if not any(one.tickers for one in named):
        return {}
    folded, named = without_spaces(*without_names(folded, named))
    for start, end in _pieces(folded):
        if moves := stated(folded[start:end]):
            whole = end - start == len(folded)
            within = named if whole else _within(named, start, end)
            _read(line(folded[start:end], within, moves), best)
    return {company: value for company, (_, value) in best.items()}


def _pieces(folded: str) -> Iterator[tuple[int, int]]:
    """The whole of a sentence; of what is too long to be one, parts between pauses.

    Every move is weighed against every company and every other move.
    """
    start = 0
    while len(folded) - start > _LONGEST:
        pause = max(folded.rfind(mark, start, start + _LONGEST) for mark in ",;、。 ")
        end = pause + 1 if pause > start else start + _LONGEST
        yield start, end
        start = end
    yield start, len(folded)


def _within(named: Sequence[Named], start: int, end: int) -> list[Named]:
    """The companies named in one piece, their places counted in it."""
    first = bisect_left(named, start, key=attrgetter("start"))
    last = bisect_left(named, end, key=attrgetter("start"))
    return [
        n._replace(start=n.start - start, end=min(n.end, end) - start) for n in named[first:last]
    ]


def _read(read: Line, best: dict[str, tuple[_Counts, float]]) -> None:
    """Read the moves of one piece into what is known of each company: how it counts and percent."""
    listings = told_apart(read)
    for i, owners in _owned(read):
        move, place = read.moves[i], read.places[i]
        for owner in owners:
            value = _limit(move, owner) if move.limit else move.value
            itself = not (listings and elsewhere(read, i, owner))
            counts = (place.rank > Rank.PAST, itself, not place.outdone, place.rank)
            if value is not None and counts >= best.get(owner.company, (counts,))[0]:
                # A fall of nothing is 0, and not -0.
                best[owner.company] = (counts, value + 0.0)


def _owned(read: Line) -> Iterator[tuple[int, list[Named]]]:
    """Yield each real move of shares by number, with the listed companies it belongs to."""
    shares = False
    at = 0
    while at < len(read.moves):
        shares = is_of_shares(read, at, shares)
        # What a figure of something else goes before may be of shares: 毛利率升2%,收跌3%.
        end = _end_of_list(read, at) if shares else at + 1
        if shares and not is_unreal(read, at):
            for i, owners in handed_out(read, at, end):
                yield i, [owner for owner in owners if owner.tickers]
        at = end


def _end_of_list(read: Line, at: int) -> int:
    end = at + 1
    while end < len(read.moves) and read.moves[end].follows and not _named_between(read, end):
        end += 1
    return end


def _named_between(read: Line, at: int) -> bool:
    return any(read.moves[at - 1].end <= n.start < read.moves[at].start for n in read.named)


def _limit(move: Move, owner: Named) -> float | None:
    boards = owner.tickers
    main = boards[0]
    # Of the shares of one company, those of Hong Kong and New York have no limit.
    if main.partition(".")[2] in _NO_LIMIT:
        main = next((t for t in boards if t.endswith((".SS", ".SZ"))), "")
    code, _, market = main.partition(".")
    if market in ("TW", "TWO"):
        return 10.0 * move.value
    if market in ("SS", "SZ"):
        return (20.0 if code.startswith(("688", "689", "300", "301")) else 10.0) * move.value
    return None
