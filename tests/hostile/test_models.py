"""Models from strangers: whole by their digests, and forged all the same."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chipstance.errors import ModelError
from chipstance.models.stored.saved import file_digest
from chipstance.models.verdicts.model import Model
from chipstance.shipped import shipped

FEW, MANY = "台積電上漲3%。", "台積電上漲3%。聯電下跌2%。" * 80


@pytest.fixture
def forge(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the shipped model with one array changed, and a manifest that agrees with it."""
    folder = tmp_path / "model"
    shutil.copytree(shipped("models/default"), folder)

    def forge_(name: str, change: Callable[[Any], Any]) -> Path:
        path, manifest = folder / name, folder / "manifest.json"
        said = json.loads(manifest.read_text("utf-8"))
        if name == "manifest.json":
            manifest.write_text(json.dumps(change(said)))
            return folder
        np.save(path, change(np.load(path)))
        said["files"][name] = file_digest(path)
        manifest.write_text(json.dumps(said))
        return folder

    return forge_


def _all(value: float) -> Callable[[Any], Any]:
    return lambda array: np.full_like(array, value)


@pytest.mark.parametrize("text", [FEW, MANY], ids=["few", "many"])
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("sentence.nodes.npy", _all(-1)),
        ("sentence.nodes.npy", _all(2**62)),
        ("sentence.nodes.npy", _all(0x7FFFFFFF)),
        ("sentence.nodes.npy", lambda nodes: nodes | 0x7FFFFFFF),
        ("sentence.nodes.npy", _all(5 << 32)),
        ("sentence.rows.npy", _all(0xFFFFFFFF)),
        ("sentence.rows.npy", lambda rows: rows + np.uint32(1 << 20)),
        ("sentence.weights.npy", _all(np.nan)),
        ("sentence.weights.npy", _all(np.inf)),
        ("sentence.weights.npy", lambda weights: weights[:1]),
        ("mention.nodes.npy", _all(-1)),
        ("mention.rows.npy", _all(0xFFFFFFFF)),
    ],
)
def test_an_index_that_points_outside_is_an_error_and_no_verdict(
    forge: Callable[..., Path], name: str, change: Callable[[Any], Any], text: str
) -> None:
    with pytest.raises(ModelError):
        Model(forge(name, change)).score(text)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("sentence.weights.npy", lambda weights: weights[:, :-1]),
        ("sentence.rows.npy", lambda rows: rows[:-1]),
        ("sentence.rows.npy", lambda rows: rows.astype(np.int8)),
        ("sentence.nodes.npy", lambda nodes: nodes.astype(np.float64)),
        ("manifest.json", lambda said: said | {"views": {}}),
        ("manifest.json", lambda said: said | {"views": [1]}),
        ("manifest.json", lambda said: said | {"files": {"../../x": "0"}}),
        ("manifest.json", lambda said: said | {"name": "x" * (1 << 20)}),
    ],
)
def test_a_model_of_the_wrong_shape_is_refused_when_it_is_opened(
    forge: Callable[..., Path], name: str, change: Callable[[Any], Any]
) -> None:
    with pytest.raises(ModelError):
        Model(forge(name, change))


def test_a_manifest_nested_without_end_is_refused(forge: Callable[..., Path]) -> None:
    folder = forge("manifest.json", lambda said: said)
    (folder / "manifest.json").write_text("[" * 100_000)
    with pytest.raises(ModelError, match="damaged"):
        Model(folder)
