"""Rows as text, JSON Lines and CSV, written straight from what the scorer yields.

The bytes are those of `json` and `csv` on `ScoredArticle.as_rows()`, a test says so. Made by way
of objects and dictionaries they took a third of the time of the whole way from file to row.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING

from chipstance.articles.article import Article
from chipstance.articles.tables.separated import harmless
from chipstance.companies.mention import Mention
from chipstance.models.features.tasks import SENTENCE_TASKS, SENTIMENT
from chipstance.models.verdicts.batch import Batch, place
from chipstance.models.verdicts.predicting import Predicted
from chipstance.models.verdicts.rounding import WHOLE, all_millionths

if TYPE_CHECKING:
    from chipstance.reports.rows.typeset import Bytes, Millionths

# A task and what it says, if the model has it, of some views.
_Tasks = Mapping[str, Predicted | None]


def jsonl(batches: Iterable[Batch]) -> bytes:
    """Rows of batches as JSON Lines, UTF-8."""
    lines = [line for batch in batches for line in _jsonl_lines(batch)]
    return "".join(lines).encode("utf-8", "backslashreplace")


def csv_lines(batches: Iterable[Batch]) -> bytes:
    """Rows of batches as CSV, UTF-8, without the head line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for batch in batches:
        writer.writerows(_csv_cells(batch))
    return text.getvalue().encode("utf-8", "backslashreplace")


def _jsonl_lines(batch: Batch) -> Iterator[str]:
    verdicts, companies = iter(_fields(_tasks(batch), _n_sentences(batch))), _companies(batch)
    end = f', "model": {quoted(batch.model)}}}\n'
    for article in batch.articles:
        head = ", ".join(
            f'"{name}": {_json(value)}' for name, value in _article_fields(article).items()
        )
        for index, sentence in enumerate(article.sentences):
            yield (
                f'{{{head}, "index": {index}, "start": {sentence.start}, "end": {sentence.end}, '
                f'"text": {quoted(sentence.text)}, {next(verdicts)}, '
                f'"companies": {next(companies)}{end}'
            )


def _fields(tasks: _Tasks, n: int) -> Sequence[str]:
    """What each task says of each view, as fields in JSON."""
    if _are_arrays(tasks):
        parts = [
            part for task, predicted in tasks.items() for part in _field_parts(task, predicted)
        ]
        return _set(parts[1:], n)
    heads = [(f"{quoted(task)}: ", f", {quoted(f'{task}_p')}: ") for task in tasks]
    said = [_said(predicted, n) for predicted in tasks.values()]
    return [
        ", ".join(
            [
                f"{label_head}{_json(label)}{p_head}{p or 'null'}"
                for (label_head, p_head), (label, p) in zip(heads, each, strict=True)
            ]
        )
        for each in zip(*said, strict=True)
    ]


def _field_parts(task: str, predicted: Predicted | None) -> "Iterator[bytes | Bytes]":
    """The parts of one task's fields, as `typeset` puts them together; first a comma."""
    # Here and not above: where there are arrays, numpy is there already.
    from chipstance.reports.rows.typeset import padded

    yield b", "
    if predicted is None:
        yield f"{quoted(task)}: null, {quoted(f'{task}_p')}: null".encode()
        return
    largest, millionths = all_millionths(predicted.p)
    yield f"{quoted(task)}: ".encode()
    yield padded([quoted(label) for label in predicted.labels])[largest]
    yield f", {quoted(f'{task}_p')}: ".encode()
    yield from _p_parts(predicted.labels, millionths)


def _p_parts(labels: Sequence[str], millionths: "Millionths") -> "Iterator[bytes | Bytes]":
    """The parts of an object with the probability of each label."""
    from chipstance.reports.rows.typeset import fractions

    for number, label in enumerate(labels):
        yield f"{', ' if number else '{'}{quoted(label)}: ".encode("utf-8", "surrogatepass")
        yield fractions(millionths[:, number])
    yield b"}"


def _csv_cells(batch: Batch) -> Iterator[Sequence[object]]:
    n = _n_sentences(batch)
    verdicts = zip(*(_said(predicted, n) for predicted in _tasks(batch).values()), strict=True)
    companies = _companies(batch)
    for article in batch.articles:
        head = _article_fields(article).values()
        for index, sentence in enumerate(article.sentences):
            said = chain.from_iterable(next(verdicts))
            place_and_text = index, sentence.start, sentence.end, sentence.text
            cells = *head, *place_and_text, *said, next(companies), batch.model
            yield [harmless(cell) if isinstance(cell, str) else cell for cell in cells]


def _tasks(batch: Batch) -> _Tasks:
    return {task: batch.tasks.get(task) for task in (*SENTENCE_TASKS, *batch.tasks)}


def _n_sentences(batch: Batch) -> int:
    return sum(len(article.sentences) for article in batch.articles)


def _article_fields(article: Article) -> dict[str, str | None]:
    return {
        "article": article.id,
        # Text in hand and stdin have no name.
        "source": None if article.source == "-" else article.source,
        "title": article.title,
        "published": article.published,
    }


def _said(predicted: Predicted | None, n: int) -> Iterable[tuple[str | None, str | None]]:
    """Label of each view, and the probabilities as an object in JSON; None without the task."""
    if predicted is None:
        return [(None, None)] * n
    largest, millionths = all_millionths(predicted.p)
    if not isinstance(predicted.p, Sequence):
        texts = _set([*_p_parts(predicted.labels, millionths)], n)
    else:
        heads = [f"{quoted(label)}: " for label in predicted.labels]
        fields = ([head + repr(n / WHOLE) for head, n in zip(heads, p, strict=True)]
                  for p in millionths)  # fmt: skip
        texts = [f"{{{', '.join(each)}}}" for each in fields]
    return zip([predicted.labels[at] for at in largest], texts, strict=True)


def _are_arrays(tasks: _Tasks) -> bool:
    return any(predicted and not isinstance(predicted.p, Sequence) for predicted in tasks.values())


def _set(parts: "Sequence[bytes | Bytes]", n: int) -> Sequence[str]:
    from chipstance.reports.rows.typeset import put_together

    return put_together(parts, n)


def _companies(batch: Batch) -> Iterator[str]:
    """The companies of each sentence as a list in JSON."""
    n = sum(len(named) for mentions in batch.mentions for named in mentions)
    said = iter(_fields({SENTIMENT: batch.sentiments}, n))
    for article, mentions in zip(batch.articles, batch.mentions, strict=True):
        for sentence, named in zip(article.sentences, mentions, strict=True):
            each = [_company(m, *place(sentence, m), next(said)) for m in named]
            yield f"[{', '.join(each)}]"


def _company(mention: Mention, start: int, end: int, said: str) -> str:
    return (
        f'{{"company": {quoted(mention.company)}, "ticker": {_json(mention.ticker)}, '
        f'"mention": {quoted(mention.text)}, "start": {start}, "end": {end}, {said}, '
        f'"move_pct": {_json(mention.move_pct)}, "via": "{mention.via}"}}'
    )


def _json(value: str | float | None) -> str:
    if value is None:
        return "null"
    return quoted(value) if isinstance(value, str) else json.dumps(value)
