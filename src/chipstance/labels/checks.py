"""Checks of label rows: what would make them teach the wrong thing.

Each check is a function from rows to problems, a line each. `CHECKS` need the rows alone; the
others are told what they hold them against, and `models.labelling.checking` runs them all.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chipstance.articles.normalising.normal_form import normalise
from chipstance.companies.company import CompanyTable
from chipstance.companies.finding import wrong_id
from chipstance.errors import LabelError
from chipstance.labels.counts import label_counts, totals
from chipstance.labels.guide import GUIDE_LABELS, GUIDE_SENTIMENTS
from chipstance.labels.rows import LabelRow

# Of two texts' 4-grams, the share in common from which they are near-duplicates (Jaccard).
NEAR = 0.6
_NGRAM = 4
# What is counted stays below it.
_LARGEST = 1e15
_BOUNDS = 'write {"least": {"rows": 100}, "stance": {"bullish": 0.1}}'

Rows = Sequence[LabelRow]


def schema(rows: Rows) -> Iterator[str]:
    """Labels that the guide does not know, each once."""
    strange: dict[tuple[str, str], list[LabelRow]] = {}
    for row in rows:
        for task, label in row.labels.items():
            if label not in GUIDE_LABELS.get(task, {label}):
                strange.setdefault((task, label), []).append(row)
        for label in (row.companies or {}).values():
            if label not in GUIDE_SENTIMENTS:
                strange.setdefault(("companies", label), []).append(row)
    for (task, label), found in strange.items():
        known = ", ".join(sorted(GUIDE_LABELS.get(task, GUIDE_SENTIMENTS)))
        what = f"{task} {label!r} is not in the guide; write one of {known}"
        yield _once(found, what)


def _once(rows: Rows, what: str) -> str:
    """What is wrong with several rows, told of the first."""
    more = f" (and {len(rows) - 1} more)" if rows[1:] else ""
    return f"{rows[0].where}: {what}{more}"


def duplicates(rows: Rows) -> Iterator[str]:
    """Texts that stand twice, and say so where their labels contradict."""
    first: dict[str, LabelRow] = {}
    for row in rows:
        known = first.setdefault(row.text, row)
        if known is not row:
            differs = (known.labels, known.companies) != (row.labels, row.companies)
            yield (
                f"{row.where}: the same text with other labels as {known.where}; settle on one"
                if differs
                else f"{row.where}: the same text as {known.where}; delete one"
            )


def near_duplicates(rows: Rows) -> Iterator[str]:
    """Texts alike in most of their 4-grams with one further up, once numbers are masked."""
    from scipy.sparse import csr_matrix

    texts = [normalise(row.text) for row in rows]
    if max(map(len, texts), default=0) < _NGRAM:
        return
    text, ngram = _ngrams(texts)
    sizes = np.bincount(text, minlength=len(texts))
    # Two thirds of all n-grams stand in one text alone, which has them in common with none.
    shared = np.bincount(ngram)[ngram] > 1
    ones = np.ones(np.count_nonzero(shared), dtype=np.int32)
    has = csr_matrix((ones, (text[shared], ngram[shared])), shape=(len(texts), ngram.max() + 1))
    common = csr_matrix(has @ has.T)
    # Nearly all pairs of texts have too little in common for the first of them alone.
    each = np.diff(common.indptr)
    enough = np.flatnonzero(common.data >= np.repeat((NEAR * sizes).astype(np.int32), each))
    one = np.searchsorted(common.indptr, enough, side="right") - 1
    other, both = common.indices[enough], common.data[enough]
    alike = both / (sizes[one] + sizes[other] - both)
    told: set[int] = set()
    for at in np.lexsort((one, other)).tolist():
        first, later = int(one[at]), int(other[at])
        if first >= later or alike[at] < NEAR or later in told:
            continue
        if rows[first].text != rows[later].text:
            told.add(later)
            yield f"{rows[later].where}: {alike[at]:.0%} the same as {rows[first].where}"


def _ngrams(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each n-gram of each text once: the number of the text, and that of the n-gram.

    Sorted as numbers, which takes a fifth of what scikit-learn's vectoriser takes with strings.
    """
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    characters = np.frombuffer(joined, dtype="<u4").astype(np.int64)
    # Pairs are numbered first, for four characters as they are would need more than 64 bits.
    pairs = np.unique(characters[:-1] << 32 | characters[1:], return_inverse=True)[1]
    four = pairs[:-2] << 32 | pairs[2:]
    text = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    inside = text[: len(four)] == text[_NGRAM - 1 :]
    four, text = four[inside], text[: len(four)][inside]
    order = np.argsort(four, kind="stable")
    four, text = four[order], text[order]
    other = np.diff(four, prepend=-1) != 0
    new = other | (np.diff(text, prepend=-1) != 0)
    return text[new], (np.cumsum(other) - 1)[new]


