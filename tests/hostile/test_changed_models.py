"""Models that were changed in any way are refused in a line, or scored with."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bench import fuzz_models

from chipstance.errors import ModelError
from chipstance.models.stored.saved import read_manifest
from chipstance.models.stored.seen import open_seen
from chipstance.models.verdicts.model import Model
from tests.conftest import Ran

SEEN = ("seen.texts.npy", "seen.held_out.npy", "seen.words.npy")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fuzz_models.made(tmp_path_factory.mktemp("models") / "whole")


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copied"))


def set_field(folder: Path, way: str, value: Any) -> None:
    """Set a field of the manifest, `way` being its keys with dots between."""
    path = folder / "manifest.json"
    manifest = at = json.loads(path.read_text("utf-8"))
    *keys, last = [int(key) if key.isdigit() else key for key in way.split(".")]
    for key in keys:
        at = at[key]
    at[last] = value
    path.write_text(json.dumps(manifest), "utf-8")


def npy(header: str, data: bytes = bytes(64)) -> bytes:
    return b"\x93NUMPY\x01\x00v\x00" + header.ljust(117).encode() + b"\n" + data


def claims(kind: str, shape: str) -> bytes:
    return npy(f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}")


def test_models_changed_at_random_are_refused_or_scored_with(whole: Path, tmp_path: Path) -> None:
    chance = random.Random(11)
    for number in range(60):
        folder = Path(shutil.copytree(whole, tmp_path / str(number)))
        what = fuzz_models.change(folder, chance)
        if number % 2:
            fuzz_models.agree(folder)
        assert fuzz_models.complaint(folder) is None, what


@pytest.mark.parametrize("name", SEEN)
@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x93NUM", claims("|O", "(8,)"), claims("<u8", "(999999999999,)"),
        claims("<u8", "(-1,)"), claims("|V9999", "(2,)"), npy("(" * 100), npy("9" * 110),
        b"\x93NUMPY\x01\x00\xff\xff" + b"-" * 65535,
    ],
    ids=[
        "empty", "cut", "objects", "endless", "negative", "structs", "brackets", "digits", "minus",
    ],
)  # fmt: skip
def test_what_a_model_remembers_is_refused_by_the_name_of_its_file(
    copied: Path, name: str, data: bytes
) -> None:
    (copied / name).write_bytes(data)
    fuzz_models.agree(copied)
    with pytest.raises(ModelError, match=name.replace(".", r"\.")):
        open_seen(copied)


@pytest.mark.parametrize("value", [-2, 2, 300])
def test_a_remembered_verdict_that_is_no_label_is_refused(copied: Path, value: int) -> None:
    path = copied / "seen.held_out.npy"
    path.write_bytes(path.read_bytes()[:-2] + value.to_bytes(2, "little", signed=True))
    fuzz_models.agree(copied)
    with pytest.raises(ModelError, match="does not fit its tasks"):
        open_seen(copied)


@pytest.mark.parametrize("data", [b"", claims("<i8", "(999999999999,)"), npy("{" * 117)])
def test_an_array_that_is_none_is_refused_before_memory_is_taken(copied: Path, data: bytes) -> None:
    (copied / "sentence.nodes.npy").write_bytes(data)
    fuzz_models.agree(copied)
    with pytest.raises(ModelError, match=r"sentence\.nodes\.npy"):
        Model(copied)


@pytest.mark.parametrize(
    "lexicon",
    [
        "up\n" + "x" * 100_000 + "\vup", "up\n\vup", "up\n詞", "\ud800",
        "\t".join(f"list{n}" for n in range(2000)) + "\n詞0\vlist0",
    ],
    ids=["an endless term", "a term of nothing", "no list", "no UTF-8", "too many lists"],
)  # fmt: skip
def test_a_lexicon_that_would_slow_every_sentence_is_refused(copied: Path, lexicon: str) -> None:
    (copied / "lexicon.tsv").write_text(lexicon, "utf-8", "surrogatepass")
    fuzz_models.agree(copied)
    with pytest.raises(ModelError, match=r"lexicon\.tsv: damaged"):
        Model(copied)


TASK = "views.sentence.tasks.0"


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ("format", True), ("format", "2"), ("name", None), ("name", "x" * 300), ("rows", -1),
        ("rows", 10**30), ("articles", "12"), ("labels_digest", []), ("files", []),
        ("files", {"lexicon.tsv": 1}), ("unseen_words", "1"), ("unseen_words", float("nan")),
        ("views", []), ("views.sentence", {}), ("views.sentence.tasks", []),
        ("views.mention.tasks", [None]), (f"{TASK}.task", 5), (f"{TASK}.labels", "good"),
        (f"{TASK}.labels", ["good", "good"]), (f"{TASK}.labels", []), (f"{TASK}.intercept", [0.0]),
        (f"{TASK}.intercept", [0.0, float("inf")]), (f"{TASK}.intercept", [0, 10**400]),
        (f"{TASK}.counts", {"good": -1}), (f"{TASK}.counts", None),
        (f"{TASK}.cross_validated", {}), (f"{TASK}.cross_validated.accuracy", "\x1b[2J"),
        (f"{TASK}.cross_validated.macro_f1_ci95", [0.5]),
        (f"{TASK}.cross_validated.per_label", {}), (f"{TASK}.held_out", 0.5),
        (f"{TASK}.held_out.shares", {}), (f"{TASK}.held_out.confidence", None),
    ],
    ids=str,
)  # fmt: skip
def test_a_field_of_the_manifest_that_cannot_be_is_refused(
    copied: Path, way: str, value: Any, classify: Callable[..., Ran]
) -> None:
    set_field(copied, way, value)
    with pytest.raises(ModelError, match=r"manifest\.json"):
        read_manifest(copied)
    for command in (["models", "show", copied], ["explain", "很好", "--model", copied]):
        ran = classify(*command)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.startswith(f"Error: {copied / 'manifest.json'}: ")
        assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("way", "value"),
    [(f"{TASK}.cross_validated", None), (f"{TASK}.held_out", None), ("unseen_words", None)],
)
def test_what_could_not_be_measured_may_be_missing(copied: Path, way: str, value: Any) -> None:
    set_field(copied, way, value)
    assert fuzz_models.complaint(copied) is None
    assert Model(copied).score("服務很好。").sentences[0].mood == "good"


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/null", "lexicon.tsv"])
def test_a_file_that_is_a_link_to_a_device_or_to_itself_is_missing(
    copied: Path, target: str
) -> None:
    (copied / "lexicon.tsv").unlink()
    (copied / "lexicon.tsv").symlink_to(target)
    with pytest.raises(ModelError, match=r"lexicon\.tsv: missing"):
        Model(copied)
