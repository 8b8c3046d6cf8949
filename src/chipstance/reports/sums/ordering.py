"""One order for the columns of an archive, whatever order its rows came in."""

from array import array
from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chipstance.reports.sums.archive import NONE, Article, Ints, Mentions, Sentences

# Columns while rows come in: as narrow as they can be, for they all lie in memory.
Growing = dict[str, "array[Any]"]


def one_model(articles: list[Article]) -> list[bool]:
    """Of an article that several models scored, the rows of the commonest model count."""
    common = Counter(each.model for each in articles)
    best: dict[tuple[str, str | None, str | None], tuple[int, str]] = {}
    for each in articles:
        key = (each.id, each.source, each.published)
        rank = (-common[each.model], each.model)
        best[key] = min(best.get(key, rank), rank)
    return [best[each.id, each.source, each.published][1] == each.model for each in articles]


def sorted_codes(codes: dict[str, int]) -> tuple[list[str], Ints]:
    """Names in alphabetical order, and the new code of each old one, that of `NONE` last."""
    names = sorted(codes)
    new = np.full(len(names) + 1, NONE)
    new[[codes[name] for name in names]] = np.arange(len(names))
    return names, new


def sentences_in_order(rows: Growing, article: Ints, label: Ints) -> tuple[Sentences, Ints]:
    """Sentences by article and index, each once, and the new number of each old one."""
    number = article[values_of(rows["article"])]
    index = values_of(rows["index"])
    # What settles a tie does not depend on where rows stood. Digests, which are not always there,
    # come last: what is added up is the same without them.
    ties = [values_of(rows[name]) for name in ("digest", "bearish", "bullish")]
    order = _each_once(np.lexsort((*ties, index, number)), number, index)
    new = np.full(len(number), NONE)
    new[order] = np.arange(len(order))
    del index, ties
    columns = _taken(rows, order)
    columns["article"] = number[order]
    columns |= {name: label[columns[name]] for name in ("stance", "topic", "hype")}
    return Sentences(**columns), new


def mentions_in_order(rows: Growing, sentence: Ints, company: Ints, label: Ints) -> Mentions:
    """Mentions by sentence and company, each once; given are new numbers of old ones."""
    number, who = sentence[values_of(rows["sentence"])], company[values_of(rows["company"])]
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
    return {name: _wide(values_of(rows.pop(name))[order]) for name in list(rows)}


def values_of(column: "array[Any]") -> NDArray[Any]:
    """A growing column as an array; it cannot grow while that is in use."""
    return np.frombuffer(column, dtype=column.typecode)


def _wide(values: NDArray[Any]) -> NDArray[Any]:
    return values if values.dtype == np.float64 else values.astype(np.int64)
