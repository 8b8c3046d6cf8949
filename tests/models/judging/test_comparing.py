"""Two models of one material: what training changed, and whether the second is better."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.errors import LabelError
from chipstance.labels.rows import LabelRow
from chipstance.models.judging.changes import changes
from chipstance.models.judging.comparing import compare, seen_rows
from chipstance.models.learning.parameters import DEFAULTS
from chipstance.models.learning.training import Trained
from chipstance.models.learning.whole import train
from chipstance.models.learning.writing import keep_model, write_model
from chipstance.models.stored.placing import place
from chipstance.models.verdicts.model import Model, load
from tests.conftest import Ran
from tests.models.judging.test_evaluation import companies_too
from tests.models.learning.test_learning import PLACES, reviews

Classify = Callable[..., Ran]

TURNED = {"good": "bad", "bad": "good"}
SPOILED = PLACES[:7]


def rows(turn: Callable[[str], bool] = lambda place: False) -> list[LabelRow]:
    """Reviews of ten places; those of some with good called bad, and the reverse."""
    return [
        LabelRow(
            row["text"],
            {"mood": TURNED[row["mood"]] if turn(row["article"]) else row["mood"]},
            None,
            row["article"],
            f"mine: row {number}",
        )
        for number, row in enumerate(reviews(), 1)
    ]


def made(name: str, material: list[LabelRow]) -> Trained:
    return train(material, Linker(load_table()), name=name, parameters=DEFAULTS)


@pytest.fixture(scope="module")
def good() -> Trained:
    return made("good", rows())


@pytest.fixture(scope="module")
def bad() -> Trained:
    return made("bad", rows(lambda place: place in SPOILED))


@pytest.fixture(scope="module")
def models(
    good: Trained, bad: Trained, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Model, Model]:
    """The model of the right labels and that of the wrong ones."""
    folder = tmp_path_factory.mktemp("compared")
    write_model(folder / "good", good)
    write_model(folder / "bad", bad)
    return load(folder / "good"), load(folder / "bad")


@pytest.fixture
def new() -> list[LabelRow]:
    """Twelve reviews in a place that neither model has heard of."""
    return [replace(row, text=row.text.replace(PLACES[0], "花蓮")) for row in rows()[:12]]


def test_a_model_that_learned_right_labels_is_better_than_one_of_wrong_ones(
    models: tuple[Model, Model], new: list[LabelRow]
) -> None:
    right, wrong = models
    found = compare(wrong, right, new, notes=pytest.fail)
    assert (found.names, found.verdict) == ((wrong.name, right.name), "better")
    (task,) = found.tasks
    assert (task.task, task.n, task.first, task.second) == ("mood", 12, 0.0, 1.0)
    assert (task.won, task.lost) == (12, 0)
    assert [flip.where for flip in found.flips] == [f"mine: row {n}" for n in range(1, 13)]
    first = found.flips[0]
    assert (first.task, first.text, first.company) == ("mood", "花蓮的這家店服務很好", None)
    assert (first.first, first.second, first.right) == ("bad", "good", "good")
    assert compare(right, wrong, new, notes=pytest.fail).verdict == "worse"
    same = compare(right, right, new, notes=pytest.fail)
    assert (same.verdict, same.flips) == ("not better", ())


def test_rows_of_the_training_are_left_out_and_counted(
    models: tuple[Model, Model], new: list[LabelRow]
) -> None:
    right, wrong = models
    notes: list[str] = []
    found = compare(wrong, right, [*rows()[:3], *new], notes=notes.append)
    assert found.tasks[0].n == 12
    assert sorted(notes) == [
        f"3 of 15 rows were in the training of {wrong.name}",
        f"3 of 15 rows were in the training of {right.name}",
        "left out of the comparison: 3 rows that a model remembers",
    ]
    assert seen_rows(right, [rows()[0], new[0]]).tolist() == [True, False]
    with pytest.raises(LabelError, match="every row was in the training"):
        compare(right, wrong, rows(), notes=notes.append)


def test_models_are_compared_on_tasks_that_both_know(
    models: tuple[Model, Model], new: list[LabelRow]
) -> None:
    other = [replace(row, labels={"taste": "sweet"}) for row in new]
    with pytest.raises(LabelError, match=r"^no row has a label of a task that both models know$"):
        compare(*models, other, notes=pytest.fail)


def test_models_that_know_companies_are_compared_on_them_too(model: Model) -> None:
    said = [LabelRow("某地輝達財測遠優於預期,股價大漲6%。", {}, {"nvidia": "negative"}, "a", "x")]
    found = compare(model, model, said, notes=pytest.fail)
    (task,) = found.tasks
    assert (task.task, task.n, task.first) == ("companies: sentiment", 1, 0.0)


def sentiment_twice() -> list[LabelRow]:
    """Rows that give their sentence a sentiment, and the company in it another."""
    return [replace(row, labels={"sentiment": row.labels["mood"]}) for row in companies_too()]


@pytest.fixture(scope="module")
def twice() -> Trained:
    return made("twice", sentiment_twice())


@pytest.fixture(scope="module")
def knows_both(twice: Trained, tmp_path_factory: pytest.TempPathFactory) -> Model:
    folder = tmp_path_factory.mktemp("knows both") / "twice"
    write_model(folder, twice)
    return load(folder)


def test_the_sentiment_of_a_sentence_is_compared_apart_from_that_of_a_company(
    model: Model, knows_both: Model
) -> None:
    new = [replace(row, text=f"據了解,{row.text}") for row in sentiment_twice()[:12]]
    same = compare(knows_both, knows_both, new, notes=pytest.fail)
    assert [task.task for task in same.tasks] == ["sentiment", "companies: sentiment"]
    # The shipped model knows that of companies alone.
    found = compare(model, knows_both, new, notes=pytest.fail)
    assert [(task.task, task.n) for task in found.tasks] == [("companies: sentiment", 12)]
    assert {(flip.task, flip.company) for flip in found.flips} <= {
        ("companies: sentiment", "nvidia")
    }


def test_the_sentiment_of_a_sentence_is_no_change_of_that_of_a_company(
    twice: Trained, model: Model, knows_both: Model
) -> None:
    _, (sentence, company) = changes(twice, sentiment_twice(), model.folder)
    assert (sentence.name, sentence.before) == ("sentiment", None)
    assert company.name == "companies: sentiment"
    assert company.before is not None
    assert company.lines()[0] == "companies: sentiment: 120 rows (negative 60, positive 60)"
    _, (sentence, company) = changes(twice, sentiment_twice(), knows_both.folder)
    assert sentence.paired is not None
    assert (sentence.paired.n, company.paired) == (120, None)


def test_a_model_says_which_sentiment_is_which(classify: Classify, knows_both: Model) -> None:
    card = classify("models", "show", knows_both.folder).out
    for name, label in (("sentiment", "good"), ("companies: sentiment", "negative")):
        assert f"\n| {name} | {label} | 60 |" in card
    assert "What the labels of companies: sentiment mean: `labels/GUIDE.md`." in card
    listed = classify("models", "list", knows_both.folder.parent).out
    assert "  sentiment, companies: sentiment\n" in listed
    terms = (knows_both.folder / "terms.txt").read_text("utf-8")
    assert "\n[sentiment: good]\n" in terms
    assert "\n[companies: sentiment: negative]\n" in terms


def test_training_again_is_put_beside_the_model_before(
    good: Trained, bad: Trained, models: tuple[Model, Model]
) -> None:
    name, (change,) = changes(good, rows(), models[1].folder)
    assert name.startswith("bad@")
    assert change.task.task == "mood"
    assert change.before is not None
    assert change.paired is not None
    # Seven articles of ten had twelve wrong labels each, and what was learned of them was wrong.
    assert (change.paired.n, change.paired.verdict) == (120, "better")
    assert change.paired.won >= 7 * 12
    head, line, paired = change.lines()
    assert head == "mood: 120 rows (bad 60, good 60)"
    assert "cross-validated, the model before 0." in line
    assert "better on the 120 sentences that both held out: 0." in paired
    assert f"{change.paired.won} mended, 0 spoiled" in paired


def test_a_model_that_calls_its_labels_otherwise_is_neither_better_nor_worse(
    models: tuple[Model, Model],
) -> None:
    called = {"good": "好評", "bad": "差評"}
    mine = [replace(row, labels={"mood": called[row.labels["mood"]]}) for row in rows()]
    (change,) = changes(made("own", mine), mine, models[1].folder)[1]
    assert change.paired is None
    assert change.lines()[-1].endswith(
        "; it gives other labels (bad, good), so neither is shown to be better"
    )


def test_only_sentences_that_both_learned_from_are_paired(
    good: Trained, models: tuple[Model, Model]
) -> None:
    (change,) = changes(good, [replace(row, labels={}) for row in rows()], models[1].folder)[1]
    assert change.paired is None
    assert change.lines()[-1].endswith("each on its own rows, so neither is shown to be better")


def test_a_model_before_that_is_not_there_or_knew_other_tasks_counts_as_none(
    good: Trained, model: Model, tmp_path: Path
) -> None:
    name, (change,) = changes(good, rows(), tmp_path / "none")
    assert (name, change.before, change.paired) == ("none", None, None)
    assert change.lines()[-1].endswith("the model before did not know this task")
    name, (change,) = changes(good, rows(), model.folder)
    assert name.startswith("default@")
    assert (change.before, change.paired) == (None, None)


def test_a_kept_model_is_the_next_version_and_a_written_one_replaces_the_last(
    good: Trained, bad: Trained, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIPSTANCE_MODELS", str(tmp_path / "store"))
    assert [str(keep_model("desk", trained)) for trained in (bad, good)] == ["desk@1", "desk@2"]
    assert load("desk").manifest["name"] == "good"
    assert load("desk@1").manifest["name"] == "bad"
    write_model(tmp_path / "written", bad)
    write_model(tmp_path / "written", good)
    assert load(tmp_path / "written").manifest["name"] == "good"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["store", "written"]
    assert sorted(path.name for path in (tmp_path / "store/desk").iterdir()) == ["1", "2"]


def test_a_model_that_could_not_be_written_whole_leaves_the_one_before(
    good: Trained, tmp_path: Path
) -> None:
    def broken(folder: Path) -> None:
        (folder / "manifest.json").write_text("half")
        raise KeyboardInterrupt

    write_model(tmp_path / "model", good)
    with pytest.raises(KeyboardInterrupt):
        place(tmp_path / "model", broken)
    assert load(tmp_path / "model").manifest["name"] == "good"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_models_card_has_a_row_for_each_task_and_each_label(
    good: Trained, models: tuple[Model, Model]
) -> None:
    lines = (models[0].folder / "README.md").read_text("utf-8").split("\n")
    assert lines[0] == "# Model good"
    assert lines[3].startswith("held-out articles. Trained on 120 label rows of 10 articles")
    at = lines.index("| task | macro-F1 | 95 % interval | accuracy | calibration error |")
    assert lines[at + 1].count("---") == 5
    cells = lines[at + 2].strip("| ").split(" | ")
    scores = good.views["sentence"].tasks[0].cross_validated
    assert scores is not None
    low, high = scores.macro_f1_ci95
    assert cells[:4] == [
        "mood", f"{scores.macro_f1:.3f}", f"{low:.3f} to {high:.3f}", f"{scores.accuracy:.3f}",
    ]  # fmt: skip
    at = lines.index("| task | label | rows | F1 |")
    assert [row[: row.rindex("|", 0, -1)] for row in lines[at + 2 : at + 4]] == [
        "| mood | bad | 60 ", "| mood | good | 60 ",
    ]  # fmt: skip
    # What these labels mean stands in no guide.
    assert lines[-2] == "What the model looks at: `terms.txt`."


def test_the_strongest_terms_of_a_label_are_listed_the_strongest_first(
    models: tuple[Model, Model],
) -> None:
    lines = (models[0].folder / "terms.txt").read_text("utf-8").splitlines()
    blocks = {label: lines.index(f"[mood: {label}]") for label in ("bad", "good")}
    assert lines[blocks["bad"] - 1] == ""
    shown = [line.split(maxsplit=1) for line in lines[blocks["bad"] + 1 : blocks["good"] - 1]]
    weights = [float(weight) for weight, _ in shown]
    assert len(weights) == 40
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0
    # Nobody says 太慢 or 很差 of what is good.
    assert {"差", "慢", "太"} & {term for _, term in shown[:10]}
