"""Rows as text, JSON Lines and CSV, written straight from what the scorer yields.

The bytes are those of `json` and `csv` on `ScoredArticle.as_rows()`, a test says so. Made by way
of objects and dictionaries they took a third of the time of the whole way from file to row.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from json.encoder import encode_basestring as quoted

from chipstance.articles.article import Article
from chipstance.companies.mention import Mention
from chipstance.models.batch import Batch, Judged, place
from chipstance.models.rounding import WHOLE, all_millionths
from chipstance.models.tasks import SENTENCE_TASKS, SENTIMENT

# Texts of probabilities that are kept: most are close to 0 or to 1, and come again.
_KEPT = 1 << 16
# A label in JSON, the same as it is, and the probabilities of its task in JSON.
_Said = tuple[str, str | None, str | None]


class _Texts(dict[int, str]):
    """A number of millionths as a decimal fraction."""

    def __missing__(self, millionths: int) -> str:
        text = repr(millionths / WHOLE)
        if len(self) < _KEPT:
            self[millionths] = text
        return text


_TEXTS = _Texts()


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
    tasks = _tasks(batch)
    fields = map(_verdict_fields, tasks, _said_of_sentences(batch, tasks))
    verdicts = map(", ".join, zip(*fields, strict=True))
    companies = _companies(batch)
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


def _verdict_fields(task: str, said: Iterable[_Said]) -> list[str]:
    label_head, p_head = f"{quoted(task)}: ", f", {quoted(f'{task}_p')}: "
    return [f"{label_head}{label}{p_head}{p or 'null'}" for label, _, p in said]


def _csv_cells(batch: Batch) -> Iterator[Sequence[object]]:
    verdicts = zip(*_said_of_sentences(batch, _tasks(batch)), strict=True)
    companies = _companies(batch)
    for article in batch.articles:
        head = _article_fields(article).values()
        for index, sentence in enumerate(article.sentences):
            said = [cell for _, label, p in next(verdicts) for cell in (label, p)]
            place_and_text = index, sentence.start, sentence.end, sentence.text
            yield (*head, *place_and_text, *said, next(companies), batch.model)


def _tasks(batch: Batch) -> Sequence[str]:
    return tuple(dict.fromkeys((*SENTENCE_TASKS, *batch.tasks)))


def _article_fields(article: Article) -> dict[str, str | None]:
    return {
        "article": article.id,
        # Text in hand and stdin have no name.
        "source": None if article.source == "-" else article.source,
        "title": article.title,
        "published": article.published,
    }


def _said_of_sentences(batch: Batch, tasks: Sequence[str]) -> Iterator[Sequence[_Said]]:
    n = sum(len(article.sentences) for article in batch.articles)
    for task in tasks:
        yield _said(batch.tasks.get(task), n)


def _said(judged: Judged | None, n: int) -> Sequence[_Said]:
    """Label and probabilities of each view, as text; null from a model without the task."""
    if judged is None:
        return [("null", None, None)] * n
    pairs = [quoted(label).replace("%", "%%") + ": %s" for label in judged.labels]
    labels = [(quoted(label), label) for label in judged.labels]
    largest, millionths = all_millionths(judged.p)
    # All of them by one template: a line break stands in no label in JSON.
    template = "\n".join(["{" + ", ".join(pairs) + "}"] * len(largest))
    texts = template % tuple(map(_TEXTS.__getitem__, chain.from_iterable(millionths)))
    return [(*labels[at], p) for at, p in zip(largest, texts.split("\n"), strict=False)]


def _companies(batch: Batch) -> Iterator[str]:
    """The companies of each sentence as a list in JSON."""
    n = sum(len(named) for mentions in batch.mentions for named in mentions)
    said = iter(_said(batch.sentiments, n))
    for article, mentions in zip(batch.articles, batch.mentions, strict=True):
        for sentence, named in zip(article.sentences, mentions, strict=True):
            each = [_company(m, *place(sentence, m), next(said)) for m in named]
            yield f"[{', '.join(each)}]"


def _company(mention: Mention, start: int, end: int, said: _Said) -> str:
    label, _, p = said
    return (
        f'{{"company": {quoted(mention.company)}, "ticker": {_json(mention.ticker)}, '
        f'"mention": {quoted(mention.text)}, "start": {start}, "end": {end}, '
        f'"{SENTIMENT}": {label}, "{SENTIMENT}_p": {p or "null"}, '
        f'"move_pct": {_json(mention.move_pct)}, "via": "{mention.via}"}}'
    )


def _json(value: str | float | None) -> str:
    if value is None:
        return "null"
    return quoted(value) if isinstance(value, str) else json.dumps(value)
