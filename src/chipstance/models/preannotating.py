"""Verdicts of a model on label rows: what an annotation tool shows to be confirmed or mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chipstance.companies.mention import Mention
from chipstance.labels.rows import LabelRow
from chipstance.labels.suggested import Suggestion
from chipstance.models.model import Model, first_mentions
from chipstance.models.tasks import SENTIMENT

Probabilities = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model says of one row: the probability of each label, by task and by company."""

    tasks: dict[str, Probabilities]
    companies: dict[str, Probabilities]


def judge_rows(
    model: Model, rows: Sequence[LabelRow], mentions: Sequence[Sequence[Mention]]
) -> list[Judged]:
    """Probabilities of every verdict on label rows.

    Args:
        model: The model.
        rows: Rows, labelled or not; their labels are not looked at.
        mentions: The companies found in each.
    """
    found = [Judged({}, {}) for _ in rows]
    views = [
        model.views.sentence(row.text, named) for row, named in zip(rows, mentions, strict=True)
    ]
    probabilities = model.sentence_scorer.probabilities(views)
    for head in model.sentence_scorer.heads:
        for each, p in zip(found, probabilities[head.task].tolist(), strict=True):
            each.tasks[head.task] = dict(zip(head.labels, p, strict=True))
    scorer = model.mention_scorer
    named_in = [
        (at, mention.company)
        for at, named in enumerate(mentions)
        for mention in first_mentions(named)
    ]
    for head in scorer.heads if scorer else ():
        if scorer and head.task == SENTIMENT:
            seen = [model.views.mention(rows[at].text, mentions[at], who) for at, who in named_in]
            p_of = scorer.probabilities(seen)[SENTIMENT].tolist()
            for (at, who), p in zip(named_in, p_of, strict=True):
                found[at].companies[who] = dict(zip(head.labels, p, strict=True))
    return found


def suggestion(judged: Judged, model: Model) -> Suggestion:
    """The likeliest verdicts alone."""
    return Suggestion(
        {task: _best(p) for task, p in judged.tasks.items()},
        {company: _best(p) for company, p in judged.companies.items()},
        model.name,
    )


def _best(p: Probabilities) -> tuple[str, float]:
    label = max(p, key=p.__getitem__)
    return label, p[label]
