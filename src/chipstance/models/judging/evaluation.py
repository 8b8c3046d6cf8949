"""Evaluation: verdicts of a model beside the labels of people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chipstance.callbacks import Say
from chipstance.companies.mention import Mention
from chipstance.errors import LabelError
from chipstance.labels.rows import LabelRow
from chipstance.models.features.tasks import SENTIMENT
from chipstance.models.features.views import Views
from chipstance.models.judging import baselines
from chipstance.models.judging.unknown_labels import unknown_labels
from chipstance.models.learning.examples import (
    Example,
    companies_not_found,
    link_rows,
    mention_examples,
    sentence_examples,
)
from chipstance.models.learning.metrics import TaskScores, score_verdicts
from chipstance.models.scoring.scorer import Scorer
from chipstance.models.verdicts.model import Model

Report = dict[str, object]
NOT_NAMED = "(not named)"


@dataclass(frozen=True, slots=True)
class Judged:
    """Verdicts of one task beside the truth, all of one length."""

    task: str
    truth: list[str]
    verdicts: list[str]
    confidence: list[float]
    examples: list[Example]

    def scores(self) -> TaskScores:
        """How good the verdicts are."""
        import numpy as np

        groups = [example.group for example in self.examples]
        return score_verdicts(self.truth, self.verdicts, groups, np.array(self.confidence))


def evaluate(
    model: Model,
    rows: Sequence[LabelRow],
    *,
    with_baselines: bool = False,
    notes: Say = lambda _: None,
) -> Report:
    """Measure a model on label rows.

    Args:
        model: The model.
        rows: Label rows.
        with_baselines: Whether to put majority and SnowNLP beside each task.
        notes: Called with a line about labels that the model cannot get right.

    Returns:
        As `classify evaluate --format json` prints: by task its scores, and under `companies`
        those of linking, of sentiment with the companies given, and of both together.

    Raises:
        LabelError: No row carries a task that the model knows.
    """
    for line in unknown_labels(model, rows):
        notes(line)
    mentions = link_rows(rows, model.linker)
    report: Report = {}
    for judged in judge(model.sentence_scorer, sentence_examples(rows, mentions, model.views)):
        report[judged.task] = _task_report(judged, rows, with_baselines)
    if any(row.companies is not None for row in rows):
        report["companies"] = _companies_report(model, rows, mentions, with_baselines, notes)
    if not report:
        known = ", ".join(model.tasks)
        raise LabelError(f"no row has a label of a task that the model knows ({known})")
    return report


def _companies_report(
    model: Model,
    rows: Sequence[LabelRow],
    mentions: Sequence[Sequence[Mention]],
    with_baselines: bool,
    notes: Say,
) -> Report:
    report: Report = {"linking": linking_scores(rows, mentions)}
    examples = mention_examples(rows, mentions, model.views)
    if line := companies_not_found(examples, model.linker.table):
        notes(line)
    scorer = model.mention_scorer
    if scorer is None:
        return report
    for judged in judge(scorer, examples):
        report[judged.task] = _task_report(judged, rows, with_baselines)
    if SENTIMENT in report:
        report["end_to_end"] = _end_to_end(scorer, model.views, rows, mentions)
    return report


def judge(scorer: Scorer, examples: Sequence[Example]) -> list[Judged]:
    """Verdicts on the examples of each task of a scorer that has any."""
    probabilities = scorer.probabilities([example.view for example in examples])
    judged = []
    for head in scorer.heads:
        rows = [at for at, example in enumerate(examples) if head.task in example.labels]
        if not rows:
            continue
        p = probabilities[head.task][rows]
        verdicts = [head.labels[at] for at in p.argmax(axis=1)]
        mine = [examples[at] for at in rows]
        truth = [example.labels[head.task] for example in mine]
        judged.append(Judged(head.task, truth, verdicts, p.max(axis=1).tolist(), mine))
    return judged


def _task_report(judged: Judged, rows: Sequence[LabelRow], with_baselines: bool) -> Report:
    report = judged.scores().as_json()
    if with_baselines:
        report["baselines"] = baseline_reports(judged.task, judged.examples, rows)
    return report


def baseline_reports(task: str, examples: Sequence[Example], rows: Sequence[LabelRow]) -> Report:
    """Scores of the baselines on the examples of a task, by name."""
    truth = [example.labels[task] for example in examples]
    groups = [example.group for example in examples]
    texts = [rows[example.row].text for example in examples]
    found: dict[str, TaskScores | None] = {
        "majority": baselines.majority(truth, groups),
        "snownlp": baselines.snownlp(task, texts, truth, groups),
    }
    if all(example.company for example in examples):
        found["stance for everybody"] = _stance_for_everybody(truth, examples, rows)
    return {name: scores.as_json() for name, scores in found.items() if scores}


def _stance_for_everybody(
    truth: Sequence[str], examples: Sequence[Example], rows: Sequence[LabelRow]
) -> TaskScores | None:
    """What one gets by giving every company its sentence's own stance, as labelled."""
    same = {"bullish": "positive", "bearish": "negative", "neutral": "neutral"}
    stances = [rows[example.row].labels.get("stance", "") for example in examples]
    if not all(stance in same for stance in stances):
        return None
    verdicts = [same[stance] for stance in stances]
    return score_verdicts(truth, verdicts, [example.group for example in examples])


def linking_scores(
    rows: Sequence[LabelRow], mentions: Sequence[Sequence[Mention]]
) -> Mapping[str, float]:
    """Precision, recall and F1 of (sentence, company) pairs, 0 to 1."""
    right = found = named = 0
    for row, linked in zip(rows, mentions, strict=True):
        if row.companies is not None:
            got = {mention.company for mention in linked}
            right += len(got & row.companies.keys())
            found += len(got)
            named += len(row.companies)
    return {
        "precision": round(right / found, 4) if found else 0.0,
        "recall": round(right / named, 4) if named else 0.0,
        "f1": round(2 * right / (found + named), 4) if found + named else 0.0,
    }


def _end_to_end(
    scorer: Scorer,
    views: Views,
    rows: Sequence[LabelRow],
    mentions: Sequence[Sequence[Mention]],
) -> Report:
    """Sentiment of the companies that linking found, missed and false ones counted as wrong."""
    pairs = [
        (at, company)
        for at, (row, linked) in enumerate(zip(rows, mentions, strict=True))
        if row.companies is not None
        for company in sorted({*row.companies, *(mention.company for mention in linked)})
    ]
    linked_pairs = {(at, mention.company) for at, named in enumerate(mentions) for mention in named}
    examples = [
        Example(
            views.mention(rows[at].text, mentions[at], company),
            {SENTIMENT: (rows[at].companies or {}).get(company, NOT_NAMED)},
            rows[at].article,
            at,
            company,
        )
        for at, company in pairs
    ]
    judged = next(each for each in judge(scorer, examples) if each.task == SENTIMENT)
    verdicts = [
        verdict if pair in linked_pairs else NOT_NAMED
        for pair, verdict in zip(pairs, judged.verdicts, strict=True)
    ]
    scores = score_verdicts(judged.truth, verdicts, [example.group for example in examples])
    labels = [s for label, s in scores.per_label.items() if label != NOT_NAMED]
    macro_f1 = sum(label.f1 for label in labels) / len(labels) if labels else 0.0
    return {"n": scores.n, "accuracy": round(scores.accuracy, 4), "macro_f1": round(macro_f1, 4)}
