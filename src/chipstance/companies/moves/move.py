"""A stated move: what a text says that something did, in percent."""

from typing import NamedTuple


class Move(NamedTuple):
    """A stated move: `value` in percent with its sign.

    Attributes:
        start: Position of the first character, the direction included.
        end: Position just after the last.
        value: Percent; for a limit move only its sign counts.
        follows: Whether it goes on a list that the move before began.
        limit: Whether it is a limit-up or limit-down, whose size depends on the market.
        loose: Whether its words are said of anything that grows or shrinks, as often as of shares.
        falls: Whether what goes on its list without a sign falls, as its word says, if it has one.
    """

    start: int
    end: int
    value: float
    follows: bool = False
    limit: bool = False
    loose: bool = False
    falls: bool = False
