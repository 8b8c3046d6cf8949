"""A model in use: articles in, verdicts out, a batch of articles at a time."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from chipstance.articles.article import Article
from chipstance.articles.reading import from_text
from chipstance.companies.linking import Linker, by_company
from chipstance.companies.mention import Mention
from chipstance.companies.table import load_table
from chipstance.errors import ChipstanceError
from chipstance.models.examples import SENTIMENT
from chipstance.models.saved import Manifest, open_model
from chipstance.models.scored import ScoredArticle, ScoredMention, ScoredSentence, Verdict
from chipstance.models.scorer import Floats, Head, Scorer
from chipstance.models.views import Views, mention_view, sentence_view
from chipstance.shipped import shipped

# Sentences scored at once: enough to fill a batch of the scorer, little enough for flat memory.
_BATCH_SENTENCES = 4096


class Model:
    """A trained model with the company table it links by."""

    def __init__(self, folder: Path, *, companies: Iterable[Path | None] = ()) -> None:
        """Open a model folder.

        Args:
            folder: As `classify train` writes it.
            companies: Company tables of one's own, added to the shipped one; None is passed over.

        Raises:
            ModelError: The folder is missing or damaged.
            CompanyTableError: A table breaks a rule.
        """
        saved = open_model(folder)
        self.manifest: Manifest = saved.manifest
        self.name = f"{saved.manifest['name']}@{saved.digest}"
        self.sentence_scorer: Scorer = saved.scorers["sentence"]
        self.mention_scorer: Scorer | None = saved.scorers.get("mention")
        self.views = Views(saved.lexicon)
        self.linker = Linker(load_table(*companies))

    @property
    def tasks(self) -> tuple[str, ...]:
        """Tasks it gives verdicts of on sentences."""
        return tuple(head.task for head in self.sentence_scorer.heads)

    def score(self, text: str) -> ScoredArticle:
        """Score one article in hand.

        Args:
            text: The article as it comes, with or without its headline.

        Raises:
            InputError: There is no Chinese in it.
        """
        return next(self.score_many([text]))

    def score_many(self, texts: Iterable[str]) -> Iterator[ScoredArticle]:
        """Score many articles in hand, as a stream.

        Args:
            texts: Articles as they come.

        Raises:
            InputError: There is no Chinese in one of them.
        """
        return self.score_articles(from_text(text) for text in texts)

    def score_articles(self, articles: Iterable[Article]) -> Iterator[ScoredArticle]:
        """Score articles that were read, as a stream in the same order.

        Args:
            articles: As `articles.reading.read` yields them.
        """
        batch: list[Article] = []
        waiting = 0
        try:
            for article in articles:
                batch.append(article)
                waiting += len(article.sentences)
                if waiting >= _BATCH_SENTENCES:
                    yield from self._score_batch(batch)
                    batch, waiting = [], 0
        except ChipstanceError:
            # What came before the one that cannot be read is not lost with it.
            yield from self._score_batch(batch)
            raise
        yield from self._score_batch(batch)

    def _score_batch(self, articles: Sequence[Article]) -> Iterator[ScoredArticle]:
        mentioned = self.linker.link_all([article.sentences for article in articles])
        linked = list(zip(articles, mentioned, strict=True))
        texts = [
            (sentence.text, named)
            for article, mentions in linked
            for sentence, named in zip(article.sentences, mentions, strict=True)
        ]
        readings = self.views.read(texts)
        verdicts = self._sentence_verdicts([sentence_view(reading) for reading in readings])
        judged = [
            mention_view(reading, mention.company)
            for reading, (_, named) in zip(readings, texts, strict=True)
            for mention in first_mentions(named)
        ]
        sentiments = iter(self._sentiments(judged))
        for article, mentions in linked:
            sentences = tuple(
                ScoredSentence(
                    sentence,
                    index,
                    next(verdicts),
                    tuple(
                        ScoredMention(
                            mention,
                            sentence.offset(mention.start),
                            sentence.offset(mention.end - 1) + 1,
                            next(sentiments),
                        )
                        for mention in first_mentions(named)
                    ),
                )
                for index, (sentence, named) in enumerate(
                    zip(article.sentences, mentions, strict=True)
                )
            )
            yield ScoredArticle(
                article.id, article.source, article.title, article.published, sentences, self.name
            )

    def _sentence_verdicts(self, views: Sequence[str]) -> Iterator[dict[str, Verdict]]:
        by_task = {
            head.task: _verdicts(head.labels, p)
            for head, p in _per_head(self.sentence_scorer, views)
        }
        for each in zip(*by_task.values(), strict=True):
            yield dict(zip(by_task, each, strict=True))

    def _sentiments(self, views: Sequence[str]) -> Iterable[Verdict | None]:
        if self.mention_scorer is None:
            return [None] * len(views)
        for head, p in _per_head(self.mention_scorer, views):
            if head.task == SENTIMENT:
                return _verdicts(head.labels, p)
        return [None] * len(views)


def _per_head(scorer: Scorer, views: Sequence[str]) -> Iterator[tuple[Head, Floats]]:
    probabilities = scorer.probabilities(views)
    return ((head, probabilities[head.task]) for head in scorer.heads)


def _verdicts(labels: Sequence[str], p: Floats) -> list[Verdict]:
    best = p.argmax(axis=1).tolist()
    return [
        Verdict(labels[at], dict(zip(labels, row, strict=True)))
        for at, row in zip(best, p.tolist(), strict=True)
    ]


def first_mentions(mentions: Iterable[Mention]) -> list[Mention]:
    """The first mention of each company, in order."""
    return [group[0] for group in by_company(mentions).values()]


def load(model: Path | str | None = None, *, companies: Path | str | None = None) -> Model:
    """Open a model.

    Args:
        model: Its folder; the shipped one by default.
        companies: A company table of one's own, added to the shipped one.

    Raises:
        ModelError: The folder is missing or damaged.
        CompanyTableError: The table breaks a rule.
    """
    folder = shipped("models/default") if model is None else Path(model)
    return Model(folder, companies=[None if companies is None else Path(companies)])