CHECKS: Sequence[Callable[[Rows], Iterator[str]]] = (schema, duplicates, near_duplicates)


def named(rows: Rows, linked: Sequence[set[str]], table: CompanyTable) -> Iterator[str]:
    """Company labels whose company is not named in the sentence, and each id that is none, once.

    Args:
        rows: Label rows.
        linked: Ids of the companies found in each.
        table: The companies that can be found.
    """
    missing: dict[str, list[LabelRow]] = {}
    for row, found in zip(rows, linked, strict=True):
        for company in row.companies or {}:
            if company not in found:
                missing.setdefault(company, []).append(row)
    for company, without in missing.items():
        if what := wrong_id(table, company):
            yield _once(without, f"{company} is {what}")
        else:
            yield from (f"{row.where}: {company} is not named in {row.text!r}" for row in without)


def templates(rows: Rows, masked: Sequence[str]) -> Iterator[str]:
    """Sentences that are the same once companies and numbers are masked.

    Args:
        rows: Label rows.
        masked: Normal form of each with companies and numbers masked.
    """
    first: dict[str, LabelRow] = {}
    for row, text in zip(rows, masked, strict=True):
        known = first.setdefault(text, row)
        if known is not row and known.text != row.text:
            yield f"{row.where}: only names and numbers differ from {known.where}"


def order(rows: Rows) -> Iterator[str]:
    """Articles whose rows do not stand together."""
    begun: set[str] = set()
    for before, row in pairwise(rows):
        begun.add(before.article)
        # A row without an article is one of its own, and `duplicates` says so where it recurs.
        apart = row.article != before.article and row.article in begun
        if apart and row.article != row.text:
            yield f"{row.where}: article {row.article} began further up; keep its rows together"


def article_text(rows: Rows, sentences: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Rows whose text is no sentence of their article, and sentences without a row.

    Args:
        rows: Label rows.
        sentences: Sentences by article; articles that are not in it are passed over.
    """
    texts = {article: dict.fromkeys(found) for article, found in sentences.items()}
    labelled: dict[str, set[str]] = {}
    for row in rows:
        labelled.setdefault(row.article, set()).add(row.text)
        if row.text not in texts.get(row.article, {row.text}):
            yield f"{row.where}: no sentence of {row.article} reads {row.text!r}"
    for article, found in texts.items():
        with_label = labelled.get(article, found)
        yield from (f"{article}: no label for {text!r}" for text in found if text not in with_label)


def balance(rows: Rows, bounds: Path) -> Iterator[str]:
    """Label values that are rarer than a file of bounds allows.

    Args:
        rows: Label rows.
        bounds: JSON: by task (`companies` for sentiments) the least share of each label, and
            under `least` the least numbers of `articles`, `rows`, `companies` and
            `company_labels`.

    Raises:
        LabelError: The file cannot be read, is not JSON, or says something else.
    """
    wanted = _bounds(bounds)
    for name, least in wanted.pop("least", {}).items():
        if (n := totals(rows).get(name, 0)) < least:
            yield f"{bounds}: {n} {name}, at least {least} wanted"
    for task, shares in wanted.items():
        counts = label_counts(rows).get(task, Counter())
        n = max(1, sum(counts.values()))
        for label, least in shares.items():
            if counts[label] < least * n:
                yield f"{bounds}: {task} {label} is {counts[label] / n:.1%}, at least {least:.0%}"


def _bounds(path: Path) -> dict[str, dict[str, float]]:
    """What a file of bounds says, by task and label."""
    try:
        wanted = json.loads(path.read_bytes())
    except OSError as error:
        raise LabelError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise LabelError(f"{path}: not JSON ({error})") from error
    if not isinstance(wanted, dict):
        raise LabelError(f"{path}: not an object; {_BOUNDS}")
    for name, bounds in wanted.items():
        if not isinstance(bounds, dict):
            raise LabelError(f"{path}: {name} is not an object; {_BOUNDS}")
        for each, least in bounds.items():
            if isinstance(least, bool | str | list | dict | None) or not abs(least) < _LARGEST:
                raise LabelError(f"{path}: {name} {each} is not a number; {_BOUNDS}")
    return wanted
