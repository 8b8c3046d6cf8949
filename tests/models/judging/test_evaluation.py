"""Scores of a model on label rows, small enough to be counted by hand."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from chipstance.companies.mention import Mention
from chipstance.errors import LabelError
from chipstance.labels.rows import LabelRow
from chipstance.models.judging.comparing import compare
from chipstance.models.judging.cross_validating import cross_validate
from chipstance.models.judging.evaluation import evaluate, linking_scores
from chipstance.models.learning.parameters import DEFAULTS
from chipstance.models.learning.whole import train
from chipstance.models.verdicts.model import Model
from tests.conftest import Ran
from tests.models.learning.test_learning import reviews


def named(*companies: str) -> list[Mention]:
    return [Mention(company, None, company, 0, 1, "name") for company in companies]


def row(companies: dict[str, str] | None) -> LabelRow:
    return LabelRow("晶片股急跌。", {"stance": "bearish"}, companies, "a")


def test_linking_counts_what_was_found_rightly_falsely_and_not_at_all() -> None:
    rows = [row({"nvidia": "negative", "tsmc": "positive", "umc": "neutral"}), row({})]
    # Of three named one is missed; of four found two are right.
    found = [named("nvidia", "tsmc", "smic"), named("samsung")]
    assert linking_scores(rows, found) == {
        "precision": 0.5, "recall": 0.6667, "f1": 0.5714,
    }  # fmt: skip


def test_rows_that_nobody_read_for_companies_do_not_count() -> None:
    nothing = {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert linking_scores([row(None)], [named("nvidia")]) == nothing
    assert linking_scores([row({})], [named()]) == nothing


def test_end_to_end_counts_a_company_that_linking_missed_as_wrong(model: Model) -> None:
    text = "輝達股價大跌9%,投資人恐慌拋售。"
    rows = [LabelRow(text, {}, {"nvidia": "negative", "intel": "negative"}, "a")]
    report = evaluate(model, rows)["companies"]
    assert isinstance(report, dict)
    assert report["linking"]["recall"] == 0.5
    # One of two is found, and rightly judged: precision 1, recall 1/2, F1 2/3.
    assert report["end_to_end"] == {"n": 2, "accuracy": 0.5, "macro_f1": 0.6667}


def test_labels_of_a_task_that_the_model_does_not_know_are_an_error(model: Model) -> None:
    with pytest.raises(LabelError, match="no row has a label of a task that the model knows"):
        evaluate(model, [LabelRow("服務很好", {"mood": "good"}, None, "a")])


def test_labels_that_are_written_otherwise_are_said_to_count_as_wrong(model: Model) -> None:
    rows = [
        LabelRow("輝達股價大跌9%。", {"stance": "看空"}, {"nvidia": "利空"}, "a"),
        LabelRow("台積電營收創新高。", {"stance": "bullish"}, {"tsmc": "positive"}, "b"),
    ]
    notes: list[str] = []
    evaluate(model, rows, notes=notes.append)
    assert notes == [
        f"stance: 1 of 2 labels are none that {model.name} gives (看空) and count as wrong;"
        " it gives bearish, bullish, neutral",
        f"companies: 1 of 2 labels are none that {model.name} gives (利空) and count as wrong;"
        " it gives negative, neutral, positive, source",
    ]
    notes.clear()
    compare(model, model, rows, notes=notes.append)
    assert [note.split(": ")[0] for note in notes] == ["stance", "companies"]


def test_company_labels_without_their_company_are_said(model: Model) -> None:
    rows = [LabelRow("輝達股價大跌9%。", {}, {"輝達": "negative", "nvidia": "negative"}, "a")]
    notes: list[str] = []
    evaluate(model, rows, notes=notes.append)
    assert notes == [
        "1 company label of companies not found in the sentence:"
        " 輝達 1 (no company id; write nvidia)"
    ]


def test_the_stance_of_a_sentence_for_every_company_is_a_baseline(model: Model) -> None:
    texts = {"輝達股價大跌9%。": "bearish", "台積電營收創新高。": "bullish"}
    who = {"bearish": {"nvidia": "negative"}, "bullish": {"tsmc": "neutral"}}
    rows = [LabelRow(text, {"stance": s}, who[s], s) for text, s in texts.items()]
    report = evaluate(model, rows, with_baselines=True)["companies"]
    assert isinstance(report, dict)
    # The first agrees with its sentence, the second does not.
    assert report["sentiment"]["baselines"]["stance for everybody"]["accuracy"] == 0.5
    unknown = [LabelRow(each.text, {}, each.companies, each.article) for each in rows]
    report = evaluate(model, unknown, with_baselines=True)["companies"]
    assert isinstance(report, dict)
    assert "stance for everybody" not in report["sentiment"]["baselines"]


def companies_too() -> list[LabelRow]:
    """Two companies in each of ten articles, one that rises and one that falls."""
    return [
        LabelRow(
            f"{each['article']}傳出消息,輝達{'大漲' if up else '大跌'},{each['text']}。",
            {"mood": each["mood"]},
            {"nvidia": "positive" if up else "negative"},
            each["article"],
        )
        for each in reviews()
        for up in (each["mood"] == "good",)
    ]


def test_cross_validation_measures_sentences_and_companies_beside_a_baseline(model: Model) -> None:
    report = cross_validate(companies_too(), model, with_baselines=True)
    assert isinstance(report["mood"], dict)
    assert report["mood"]["n"] == 120
    # Both labels are as frequent as one another, so that one alone is right half the time.
    assert report["mood"]["baselines"]["majority"]["accuracy"] == 0.5
    assert isinstance(report["companies"], dict)
    # 大漲 and 大跌 say it all.
    assert report["companies"]["sentiment"]["accuracy"] == 1.0


def test_cross_validation_measures_the_model_that_training_makes(model: Model) -> None:
    rows = [
        LabelRow(each["text"], {"mood": each["mood"] if at % 7 else "bad"}, None, each["article"])
        for at, each in enumerate(reviews()[:60])
    ]
    trained = train(rows, model.linker, name="mine", parameters=None).tasks
    # A row that stands twice is learned once.
    found = cross_validate([*rows, replace(rows[0])], model)
    tuned = cross_validate(rows, model, parameters=DEFAULTS)
    scores = trained["mood"].cross_validated
    assert scores is not None
    assert found["mood"] == scores.as_json()
    assert found["mood"] != tuned["mood"]


def test_companies_that_are_too_few_to_hold_out_are_left_out_of_cross_validation(
    model: Model,
) -> None:
    rows = companies_too()[:60]
    few = [replace(row, companies=None) if at >= 12 else row for at, row in enumerate(rows)]
    notes: list[str] = []
    assert list(cross_validate(few, model, notes=notes.append)) == ["mood"]
    assert notes == ["companies: sentiment: too few articles or rows to cross-validate; left out"]


def test_one_article_cannot_be_cross_validated(model: Model) -> None:
    rows = [
        LabelRow(each["text"], {"mood": each["mood"]}, None, "the only one") for each in reviews()
    ]
    with pytest.raises(LabelError, match="mood: too few articles"):
        cross_validate(rows, model)


def test_the_command_cross_validates_own_labels(
    classify: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in reviews()), "utf-8")
    ran = classify("evaluate", "--labels", path, "--cross-validate", "--format", "json")
    assert (ran.status, list(json.loads(ran.out))) == (0, ["mood"])
    assert "cross-validating parameters of the sentence view" in ran.err
    assert "cross-validating mood" in ran.err
