"""Cross-validation: what a model of some labels is worth on articles that it has not met."""

from collections.abc import Mapping, Sequence

from chipstance.callbacks import Say
from chipstance.errors import LabelError
from chipstance.labels.rows import LabelRow
from chipstance.models.features.tasks import title
from chipstance.models.judging.evaluation import Report, baseline_reports
from chipstance.models.learning.examples import (
    Example,
    link_rows,
    mention_examples,
    sentence_examples,
)
from chipstance.models.learning.parameters import Parameters
from chipstance.models.learning.repeats import without_repeats
from chipstance.models.learning.whole import train
from chipstance.models.verdicts.model import Model


def cross_validate(
    rows: Sequence[LabelRow],
    model: Model,
    *,
    with_baselines: bool = False,
    parameters: Mapping[str, Parameters] | None = None,
    progress: Say = lambda _: None,
    notes: Say = lambda _: None,
) -> Report:
    """Train on parts of the rows and measure on the others, articles kept whole.

    Args:
        rows: Label rows; repeats are left out, as training does.
        model: Its company table links, its word lists make the views that baselines see.
        with_baselines: Whether to put majority and SnowNLP beside each task.
        parameters: What decides the outcome, by view; None to have it chosen, as training does.
        progress: Called with a line before each task.
        notes: Called with a line about what is left out.

    Returns:
        As `evaluate`, linking and end to end apart. Tasks with too few articles or rows to hold
        any out are left out.

    Raises:
        LabelError: Every task has too few.
    """
    rows, repeats = without_repeats(rows)
    for line in repeats.lines():
        notes(line)
    trained = train(
        rows,
        model.linker,
        name="cross-validation",
        parameters=parameters,
        progress=progress,
        notes=notes,
    )
    examples = _trained_on(rows, model) if with_baselines else {}
    report: Report = {}
    few = []
    for name, view in trained.views.items():
        for task in view.tasks:
            if task.cross_validated is None:
                few.append(title(name, task.task))
                continue
            scores = task.cross_validated.as_json()
            if with_baselines:
                own = [each for each in examples[name] if task.task in each.labels]
                scores["baselines"] = baseline_reports(task.task, own, rows)
            if name == "sentence":
                report[task.task] = scores
            else:
                report["companies"] = {task.task: scores}
    if few:
        problem = f"{', '.join(few)}: too few articles or rows to cross-validate"
        if not report:
            raise LabelError(problem)
        notes(f"{problem}; left out")
    return report


def _trained_on(rows: Sequence[LabelRow], model: Model) -> dict[str, list[Example]]:
    """The examples that training takes of rows, by view."""
    mentions = link_rows(rows, model.linker)
    return {
        "sentence": sentence_examples(rows, mentions, model.views),
        "mention": [each for each in mention_examples(rows, mentions, model.views) if each.linked],
    }
