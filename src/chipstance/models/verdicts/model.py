"""A model in use: articles in, verdicts out, a batch of articles at a time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipstance.articles.article import Article, Sentence
from chipstance.articles.dates import from_cell
from chipstance.articles.text import from_text
from chipstance.callbacks import Say
from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.errors import ChipstanceError, CompanyTableError, InputError, ModelError
from chipstance.models.features.tasks import SENTIMENT
from chipstance.models.features.views import Views
from chipstance.models.stored.saved import Manifest, check_same, open_model
from chipstance.models.stored.store import find
from chipstance.models.verdicts.asked import first_mentions, to_read
from chipstance.models.verdicts.batch import Batch
from chipstance.models.verdicts.predicting import Predictor

if TYPE_CHECKING:
    from chipstance.models.scoring.scorer import Floats, Scorer
    from chipstance.models.verdicts.given import Given
    from chipstance.models.verdicts.scored import ScoredArticle

# Sentences scored at once: enough to fill a batch of the scorer, little enough for flat memory.
_BATCH_SENTENCES = 4096


class Model:
    """A trained model with the company table it links by.

    Its arrays are read when they are used, and so damage to them shows only then.

    Attributes:
        folder: Where it was opened, as an absolute path.
        manifest: What its manifest says.
        digest: Of the manifest, and so of everything in the folder; 12 hexadecimal digits.
        name: `NAME@DIGEST`, as rows and results name it.
        views: Makes the views that it scores.
        linker: Finds the companies in sentences.
    """

    def __init__(
        self, folder: Path | str, *, companies: Iterable[Path | None] = (), context: bool = True
    ) -> None:
        """Open a model folder.

        Args:
            folder: As `classify train` writes it.
            companies: Company tables of one's own, added to the shipped one; None is passed over.
            context: Whether 該公司 and missing subjects count as the company of the sentence
                before, `via` "context". The verdicts on the other companies do not depend on it.

        Raises:
            ModelError: The folder is missing or damaged.
            CompanyTableError: A table breaks a rule.
        """
        saved = open_model(Path(folder))
        # Wherever the process goes from here, and for another one it may be sent to.
        self.folder = Path(folder).absolute()
        self.manifest: Manifest = saved.manifest
        self.digest = saved.digest
        self.name = f"{saved.manifest['name']}@{saved.digest}"
        self._saved = saved
        self.views = Views(saved.lexicon)
        self._predictor = Predictor(saved.views, self.views)
        tables = tuple(companies)
        self.linker = Linker(load_table(*tables))
        self._tables = tuple([table and Path(table).absolute() for table in tables])
        self._context = context

    def __repr__(self) -> str:
        return f"Model({self.name})"

    def __reduce__(self) -> tuple[Any, ...]:
        # Another process opens the same files, so that nothing of them need be sent.
        return _reopened, (self.folder, self._tables, self._context, self.digest)

    @property
    def sentence_scorer(self) -> "Scorer":
        """What scores sentence views.

        Raises:
            ModelError: The model is damaged.
        """
        return self._saved.views["sentence"].scorer

    @property
    def mention_scorer(self) -> "Scorer | None":
        """What scores mention views; None in a model that knows no companies.

        Raises:
            ModelError: The model is damaged.
        """
        view = self._saved.views.get("mention")
        return None if view is None else view.scorer

    @property
    def tasks(self) -> tuple[str, ...]:
        """Tasks it gives verdicts of on sentences."""
        return tuple(head.task for head in self._saved.views["sentence"].heads)

    @property
    def classes_(self) -> dict[str, tuple[str, ...]]:
        """Label values of each task, in the order of `predict_proba`'s columns.

        Raises:
            ModelError: The model is damaged.
        """
        return {head.task: head.labels for head in self.sentence_scorer.heads}

    def predict_proba(self, sentences: Sequence[str], task: str) -> "Floats":
        """Probabilities of a task's labels for sentences as they are, each by itself.

        Args:
            sentences: Any texts, each taken as one sentence; `score` is for articles.
            task: One of `tasks`.

        Returns:
            `(n_sentences, n_labels)`, columns as in `classes_[task]`, rows summing to 1.

        Raises:
            ModelError: The model has no such task, or is damaged.
            InputError: The sentences are no list of strings.
        """
        from chipstance.models.verdicts.given import strings

        if task not in self.tasks:
            raise ModelError(f"{task}: no task of {self.name}; it has {', '.join(self.tasks)}")
        views = [
            self.views.sentence(text, self.linker.link([Sentence(text, ((0, 0),))])[0])
            for text in strings(sentences)
        ]
        return self.sentence_scorer.probabilities(views)[task]

    def predict(self, sentences: Sequence[str], task: str) -> list[str]:
        """Label of a task for each sentence; see `predict_proba`."""
        labels = self.classes_[task] if task in self.tasks else ()
        return [labels[at] for at in self.predict_proba(sentences, task).argmax(axis=1)]

    def save(self, folder: Path | str) -> None:
        """Save the model to a folder, for `load` and `--model`; an earlier one is replaced.

        Raises:
            ModelError: Something that is no model is there, nothing can be written, or the model's
                own files are no more what they were when it was opened.
        """
        from chipstance.models.stored.placing import copy_model, place

        place(Path(folder), lambda beside: copy_model(self.folder, beside, self.digest))

    def score(
        self,
        text: str,
        *,
        title: str | None = None,
        published: str | date | None = None,
        source: str | None = None,
    ) -> "ScoredArticle":
        """Score one article in hand.

        Args:
            text: The article as it comes, with or without its headline.
            title: Its headline; None for the one that the text shows.
            published: Its date; None for the one that the text shows.
            source: Its publisher, where the text names none.

        Raises:
            InputError: There is no Chinese in it, or title or source is no string.
            ModelError: The model is damaged.
        """
        for name, given in (("title", title), ("source", source)):
            if not isinstance(given, str | None):
                raise InputError(f"has a {name} of type {type(given).__name__}; give a str")
        day = from_cell(published)
        article = from_text(text, title=title, published=day, source=source or "-")
        return next(self.score_articles([article]))

    def score_many(
        self, texts: "Iterable[Given]", *, problems: Say | None = None
    ) -> "Iterator[ScoredArticle]":
        """Score many articles in hand, as a stream.

        Args:
            texts: Articles as they come, or rows with `text` and, where known, `title`,
                `published` and `source`.
            problems: Told in one line of every one that cannot be read, by number from 1; by
                default the first of these ends the stream.

        Raises:
            InputError: They are no list of texts or rows, or one cannot be read and nobody is to
                be told.
            ModelError: The model is damaged.
        """
        from chipstance.models.verdicts.given import read_texts

        return self.score_articles(read_texts(texts, problems))

    def score_articles(self, articles: Iterable[Article]) -> "Iterator[ScoredArticle]":
        """Score articles that were read, as a stream in the same order.

        Args:
            articles: As `articles.reading.read` yields them.

        Raises:
            ModelError: The model is damaged.
        """
        for batch in self.batches(articles):
            yield from batch.scored()

    def batches(self, articles: Iterable[Article]) -> Iterator[Batch]:
        """Score articles that were read, for `reports.rows` to write; see `score_articles`.

        Raises:
            ModelError: The model is damaged.
        """
        waiting: list[Article] = []
        n = 0
        try:
            for article in articles:
                waiting.append(article)
                n += len(article.sentences)
                if n >= _BATCH_SENTENCES:
                    yield self._score_batch(waiting)
                    waiting, n = [], 0
        except ChipstanceError:
            # What came before the one that cannot be read is not lost with it.
            yield self._score_batch(waiting)
            raise
        if waiting:
            yield self._score_batch(waiting)

    def _score_batch(self, articles: Sequence[Article]) -> Batch:
        linked = [*self.linker.link_all([each.sentences for each in articles], self._context)]
        texts = [
            (sentence.text, named)
            for article, mentions in zip(articles, linked, strict=True)
            for sentence, named in zip(article.sentences, mentions, strict=True)
        ]
        first = [[first_mentions(named) for named in mentions] for mentions in linked]
        sentences, asked = to_read(texts, list(chain.from_iterable(first)))
        tasks, sentiments = self._predictor.predict(sentences, len(texts), asked)
        return Batch(self.name, articles, first, tasks, sentiments.get(SENTIMENT))


def _reopened(
    folder: Path, companies: tuple[Path | None, ...], context: bool, digest: str
) -> Model:
    """The model that was sent, opened where it was sent to."""
    model = Model(folder, companies=companies, context=context)
    check_same(folder, model.digest, digest)
    return model


def load(
    model: Path | str | None = None,
    *,
    companies: Path | str | None = None,
    context: bool = True,
) -> Model:
    """Open a model.

    Args:
        model: Its folder, or what `classify models list` calls it; the one in use by default.
        companies: A company table of one's own, added to the shipped one.
        context: Whether 該公司 and missing subjects count as the company of the sentence before.

    Raises:
        ModelError: The folder is missing or damaged, or this is no name of one.
        CompanyTableError: The table breaks a rule, or this is no path of one.
    """
    if not isinstance(model, str | Path | None):
        raise ModelError(f"a model of type {type(model).__name__}; give its folder or name")
    if not isinstance(companies, str | Path | None):
        raise CompanyTableError(f"a table of type {type(companies).__name__}; give its path")
    table = None if companies is None else Path(companies)
    return Model(find(model), companies=[table], context=context)
