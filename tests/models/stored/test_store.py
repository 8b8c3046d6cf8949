import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from chipstance.errors import ModelError
from chipstance.models.stored import store
from chipstance.models.stored.saved import read_manifest
from chipstance.shipped import shipped


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHIPSTANCE_MODELS", str(tmp_path / "store"))
    return tmp_path / "store"


def keep(name: str, n: int = 0) -> store.Kept:
    """A version that is nothing but a manifest."""
    beside = store.prepare(name) / f".new{n}"
    beside.mkdir()
    (beside / "manifest.json").write_text(str(n))
    return store.add_version(beside, name)


def test_versions_count_from_one_and_stay_beside_one_another() -> None:
    assert [keep("desk", n).version for n in range(3)] == [1, 2, 3]
    assert [str(kept) for kept in store.kept_models()] == ["desk@1", "desk@2", "desk@3"]


def test_the_shipped_model_is_in_use_until_another_is() -> None:
    assert store.find(None) == shipped("models/default")


def test_a_name_in_use_means_its_newest_version_whenever_that_comes(own_store: Path) -> None:
    keep("desk")
    store.use("desk")
    assert store.find(None) == own_store / "desk" / "1"
    keep("desk", 1)
    assert store.find(None) == own_store / "desk" / "2"


def test_a_version_in_use_stays_and_one_can_go_back(own_store: Path) -> None:
    keep("desk"), keep("desk", 1)
    store.use("desk@1")
    assert store.find(None) == own_store / "desk" / "1"
    store.use("default")
    assert store.find(None) == shipped("models/default")


def test_version_ten_is_newer_than_nine(own_store: Path) -> None:
    for n in range(10):
        keep("desk", n)
    assert store.find("desk") == own_store / "desk" / "10"


@pytest.mark.parametrize(
    "name",
    [
        "../desk", "a/b", "", ".", "..", "default", "in-use", "x" * 65,
        "Default", "DEFAULT", "In-Use", "con", "NUL", "Com1", "lpt9", "aux", "PRN", "com²",
        pytest.param("a\\b", id="backslash"),
    ],
)  # fmt: skip
def test_a_name_cannot_lead_out_of_the_store_or_be_one_of_its_own(
    name: str, own_store: Path
) -> None:
    with pytest.raises(ModelError):
        store.prepare(name)
    assert not own_store.exists()


def test_a_kept_model_is_meant_where_a_folder_without_a_model_has_its_name(
    own_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("desk")
    for name in ("desk", "other"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    assert store.find("desk") == own_store / "desk" / "1"
    assert store.find("other") == Path("other")


@pytest.mark.parametrize("name", ["../desk", "desk@../1", "desk@2", "nobody"])
def test_what_is_not_kept_cannot_be_put_to_use(name: str) -> None:
    keep("desk")
    with pytest.raises(ModelError):
        store.use(name)
    assert store.in_use() == "default"


def test_a_model_may_be_called_by_the_digest_that_rows_and_results_name_it_by() -> None:
    default = shipped("models/default")
    one, other = keep("desk"), keep("desk", 1)
    shutil.copy(default / "manifest.json", one.folder)
    _, digest = read_manifest(default)
    assert store.find(f"desk@{digest}") == one.folder
    assert store.find(f"default@{digest}") == default
    store.use(f"desk@{digest}")
    assert store.find(None) == one.folder
    for name in ("desk", "default"):
        with pytest.raises(ModelError, match=f"{name}@e0e0e0e0e0e0: no "):
            store.find(f"{name}@e0e0e0e0e0e0")
    assert store.find("desk@2") == other.folder


def test_chinese_names_will_do() -> None:
    assert keep("財經組").folder.is_dir()


def test_a_folder_with_a_model_comes_before_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_store: Path
) -> None:
    keep("desk")
    assert store.find("desk") == own_store / "desk" / "1"
    monkeypatch.chdir(tmp_path)
    Path("desk").mkdir()
    Path("desk/manifest.json").write_text("{}")
    assert store.find("desk") == Path("desk")


def test_a_model_in_use_that_is_gone_says_how_to_go_back() -> None:
    kept = keep("desk")
    store.use("desk")
    (kept.folder / "manifest.json").unlink()
    kept.folder.rmdir()
    with pytest.raises(ModelError, match="classify models use default"):
        store.find(None)


def test_many_who_add_at_once_each_get_a_version() -> None:
    with ThreadPoolExecutor(8) as pool:
        versions = [kept.version for kept in pool.map(lambda n: keep("desk", n), range(40))]
    assert sorted(versions) == list(range(1, 41))
    whole = {(kept.folder / "manifest.json").read_text() for kept in store.kept_models()}
    assert whole == {str(n) for n in range(40)}


def test_looking_whether_the_store_can_be_written_leaves_nothing_there(own_store: Path) -> None:
    store.check_writable("desk")
    assert not own_store.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_store_is_one_line_that_names_the_way_out(own_store: Path) -> None:
    own_store.mkdir()
    own_store.chmod(0o500)
    with pytest.raises(ModelError, match="-o"):
        store.prepare("desk")


def test_a_store_that_is_no_folder_is_one_line_that_names_the_way_out(own_store: Path) -> None:
    own_store.write_text("")
    for asked in (store.prepare, store.check_writable):
        with pytest.raises(ModelError, match="-o"):
            asked("desk")
    with pytest.raises(ModelError, match="--model"):
        store.use("default")
