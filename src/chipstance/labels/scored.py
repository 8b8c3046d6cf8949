"""Rows that were scored among those to learn from: refused, for what a model says is no label."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from chipstance.articles.tables.columns import are_scored
from chipstance.errors import LabelError

# With those of `are_scored` all that a scored row says beside its verdicts.
_BESIDE = frozenset({"source", "title", "published", "companies", "model"})
# Of a company in a scored row; people who label give it a sentiment alone.
_OF_COMPANY = frozenset({"company", "sentiment", "sentiment_p"})
# Probabilities have six digits, and a spreadsheet may have left fewer.
_NEAR_ONE = 0.02


def check_unscored(records: Iterable[tuple[int, Mapping[str, Any]]], where: str) -> None:
    """Refuse rows of which one was scored.

    Args:
        records: Number of each row, and its values by column.
        where: File, for the message.

    Raises:
        LabelError: It says which row, and which of its fields shows it.
    """
    for number, record in records:
        if field := told_by(record):
            raise LabelError(
                f"{where}: scored rows are no labels (row {number} has {field});"
                " give what people labelled"
            )


def told_by(record: Mapping[str, Any]) -> str | None:
    """The field that shows that a row was scored; None for any other row.

    >>> told_by({"text": "台積電漲", "mood": "good", "mood_p": '{"good": 0.9, "bad": 0.1}'})
    'mood_p'
    >>> told_by({"text": "台積電漲", "mood": "good", "mood_p": 0.9})
    """
    verdicts = [
        name for name in record if name.endswith("_p") and name.removesuffix("_p") in record
    ]
    for name in verdicts:
        if _are_probabilities(record[name], record[name.removesuffix("_p")]):
            return name
    if _are_mentions(record.get("companies")):
        return "companies"
    whole = verdicts and are_scored(record) and record.keys() >= _BESIDE
    return "model" if whole else None


def _are_probabilities(value: object, label: object) -> bool:
    """Whether a value has a share of 1 for each label, that of the row among them."""
    value = _decoded(value, "{")
    if not isinstance(value, Mapping) or label not in list(value):
        return False
    shares = list(value.values())
    return (
        all(isinstance(share, int | float) and 0 <= share <= 1 for share in shares)
        and abs(sum(shares) - 1) < _NEAR_ONE
    )


def _are_mentions(value: object) -> bool:
    """Whether a value lists companies as scored rows do."""
    value = _decoded(value, "[")
    return isinstance(value, list) and any(
        isinstance(each, Mapping) and each.keys() >= _OF_COMPANY for each in value
    )


def _decoded(value: object, begins: str) -> object:
    """A value that a cell may have as JSON."""
    if isinstance(value, str) and value.lstrip().startswith(begins):
        with suppress(ValueError, RecursionError):
            return json.loads(value)
    return value
