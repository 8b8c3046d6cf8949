"""Checks of label rows: what would make them teach the wrong thing.

Each check is a function from rows, and what it holds them against, to problems, a line each;
`models.labelling.checking` runs them all. Rows that are alike are for `likeness` to find.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from chipstance.companies.company import CompanyTable
from chipstance.companies.finding import wrong_id
from chipstance.errors import LabelError
from chipstance.labels.counts import label_counts, totals
from chipstance.labels.guide import GUIDE_LABELS, GUIDE_SENTIMENTS
from chipstance.labels.rows import LabelRow

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
