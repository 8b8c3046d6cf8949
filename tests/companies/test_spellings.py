"""What is kept ready of the shipped table is what the table says, and never anything else."""

from pathlib import Path

import pytest

from chipstance.companies.linking import Linker
from chipstance.companies.names import spellings
from chipstance.companies.table import SHIPPED, load_table, read_companies


def test_what_is_kept_is_up_to_date() -> None:
    # Where this fails: python -m bench.spellings
    assert spellings.KEPT.read_text("utf-8") == spellings.dump(
        spellings.spellings(read_companies(SHIPPED).values())
    )


def test_what_is_read_is_what_was_kept() -> None:
    kept, found = spellings.kept(), spellings.spellings(read_companies(SHIPPED).values())
    assert kept is not None
    assert kept == found


@pytest.mark.parametrize("text", ["", "00000000\n\n\n\n", "damaged", None])
def test_what_is_kept_of_another_table_or_damaged_is_passed_over(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "spellings.txt"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(spellings, "KEPT", path)
    assert spellings.kept() is None
    assert Linker(load_table())._names._name("辉达").company.id == "nvidia"


def test_companies_made_when_asked_for_are_those_of_the_table() -> None:
    assert tuple(load_table().companies) == tuple(read_companies(SHIPPED).values())
