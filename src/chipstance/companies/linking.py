"""Linking: which companies each sentence of an article names, and where.

Names, tickers and products come from the company table; a company that the table does not know is
linked by the ticker in brackets behind its name, and then by that name through the whole article.
Who 該公司 is, is for `context` to say, and what the shares did, for `moves`.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from chipstance.articles.article import Sentence
from chipstance.articles.normalising.joined import fold_all
from chipstance.companies.by_ticker import Line, Link, each_by_itself, link_by_ticker
from chipstance.companies.company import CompanyTable
from chipstance.companies.context import Known, carried_over
from chipstance.companies.mention import Mention
from chipstance.companies.moves.clauses import Named
from chipstance.companies.moves.reading import read_moves
from chipstance.companies.moves.stated import may_be_stated
from chipstance.companies.names.glosses import as_explained, explained, shortened
from chipstance.companies.names.in_text import Found, Names
from chipstance.companies.names.spellings import kept
from chipstance.companies.table import load_table
from chipstance.companies.tickers import tickers, within
from chipstance.patterns import lazily

# Characters, more than an article has, that are searched for names and markets of strangers: a file
# of many articles in one would be searched as a whole for each of them.
_REACH = 20_000
# The outlet that heads its own report, 《…社28日專訊》, is not a company in the news.
_DATELINE = lazily(
    r"[《【\[(〔][^》】\])〕]{2,24}(?:讯|电|报道|报导|消息)[》】\])〕]", hints="《【[(〔"
)
_JOINT = lazily(r"(?:\s?\([^()]{2,12}\))?\s?(?:[、和与及]|以及)\s?")


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

    def _link(self, lines: Sequence[Line], context: bool) -> list[tuple[Mention, ...]]:
        if not any(line.found or line.tickers for line in lines):
            return [()] * len(lines)
        if meant := explained((line.folded, line.found) for line in lines):
            lines = [
                line._replace(found=[*as_explained(line.folded, line.found, meant)])
                for line in lines
            ]
        article = "\n".join([line.folded for line in lines])[:_REACH]
        lines = [
            each_by_itself(self.table, line, article) if line.tickers else line for line in lines
        ]
        sure = [
            [link_by_ticker(self.table, line, t, article) for t in line.tickers] for line in lines
        ]
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


def _line(text: str, folded: str, found: list[Found], heading: bool) -> Line:
    dateline = _DATELINE.match(folded)
    if dateline:
        begin = dateline.end()
        found = [f for f in found if f.start >= begin or f.name.company.kind != "media"]
    return Line(text, folded, found, tickers(folded), heading)


def _links(
    line: Line, by_ticker: Sequence[Link | None], known: set[str], new: Names | None
) -> list[Link]:
    if not by_ticker and new is None:
        return [
            Link(f.start, f.end, f.name.company, f.name.via)
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
    for one in sorted((*found, *strange), key=lambda f: (f.start - f.end, f.start)):
        is_spent = one.name.via == "ticker" and within(one.start, spent)
        if not is_spent and 1 not in taken[one.start : one.end]:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(Link(one.start, one.end, one.name.company, one.name.via))
    return sorted(kept, key=lambda link: link.start)


def _with_context(lines: Sequence[Line], linked: Sequence[list[Link]]) -> list[list[Link]]:
    companies = {link.company.id: link.company for links in linked for link in links}
    known = [
        [Known(start, one.id, one.kind, bool(one.tickers), end) for start, end, one, _ in links]
        for links in linked
    ]
    opening = [
        after.heading and not before.heading for before, after in pairwise((lines[0], *lines))
    ]
    carried = carried_over([line.folded for line in lines], known, opening)
    return [
        sorted(
            (*links, *(Link(c.start, c.end, companies[c.company], "context") for c in more)),
            key=lambda link: link.start,
        )
        if more
        else links
        for links, more in zip(linked, carried, strict=True)
    ]


def _mentions(line: Line, links: Sequence[Link]) -> tuple[Mention, ...]:
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


def _moved(line: Line, links: Sequence[Link]) -> dict[str, float]:
    # A product has no shares: what 豆包 or H20 did, did not happen to the company's.
    named = [
        Named(k.start, k.end, k.company.id, k.company.tickers, k.company.kind)
        for k in links
        if k.via != "product"
    ]
    return read_moves(line.folded, named)


def _listed(line: Line) -> Iterator[str]:
    """Yield the companies of doubtful names that stand in a list beside a sure one.

    A list of tickers may have what each did between them: `AVGO漲3%，MU漲2%`.
    """
    for before, after in pairwise(line.found):
        if before.name.trust != after.name.trust and _JOINT.fullmatch(
            line.folded[before.end : after.start]
        ):
            yield before.name.company.id
            yield after.name.company.id
    symbols = [found.name for found in line.found if _is_symbol(line, found)]
    if any(name.trust == "sure" for name in symbols):
        yield from (name.company.id for name in symbols)


def _is_symbol(line: Line, found: Found) -> bool:
    """Whether a name is a US symbol, as some are that the table has among the names."""
    if found.name.via == "ticker":
        return True
    return f"{line.text[found.start : found.end]}.US" in found.name.company.tickers


def _backed(found: Found, known: set[str]) -> bool:
    return found.name.trust == "doubtful" and found.name.company.id in known
