"""From a stream of scored rows to an archive."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

import numpy as np

from chipstance.models.verdicts.relevance import is_in_title
from chipstance.reports.rows.parsing import RowMention, ScoredRow
from chipstance.reports.sums.archive import (
    NONE,
    Archive,
    Article,
    Columns,
    Mentions,
    Sentences,
)
from chipstance.reports.sums.ordering import (
    Growing,
    mentions_in_order,
    one_model,
    sentences_in_order,
    sorted_codes,
    values_of,
)
from chipstance.reports.sums.stories import Signatures
from chipstance.reports.sums.texts import Texts

_FLOATS = frozenset(
    {
        "bullish", "bearish", "stance_confidence", "hype_confidence", "positive", "negative",
        "neutral", "source", "move",
    }
)  # fmt: skip
_LONG = frozenset({"digest", "text"})
# What tells articles apart: id, source, day, model.
Key = tuple[str, str | None, str | None, str]


def _empty(kind: type[Columns]) -> Growing:
    return {
        each.name: array("d" if each.name in _FLOATS else "q" if each.name in _LONG else "i")
        for each in fields(kind)
    }


def collect(rows: Iterable[ScoredRow], *, stories: bool = True, evidence: bool = True) -> Archive:
    """Put rows into an archive as a stream.

    Args:
        rows: In any order.
        stories: Whether near-duplicates are to be found.
        evidence: Whether sentences are to be shown.
    """
    builder = ArchiveBuilder(stories=stories, evidence=evidence)
    for row in rows:
        builder.add(row)
    return builder.finish()


@dataclass
class ArchiveBuilder:
    """Takes rows one at a time and makes an archive of them.

    Attributes:
        stories: Whether to keep what near-duplicates are found by.
        evidence: Whether to keep texts.
    """

    stories: bool = True
    evidence: bool = True
    _numbers: dict[Key, int] = field(default_factory=dict)
    _titles: list[str | None] = field(default_factory=list)
    _codes: dict[str, int] = field(default_factory=dict)
    _companies: dict[str, int] = field(default_factory=dict)
    _tickers: dict[str, str] = field(default_factory=dict)
    _sentences: Growing = field(default_factory=lambda: _empty(Sentences))
    _mentions: Growing = field(default_factory=lambda: _empty(Mentions))
    _texts: Texts = field(default_factory=Texts)
    _signatures: Signatures = field(default_factory=Signatures)

    def add(self, row: ScoredRow) -> None:
        """Take one row."""
        article = self._article((row.article, row.source, row.published, row.model), row.title)
        digest = self._signatures.add(article, row.text) if self.stories else 0
        place = self._texts.add(row.text) if self.evidence and row.companies else NONE
        number = len(self._sentences["article"])
        values = (
            article, row.number, digest, self._code(row.stance), self._code(row.topic),
            self._code(row.hype), row.bullish, row.bearish, row.stance_confidence,
            row.hype_confidence, place,
        )  # fmt: skip
        for column, value in zip(self._sentences.values(), values, strict=True):
            column.append(value)
        for named in row.companies:
            if named.ticker:
                known = self._tickers.setdefault(named.company, named.ticker)
                self._tickers[named.company] = min(known, named.ticker)
            self._add_mention(number, named, is_in_title(named.mention, named.via, row.title))

    def _add_mention(self, sentence: int, named: RowMention, in_title: bool) -> None:
        company = self._companies.setdefault(named.company, len(self._companies))
        values = (
            sentence, company, self._code(named.sentiment), named.positive, named.negative,
            named.neutral, named.source, np.nan if named.move_pct is None else named.move_pct,
            in_title, named.start, named.end,
        )  # fmt: skip
        for column, value in zip(self._mentions.values(), values, strict=True):
            column.append(value)

    def _article(self, key: Key, title: str | None) -> int:
        number = self._numbers.setdefault(key, len(self._numbers))
        if number == len(self._titles):
            self._titles.append(title)
        elif title != self._titles[number]:
            self._titles[number] = max(title or "", self._titles[number] or "") or None
        return number

    def _code(self, label: str | None) -> int:
        return NONE if label is None else self._codes.setdefault(label, len(self._codes))

    def absorb(self, other: "ArchiveBuilder") -> None:
        """Take all rows that another builder took, as if they had come after the ones here."""
        article = np.array(
            [self._article(*each) for each in zip(other._numbers, other._titles, strict=True)],
            dtype=np.int64,
        )
        label, company = (
            # What is `NONE` stays so: it is the last place.
            np.array([*(codes.setdefault(name, len(codes)) for name in others), NONE])
            for codes, others in ((self._codes, other._codes), (self._companies, other._companies))
        )
        for name, ticker in other._tickers.items():
            self._tickers[name] = min(self._tickers.setdefault(name, ticker), ticker)
        n_sentences, n_bytes = len(self._sentences["article"]), self._texts.append(other._texts)
        moved = {
            "article": lambda values: article[values],
            "text": lambda values: np.where(values == NONE, NONE, values + n_bytes),
            "sentence": lambda values: values + n_sentences,
            "company": lambda values: company[values],
        } | dict.fromkeys(("stance", "topic", "hype", "label"), lambda values: label[values])
        for mine, its in ((self._sentences, other._sentences), (self._mentions, other._mentions)):
            for name, column in mine.items():
                values = values_of(its[name])
                values = moved[name](values) if name in moved else values
                column.frombytes(values.astype(column.typecode).tobytes())
        self._signatures.absorb(other._signatures, article)

    def finish(self) -> Archive:
        """Put everything in order; a row that stood twice is kept once. Ends the builder."""
        keys = [
            Article(key[0], key[1], title, key[2], key[3])
            for key, title in zip(self._numbers, self._titles, strict=True)
        ]
        kept = one_model(keys)
        order = sorted((at for at in range(len(keys)) if kept[at]), key=lambda at: keys[at].order)
        articles = [keys[at] for at in order]
        new = np.full(len(keys), NONE)
        new[order] = np.arange(len(order))
        companies, company = sorted_codes(self._companies)
        labels, label = sorted_codes(self._codes)
        sentences, moved = sentences_in_order(self._sentences, new, label)
        mentions = mentions_in_order(self._mentions, moved, company, label)
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
