"""Models, stores and label files that are not as one would have them."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from platformdirs import user_data_path

from chipstance.articles.article import Article
from chipstance.articles.text import from_text
from chipstance.errors import InputError, LabelError, ModelError
from chipstance.labels.reading import read_labels
from chipstance.models.judging.drifting import drift
from chipstance.models.labelling.exporting import export_rows
from chipstance.models.learning.choosing import choose
from chipstance.models.learning.examples import Example
from chipstance.models.learning.material import read_material
from chipstance.models.learning.parameters import Parameters
from chipstance.models.stored import store, where
from chipstance.models.stored.placing import check_target
from chipstance.models.stored.saved import file_digest, open_model, read_manifest
from chipstance.models.stored.seen import FILES
from chipstance.models.verdicts.model import Model, load
from chipstance.shipped import shipped


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped("models/default"), tmp_path / "model"))


def change(folder: Path, **fields: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | fields), "utf-8")


def test_what_was_scored_before_a_text_that_cannot_be_read_is_not_lost(model: Model) -> None:
    def articles() -> Iterator[Article]:
        yield from_text("輝達急跌。")
        raise InputError("broken")

    scored = model.score_articles(articles())
    assert next(scored).sentences[0].text == "輝達急跌。"
    with pytest.raises(InputError, match="broken"):
        next(scored)


def test_a_text_that_is_none_is_refused(model: Model) -> None:
    with pytest.raises(InputError, match="NoneType"):
        model.score(None)  # type: ignore[arg-type]


def test_a_manifest_too_large_to_be_one_is_not_read(copied: Path) -> None:
    with (copied / "manifest.json").open("a") as file:
        file.write(" " * 2**20)
    with pytest.raises(ModelError, match="too large for a manifest"):
        read_manifest(copied)


@pytest.mark.parametrize("fields", [{"views": {}}, {"views": []}, {"files": None}])
def test_a_manifest_without_what_scoring_needs_is_damaged(
    copied: Path, fields: dict[str, object]
) -> None:
    change(copied, **fields)
    with pytest.raises(ModelError, match="damaged"):
        read_manifest(copied)


@pytest.mark.parametrize(
    ("array", "message"),
    [(np.zeros((2, 2), "<f8"), "holds <f8"), (np.zeros((3, 2), "<f4", order="F"), "holds")],
)
def test_an_array_of_another_kind_is_refused(copied: Path, array: object, message: str) -> None:
    path = copied / "sentence.weights.npy"
    np.save(path, np.asarray(array))
    files = read_manifest(copied)[0]["files"] | {path.name: file_digest(path)}
    change(copied, files=files)
    with pytest.raises(ModelError, match=message):
        open_model(copied)


def test_arrays_that_do_not_fit_the_tasks_are_refused(copied: Path) -> None:
    views = read_manifest(copied)[0]["views"]
    views["sentence"]["tasks"].pop()
    change(copied, views=views)
    with pytest.raises(ModelError, match="do not fit its tasks"):
        open_model(copied)


def test_a_model_that_remembers_nothing_cannot_measure_drift(copied: Path) -> None:
    files = read_manifest(copied)[0]["files"]
    change(copied, files={name: digest for name, digest in files.items() if name not in FILES})
    with pytest.raises(ModelError, match="keeps nothing of its training"):
        drift(load(copied), [])


def test_no_articles_cannot_have_drifted(model: Model) -> None:
    with pytest.raises(InputError, match="no sentence to measure"):
        drift(model, [])


def test_a_model_does_not_take_the_place_of_a_file_or_of_other_files(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("keep me")
    with pytest.raises(ModelError, match=r"notes\.txt: a file of that name"):
        check_target(tmp_path / "notes.txt")
    with pytest.raises(ModelError, match="no model's"):
        check_target(tmp_path)
    assert check_target(tmp_path / "new") == (tmp_path / "new").resolve()
    (tmp_path / "empty").mkdir()
    assert check_target(tmp_path / "empty") == (tmp_path / "empty").resolve()


def test_models_are_kept_in_the_users_data_unless_a_folder_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CHIPSTANCE_MODELS", "~/models")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert where.store() == tmp_path / "models"
    monkeypatch.delenv("CHIPSTANCE_MODELS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert where.store().parts[-2:] == ("chipstance", "models")
    assert where.store().is_relative_to(tmp_path)


@pytest.mark.parametrize("data", [None, "", "data", "/data"])
@pytest.mark.parametrize("home", [None, "", "home", "/home/desk"])
def test_models_are_kept_where_platformdirs_says(
    data: str | None, home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CHIPSTANCE_MODELS", raising=False)
    for name, value in (("XDG_DATA_HOME", data), ("HOME", home)):
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    assert where.store() == user_data_path("chipstance", appauthor=False) / "models"


def test_default_is_the_shipped_model_whatever_is_in_use() -> None:
    assert store.find("default") == shipped("models/default")


def test_own_labels_win_over_the_default_ones_and_that_is_said(tmp_path: Path) -> None:
    default = read_labels([shipped("labels")])
    path = tmp_path / "mine.jsonl"
    mine = [{"text": default[0].text, "stance": "bullish"}, {"text": "新句子", "stance": "bearish"}]
    path.write_text("".join(json.dumps(row) + "\n" for row in mine), "utf-8")
    material = read_material([path], only=False, problems=pytest.fail)
    alone = read_material([path], only=True, problems=pytest.fail)
    assert len(material.rows) == len(default) + 1
    (won,) = [row.labels for row in material.rows if row.text == default[0].text]
    assert won == default[0].labels | {"stance": "bullish"}
    assert "1 of your rows label texts of the default labels; yours win" in material.notes
    assert (len(alone.rows), alone.notes) == (2, [])


def test_nothing_is_chosen_where_there_is_nothing_to_choose_by() -> None:
    start = Parameters()
    same = [Example(f"芯片跌{n}", {"mood": "good"}, f"{n}", n, None) for n in range(12)]
    one = [Example(f"芯片跌{n}", {"mood": "gb"[n % 2]}, "a", n, None) for n in range(12)]
    assert choose(same, start) == start
    assert choose(one, start) == start


def test_a_folder_of_texts_is_exported_as_articles_and_one_of_labels_as_labels(
    tmp_path: Path,
) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("輝達急跌。台積電漲。", "utf-8")
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "b.jsonl").write_text('{"text": "輝達急跌。", "stance": "bearish"}\n')

    def exported(name: str, **how: str) -> tuple[int, str]:
        found = export_rows(
            [tmp_path / name], "doccano", problems=pytest.fail, notes=lambda _: None, **how
        )
        return found.n, found.configuration

    assert exported("news")[0] == 2
    assert exported("labels")[0] == 1
    assert "bearish" in exported("labels")[1]
    assert '<Choices name="topic"' in exported("news", suggest="default")[1]


def test_a_folder_without_labels_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="no label file in it"):
        read_labels([tmp_path])
