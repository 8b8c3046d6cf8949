"""What a whole article says of each company it names."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chipstance.models.verdicts.relevance import is_in_title, relevance

if TYPE_CHECKING:
    from chipstance.models.verdicts.scored import ScoredMention, ScoredSentence, Verdict

    _Said = tuple[ScoredSentence, ScoredMention]


@dataclass(frozen=True, slots=True)
class CompanyVerdict:
    """One company in one article.

    Attributes:
        company: Its id.
        ticker: Its main listing, or None.
        relevance: How much the article is about it, 0-100; see `relevance`.
        net: Mean of p(positive) minus p(negative), -1 to 1, over the sentences in which it is no
            source; None where there are none, or the model was not trained on companies.
        sentences: In how many sentences it stands.
        counts: How many of them are positive, negative, neutral, source.
        strongest_for: The sentence with the highest p(positive), of those that are positive.
        strongest_against: The same for negative.
    """

    company: str
    ticker: str | None
    relevance: int
    net: float | None
    sentences: int
    counts: Mapping[str, int]
    strongest_for: "ScoredSentence | None"
    strongest_against: "ScoredSentence | None"


def company_verdicts(
    title: str | None, sentences: Sequence["ScoredSentence"]
) -> tuple[CompanyVerdict, ...]:
    """Add the sentences of one article up by company.

    Args:
        title: Its headline, or None.
        sentences: All of them, in order.

    Returns:
        One for each company, the most relevant first.
    """
    said: dict[str, list[_Said]] = {}
    for sentence in sentences:
        for mention in sentence.companies:
            said.setdefault(mention.company, []).append((sentence, mention))
    named = sum(map(len, said.values()))
    verdicts = [
        _verdict(each, title=title or "", sentences=len(sentences), named=named)
        for each in said.values()
    ]
    return tuple(sorted(verdicts, key=lambda verdict: -verdict.relevance))


def net_sentiment(verdicts: Iterable["Verdict | None"]) -> float | None:
    """Net sentiment of the sentences on one company; `CompanyVerdict.net` says how.

    Args:
        verdicts: Sentiment in each sentence, or None.
    """
    p = [each.p for each in verdicts if each and each.label != "source"]
    if not p:
        return None
    return sum(each.get("positive", 0.0) - each.get("negative", 0.0) for each in p) / len(p)


def _verdict(said: Sequence["_Said"], *, title: str, sentences: int, named: int) -> CompanyVerdict:
    first_sentence, first = said[0]
    mentions = [mention for _, mention in said]
    return CompanyVerdict(
        first.company,
        first.ticker,
        relevance(
            in_title=any(is_in_title(each.mention, each.via, title) for each in mentions),
            first=first_sentence.index,
            naming=len(said),
            sentences=sentences,
            named=named,
        ),
        net_sentiment(mention.verdict for mention in mentions),
        len(said),
        Counter(mention.sentiment for mention in mentions if mention.sentiment),
        _strongest(said, "positive"),
        _strongest(said, "negative"),
    )


def _strongest(said: Sequence["_Said"], label: str) -> "ScoredSentence | None":
    telling = [
        (mention.verdict.p[label], sentence)
        for sentence, mention in said
        if mention.verdict and mention.verdict.label == label
    ]
    return max(telling, key=lambda each: each[0])[1] if telling else None
