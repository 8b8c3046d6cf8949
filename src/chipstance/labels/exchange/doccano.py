"""doccano's JSON Lines: spans in `entities`, labels of the whole text in `cats`.

That is the form of its projects for intent detection and slot filling, which alone have both; the
`label` of its other two kinds of project, spans or labels, is read too. doccano counts positions in
UTF-16 units, as the browser does (doccano/doccano, issue 2290), so a rare character takes two. What
else a line says it keeps and gives back.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal

from chipstance.callbacks import Say
from chipstance.companies.linking import Linker
from chipstance.companies.mention import Mention
from chipstance.errors import LabelError
from chipstance.labels.exchange.carried import COMPANIES, carried
from chipstance.labels.exchange.spans import (
    Span,
    companies_of_spans,
    company_spans,
    from_utf16,
    utf16_length,
)
from chipstance.labels.exchange.suggested import Suggestion
from chipstance.labels.guide import GUIDE_LABELS
from chipstance.labels.rows import LabelRow, parse_row

Json = dict[str, Any]
Offsets = Literal["utf-16", "characters"]
# Where its kinds of project have their labels.
_FIELDS = ("entities", "cats", "label", "labels")


def to_lines(
    rows: Sequence[LabelRow],
    mentions: Sequence[Sequence[Mention]],
    suggestions: Sequence[Suggestion | None],
) -> Iterator[Json]:
    """Label rows as objects for doccano.

    Args:
        rows: Label rows, labelled or not.
        mentions: The companies found in each.
        suggestions: What a model says of each, or None. doccano has no place for predictions, so
            they fill in what is not labelled, and `suggested` says that they did.

    Yields:
        One object for each row.
    """
    for row, named, suggestion in zip(rows, mentions, suggestions, strict=True):
        labels, companies = dict(row.labels), dict(row.companies or {})
        if suggestion is not None:
            guessed = {task: label for task, (label, _) in suggestion.labels.items()}
            labels = guessed | labels
            if row.companies is None:
                companies = {name: label for name, (label, _) in suggestion.companies.items()}
        spans, without_place = company_spans(companies, named)
        data = carried(row, spans, named, without_place)
        said = {} if suggestion is None else {"suggested": str(suggestion)}
        yield {
            **data,
            **said,
            "entities": [[*_units(row.text, each.start, each.end), each.label] for each in spans],
            "cats": [f"{task}:{label}" for task, label in labels.items()],
            "mentions": [
                [*_units(row.text, start, end), company] for start, end, company in data["mentions"]
            ],
        }


def _units(text: str, start: int, end: int) -> tuple[int, int]:
    return utf16_length(text[:start]), utf16_length(text[:end])


def is_exported(line: object, columns: Mapping[str, str]) -> bool:
    """Whether an object is a line that doccano exported, labelled or not.

    Args:
        line: The decoded object.
        columns: The file's name of a field by ours, where they differ.
    """
    if not isinstance(line, dict):
        return False
    data = _renamed(line, columns)
    return any(isinstance(data.get(name), list) for name in _FIELDS)


def _renamed(line: Json, columns: Mapping[str, str]) -> Json:
    ours = {theirs: name for name, theirs in columns.items()}
    return {ours.get(name, name): value for name, value in line.items()}


def from_line(
    line: object,
    where: str,
    *,
    linker: Linker,
    columns: Mapping[str, str],
    problems: Say,
    offsets: Offsets = "utf-16",
) -> LabelRow:
    """A label row of one exported line.

    Args:
        line: The decoded object.
        where: File and row, for messages.
        linker: Finds the company of a span.
        columns: The file's name of a field by ours, where they differ.
        problems: Told of a span that names no known company.
        offsets: What positions count: UTF-16 units, as doccano does, or characters, as programs
            that write files for doccano often do.

    Raises:
        LabelError: It is no such line, or contradicts itself.
    """
    if not isinstance(line, dict):
        raise LabelError(f"{where}: not an object; export the project as JSONL")
    if not is_exported(line, columns):
        raise LabelError(f"{where}: no list of labels as doccano writes it: {', '.join(_FIELDS)}")
    data = _renamed(line, columns)
    if "text" not in data and "data" in data:
        data["text"] = data.pop("data")
    text = data["text"] if isinstance(data.get("text"), str) else ""
    given = [
        each for name in _FIELDS if isinstance(data.get(name), list) for each in data.pop(name)
    ]
    try:
        labelled = list(data.pop("labelled", None) or ())
        companies: dict[str, str] = dict(data.pop("companies_without_place", None) or {})
        known = {}
        for start, end, company in data.pop("mentions", None) or ():
            known[_characters(text, start, end, offsets)] = str(company)
        spans = [_span(text, each, offsets) for each in given if not isinstance(each, str)]
        labels = _labels([each for each in given if isinstance(each, str)], labelled)
        companies |= companies_of_spans(
            text, spans, known, linker, lambda said: problems(f"{where}: {said}")
        )
    except LabelError as error:
        raise LabelError(f"{where}: {error}") from None
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        raise LabelError(f"{where}: a span of a form that doccano does not write") from None
    if spans or companies or COMPANIES in labelled:
        data[COMPANIES] = companies
    return parse_row({**data, **labels}, where, tasks=labels.keys(), unlabelled=True)


def _span(text: str, entity: Any, offsets: Offsets) -> Span:
    """A span, which is `[start, end, label]`, or an object where the project has relations."""
    if isinstance(entity, dict):
        entity = entity["start_offset"], entity["end_offset"], entity["label"]
    start, end, label = entity
    return Span(*_characters(text, start, end, offsets), str(label))


def _characters(text: str, start: int, end: int, offsets: Offsets) -> tuple[int, int]:
    if offsets == "characters":
        return start, end
    first, last = from_utf16(text, start), from_utf16(text, end)
    if first is None or last is None:
        raise LabelError(
            f"a span from {start} to {end} fits no UTF-16 units of the text;"
            " if the file counts characters, give --offsets characters"
        )
    return first, last


def _labels(given: Sequence[str], tasks: Collection[str]) -> dict[str, str]:
    """Labels by task, which stands before a colon, or is the guide's task of that label."""
    labels: dict[str, str] = {}
    for each in given:
        known = next(
            (task for task in tasks if each.startswith(f"{task}:")), each.partition(":")[0]
        )
        label = each[len(known) + 1 :]
        if not known or not label:
            known = next((task for task, of in GUIDE_LABELS.items() if each in of), "label")
            label = each
        if labels.setdefault(known, label) != label:
            raise LabelError(f"{known} is both {labels[known]} and {label}; leave one")
    return labels
