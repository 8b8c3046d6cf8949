"""What a model's manifest must have before anything believes it.

A manifest may come from a stranger: every field that scoring, listing, the card, comparison and
drift read is looked at here, once, so that none of them meets a wrong type or a number without end.
"""

from collections.abc import Mapping
from typing import Any

_LONGEST_NAME = 255
_LARGEST = 1e15


def is_whole(manifest: Any) -> bool:
    """Whether a manifest, as JSON has it, can be relied on.

    >>> is_whole({"format": 2})
    False
    """
    try:
        return _is_whole(manifest)
    except (AttributeError, KeyError, TypeError):
        # A field is missing, or is of another type than what is asked of it.
        return False


def _is_whole(manifest: Mapping[str, Any]) -> bool:
    return (
        _is_name(manifest["name"])
        and _is_count(manifest["rows"])
        and _is_count(manifest["articles"])
        and _is_name(manifest["labels_digest"])
        and all(isinstance(sums, str) for sums in manifest["files"].values())
        and _is_number_or_none(manifest.get("unseen_words"))
        and "sentence" in manifest["views"]
        and all(_is_view(view["tasks"]) for view in manifest["views"].values())
    )


def _is_view(tasks: Any) -> bool:
    names = [task["task"] for task in tasks]
    return bool(names) and len(set(names)) == len(names) and all(map(_is_task, tasks))


def _is_task(task: Mapping[str, Any]) -> bool:
    labels, counts = task["labels"], task["counts"]
    return (
        _is_name(task["task"])
        and isinstance(labels, list)
        and bool(labels)
        and all(map(_is_name, labels))
        and len(set(labels)) == len(labels) == len(task["intercept"])
        and all(map(_is_number, task["intercept"]))
        and all(map(_is_count, counts.values()))
        and _are_scores(task.get("cross_validated"), counts)
        and _are_shares(task.get("held_out"), labels)
    )


def _are_scores(scores: Any, labels: Mapping[str, Any]) -> bool:
    """Cross-validated scores; None of what could not be cross-validated."""
    return scores is None or (
        _is_number(scores["accuracy"])
        and _is_number(scores["macro_f1"])
        and _is_number_or_none(scores["calibration_error"])
        and len(scores["macro_f1_ci95"]) == 2
        and all(map(_is_number, scores["macro_f1_ci95"]))
        and all(_is_number(scores["per_label"][label]["f1"]) for label in labels)
    )


def _are_shares(held_out: Any, labels: list[str]) -> bool:
    """Shares of labels and confidence while held out; None of what never was."""
    return held_out is None or (
        _is_number(held_out["confidence"])
        and all(_is_number(held_out["shares"][label]) for label in labels)
    )


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_NAME


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def _is_number(value: Any) -> bool:
    # Compared and not converted: JSON has whole numbers that no float holds, and NaN.
    return type(value) in (int, float) and -_LARGEST <= value <= _LARGEST


def _is_number_or_none(value: Any) -> bool:
    return value is None or _is_number(value)
