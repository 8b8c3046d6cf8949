"""What is told to whoever names a version that is not there, or brings a table of their own."""

import json
from pathlib import Path

import pytest

from chipstance.errors import ModelError
from chipstance.models.labelling.exporting import export_rows
from chipstance.models.stored import store
from chipstance.models.stored.manifest import is_whole
from chipstance.models.stored.saved import read_manifest
from chipstance.shipped import shipped


def test_a_version_that_is_not_there_is_answered_with_those_that_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIPSTANCE_MODELS", str(tmp_path))
    for version in (1, 3):
        (tmp_path / "desk" / str(version)).mkdir(parents=True)
    with pytest.raises(ModelError, match=r"desk@2: no such version; desk has 1, 3$"):
        store.find_kept("desk@2")


@pytest.mark.parametrize("field", ["accuracy", "macro_f1", "calibration_error"])
def test_a_score_that_is_no_number_makes_a_manifest_damaged(field: str) -> None:
    manifest, _ = read_manifest(shipped("models/default"))
    assert is_whole(manifest)
    manifest["views"]["sentence"]["tasks"][0]["cross_validated"][field] = "good"
    assert not is_whole(manifest)


def test_suggestions_that_go_to_a_tool_know_the_companies_of_a_table_of_ones_own(
    tmp_path: Path,
) -> None:
    (tmp_path / "mine.csv").write_text("id,names_tw\nsenyu,森宇\n", "utf-8")
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": "森宇股價大漲。"}), "utf-8")
    found = export_rows(
        [path], "csv", suggest="default", companies=tmp_path / "mine.csv",
        problems=pytest.fail, notes=lambda _: None,
    )  # fmt: skip
    with (tmp_path / "out.csv").open("wb") as out:
        found.write(out)
    assert "senyu=" in (tmp_path / "out.csv").read_text("utf-8-sig")
