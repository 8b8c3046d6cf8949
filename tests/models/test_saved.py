import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from chipstance.errors import ModelError
from chipstance.models.model import Model
from chipstance.models.saved import open_model
from chipstance.shipped import shipped


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    shutil.copytree(shipped("models/default"), folder)
    return folder


def test_the_shipped_model_opens(copied: Path) -> None:
    saved = open_model(copied)
    assert {head.task for head in saved.views["sentence"].heads} == {"stance", "topic", "hype"}


@pytest.mark.parametrize("place", [0, 200, -1])
def test_a_changed_byte_is_noticed_and_the_file_named(copied: Path, place: int) -> None:
    path = copied / "sentence.weights.npy"
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelError, match=r"sentence\.weights\.npy: changed"):
        open_model(copied)


def test_a_missing_file_is_named(copied: Path) -> None:
    (copied / "mention.nodes.npy").unlink()
    with pytest.raises(ModelError, match=r"mention\.nodes\.npy: missing"):
        open_model(copied)


@pytest.mark.parametrize("manifest", ["", "[]", '{"format": 1}', "\0", '{"format": {}}'])
def test_a_damaged_manifest_is_refused(copied: Path, manifest: str) -> None:
    (copied / "manifest.json").write_text(manifest)
    with pytest.raises(ModelError, match="manifest"):
        open_model(copied)


def test_a_model_of_another_format_is_refused(copied: Path) -> None:
    manifest = json.loads((copied / "manifest.json").read_text("utf-8"))
    (copied / "manifest.json").write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(ModelError, match="format 99"):
        open_model(copied)


def test_a_pickle_in_place_of_an_array_is_never_loaded(copied: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple:
            return (pytest.fail, ("the pickle ran",))

    path = copied / "sentence.nodes.npy"
    np.save(path, np.array([Trap()], dtype=object), allow_pickle=True)
    with pytest.raises(ModelError):
        open_model(copied)


def test_a_folder_without_a_model_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="classify train"):
        open_model(tmp_path)


def test_a_file_cut_short_while_the_model_is_in_use_is_named_and_nothing_breaks(
    copied: Path,
) -> None:
    model = Model(copied)
    model.score("台積電股價大漲。")
    os.truncate(copied / "sentence.nodes.npy", 0)
    with pytest.raises(ModelError, match=r"sentence\.nodes\.npy: changed while the model was in"):
        model.score("台積電股價大漲。")
    with pytest.raises(ModelError, match=r"sentence\.nodes\.npy: changed while the model was in"):
        model.predict(["台積電股價大漲。"], "stance")


def test_a_long_run_notices_a_model_that_was_written_over_in_its_place(copied: Path) -> None:
    model = Model(copied)
    with (copied / "sentence.weights.npy").open("r+b") as file:
        file.seek(-4, os.SEEK_END)
        file.write(b"\0\0\0\1")
    with pytest.raises(ModelError, match=r"sentence\.weights\.npy: changed while the model was"):
        model.predict(["台積電股價大漲。"], "stance")


def test_a_long_run_does_not_need_the_files_any_more(copied: Path) -> None:
    model, texts = Model(copied), ["台積電股價大漲。", "聯電股價大跌。"]
    before = model.predict_proba(texts, "stance").tolist()
    for path in copied.glob("*.npy"):
        os.truncate(path, 0)
    assert model.predict_proba(texts, "stance").tolist() == before
