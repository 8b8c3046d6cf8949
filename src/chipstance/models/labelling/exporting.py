"""Label rows or articles to what annotation tools import, with a model's verdicts if wanted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from chipstance.articles.files import TEXTS
from chipstance.articles.reading import read
from chipstance.callbacks import Say
from chipstance.companies.linking import Linker
from chipstance.companies.mention import Mention
from chipstance.companies.table import load_table
from chipstance.labels.exchange import doccano, label_studio
from chipstance.labels.exchange.suggested import Suggestion
from chipstance.labels.guide import GUIDE_LABELS, GUIDE_SENTIMENTS
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.labels.writing import WRITERS, write_json, write_json_lines
from chipstance.models.features.tasks import SENTIMENT
from chipstance.models.labelling.preannotating import judge_rows, suggestion
from chipstance.models.learning.examples import link_rows
from chipstance.models.learning.material import fictional_companies
from chipstance.models.verdicts.model import Model, load


@dataclass(frozen=True, slots=True)
class Exported:
    """What goes to an annotation tool.

    Attributes:
        n: Number of rows.
        write: Writes them.
        configuration: Label Studio's labelling configuration that fits them.
    """

    n: int
    write: Callable[[IO[bytes]], None]
    configuration: str


def export_rows(
    paths: Sequence[Path],
    tool: str,
    *,
    articles: bool = False,
    as_rows: bool = False,
    suggest: str | None = None,
    companies: Path | None = None,
    columns: Mapping[str, str] | None = None,
    problems: Say,
    notes: Say,
) -> Exported:
    """Read label rows or articles and prepare them for a tool.

    Args:
        paths: Label files or folders of them; or articles.
        tool: `label-studio`, `doccano`, `csv` or `xlsx`.
        articles: Whether every path is of articles; texts, pages and folders of them always are.
        as_rows: Whether each row of a table is a text to be labelled, in whose columns only tasks
            of the model, or of the guide where there is none, and those of `columns` are labels.
        suggest: The model whose verdicts go along, a folder or what `store.find` knows it by;
            None for none.
        companies: A company table of one's own.
        columns: The files' name of a column by ours, where they differ.
        problems: Called with a line for each row or file that cannot be used.
        notes: Called with a line about what was guessed.

    Raises:
        LabelError: A file is missing or of no known kind.
        InputError: An article cannot be read.
        ModelError: The model is missing or damaged.
    """
    model = None if suggest is None else load(suggest, companies=companies)
    tasks = (model.tasks if model else tuple(GUIDE_LABELS)) if as_rows else None
    rows: list[LabelRow] = []
    of_rows = [path for path in paths if not articles and not _is_articles(path)]
    for path in paths:
        if path not in of_rows:
            rows += article_rows([path], problems)
        else:
            rows += read_labels(
                [path],
                problems=problems,
                columns=columns,
                notes=notes,
                unlabelled=True,
                tasks=tasks,
                beside=of_rows,
            )
    linker = Linker(load_table(*fictional_companies(paths, notes), companies))
    mentions = link_rows(rows, linker)
    found: list[Suggestion | None] = [None] * len(rows)
    if model is not None:
        found = [suggestion(each, model) for each in judge_rows(model, rows, mentions)]
    labels, sentiments = _values(rows, model)
    return Exported(
        len(rows),
        lambda out: _write(tool, rows, mentions, found, tuple(labels), out),
        label_studio.configuration(labels, sentiments),
    )


def _is_articles(path: Path) -> bool:
    if path.is_dir():
        return any(each.suffix.lower() in TEXTS - {".md"} for each in path.rglob("*"))
    return path.suffix.lower() in TEXTS


def article_rows(paths: Sequence[Path], problems: Say) -> list[LabelRow]:
    """The sentences of articles as rows to be labelled.

    Args:
        paths: Files of articles, or folders of them.
        problems: Called with a line for each article that cannot be read.

    Raises:
        InputError: A file that is named itself cannot be read.
    """
    rows: dict[tuple[str, str], LabelRow] = {}
    for path in paths:
        for article in read(path, problems=problems):
            about = {
                "source": article.source,
                "title": article.title,
                "published": article.published,
            }
            known = {name: value for name, value in about.items() if value}
            for index, sentence in enumerate(article.sentences):
                where = f"{path}: article {article.id}, sentence {index}"
                row = LabelRow(
                    sentence.text, {}, None, article.id, where, {**known, "index": index}
                )
                rows.setdefault((article.id, sentence.text), row)
    return list(rows.values())


def _values(
    rows: Sequence[LabelRow], model: Model | None
) -> tuple[dict[str, list[str]], list[str]]:
    """Label values by task, and sentiments: those given, the model's and the guide's."""
    values: dict[str, set[str]] = {}
    sentiments = {label for row in rows for label in (row.companies or {}).values()}
    for row in rows:
        for task, label in row.labels.items():
            values.setdefault(task, set()).add(label)
    if model is not None:
        for head in model.sentence_scorer.heads:
            values.setdefault(head.task, set()).update(head.labels)
        for head in model.mention_scorer.heads if model.mention_scorer else ():
            sentiments |= set(head.labels) if head.task == SENTIMENT else set()
    for task in GUIDE_LABELS if not values else [t for t in GUIDE_LABELS if t in values]:
        values[task] = values.get(task, set()) | GUIDE_LABELS[task]
    return {task: sorted(of) for task, of in values.items()}, sorted(sentiments | GUIDE_SENTIMENTS)


def _write(
    tool: str,
    rows: Sequence[LabelRow],
    mentions: Sequence[Sequence[Mention]],
    found: Sequence[Suggestion | None],
    tasks: Sequence[str],
    out: IO[bytes],
) -> None:
    if tool == "label-studio":
        write_json(label_studio.to_tasks(rows, mentions, found), out)
    elif tool == "doccano":
        write_json_lines(doccano.to_lines(rows, mentions, found), out)
    else:
        WRITERS[tool](list(_with_suggestions(rows, found)), out, tasks)


def _with_suggestions(
    rows: Sequence[LabelRow], found: Sequence[Suggestion | None]
) -> Iterator[LabelRow]:
    for row, verdicts in zip(rows, found, strict=True):
        said = {} if verdicts is None else {"suggested": str(verdicts)}
        yield replace(row, extra={**row.extra, **said})
