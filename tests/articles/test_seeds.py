"""The articles that people labelled sentence by sentence: what they read is what is split."""

import json

import pytest
from tests.conftest import ROOT

from chipstance.articles.reading import read

SEEDS = sorted((ROOT / "seeds").rglob("*.txt"))


def labelled() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "labels").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            found.setdefault(row["article"], []).append(row["text"])
    return found


@pytest.mark.parametrize("region", ["hk", "tw", "cn"])
def test_every_sentence_that_people_labelled_is_found_and_no_other(region: str) -> None:
    wanted = labelled()
    seeds = [path for path in SEEDS if path.parent.name == region]
    assert len(seeds) > 100
    for path in seeds:
        (article,) = read(path, problems=pytest.fail)
        assert [each.text for each in article.sentences] == wanted[path.stem], path.name
