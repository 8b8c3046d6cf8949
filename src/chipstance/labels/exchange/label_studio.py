"""Label Studio's JSON: tasks with annotations and predictions, and a labelling configuration.

Its formats are described at labelstud.io/guide/task_format and /guide/predictions. Stance, topic
and hype are `choices`; a company is a span of `labels`, the label being its sentiment. Label Studio
counts characters (code points), but counted UTF-16 units before 2022 (its issue 1347); a span that
brings its text tells which.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from chipstance.callbacks import Say
from chipstance.companies.linking import Linker
from chipstance.companies.mention import Mention
from chipstance.errors import LabelError
from chipstance.labels.exchange.carried import COMPANIES, carried
from chipstance.labels.exchange.spans import Span, companies_of_spans, company_spans, from_utf16
from chipstance.labels.exchange.suggested import Suggestion
from chipstance.labels.rows import LabelRow, is_task, parse_row

Json = dict[str, Any]
# Every task of JSON_MIN has it, and nothing that other programs write.
_ANSWER = "annotation_id"


def to_tasks(
    rows: Sequence[LabelRow],
    mentions: Sequence[Sequence[Mention]],
    suggestions: Sequence[Suggestion | None],
) -> Iterator[Json]:
    """Label rows as Label Studio tasks.

    Args:
        rows: Label rows, labelled or not.
        mentions: The companies found in each.
        suggestions: What a model says of each, to be shown as a prediction; or None.

    Yields:
        Tasks: what is labelled is an annotation, a suggestion a prediction.
    """
    for row, named, suggestion in zip(rows, mentions, suggestions, strict=True):
        spans, without_place = company_spans(row.companies or {}, named)
        task: Json = {"data": carried(row, spans, named, without_place)}
        if row.labelled:
            task["annotations"] = [{"result": _result(row.text, row.labels, spans)}]
        if suggestion is not None:
            labels = {name: label for name, (label, _) in suggestion.labels.items()}
            sentiments = {name: label for name, (label, _) in suggestion.companies.items()}
            guessed, _ = company_spans(sentiments, named)
            task["predictions"] = [
                {
                    "model_version": suggestion.model,
                    "score": round(suggestion.score, 4),
                    "result": _result(row.text, labels, guessed),
                }
            ]
        yield task


def _result(text: str, labels: Mapping[str, str], spans: Sequence[Span]) -> list[Json]:
    found = [
        {"from_name": task, "type": "choices", "value": {"choices": [label]}}
        for task, label in labels.items()
    ] + [
        {
            "from_name": COMPANIES,
            "type": "labels",
            "value": {
                "start": span.start,
                "end": span.end,
                "text": text[span.start : span.end],
                "labels": [span.label],
            },
        }
        for span in spans
    ]
    return [{"id": f"r{number}", "to_name": "text", **each} for number, each in enumerate(found)]


def is_exported(task: object, _columns: Mapping[str, str]) -> bool:
    """Whether an object is a task that Label Studio exported, in full or as JSON_MIN."""
    return isinstance(task, dict) and (isinstance(task.get("data"), dict) or _ANSWER in task)


def from_task(
    task: object,
    where: str,
    *,
    linker: Linker,
    columns: Mapping[str, str],
    problems: Say,
) -> LabelRow:
    """A label row of one exported task, of the full JSON or of JSON_MIN.

    Args:
        task: The decoded object.
        where: File and number, for messages.
        linker: Finds the company of a span.
        columns: Label Studio's name of a data field or a control by ours, where they differ.
        problems: Told of a span that names no known company.

    Returns:
        The row; without labels where nobody annotated it, a prediction being no label. Of several
        annotations the ground truth counts, else the last.

    Raises:
        LabelError: It is no task, or contradicts itself.
    """
    if not isinstance(task, dict):
        raise LabelError(f"{where}: not an object; export the project as JSON")
    if not is_exported(task, columns):
        raise LabelError(f"{where}: neither data nor {_ANSWER}, as Label Studio writes them")
    minimal = not isinstance(task.get("data"), dict)
    data = dict(task if minimal else task["data"])
    ours = {theirs: name for name, theirs in columns.items()}
    data = {ours.get(name, name): value for name, value in data.items()}
    text = data.get("text")
    try:
        results = _of_minimal(data) if minimal else _annotated(task)
        labelled = set(data.pop("labelled", None) or ())
        companies: dict[str, str] = dict(data.pop("companies_without_place", None) or {})
        known = {(start, end): company for start, end, company in data.pop("mentions", None) or ()}
        labels, spans, others = _read(results or [], text if isinstance(text, str) else "", ours)
        if spans:
            companies |= companies_of_spans(
                str(text), spans, known, linker, lambda line: problems(f"{where}: {line}")
            )
    except LabelError as error:
        raise LabelError(f"{where}: {error}") from None
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, OverflowError):
        raise LabelError(f"{where}: an annotation of no form that Label Studio writes") from None
    if others:
        data["label_studio"] = others
    if results is not None and (spans or companies or COMPANIES in labelled):
        data[COMPANIES] = companies
    return parse_row({**data, **labels}, where, tasks=labels.keys(), unlabelled=True)


def _annotated(task: Mapping[str, Any]) -> list[Json] | None:
    """Results of the annotation that counts; None where there is none."""
    given = task.get("annotations") or task.get("completions") or []
    given = [each for each in given if isinstance(each, dict) and not each.get("was_cancelled")]
    if not given:
        return None
    given.sort(key=lambda each: (bool(each.get("ground_truth")), str(each.get("updated_at") or "")))
    results: list[Json] = given[-1].get("result") or []
    return results


# Fields of JSON_MIN that are no answer of the annotator.
_MINIMAL = frozenset(
    {
        "text", "article", "extra", "mentions", "labelled", "companies_without_place", "id",
        "annotator", _ANSWER, "created_at", "updated_at", "lead_time",
    }
)  # fmt: skip


def _of_minimal(data: Json) -> list[Json]:
    """The results that JSON_MIN has as fields; they are taken out of the data."""
    results = []
    for name in [name for name in data if name not in _MINIMAL]:
        value = data[name]
        if isinstance(value, list) and all(isinstance(v, dict) and "labels" in v for v in value):
            results += [{"from_name": name, "type": "labels", "value": each} for each in value]
        elif isinstance(value, dict) and "choices" in value:
            results.append({"from_name": name, "type": "choices", "value": value})
        elif isinstance(value, str) and (is_task(name) or name in (data.get("labelled") or ())):
            results.append({"from_name": name, "type": "choices", "value": {"choices": [value]}})
        else:
            continue
        del data[name]
    return results


def _read(
    results: Sequence[Json], text: str, ours: Mapping[str, str]
) -> tuple[dict[str, str], list[Span], list[Json]]:
    """Labels by task, spans, and what is neither."""
    labels: dict[str, str] = {}
    spans: list[Span] = []
    others: list[Json] = []
    # Sentiment of a region, where a project asks for it beside the region's label.
    of_region = {
        each["id"]: each["value"]["choices"][0]
        for each in results
        if each["type"] == "choices" and "start" in each["value"]
    }
    for each in results:
        value = each["value"]
        if each["type"] == "labels":
            start, end = _place(text, value)
            label = of_region.get(each.get("id")) or value["labels"][0]
            spans.append(Span(start, end, label))
        elif each["type"] != "choices":
            others.append(each)
        elif "start" not in value:
            task = ours.get(each["from_name"], each["from_name"])
            if len(value["choices"]) != 1 or task in labels:
                raise LabelError(f"{task} has several labels; leave one")
            labels[task] = value["choices"][0]
    return labels, spans, others


def _place(text: str, value: Mapping[str, Any]) -> tuple[int, int]:
    """Where a span lies, in characters, whichever way its positions were counted."""
    start, end, said = int(value["start"]), int(value["end"]), value.get("text")
    if said and text[start:end] != said:
        units = from_utf16(text, start), from_utf16(text, end)
        if None not in units and text[slice(*units)] == said:
            return units[0] or 0, units[1] or 0
        raise LabelError(f"the text from {start} to {end} is not {said!r}; was it changed?")
    return start, end


def configuration(labels: Mapping[str, Sequence[str]], sentiments: Sequence[str]) -> str:
    """The labelling configuration to paste under Settings, Labeling Interface.

    Args:
        labels: Label values by task.
        sentiments: Those of companies.
    """
    lines = ["<View>"]
    if sentiments:
        lines.append('  <Labels name="companies" toName="text">')
        lines += [f"    <Label value={quoteattr(each)}/>" for each in sentiments]
        lines.append("  </Labels>")
    lines.append('  <Text name="text" value="$text" saveTextResult="yes"/>')
    for task, values in labels.items():
        lines.append(f"  <Header value={quoteattr(task)}/>")
        lines.append(f'  <Choices name={quoteattr(task)} toName="text" choice="single-radio">')
        lines += [f"    <Choice value={quoteattr(value)}/>" for value in values]
        lines.append("  </Choices>")
    return "\n".join([*lines, "</View>", ""])
