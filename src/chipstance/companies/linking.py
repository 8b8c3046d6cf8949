"""Linking: which companies each sentence of an article names, and where.

Names, tickers and products come from the company table; a company that the table does not know is
linked by the ticker in brackets behind its name, and then by that name through the whole article.
Who 該公司 is, is for `context` to say, and what the shares did, for `moves`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from chipstance.articles.article import Sentence
from chipstance.articles.normalising.joined import fold_all
from chipstance.companies.common_words import COMMON_WORDS
from chipstance.companies.company import Company, CompanyTable
from chipstance.companies.context import Known, carried_over
from chipstance.companies.mention import Mention, Via
from chipstance.companies.moves.clauses import Named
from chipstance.companies.moves.of_shares import read_moves
from chipstance.companies.moves.stated import may_be_stated
from chipstance.companies.names.glosses import as_explained, explained, shortened
from chipstance.companies.names.in_text import Found, Names
from chipstance.companies.names.spellings import kept
from chipstance.companies.names.unknown import (
    home_market,
    is_year_like,
    name_before,
    names_nobody,
    new_company,
)
from chipstance.companies.table import load_table
from chipstance.companies.tickers import Ticker, tickers, within
from chipstance.patterns import lazily

# Characters, more than an article has, that are searched for names and markets of strangers: a file
# of many articles in one would be searched as a whole for each of them.
_REACH = 20_000
# Between a name and its ticker: a closing quote, a title mark, a space.
_GAP = " \"'》·*"
# The outlet that heads its own report, 《…社28日專訊》, is not a company in the news.
_DATELINE = lazily(
    r"[《【\[(〔][^》】\])〕]{2,24}(?:讯|电|报道|报导|消息)[》】\])〕]", hints="《【[(〔"
)
_JOINT = lazily(r"(?:\s?\([^()]{2,12}\))?\s?(?:[、和与及]|以及)\s?")


class _Line(NamedTuple):
    """One sentence with what was found in it."""

    text: str
    folded: str
    found: list[Found]
    tickers: list[Ticker]
    heading: bool


class _Link(NamedTuple):
    start: int
    end: int
    company: Company
    via: Via


class Linker:
    """Links sentences to the companies of one table."""

    def __init__(self, table: CompanyTable) -> None:
        self.table = table
        self._names = Names(table.companies, kept() if table is load_table() else None)

    def link(
        self, sentences: Sequence[Sentence], context: bool = False
    ) -> list[tuple[Mention, ...]]:
        """Link the sentences of one article.

        Args:
            sentences: In reading order, the title first.
            context: Whether to link pronouns and missing subjects to the sentence before, too.

        Returns:
            The mentions of each sentence, in order and without overlap; their `start` and `end`
            count in the sentence's `text`. A missing subject has an empty span at its start.
        """
        return next(self.link_all([sentences], context))

    def link_all(
        self, articles: Sequence[Sequence[Sentence]], context: bool = False
    ) -> Iterator[list[tuple[Mention, ...]]]:
        """Link the sentences of many articles, each by itself; see `link`."""
        texts = [sentence.text for sentences in articles for sentence in sentences]
        folded = fold_all(texts)
        headings = [sentence.heading for sentences in articles for sentence in sentences]
        lines = map(_line, texts, folded, self._names.find_all(texts, folded), headings)
        for sentences in articles:
            yield self._link(list(islice(lines, len(sentences))), context)

    def _link(self, lines: Sequence[_Line], context: bool) -> list[tuple[Mention, ...]]:
        if not any(line.found or line.tickers for line in lines):
            return [()] * len(lines)
        if meant := explained((line.folded, line.found) for line in lines):
            lines = [
                line._replace(found=[*as_explained(line.folded, line.found, meant)])
                for line in lines
            ]
        article = "\n".join([line.folded for line in lines])[:_REACH]
        lines = [self._each_by_itself(line, article) if line.tickers else line for line in lines]
        sure = [[self._by_ticker(line, t, article) for t in line.tickers] for line in lines]
        known = {link.company.id for links in sure for link in links if link}
        known |= {name for line in lines for name in _listed(line)}
        known |= {f.name.company.id for line in lines for f in line.found if f.name.trust == "sure"}
        strangers = {
            link.company.id: link.company
            for links in sure
            for link in links
            if link and self.table.get(link.company.id) is None
        }
        short = [*shortened((line.text, line.folded, line.found) for line in lines)]
        new = Names([*strangers.values(), *short]) if strangers or short else None
        linked = [_links(line, links, known, new) for line, links in zip(lines, sure, strict=True)]
        if context:
            linked = _with_context(lines, linked)
        return [_mentions(line, links) for line, links in zip(lines, linked, strict=True)]

    def _each_by_itself(self, line: _Line, article: str) -> _Line:
        """The line with each code by itself where a bracket lists several companies."""
        apart = [self._apart(line, ticker, article) or (ticker,) for ticker in line.tickers]
        return line._replace(tickers=[each for several in apart for each in several])

    def _apart(self, line: _Line, ticker: Ticker, article: str) -> list[Ticker]:
        """The codes of a bracket that lists several companies; none where it is of one."""
        before = _found_before(line, ticker)
        if before and before.name.company in map(self.table.listed, ticker.readings):
            return []
        coded = [
            (code, company)
            for code in ticker.codes
            if (company := self._coded(line, code, article))
        ]
        if all(line.folded[code.start : code.end] in COMMON_WORDS for code, _ in coded):
            return []
        companies = {company.id for _, company in coded} | _named_inside(line, ticker)
        if len(companies) < 2:
            return []
        return [code._replace(readings=company.tickers[:1]) for code, company in coded]

    def _coded(self, line: _Line, code: Ticker, article: str) -> Company | None:
        listed = [one for each in code.readings if (one := self.table.listed(each))]
        if not listed or code.explicit:
            return listed[0] if listed else None
        if name := _sure_at(line, code.start, code.end):
            return name.name.company
        written = line.text[code.start : code.end]
        if written.isalpha():
            return listed[0] if written.isupper() and len(written) > 1 else None
        return self._choose(line, code, listed, article)

    def _by_ticker(self, line: _Line, ticker: Ticker, article: str) -> _Link | None:
        listed = [one for t in ticker.readings if (one := self.table.listed(t))]
        before = _found_before(line, ticker)
        if before and (before.name.company in listed or _is_sure(before, listed, ticker)):
            return _Link(before.start, before.end, before.name.company, before.name.via)
        if not ticker.bracketed:
            return _Link(ticker.start, ticker.end, listed[0], "ticker") if listed else None
        span = name_before(line.folded, ticker.start, article, line.found)
        nameless = span is None or names_nobody(line.folded[slice(*span)])
        company = self._choose(line, ticker, listed, article) if listed and span else None
        if listed and ticker.explicit:
            company = listed[0]
        if company:
            bracket = ticker.start + 1, ticker.end - 1
            start, end = bracket if span is None or nameless else span
            named = _named_at(line, start, end, company)
            return named or _Link(start, end, company, "ticker")
        reading = home_market(ticker, line.folded, article)
        if span is None or nameless or reading is None:
            return None
        company = new_company(reading, line.text[slice(*span)], article)
        return _Link(*span, company, "ticker")

    def _choose(
        self, line: _Line, ticker: Ticker, listed: list[Company], article: str
    ) -> Company | None:
        first = ticker.readings[0]
        if first[0].isalpha():
            return listed[0] if len(first) > len("MU.US") else None
        if is_year_like(first):
            return None
        home = home_market(ticker, line.folded, article)
        # Of either exchange of Taiwan, which share their numbers out: 8299.TW is 8299.TWO.
        return self.table.listed(home) or self.table.listed(f"{home}O") if home else None


def _line(text: str, folded: str, found: list[Found], heading: bool) -> _Line:
    dateline = _DATELINE.match(folded)
    if dateline:
        begin = dateline.end()
        found = [f for f in found if f.start >= begin or f.name.company.kind != "media"]
    return _Line(text, folded, found, tickers(folded), heading)


def _found_before(line: _Line, ticker: Ticker) -> Found | None:
    if not ticker.bracketed:
        return None
    end = ticker.start
    # Step by step: to copy what is before each ticker takes squared time on a line of many.
    while end and line.folded[end - 1] in _GAP:
        end -= 1
    at = bisect_left(line.found, end, key=lambda found: found.end)
    return line.found[at] if at < len(line.found) and line.found[at].end == end else None


def _named_inside(line: _Line, ticker: Ticker) -> set[str]:
    """The companies that a bracket names beside its codes."""
    at = bisect_left(line.found, ticker.start, key=lambda found: found.start)
    inside = takewhile(lambda found: found.end < ticker.end, islice(line.found, at, None))
    return {found.name.company.id for found in inside if found.name.trust == "sure"}


def _named_at(line: _Line, start: int, end: int, company: Company) -> _Link | None:
    """A sure name of a company that a span begins with: 小米集團 in 小米集團-W."""
    found = _sure_at(line, start, end)
    own = found and found.name.company.id == company.id
    return _Link(start, found.end, company, found.name.via) if found and own else None


def _sure_at(line: _Line, start: int, end: int) -> Found | None:
    at = bisect_left(line.found, start, key=lambda found: found.start)
    found = line.found[at] if at < len(line.found) else None
    if not found or found.start != start or found.end > end or found.name.trust != "sure":
        return None
    return found


def _is_sure(before: Found, listed: list[Company], ticker: Ticker) -> bool:
    # The table may lack a second listing; a bare number of another company is a misprint.
    return before.name.trust == "sure" and not (listed and ticker.explicit)


def _links(
    line: _Line, by_ticker: Sequence[_Link | None], known: set[str], new: Names | None
) -> list[_Link]:
    if not by_ticker and new is None:
        return [
            _Link(f.start, f.end, f.name.company, f.name.via)
            for f in line.found
            if f.name.trust == "sure" or _backed(f, known)
        ]
    kept = [link for link in by_ticker if link]
    taken = bytearray(len(line.text))
    for link in kept:
        taken[link.start : link.end] = b"\1" * (link.end - link.start)
    spent = [t for t, link in zip(line.tickers, by_ticker, strict=True) if link and t.bracketed]
    [strange] = new.find_all([line.text], [line.folded]) if new else [[]]
    found = [f for f in line.found if f.name.trust == "sure" or _backed(f, known)]
    for one in sorted((*found, *strange), key=lambda f: f.start - f.end):
        is_spent = one.name.via == "ticker" and within(one.start, spent)
        if not is_spent and 1 not in taken[one.start : one.end]:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(_Link(one.start, one.end, one.name.company, one.name.via))
    return sorted(kept, key=lambda link: link.start)


def _with_context(lines: Sequence[_Line], linked: Sequence[list[_Link]]) -> list[list[_Link]]:
    companies = {link.company.id: link.company for links in linked for link in links}
    known = [
        [Known(k.start, k.company.id, k.company.kind, bool(k.company.tickers)) for k in links]
        for links in linked
    ]
    opening = [
        after.heading and not before.heading for before, after in pairwise((lines[0], *lines))
    ]
    carried = carried_over([line.folded for line in lines], known, opening)
    return [
        sorted(
            (*links, *(_Link(c.start, c.end, companies[c.company], "context") for c in more)),
            key=lambda link: link.start,
        )
        if more
        else links
        for links, more in zip(linked, carried, strict=True)
    ]


def _mentions(line: _Line, links: Sequence[_Link]) -> tuple[Mention, ...]:
    if not links:
        return ()
    moved = _moved(line, links) if may_be_stated(line.folded) else {}
    text = line.text
    return tuple(
        [
            Mention(
                company.id,
                company.ticker,
                text[start:end],
                start,
                end,
                via,
                moved.get(company.id),
                company.kind,
            )
            for start, end, company, via in links
        ]
    )


def _moved(line: _Line, links: Sequence[_Link]) -> dict[str, float]:
    # A product has no shares: what 豆包 or H20 did, did not happen to the company's.
    named = [
        Named(k.start, k.end, k.company.id, k.company.tickers, k.company.kind)
        for k in links
        if k.via != "product"
    ]
    return read_moves(line.folded, named)


def _listed(line: _Line) -> Iterator[str]:
    """Yield the companies of doubtful names that stand in a list beside a sure one."""
    for before, after in pairwise(line.found):
        if before.name.trust != after.name.trust and _JOINT.fullmatch(
            line.folded[before.end : after.start]
        ):
            yield before.name.company.id
            yield after.name.company.id


def _backed(found: Found, known: set[str]) -> bool:
    return found.name.trust == "doubtful" and found.name.company.id in known
