"""What the tests of linking share: sentences out of plain text, ids out of mentions."""

import csv
from functools import cache
from pathlib import Path

from chipstance.articles.article import Sentence
from chipstance.companies.linking import Linker
from chipstance.companies.mention import Mention
from chipstance.companies.table import load_table

CASES = Path(__file__).parent / "cases"


@cache
def linker() -> Linker:
    return Linker(load_table())


def link(*texts: str, context: bool = False) -> list[tuple[Mention, ...]]:
    sentences = [Sentence(text, ((0, 0),)) for text in texts]
    return linker().link(sentences, context=context)


def ids(text: str) -> list[str]:
    return list(dict.fromkeys(mention.company for mention in link(text)[0]))


def cases(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
