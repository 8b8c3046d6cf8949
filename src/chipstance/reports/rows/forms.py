"""Scored rows as JSON Lines, CSV and Parquet: the same fields in each.

In CSV the probabilities and the companies are JSON in their cells. Each form is written in chunks
of bytes that are made apart, here or in other processes, and put together in order.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from chipstance.articles.tables.separated import harmless
from chipstance.models.features.tasks import COMPANY_FIELDS, SENTENCE_TASKS
from chipstance.models.stored.saved import Manifest
from chipstance.models.verdicts.batch import Batch
from chipstance.reports.rows import lines

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
_BEFORE_TASKS = ("article", "source", "title", "published", "index", "start", "end", "text")
_AFTER_TASKS = ("companies", "model")
# Fields that a report adds to rows, and to each of their companies.
_OF_STORIES = ("story", "novelty")
_OF_COMPANIES = ("relevance",)
_ROW_GROUP = 16384


class Layout(NamedTuple):
    """The columns of the rows that a model gives.

    Attributes:
        tasks: Label values of each task of sentences; none of a task the model does not know.
        sentiments: Label values of a company's sentiment.
        retold: Whether a report has added stories and relevances to the rows.
    """

    tasks: Mapping[str, Sequence[str]]
    sentiments: Sequence[str]
    retold: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the fields of a row, in order."""
        pairs = (name for task in self.tasks for name in (task, f"{task}_p"))
        return (*_BEFORE_TASKS, *pairs, *_AFTER_TASKS, *(_OF_STORIES if self.retold else ()))

    @property
    def company_fields(self) -> tuple[str, ...]:
        """Names of the fields of a company in a row, in order."""
        return (*COMPANY_FIELDS, *(_OF_COMPANIES if self.retold else ()))


def layout(manifest: Manifest) -> Layout:
    """The columns of the rows that a model gives.

    Args:
        manifest: The model's.
    """
    views = manifest["views"]
    heads = {head["task"]: tuple(head["labels"]) for head in views["sentence"]["tasks"]}
    mentions = views.get("mention", {"tasks": []})["tasks"]
    return Layout(
        {task: heads.get(task, ()) for task in dict.fromkeys((*SENTENCE_TASKS, *heads))},
        next((tuple(head["labels"]) for head in mentions), ()),
    )


def retold_layout(rows: Sequence[Row]) -> Layout:
    """The columns of rows that a report has told again.

    Args:
        rows: Some of them; label values are those that their probabilities name.
    """
    # Here and not above: what was just scored is not parsed.
    from chipstance.reports.rows.parsing import tasks_of

    tasks = tasks_of(rows[0]) if rows else ()
    said = [each for row in rows for each in row["companies"]]
    return Layout(
        {task: _labels(rows, f"{task}_p") for task in tasks}, _labels(said, "sentiment_p"), True
    )


def _labels(rows: Iterable[Row], field: str) -> tuple[str, ...]:
    return next((tuple(row[field]) for row in rows if row[field]), ())


def write_rows(rows: Iterable[Row], form: str, out: IO[bytes]) -> None:
    """Write rows that a report has told again, a chunk at a time.

    Args:
        rows: As `rows_with_stories` yields them.
        form: One of `FORMS`.
        out: Where to.
    """
    rows = iter(rows)
    chunk = list(islice(rows, _ROW_GROUP))
    columns, writer = retold_layout(chunk), FORMS[form]

    def chunks() -> Iterator[bytes]:
        nonlocal chunk
        while chunk:
            yield writer.chunk(chunk, columns)
            chunk = list(islice(rows, _ROW_GROUP))

    if chunk:
        out.write(writer.head(columns))
    writer.put_together(chunks(), out, columns)


