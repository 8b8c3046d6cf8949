"""Verdicts of a model on label rows: what an annotation tool shows to be confirmed or mended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chipstance.companies.mention import Mention
from chipstance.labels.exchange.suggested import Suggestion
from chipstance.labels.rows import LabelRow
from chipstance.models.features.tasks import SENTIMENT
from chipstance.models.verdicts.asked import first_mentions
from chipstance.models.verdicts.model import Model

Probabilities = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class RowVerdicts:
    """What a model says of one row.

    Attributes:
        tasks: Probability of each label, by task.
        companies: Probability of each sentiment, by company id; those that linking found.
    """

    tasks: dict[str, Probabilities]
    companies: dict[str, Probabilities]


def judge_rows(
    model: Model, rows: Sequence[LabelRow], mentions: Sequence[Sequence[Mention]]
) -> list[RowVerdicts]:
    """Probabilities of every verdict on label rows.

    Args:
        model: The model.
        rows: Rows, labelled or not; their labels are not looked at.
        mentions: The companies found in each.

    Returns:
        One for each row.
    """
    found = [RowVerdicts({}, {}) for _ in rows]
    views = [
        model.views.sentence(row.text, named) for row, named in zip(rows, mentions, strict=True)
    ]
    probabilities = model.sentence_scorer.probabilities(views)
    for head in model.sentence_scorer.heads:
        for each, p in zip(found, probabilities[head.task].tolist(), strict=True):
            each.tasks[head.task] = dict(zip(head.labels, p, strict=True))
    for (at, company), p in _sentiments(model, rows, mentions):
        found[at].companies[company] = p
    return found


def _sentiments(
    model: Model, rows: Sequence[LabelRow], mentions: Sequence[Sequence[Mention]]
) -> Iterator[tuple[tuple[int, str], Probabilities]]:
    """Row, company and probabilities of each company found; none from a model without them."""
    scorer = model.mention_scorer
    head = next((head for head in scorer.heads if head.task == SENTIMENT), None) if scorer else None
    if scorer is None or head is None:
        return
    pairs = [
        (at, mention.company)
        for at, named in enumerate(mentions)
        for mention in first_mentions(named)
    ]
    views = [model.views.mention(rows[at].text, mentions[at], who) for at, who in pairs]
    for pair, p in zip(pairs, scorer.probabilities(views)[SENTIMENT].tolist(), strict=True):
        yield pair, dict(zip(head.labels, p, strict=True))


def suggestion(said: RowVerdicts, model: Model) -> Suggestion:
    """The likeliest verdicts alone."""
    return Suggestion(
        {task: _best(p) for task, p in said.tasks.items()},
        {company: _best(p) for company, p in said.companies.items()},
        model.name,
    )


def _best(p: Probabilities) -> tuple[str, float]:
    label = max(p, key=p.__getitem__)
    return label, p[label]
