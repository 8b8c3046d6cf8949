"""Two processes at once: a reader sees the old model or the new one, never a mixture."""

import contextlib
import os
import random
import time
from pathlib import Path

import pytest

from chipstance.errors import ModelError
from chipstance.models.stored import store
from chipstance.models.stored.placing import copy_model, place
from chipstance.models.stored.saved import open_model
from chipstance.models.stored.seen import open_seen
from chipstance.models.verdicts.model import Model, load
from tests.models.stored.writers import (
    check_whole,
    keep_again_and_again,
    made,
    place_again_and_again,
    writer,
)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return made(tmp_path_factory.mktemp("models"))


@pytest.fixture
def target(models: tuple[Path, Path], tmp_path: Path) -> Path:
    """A folder with the first of the models."""
    place(tmp_path / "desk", lambda beside: copy_model(models[0], beside))
    return tmp_path / "desk"


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHIPSTANCE_MODELS", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.mark.parametrize("can_exchange", [True, False], ids=["one step", "two renames"])
def test_a_reader_of_a_folder_that_is_replaced_sees_one_model_or_the_other(
    models: tuple[Path, Path], target: Path, can_exchange: bool
) -> None:
    seen = []
    with writer(place_again_and_again, target, models, 300, can_exchange) as process:
        while process.is_alive():
            seen.append(check_whole(load(target)))
    assert set(seen) == {"good", "bad"}
    assert list(target.parent.iterdir()) == [target]


def test_what_a_model_remembers_is_never_taken_for_anothers(
    models: tuple[Path, Path], target: Path
) -> None:
    replaced, held_out = 0, {}
    for folder in models:
        remembered = open_seen(folder)
        assert remembered is not None
        held_out[Model(folder).name] = remembered.held_out["mood"].count("good")
    with writer(place_again_and_again, target, models, 200, True) as process:
        while process.is_alive():
            model = load(target)
            time.sleep(0.002)
            with contextlib.suppress(ModelError):
                seen = open_seen(target, model.digest)
                assert seen is not None
                assert seen.held_out["mood"].count("good") == held_out[model.name]
                continue
            replaced += 1
    assert replaced


def test_of_two_writers_into_one_folder_one_wins_wholly(
    models: tuple[Path, Path], target: Path
) -> None:
    with (
        writer(place_again_and_again, target, models[:1], 60, True),
        writer(place_again_and_again, target, models[1:], 60, True),
        writer(place_again_and_again, target, models, 60, False),
    ):
        pass
    assert check_whole(Model(target)) in ("good", "bad")
    assert {path.name for path in target.iterdir()} == {path.name for path in models[0].iterdir()}
    assert list(target.parent.iterdir()) == [target]


def test_two_writers_and_a_reader_of_one_name_have_whole_versions(
    models: tuple[Path, Path], own_store: Path
) -> None:
    store.use("default")
    seen = []
    with (
        writer(keep_again_and_again, "desk", models[0], 30),
        writer(keep_again_and_again, "desk", models[1], 30) as process,
    ):
        while process.is_alive():
            if store.kept_models():
                seen.append(check_whole(load("desk")))
    kept = [check_whole(Model(each.folder)) for each in store.kept_models()]
    assert sorted(kept) == ["bad"] * 30 + ["good"] * 30
    assert seen
    assert {path.name for path in (own_store / "desk").iterdir()} == set(map(str, range(1, 61)))


def test_a_writer_killed_at_any_moment_leaves_a_whole_model(
    models: tuple[Path, Path], target: Path
) -> None:
    chance = random.Random(7)
    for _ in range(4):
        with writer(place_again_and_again, target, models, 100_000, True) as process:
            begun = os.stat(target).st_ino
            while os.stat(target).st_ino == begun:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.02))
            process.kill()
        check_whole(Model(target))
    # And what it left half done goes with the next one.
    place(target, lambda beside: copy_model(models[1], beside))
    assert check_whole(Model(target)) == "bad"
    assert list(target.parent.iterdir()) == [target]


def test_a_model_in_use_keeps_its_verdicts_when_its_folder_is_replaced(
    models: tuple[Path, Path], target: Path
) -> None:
    before = load(target)
    place(target, lambda beside: copy_model(models[1], beside))
    assert check_whole(before) == "good"
    assert check_whole(load(target)) == "bad"


def test_a_damaged_model_that_nobody_replaces_is_refused_at_once(target: Path) -> None:
    (target / "lexicon.tsv").write_text("changed\tup\n")
    begin = time.monotonic()
    with pytest.raises(ModelError, match=r"lexicon\.tsv: changed"):
        open_model(target)
    assert time.monotonic() - begin < 0.2


def test_a_folder_that_failed_to_be_filled_leaves_the_earlier_model_and_nothing_else(
    target: Path,
) -> None:
    def fill(beside: Path) -> None:
        (beside / "manifest.json").write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(ModelError, match="No space left on device"):
        place(target, fill)
    assert check_whole(Model(target)) == "good"
    assert list(target.parent.iterdir()) == [target]
