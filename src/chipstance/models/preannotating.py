"""Verdicts of a model on label rows: what an annotation tool shows to be confirmed or mended."""

from collections.abc import Sequence

from chipstance.companies.mention import Mention
from chipstance.labels.rows import LabelRow
from chipstance.labels.suggested import Suggestion
from chipstance.models.examples import SENTIMENT
from chipstance.models.model import Model, first_mentions


def suggestions(
    model: Model, rows: Sequence[LabelRow], mentions: Sequence[Sequence[Mention]]
) -> list[Suggestion]:
    """What a model says of each row.

    Args:
        model: The model.
        rows: Rows, labelled or not; their labels are not looked at.
        mentions: The companies found in each.
    """
    views = [
        model.views.sentence(row.text, named) for row, named in zip(rows, mentions, strict=True)
    ]
    labels: list[dict[str, tuple[str, float]]] = [{} for _ in rows]
    probabilities = model.sentence_scorer.probabilities(views)
    for head in model.sentence_scorer.heads:
        for at, p in enumerate(probabilities[head.task]):
            labels[at][head.task] = head.labels[int(p.argmax())], float(p.max())
    companies: list[dict[str, tuple[str, float]]] = [{} for _ in rows]
    scorer = model.mention_scorer
    of_companies = [each for each in scorer.heads if each.task == SENTIMENT] if scorer else []
    if scorer and of_companies:
        named_in = [
            (at, mention.company)
            for at, named in enumerate(mentions)
            for mention in first_mentions(named)
        ]
        seen = [model.views.mention(rows[at].text, mentions[at], who) for at, who in named_in]
        for (at, who), p in zip(named_in, scorer.probabilities(seen)[SENTIMENT], strict=True):
            companies[at][who] = of_companies[0].labels[int(p.argmax())], float(p.max())
    return [Suggestion(*each, model.name) for each in zip(labels, companies, strict=True)]
