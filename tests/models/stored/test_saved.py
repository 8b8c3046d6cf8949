import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from chipstance.errors import ModelError
from chipstance.models.stored.saved import open_model
from chipstance.models.verdicts.model import Model
from chipstance.shipped import shipped


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    shutil.copytree(shipped("models/default"), folder)
    return folder


def test_the_shipped_model_opens(copied: Path) -> None:
    saved = open_model(copied)
    assert {head.task for head in saved.views["sentence"].heads} == {"stance", "topic", "hype"}


def flip(path: Path, places: Iterable[int]) -> None:
    data = bytearray(path.read_bytes())
    for place in places:
        data[place] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("place", [0, 200, 4095])
def test_a_changed_byte_at_the_beginning_is_noticed_when_a_model_is_opened(
    copied: Path, place: int
) -> None:
    flip(copied / "sentence.weights.npy", [place])
    with pytest.raises(ModelError, match=r"sentence\.weights\.npy: changed"):
        open_model(copied)


@pytest.mark.parametrize("name", ["mention.nodes", "mention.rows", "sentence.weights"])
def test_a_changed_byte_anywhere_is_noticed_by_a_long_run(copied: Path, name: str) -> None:
    flip(copied / f"{name}.npy", [-1])
    model = Model(copied)
    with pytest.raises(ModelError, match=rf"{name}\.npy: changed since the model was saved"):
        model.score("台積電股價大漲。" * 200)


@pytest.mark.parametrize("name", ["mention.nodes", "mention.rows", "sentence.weights"])
def test_a_sentence_gets_no_verdict_from_what_was_changed(copied: Path, name: str) -> None:
    path = copied / f"{name}.npy"
    flip(path, range(4096, path.stat().st_size, 4096))
    with pytest.raises(ModelError, match=rf"{name}\.npy: changed since the model was saved"):
        Model(copied).score("台積電股價大漲。")


def test_a_changed_byte_of_the_lexicon_is_noticed(copied: Path) -> None:
    flip(copied / "lexicon.tsv", [100_000])
    with pytest.raises(ModelError, match=r"lexicon\.tsv: changed"):
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
    with pytest.raises(ModelError, match=r"sentence\.nodes\.npy: changed since the model was"):
        model.score("聯電營收下滑,市場憂心需求。")
    with pytest.raises(ModelError, match=r"sentence\.nodes\.npy: changed since the model was"):
        model.predict(["台積電股價大漲。"], "stance")


def test_a_long_run_notices_a_model_that_was_written_over_in_its_place(copied: Path) -> None:
    model = Model(copied)
    with (copied / "sentence.weights.npy").open("r+b") as file:
        file.seek(-4, os.SEEK_END)
        file.write(b"\0\0\0\1")
    with pytest.raises(ModelError, match=r"sentence\.weights\.npy: changed since the model was"):
        model.predict(["台積電股價大漲。"], "stance")


def test_a_long_run_does_not_need_the_files_any_more(copied: Path) -> None:
    model, texts = Model(copied), ["台積電股價大漲。", "聯電股價大跌。"]
    before = model.predict_proba(texts, "stance").tolist()
    for path in copied.glob("*.npy"):
        os.truncate(path, 0)
    assert model.predict_proba(texts, "stance").tolist() == before
