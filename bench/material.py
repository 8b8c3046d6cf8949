"""What the benches measure on: the project's own articles and labels, and its command."""

import json
import sys
from pathlib import Path

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.models.learning.material import fictional_companies
from chipstance.shipped import shipped

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
CLASSIFY = str(Path(sys.executable).with_name("classify"))


def seeds() -> list[Path]:
    """The files of the training articles, in the order of their names."""
    return sorted(SEEDS.glob("*/*.txt"))


def labels_linker() -> Linker:
    """A linker that knows the companies made up for the default labels too."""
    return Linker(load_table(*fictional_companies([shipped("labels")])))


def write_articles(path: Path, n: int) -> None:
    """Write a JSON Lines file of the training articles, repeated until there are n."""
    texts = [seed.read_text("utf-8") for seed in seeds()]
    with path.open("w", encoding="utf-8") as out:
        for number in range(n):
            row = {"text": texts[number % len(texts)], "source": f"no. {number}"}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
