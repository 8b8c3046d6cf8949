"""What a page shows twice: a caption beside its copy for those who see no picture, a paragraph."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from chipstance.articles.line import Line
from chipstance.articles.shapes import is_running
from chipstance.patterns import lazily

# A shorter one may be said twice on purpose.
_SHORTEST_PARAGRAPH = 20
# Behind the last sentence of a caption: who took the picture.
_CREDIT = lazily(r"[。！？][（(][^（()）。]{2,14}[)）]$", hints=")）")


def repetitions(lines: Sequence[Line]) -> list[Line]:
    """Drop captions that stand there twice, and paragraphs that stood there before.

    Titles are left alone: their repetition tells them from other lines at the top.
    """
    captions = set(_twice([line.text for line in lines if line.text]))
    seen: set[str] = set()
    kept = []
    for line in lines:
        if line.text in captions or line.text in seen:
            continue
        if len(line.text) >= _SHORTEST_PARAGRAPH and is_running(line.text):
            seen.add(line.text)
        kept.append(line)
    return kept


def _twice(texts: Sequence[str]) -> Iterator[str]:
    """The captions that stand beside a copy of themselves."""
    for text, copies in groupby(texts):
        if _CREDIT.search(text) and len(list(copies)) > 1:
            yield text