def jsonl_chunk(rows: Iterable[Row], layout: Layout) -> bytes:
    """Rows as JSON Lines, UTF-8."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return "".join(lines).encode("utf-8", "backslashreplace")


def csv_chunk(rows: Iterable[Row], layout: Layout) -> bytes:
    """Rows as CSV, UTF-8, without the head line."""
    # Here and not above: rows that were just scored are written without it.
    from chipstance.articles.tables.writing import write_rows as put_rows

    text = io.StringIO(newline="")
    put_rows(([_cell(row.get(name)) for name in layout.fields] for row in rows), text)
    return text.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: object) -> object:
    if isinstance(value, str):
        return harmless(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def arrow_chunk(rows: Iterable[Row], layout: Layout) -> bytes:
    """Rows as an Arrow record batch, compressed; what Parquet is made of in the end."""
    if not (rows := list(rows)):
        return b""
    import pyarrow as pa

    batch = pa.RecordBatch.from_pylist(rows, schema=schema(layout))
    serialized: bytes = batch.serialize().to_pybytes()
    return serialized


def scored_arrow_chunk(batches: Iterable[Batch], layout: Layout) -> bytes:
    """What was just scored as an Arrow record batch."""
    rows = (row for batch in batches for article in batch.scored() for row in article.as_rows())
    return arrow_chunk(rows, layout)


def schema(layout: Layout) -> "pa.Schema":
    """Columns of Parquet; probabilities are structs by label."""
    import pyarrow as pa

    def probabilities(labels: Sequence[str]) -> "pa.DataType":
        # Parquet has no structs without fields: a column that is always null is a string.
        return pa.struct([(label, pa.float64()) for label in labels]) if labels else pa.string()

    kinds = dict.fromkeys(("index", "start", "end", "relevance"), pa.int64())
    kinds |= dict.fromkeys(("move_pct", "novelty"), pa.float64())
    kinds |= {f"{task}_p": probabilities(labels) for task, labels in layout.tasks.items()}
    kinds["sentiment_p"] = probabilities(layout.sentiments)
    company = [(name, kinds.get(name, pa.string())) for name in layout.company_fields]
    kinds["companies"] = pa.list_(pa.struct(company))
    return pa.schema([(name, kinds.get(name, pa.string())) for name in layout.fields])


def put_together(chunks: Iterable[bytes], out: IO[bytes], layout: Layout) -> None:
    """Write chunks one after the other, each as soon as it is there."""
    for chunk in chunks:
        out.write(chunk)
        out.flush()


def put_parquet_together(chunks: Iterable[bytes], out: IO[bytes], layout: Layout) -> None:
    """Write Arrow chunks as Parquet; where they were cut leaves no trace."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = schema(layout)
    with pq.ParquetWriter(out, columns) as writer:
        waiting = columns.empty_table()
        for chunk in filter(None, chunks):
            batch = pa.ipc.read_record_batch(pa.py_buffer(chunk), columns)
            waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch], columns)])
            while waiting.num_rows >= _ROW_GROUP:
                # In one chunk, for a page of Parquet ends with a chunk.
                writer.write_table(waiting.slice(0, _ROW_GROUP).combine_chunks())
                waiting = waiting.slice(_ROW_GROUP)
        if waiting.num_rows:
            writer.write_table(waiting.combine_chunks())


def csv_head(layout: Layout) -> bytes:
    """The head line of CSV."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(layout.fields)
    return line.getvalue().encode()


class Form(NamedTuple):
    """How one form is written.

    Attributes:
        chunk: Makes a chunk of rows; no rows make an empty one.
        scored: The same of what was just scored.
        head: What stands before the first chunk that is not empty.
        put_together: Writes chunks, in order, as a file.
        in_pieces: Whether chunks put one behind the other are the file.
    """

    chunk: Callable[[Iterable[Row], Layout], bytes]
    scored: Callable[[Iterable[Batch], Layout], bytes]
    head: Callable[[Layout], bytes]
    put_together: Callable[[Iterable[bytes], IO[bytes], Layout], None]
    in_pieces: bool = True


FORMS = {
    "jsonl": Form(jsonl_chunk, lambda scored, _: lines.jsonl(scored), lambda _: b"", put_together),
    "csv": Form(csv_chunk, lambda scored, _: lines.csv_lines(scored), csv_head, put_together),
    "parquet": Form(
        arrow_chunk, scored_arrow_chunk, lambda _: b"", put_parquet_together, in_pieces=False
    ),
}
