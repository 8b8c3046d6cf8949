"""What linking yields: which company a sentence names, and where."""

from typing import Literal, NamedTuple

Via = Literal["name", "ticker", "product", "context"]
UNKNOWN = "unknown"


class Mention(NamedTuple):
    """One company named in one sentence.

    Attributes:
        company: Id in the company table, such as `hua_hong`.
        ticker: Main listing, such as `1347.HK`; None for a company that is not listed.
        text: The characters that name it, as published.
        start: Position of the first of them in the sentence's `text`.
        end: Position just after the last of them in the sentence's `text`.
        via: What linked it: its name, a ticker, a product of its own, or the sentence before.
        move_pct: Move of its shares that the sentence states, in percent; None for none.
        kind: Its line of business as in the company table, such as `foundry`; `unknown` for a
            company that is not in it.
    """

    company: str
    ticker: str | None
    text: str
    start: int
    end: int
    via: Via
    move_pct: float | None = None
    kind: str = UNKNOWN
