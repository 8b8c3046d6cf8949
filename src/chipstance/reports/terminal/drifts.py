"""Drift, for people."""

from collections.abc import Iterator

from chipstance.models.judging.drifting import Drift, TaskDrift
from chipstance.printable import counted, printable_lines

_VERDICTS = {
    "known": "This is like what the model learned from.",
    "changing": "Something has changed; look at the lines above, and label some of these articles.",
    "unknown": "The model does not know this kind of text; its verdicts here are guesses.",
}


def as_table(drift: Drift) -> str:
    """A line for each sign, then and now, and the verdict."""
    return printable_lines(_lines(drift))


def _lines(drift: Drift) -> Iterator[str]:
    then, now = drift.unseen
    sentences, articles = counted(drift.sentences, "sentence"), counted(drift.articles, "article")
    yield f"{sentences} of {articles} against {drift.model}"
    before = "not known" if then is None else f"{then:.1%}"
    yield f"unseen words: {now:.1%} (in training, on articles held out: {before})"
    if drift.terms:
        yield "  " + " ".join(f"{term} {n}" for term, n in drift.terms)
    for task in drift.tasks:
        yield _task(task)
    yield _VERDICTS[drift.verdict]


def _task(task: TaskDrift) -> str:
    shares = ", ".join(
        f"{label} {then:.0%} → {now:.0%}" for label, (then, now) in task.shares.items()
    )
    then, now = task.confidence
    marks = [
        mark
        for mark, told in (("labels shifted", task.labels_shifted), ("less sure", task.less_sure))
        if told
    ]
    told = f"  [{', '.join(marks)}]" if marks else ""
    return f"{task.task}: {shares}; confidence {then:.0%} → {now:.0%}{told}"
