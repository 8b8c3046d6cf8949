"""Many scored rows as columns: all that adding up needs, in some hundred bytes a sentence.

Texts are kept outside (see `texts`), so that a million rows fit. Everything is put in one order,
whatever order the rows came in: sums of the same rows are then the same to the last bit.
"""

from array import array
from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from chipstance.companies.table import words
from chipstance.reports.reading import RowMention, ScoredRow
from chipstance.reports.stories import Signatures
from chipstance.reports.texts import Texts

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
# Behind every date, so that undated articles come last.
UNDATED = 2**31 - 1
NONE = -1
Kind = TypeVar("Kind", bound="Columns")


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of one length."""

    def at(self, places: NDArray[Any]) -> Self:
        """The rows at some places, or where a mask is true."""
        return type(self)(*(getattr(self, each.name)[places] for each in fields(self)))

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
        stance_confidence, hype_confidence: Probability of the verdict, 0 for none.
        hype_p: Probability of hype.
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
    hype_p: Floats
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


_FLOATS = words(
    """
    bullish bearish stance_confidence hype_p hype_confidence positive negative neutral source move
    """
)


def _empty(kind: type[Columns]) -> dict[str, "array[Any]"]:
    return {each.name: array("d" if each.name in _FLOATS else "q") for each in fields(kind)}


@dataclass
class ArchiveBuilder:
    """Takes rows one at a time and makes an archive of them.

    Attributes:
        stories: Whether to keep what near-duplicates are found by.
        evidence: Whether to keep texts.
    """

    stories: bool = True
    evidence: bool = True
    _numbers: dict[tuple[str, str | None, str | None, str], int] = field(default_factory=dict)
    _titles: list[str | None] = field(default_factory=list)
    _codes: dict[str, int] = field(default_factory=dict)
    _companies: dict[str, int] = field(default_factory=dict)
    _tickers: dict[str, str] = field(default_factory=dict)
    _sentences: dict[str, "array[Any]"] = field(default_factory=lambda: _empty(Sentences))
    _mentions: dict[str, "array[Any]"] = field(default_factory=lambda: _empty(Mentions))
    _texts: Texts = field(default_factory=Texts)
    _signatures: Signatures = field(default_factory=Signatures)

    def add(self, row: ScoredRow) -> None:
        """Take one row."""
        article = self._article(row)
        digest = self._signatures.add(article, row.text) if self.stories else 0
        place = self._texts.add(row.text) if self.evidence and row.companies else NONE
        number = len(self._sentences["article"])
        values = (
            article, row.number, digest, self._code(row.stance), self._code(row.topic),
            self._code(row.hype), row.bullish, row.bearish, row.stance_confidence, row.hype_p,
            row.hype_confidence, place,
        )  # fmt: skip
        for column, value in zip(self._sentences.values(), values, strict=True):
            column.append(value)
        title = row.title or ""
        for named in row.companies:
            if named.ticker:
                known = self._tickers.setdefault(named.company, named.ticker)
                self._tickers[named.company] = min(known, named.ticker)
            self._add_mention(number, named, bool(named.mention) and named.mention in title)

    def _add_mention(self, sentence: int, named: RowMention, in_title: bool) -> None:
        company = self._companies.setdefault(named.company, len(self._companies))
        values = (
            sentence, company, self._code(named.sentiment), named.positive, named.negative,
            named.neutral, named.source, np.nan if named.move_pct is None else named.move_pct,
            in_title, named.start, named.end,
        )  # fmt: skip
        for column, value in zip(self._mentions.values(), values, strict=True):
            column.append(value)

    def _article(self, row: ScoredRow) -> int:
        key = (row.article, row.source, row.published, row.model)
        number = self._numbers.setdefault(key, len(self._numbers))
        if number == len(self._titles):
            self._titles.append(row.title)
        elif row.title != self._titles[number]:
            self._titles[number] = max(row.title or "", self._titles[number] or "") or None
        return number

    def _code(self, label: str | None) -> int:
        return NONE if label is None else self._codes.setdefault(label, len(self._codes))

    def finish(self) -> Archive:
        """Put everything in order; a row that stood twice is kept once."""
        keys = [
            Article(key[0], key[1], title, key[2], key[3])
            for key, title in zip(self._numbers, self._titles, strict=True)
        ]
        kept = _one_model(keys)
        order = sorted((at for at in range(len(keys)) if kept[at]), key=lambda at: keys[at].order)
        articles = [keys[at] for at in order]
        new = np.full(len(keys), NONE)
        new[order] = np.arange(len(order))
        companies, company = _sorted_codes(self._companies)
        labels, label = _sorted_codes(self._codes)
        sentences, moved = _in_order(_as(Sentences, self._sentences), new, label)
        mentions = _mentions_in_order(_as(Mentions, self._mentions), moved, company, label)
        return Archive(
            articles=articles,
            days=np.array([each.day for each in articles], dtype=np.int64),
            sentences=sentences,
            mentions=mentions,
            companies=companies,
            tickers=self._tickers,
            labels=labels,
            texts=self._texts,
            signatures=self._signatures.finish(len(keys))[order],
            twice=len(keys) - len(order),
        )


def _one_model(articles: list[Article]) -> list[bool]:
    """Of an article that several models scored, the rows of the commonest model count."""
    common = Counter(each.model for each in articles)
    best: dict[tuple[str, str | None, str | None], tuple[int, str]] = {}
    for each in articles:
        key = (each.id, each.source, each.published)
        rank = (-common[each.model], each.model)
        best[key] = min(best.get(key, rank), rank)
    return [best[each.id, each.source, each.published][1] == each.model for each in articles]


def _as(kind: type[Kind], columns: dict[str, "array[Any]"]) -> Kind:
    return kind(
        *(
            np.frombuffer(column, dtype=np.int64 if column.typecode == "q" else np.float64)
            for column in columns.values()
        )
    )


def _sorted_codes(codes: dict[str, int]) -> tuple[list[str], Ints]:
    """Names in alphabetical order, and the new code of each old one, that of `NONE` last."""
    names = sorted(codes)
    new = np.full(len(names) + 1, NONE)
    new[[codes[name] for name in names]] = np.arange(len(names))
    return names, new


def _in_order(rows: Sentences, article: Ints, label: Ints) -> tuple[Sentences, Ints]:
    """Sentences by article and index, each once, and the new number of each old one."""
    number = article[rows.article]
    order = np.lexsort((rows.bearish, rows.bullish, rows.digest, rows.index, number))
    order = order[number[order] != NONE]
    again = np.zeros(len(order), dtype=bool)
    again[1:] = (np.diff(number[order]) == 0) & (np.diff(rows.index[order]) == 0)
    order = order[~again]
    new = np.full(len(rows), NONE)
    new[order] = np.arange(len(order))
    kept = rows.at(order)
    columns = {each.name: getattr(kept, each.name) for each in fields(kept)}
    columns["article"] = number[order]
    columns |= {name: label[columns[name]] for name in ("stance", "topic", "hype")}
    return Sentences(**columns), new


def _mentions_in_order(rows: Mentions, sentence: Ints, company: Ints, label: Ints) -> Mentions:
    number, who = sentence[rows.sentence], company[rows.company]
    order = np.lexsort((who, number))
    order = order[number[order] != NONE]
    again = np.zeros(len(order), dtype=bool)
    again[1:] = (np.diff(number[order]) == 0) & (np.diff(who[order]) == 0)
    order = order[~again]
    kept = rows.at(order)
    columns = {each.name: getattr(kept, each.name) for each in fields(kept)}
    columns |= {"sentence": number[order], "company": who[order], "label": label[kept.label]}
    return Mentions(**columns)
