"""Many scored rows as columns: all that adding up needs, in some hundred bytes a sentence.

Texts are kept outside (see `texts`), so that a million rows fit. Everything is put in one order,
whatever order the rows came in: sums of the same rows are then the same to the last bit. How an
archive is made of rows is in `collecting`.
"""

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

from chipstance.reports.sums.texts import Texts

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
# Behind every date, so that undated articles come last.
UNDATED = 2**31 - 1
NONE = -1


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of one length."""

    def __len__(self) -> int:
        return len(getattr(self, fields(self)[0].name))


@dataclass(frozen=True, slots=True)
class Sentences(Columns):
    """Sentences in the order of their articles; codes are places in `Archive.labels`.

    Attributes:
        article: Number of the article.
        index: Number in the article, from 0.
        digest: Of the folded text, 0 where stories are not asked for.
        stance, topic, hype: Code of the label, `NONE` for none.
        bullish, bearish: Probabilities of stance.
        stance_confidence, hype_confidence: Probability of the verdict, 0 for none and for one of a
            model with labels of its own.
        text: Place in `Archive.texts`.
    """

    article: Ints
    index: Ints
    digest: Ints
    stance: Ints
    topic: Ints
    hype: Ints
    bullish: Floats
    bearish: Floats
    stance_confidence: Floats
    hype_confidence: Floats
    text: Ints


@dataclass(frozen=True, slots=True)
class Mentions(Columns):
    """Companies named, in the order of the sentences.

    Attributes:
        sentence: Number of the sentence.
        company: Place in `Archive.companies`.
        label: Code of the sentiment, `NONE` for none.
        positive, negative, neutral, source: Probabilities, all 0 without a sentiment.
        move: Stated move in percent, NaN for none.
        in_title: 1 where the headline has the name.
        start, end: Place of the name in the sentence, -1 where unknown.
    """

    sentence: Ints
    company: Ints
    label: Ints
    positive: Floats
    negative: Floats
    neutral: Floats
    source: Floats
    move: Floats
    in_title: Ints
    start: Ints
    end: Ints


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of an article beside its sentences."""

    id: str
    source: str | None
    title: str | None
    published: str | None
    model: str

    @property
    def day(self) -> int:
        """Day of publication as `date.toordinal` counts, `UNDATED` for none."""
        return date.fromisoformat(self.published).toordinal() if self.published else UNDATED

    @property
    def order(self) -> tuple[int, str, str, str]:
        """First published first; what settles a tie does not depend on where rows stood."""
        return self.day, self.source or "", self.id, self.model


@dataclass(frozen=True, slots=True)
class Archive:
    """Scored rows as columns.

    Attributes:
        articles: In the order of publication.
        days: Day of each article, `UNDATED` for none, `(n_articles,)`.
        sentences: Of all articles.
        mentions: Of all sentences.
        companies: Ids, in alphabetical order.
        tickers: By company, where known.
        labels: Every label value, in alphabetical order.
        texts: Texts of sentences that name companies.
        signatures: MinHash of each article, `(n_articles, n_permutations)`; no columns where
            stories are not asked for.
        twice: Articles that another model had scored too, whose rows were left out.
    """

    articles: list[Article]
    days: Ints
    sentences: Sentences
    mentions: Mentions
    companies: list[str]
    tickers: dict[str, str]
    labels: list[str]
    texts: Texts
    signatures: NDArray[np.uint32]
    twice: int

    def code(self, label: str) -> int:
        """Code of a label; -2, which nothing has, for one that does not occur."""
        return self.labels.index(label) if label in self.labels else -2
