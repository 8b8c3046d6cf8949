import json
from itertools import groupby
from pathlib import Path

import pytest

from .linked import link

# Press articles with their labels that the team measures on; not part of the project.
PRESS = Path(__file__).parents[3] / "shared" / "gold" / "press.jsonl"


@pytest.mark.skipif(not PRESS.exists(), reason="the press articles are not here")
def test_linking_finds_what_readers_found_in_press_articles() -> None:
    rows = [json.loads(line) for line in PRESS.read_text(encoding="utf-8").splitlines()]
    right = extra = missed = 0
    for _, group in groupby(rows, key=lambda row: row["article"]):
        article = list(group)
        for row, mentions in zip(article, link(*(row["text"] for row in article)), strict=True):
            found, named = {m.company for m in mentions}, set(row["companies"])
            right += len(found & named)
            extra += len(found - named)
            missed += len(named - found)
    precision, recall = right / (right + extra), right / (right + missed)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} of {right + missed}")
    assert f1 >= 0.97
