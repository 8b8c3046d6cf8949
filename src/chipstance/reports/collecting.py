"""From a stream of scored rows to an archive."""

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chipstance.companies.table import words
from chipstance.reports.archive import (
    NONE,
    Archive,
    Article,
    Columns,
    Ints,
    Mentions,
    Sentences,
)
from chipstance.reports.reading import RowMention, ScoredRow
from chipstance.reports.stories import Signatures
from chipstance.reports.texts import Texts

# Columns while rows come in: as narrow as they can be, for they all lie in memory.
Growing = dict[str, "array[Any]"]
_FLOATS = words(
    """
    bullish bearish stance_confidence hype_p hype_confidence positive negative neutral source move
    """
)
_LONG = words("digest text")


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
    _numbers: dict[tuple[str, str | None, str | None, str], int] = field(default_factory=dict)
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
        """Put everything in order; a row that stood twice is kept once. Ends the builder."""
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
        sentences, moved = _sentences_in_order(self._sentences, new, label)
        mentions = _mentions_in_order(self._mentions, moved, company, label)
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


def _sorted_codes(codes: dict[str, int]) -> tuple[list[str], Ints]:
    """Names in alphabetical order, and the new code of each old one, that of `NONE` last."""
    names = sorted(codes)
    new = np.full(len(names) + 1, NONE)
    new[[codes[name] for name in names]] = np.arange(len(names))
    return names, new


def _sentences_in_order(rows: Growing, article: Ints, label: Ints) -> tuple[Sentences, Ints]:
    """Sentences by article and index, each once, and the new number of each old one."""
    number = article[_values(rows["article"])]
    index = _values(rows["index"])
    # What settles a tie does not depend on where rows stood.
    ties = [_values(rows[name]) for name in ("bearish", "bullish", "digest")]
    order = _each_once(np.lexsort((*ties, index, number)), number, index)
    new = np.full(len(number), NONE)
    new[order] = np.arange(len(order))
    del index, ties
    columns = _taken(rows, order)
    columns["article"] = number[order]
    columns |= {name: label[columns[name]] for name in ("stance", "topic", "hype")}
    return Sentences(**columns), new


def _mentions_in_order(rows: Growing, sentence: Ints, company: Ints, label: Ints) -> Mentions:
    number, who = sentence[_values(rows["sentence"])], company[_values(rows["company"])]
    order = _each_once(np.lexsort((who, number)), number, who)
    columns = _taken(rows, order)
    columns |= {"sentence": number[order], "company": who[order]}
    columns["label"] = label[columns["label"]]
    return Mentions(**columns)


def _each_once(order: Ints, first: Ints, second: Ints) -> Ints:
    """An order without what has no first key, and without what has both keys of the one before."""
    order = order[first[order] != NONE]
    again = np.zeros(len(order), dtype=bool)
    again[1:] = (np.diff(first[order]) == 0) & (np.diff(second[order]) == 0)
    return order[~again]


def _taken(rows: Growing, order: Ints) -> dict[str, Any]:
    """Columns in an order, each given up as soon as it is copied."""
    return {name: _wide(_values(rows.pop(name))[order]) for name in list(rows)}


def _values(column: "array[Any]") -> NDArray[Any]:
    return np.frombuffer(column, dtype=column.typecode)


def _wide(values: NDArray[Any]) -> NDArray[Any]:
    return values if values.dtype == np.float64 else values.astype(np.int64)
