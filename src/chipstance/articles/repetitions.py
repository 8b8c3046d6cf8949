"""What a page shows twice: a caption beside its copy for those who see no picture, a paragraph."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from chipstance.articles.line import Line
from chipstance.articles.shapes import is_running
from chipstance.patterns import lazily

# A shorter one may be said twice on purpose.
_SHORTEST_PARAGRAPH = 20
_LONGEST_CREDIT = 60
# Behind the last sentence of a caption: who took the picture.
_CREDIT = lazily(r"[。！？][（(][^（()）。]{2,14}[)）]$", hints=")）")


def repetitions(lines: Sequence[Line]) -> list[Line]:
    """Drop captions that stand there twice, and paragraphs that stood there before.

    Titles are left alone: their repetition tells them from other lines at the top.
    """
    captions = set(_captions([line.text for line in lines if line.text]))
    seen: set[str] = set()
    kept = []
    for line in lines:
        if line.text in captions or line.text in seen:
            continue
        if len(line.text) >= _SHORTEST_PARAGRAPH and is_running(line.text):
            seen.add(line.text)
        kept.append(line)
    return kept


def _captions(texts: Sequence[str]) -> Iterator[str]:
    """The captions that stand beside a copy of themselves, which may say more of the picture."""
    for text, after in pairwise(texts):
        if text == after and _CREDIT.search(text):
            yield text
        elif after.startswith(text) and is_running(text) and _is_credit(after[len(text) :]):
            yield from (text, after)


def _is_credit(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_CREDIT and not is_running(text)
