"""The way of a user's own labels through the commands."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chipstance.labels.rows import LabelRow
from chipstance.models.learning.parameters import Parameters
from chipstance.models.learning.whole import train
from chipstance.models.learning.writing import keep_model
from chipstance.models.stored import store
from chipstance.models.verdicts.model import load
from tests.conftest import Ran
from tests.models.learning.test_learning import PLACES, reviews

Classify = Callable[..., Ran]


@pytest.fixture(autouse=True)
def store_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIPSTANCE_MODELS", str(tmp_path / "store"))


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "mine.jsonl"
    lines = (json.dumps(row, ensure_ascii=False) for row in reviews())
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def unlike(tmp_path: Path) -> Path:
    """The same labels of the same words, in places that no training text names."""
    path = tmp_path / "new.jsonl"
    rows = [row | {"text": row["text"].replace(row["article"], "花蓮")} for row in reviews()[:12]]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def spoiled(path: Path, to: Path) -> Path:
    """The same rows with good called bad, and the reverse, in seven of ten articles."""
    other = {"good": "bad", "bad": "good"}
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for row in rows:
        if row["article"] in PLACES[:7]:
            row["mood"] = other[row["mood"]]
    to.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return to


def test_retraining_takes_effect_once_put_to_use_and_can_be_undone(
    classify: Classify, labels: Path
) -> None:
    ran = classify("train", "--labels", labels, "--only", "--name", "desk")
    assert ran.status == 0
    assert "classify models use desk" in ran.out

    def moods() -> list[str | None]:
        ran = classify("score", "-", "--format", "jsonl", stdin="花蓮的這家店味道很香。".encode())
        return [json.loads(line).get("mood") for line in ran.out.splitlines()]

    assert moods() == [None]
    assert classify("models", "use", "desk").status == 0
    assert moods() == ["good"]
    assert load().tasks == ("mood",)
    # The name that its rows carry is listed, and will do.
    assert f"desk@1 *  {load().name}  " in classify("models", "list").out
    assert "# Model desk" in classify("models", "show", load().name).out
    assert "# Model desk" in classify("models", "show").out
    explained = json.loads(classify("explain", "味道很香", "--format", "json").out)
    assert explained["verdicts"][0]["task"] == "mood"
    assert classify("models", "use", "default").status == 0
    assert moods() == [None]


def test_training_says_rows_and_scores_and_how_the_model_before_did(
    classify: Classify, labels: Path, tmp_path: Path
) -> None:
    first = classify("train", "--labels", labels, "--only", "--name", "desk")
    assert "mood: 120 rows (bad 60, good 60)" in first.out
    assert "did not know this task" in first.out
    classify("models", "use", "desk")
    worse = classify(
        "train", "--labels", spoiled(labels, tmp_path / "spoiled.jsonl"), "--only", "--name", "desk"
    )
    assert "The model before: desk@" in worse.out
    again = classify("train", "--labels", labels, "--only", "--name", "desk")
    assert "desk@3" in again.out
    assert "better on the 120 sentences that both held out" in again.out
    same = classify("train", "--labels", labels, "--only", "--name", "desk")
    assert "not better on the 120 sentences that both held out" in same.out


def test_comparing_says_which_sentences_changed_and_which_model_is_better(
    classify: Classify, labels: Path, unlike: Path, tmp_path: Path
) -> None:
    bad = spoiled(labels, tmp_path / "spoiled.jsonl")
    classify("train", "--labels", bad, "--only", "-o", tmp_path / "bad")
    classify("train", "--labels", labels, "--only", "-o", tmp_path / "good")
    args = ("compare", tmp_path / "bad", tmp_path / "good", "--labels", unlike)
    found = json.loads(classify(*args, "--format", "json").out)
    assert found["verdict"] == "better"
    assert found["tasks"]["mood"]["only_second_right"] == len(found["flips"]) == 12
    assert {flip["to"] for flip in found["flips"]} == {"good", "bad"}
    assert all(flip["to"] == flip["right"] for flip in found["flips"])
    assert "The second model is better." in classify(*args).out
    back = classify("compare", tmp_path / "good", tmp_path / "bad", "--labels", unlike)
    assert "The second model is worse." in back.out
    same = classify("compare", tmp_path / "good", tmp_path / "good", "--labels", unlike)
    assert "The second model is not better." in same.out


def test_sentences_of_the_training_are_no_evidence(
    classify: Classify, labels: Path, tmp_path: Path
) -> None:
    classify("train", "--labels", labels, "--only", "-o", tmp_path / "good")
    ran = classify("compare", tmp_path / "good", tmp_path / "good", "--labels", labels)
    assert ran.status == 1
    assert "every row was in the training" in ran.err
    measured = classify("evaluate", "--labels", labels, "--model", tmp_path / "good")
    assert "Warning: 120 of 120 rows were in the training" in measured.err


def test_drift_tells_known_text_from_other_text(
    classify: Classify, labels: Path, tmp_path: Path
) -> None:
    classify("train", "--labels", labels, "--only", "-o", tmp_path / "good")
    like, other = tmp_path / "like.txt", tmp_path / "other.txt"
    like.write_text("".join(row["text"] + "。\n" for row in reviews()), "utf-8")
    other.write_text("央行宣布調降存款準備率。\n颱風將於週末登陸東部。\n火箭順利升空。\n", "utf-8")
    known = classify("drift", like, "--against", tmp_path / "good")
    assert "This is like what the model learned from." in known.out
    found = json.loads(
        classify("drift", other, "--against", tmp_path / "good", "--format", "json").out
    )
    assert found["verdict"] == "unknown"
    assert found["unseen_words"]["now"] > found["unseen_words"]["training"]


def test_columns_may_be_called_otherwise(classify: Classify, tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    rows = "".join(f"{row['text']},{row['mood']},{n}\n" for n, row in enumerate(reviews()))
    path.write_text("post,label,number\n" + rows, "utf-8")
    ran = classify(
        "train", "--labels", path, "--column", "text=post", "--column", "mood=label", "--only",
        "-o", tmp_path / "m",
    )  # fmt: skip
    assert ran.status == 0
    assert "mood: 120 rows" in ran.out


def test_repeats_and_contradictions_are_named_with_file_and_row(
    classify: Classify, labels: Path, tmp_path: Path
) -> None:
    first = reviews()[0]
    extra = [first, first | {"mood": "bad"}]
    with labels.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in extra)
    ran = classify("train", "--labels", labels, "--only", "-o", tmp_path / "m")
    assert f"{labels}: row 121: as {labels}: row 1" in ran.err
    assert f"{labels}: row 122: mood bad, {labels}: row 1: mood good" in ran.err
    assert "mood: 121 rows" in ran.out


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (("train", "--labels", "x.csv", "--name", "desk", "-o", "m"), 2),
        (("train", "--labels", "x.csv", "--only", "--name", "../desk"), 1),
        (("train", "--labels", "gone.csv", "--only"), 1),
        (("compare", "default", "default"), 2),
        (("models", "use", "nobody"), 1),
        (("score", "-", "--model", "nobody"), 1),
        (("drift", "gone.txt"), 1),
    ],
)
def test_what_cannot_be_done_is_one_line(classify: Classify, args: tuple, status: int) -> None:
    ran = classify(*args)
    assert ran.status == status
    assert "Error: " in ran.err
    assert "Traceback" not in ran.err


def test_two_who_train_one_name_at_once_leave_two_whole_versions() -> None:
    rows = [LabelRow(row["text"], {"mood": row["mood"]}, None, row["article"]) for row in reviews()]
    from chipstance.companies.linking import Linker
    from chipstance.companies.table import load_table

    small = {"sentence": Parameters(), "mention": Parameters()}
    trained = train(rows, Linker(load_table()), name="desk", parameters=small)
    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(lambda _: keep_model("desk", trained), range(8)))
    assert sorted(each.version for each in kept) == list(range(1, 9))
    for each in store.kept_models():
        assert load(each.folder).predict(["味道很香"], "mood") == ["good"]


def test_a_model_in_use_that_is_gone_costs_no_training(classify: Classify, labels: Path) -> None:
    store.prepare("desk")
    (store.store() / "in-use").write_text("gone\n", "utf-8")
    ran = classify("train", "--labels", labels, "--only", "--name", "desk")
    assert ran.status == 0
    assert "Note: gone: no model of that name" in ran.err
    assert "The model before: none" in ran.out
    assert [kept.name for kept in store.kept_models()] == ["desk"]


def test_training_doubts_labels_that_look_like_another_or_stand_in_one_row(
    classify: Classify, labels: Path, tmp_path: Path
) -> None:
    rows = labels.read_text("utf-8").splitlines()
    rows[3] = rows[3].replace('"good"', '"Good"').replace('"bad"', '"Bad"')
    rows[5] = rows[5].replace('"good"', '"so-so"').replace('"bad"', '"so-so"')
    path = tmp_path / "doubtful.jsonl"
    path.write_text("\n".join(rows), "utf-8")
    ran = classify("train", "--labels", path, "--only", "-o", tmp_path / "m")
    assert ran.status == 0
    looks, single = (line for line in ran.err.splitlines() if "doubtful.jsonl: row" in line)
    assert looks.startswith(f"{path}: row 4: mood '")
    assert "looks like" in looks
    assert single == f"mood: in a single row each, too few to learn from: 'so-so' ({path}: row 6)"
