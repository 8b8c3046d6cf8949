"""Articles that were scored together, as arrays: what verdicts and rows are made of.

For people and programs they become `ScoredArticle`s here. Rows for files are written straight from
them in `reports.rows.lines`: that spares an object and a dictionary for every verdict.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from chipstance.articles.article import Article, Sentence
from chipstance.companies.mention import Mention
from chipstance.models.verdicts.predicting import Predicted

if TYPE_CHECKING:
    from chipstance.models.verdicts.scored import ScoredArticle, Verdict


class Batch(NamedTuple):
    """Articles that were scored together.

    Attributes:
        model: Name and digest of the model.
        articles: In order.
        mentions: For each article and sentence the first mention of each company in it.
        tasks: What each task says of all the sentences, in order.
        sentiments: The same of all the mentions; None from a model that knows no companies.
    """

    model: str
    articles: Sequence[Article]
    mentions: Sequence[Sequence[Sequence[Mention]]]
    tasks: Mapping[str, Predicted]
    sentiments: Predicted | None

    def scored(self) -> "Iterator[ScoredArticle]":
        """The articles with all their verdicts."""
        # Here and not above: rows for files do without these, and making classes takes time.
        from chipstance.models.verdicts.scored import ScoredArticle, ScoredMention, ScoredSentence

        each = zip(*(predicted.verdicts() for predicted in self.tasks.values()), strict=True)
        verdicts = (dict(zip(self.tasks, said, strict=True)) for said in each)
        sentiments: Iterator[Verdict | None]
        sentiments = repeat(None) if self.sentiments is None else self.sentiments.verdicts()
        for article, mentions in zip(self.articles, self.mentions, strict=True):
            sentences = tuple(
                ScoredSentence(
                    sentence,
                    index,
                    next(verdicts),
                    tuple(
                        ScoredMention(mention, *place(sentence, mention), next(sentiments))
                        for mention in named
                    ),
                )
                for index, (sentence, named) in enumerate(
                    zip(article.sentences, mentions, strict=True)
                )
            )
            yield ScoredArticle(
                article.id, article.source, article.title, article.published, sentences, self.model
            )


def place(sentence: Sentence, mention: Mention) -> tuple[int, int]:
    """Start and end of a mention in the decoded file."""
    if len(sentence.pieces) == 1:
        return sentence.start + mention.start, sentence.start + mention.end
    start = sentence.offset(mention.start)
    return start, sentence.offset(mention.end - 1) + 1 if mention.text else start
