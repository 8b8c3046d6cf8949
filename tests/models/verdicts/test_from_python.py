"""Models as Python objects: handed to other processes, shown, fed with rows."""

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import pytest

import chipstance
from chipstance.errors import InputError, ModelError
from chipstance.models.stored.placing import copy_model, place
from chipstance.models.verdicts.model import Model
from tests.models.learning.test_learning import reviews

TEXT = "台積電股價上漲3%。聯電下跌2%。"


def test_another_process_can_be_handed_a_model() -> None:
    # One of its own: past a hundred texts the last digits are those of the scorer for many.
    model = chipstance.load()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        (scored,) = pool.map(model.score, [TEXT])
    assert scored == model.score(TEXT)
    assert copy.deepcopy(model).name == model.name


def test_a_model_that_changed_on_its_way_is_refused(tmp_path: Path, model: Model) -> None:
    place(tmp_path / "desk", lambda beside: copy_model(model.folder, beside))
    opened = Model(tmp_path / "desk")
    sent = pickle.dumps(opened)
    chipstance.train(reviews(), name="mood").save(tmp_path / "desk")
    with pytest.raises(ModelError, match="load it again"):
        pickle.loads(sent)
    with pytest.raises(ModelError, match="load it again"):
        opened.save(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_model_named_from_here_can_be_handed_to_a_process_elsewhere(
    tmp_path: Path, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(tmp_path / "desk", lambda beside: copy_model(model.folder, beside))
    (tmp_path / "mine.csv").write_text("id,names_tw\nbrokers,外資\n", "utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    opened = chipstance.load("desk", companies="mine.csv", context=False)
    monkeypatch.chdir(tmp_path / "elsewhere")
    text = "外資賣超台積電。"
    assert pickle.loads(pickle.dumps(opened)).score(text) == opened.score(text)
    assert "brokers" in str(copy.deepcopy(opened).score(text))
    opened.save("copy")
    assert chipstance.load("copy").name == model.name


def test_a_model_that_is_missing_is_named_as_it_was_given() -> None:
    with pytest.raises(ModelError, match=r"^no/such/desk: no model there"):
        chipstance.load("no/such/desk")


def test_a_model_is_shown_by_its_name(model: Model) -> None:
    assert repr(model) == f"Model({model.name})"


def test_the_package_offers_what_it_has() -> None:
    assert {"load", "train", "Model"} <= set(dir(chipstance))


def test_rows_may_come_with_what_is_known_of_them(model: Model) -> None:
    row = {"text": TEXT, "title": "晶片股個別走", "published": "2025/1/28", "source": "某報"}
    (article,) = model.score_many([row])
    assert (article.title, article.published, article.source) == (
        "晶片股個別走", "2025-01-28", "某報",
    )  # fmt: skip
    assert model.score(**row) == article


def test_texts_that_cannot_be_read_end_the_stream_or_are_told(model: Model) -> None:
    texts = [TEXT, "hello", None, {"title": "無文"}, TEXT]
    problems: list[str] = []
    assert len(list(model.score_many(texts, problems=problems.append))) == 2
    assert [line.split(":")[0] for line in problems] == ["text 2", "text 3", "text 4"]
    with pytest.raises(InputError, match=r"^text 2: holds no Chinese"):
        list(model.score_many(texts))


def test_what_is_no_string_is_refused_as_all_else_is(model: Model) -> None:
    assert model.score(TEXT, published=date(2025, 1, 28), source=None).published == "2025-01-28"
    for given in ({"title": 3}, {"source": 3}):
        with pytest.raises(InputError, match="type int; give a str"):
            model.score(TEXT, **given)
    with pytest.raises(ModelError, match="type int"):
        chipstance.load(3)  # type: ignore[arg-type]
    with pytest.raises(chipstance.CompanyTableError, match="type list"):
        chipstance.load(companies=["own.csv"])  # type: ignore[arg-type]
