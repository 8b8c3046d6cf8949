"""Label rows: what a reader said of a sentence.

Whether the labels make sense is for `checks` to say, which file they come from for `reading`.
"""

import json
import math
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from chipstance.articles.tables.plain import plain
from chipstance.errors import LabelError
from chipstance.labels.company_cells import company_labels
from chipstance.printable import whole

# What an article or a scored row says beside its labels; such a column is no task.
NOT_TASKS = frozenset(
    {
        "article", "text", "companies", "source", "title", "published", "index", "start", "end",
        "model", "date", "url", "id", "extra", "suggested", "why", "relevance", "novelty", "story",
    }
)  # fmt: skip

_OURS = ("text", "article", "companies")
# What a model can keep; free text taken for a task is longer.
LONGEST_LABEL = 255


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One labelled sentence.

    Attributes:
        text: The sentence.
        labels: Label of each task that was labelled, such as `{"stance": "bearish"}`.
        companies: Sentiment label of each company named; None where companies were not labelled.
        article: Id of the article it belongs to; the text itself where none is given, so that
            equal texts never straddle a split.
        where: File and row, for messages.
        extra: Whatever else the row says, such as its source; nothing learns from it.
    """

    text: str
    labels: Mapping[str, str]
    companies: Mapping[str, str] | None = None
    article: str = ""
    where: str = field(default="", compare=False)
    extra: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if not self.article:
            object.__setattr__(self, "article", self.text)

    @property
    def labelled(self) -> bool:
        """Whether anything is labelled."""
        return bool(self.labels) or self.companies is not None


def parse_row(
    row: object, where: str, *, tasks: Collection[str] | None = None, unlabelled: bool = False
) -> LabelRow:
    """Make a label row of one decoded JSON object or table row.

    Args:
        row: A mapping with `text`; `article` and `companies` may stand beside it.
        where: File and row, for messages.
        tasks: The keys that are tasks; by default every key but those of `NOT_TASKS` and the
            probabilities of scored rows (`stance_p` and so on).
        unlabelled: Whether a row without any label will do.

    Raises:
        LabelError: It has no text, no label at all, or a label that is no string or number, or
            too long; or it holds lists in lists without end.
    """
    if not isinstance(row, dict):
        raise LabelError(f'{where}: not an object; a row looks like {{"text": …, "stance": …}}')
    row, tasks = _plain(row, where), None if tasks is None else set(map(whole, tasks))
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise LabelError(f"{where}: no text; give the sentence in `text`")
    labels = {}
    for task, value in row.items():
        if is_task(task) if tasks is None else task in tasks:
            label = as_label(value)
            if label is None:
                raise LabelError(f"{where}: {task} is not a string; write the label as text")
            if len(label) > LONGEST_LABEL:
                raise LabelError(
                    f"{where}: {task} of {len(label)} characters; a label has {LONGEST_LABEL} at"
                    " most; say which columns are tasks: --column stance=COLUMN"
                )
            if label:
                labels[task] = label
    companies = plain(company_labels(row.get("companies"), where))
    if not labels and companies is None and not unlabelled:
        raise LabelError(f"{where}: no label; give at least one task")
    article = as_label(row.get("article"))
    return LabelRow(text, labels, companies, article or text, where, _extra(row, labels))


def _plain(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    try:
        plainly: dict[str, Any] = plain(row)
    except RecursionError:
        raise LabelError(f"{where}: lists in lists without end; leave them out") from None
    return plainly


def _extra(row: Mapping[str, Any], labels: Collection[str]) -> dict[str, Any]:
    extra = {
        key: value
        for key, value in row.items()
        if key not in labels and key not in _OURS and value not in (None, "")
    }
    # `as_record` puts there what would be taken for a task beside the labels.
    inside = extra.pop("extra", None)
    if isinstance(inside, str):
        with suppress(ValueError, RecursionError):
            inside = plain(json.loads(inside))
    return extra | (inside if isinstance(inside, dict) else {"extra": inside} if inside else {})


def as_record(row: LabelRow) -> dict[str, Any]:
    """A row as a plain object that `parse_row` makes the same row of.

    What else it says stays beside the labels where it cannot be taken for a task, such as its
    source; the rest is put into `extra`.
    """
    record: dict[str, Any] = {} if row.article == row.text else {"article": row.article}
    record |= {"text": row.text, **row.labels}
    if row.companies is not None:
        record["companies"] = dict(row.companies)
    hidden = {}
    for name, value in row.extra.items():
        if name == "extra" or name in _OURS or name in record or is_task(name):
            hidden[name] = value
        else:
            record[name] = value
    return record | ({"extra": hidden} if hidden else {})


def is_task(name: str) -> bool:
    """Whether a key is a task, as long as nobody says what the tasks are."""
    return name not in NOT_TASKS and not name.endswith("_p")


def as_label(value: object) -> str | None:
    """A cell as a label: whole numbers become text, and what is missing the empty string.

    Args:
        value: A decoded value.

    Returns:
        The label; None for what can be none, such as a list or 0.5.

    >>> as_label(1.0), as_label(" bullish "), as_label(None), as_label(0.5)
    ('1', 'bullish', '', None)
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return str(int(value))
    return None
