"""What a page shows twice: captions, beside a copy for those who see no picture, and paragraphs."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chipstance.articles.line import Line
from chipstance.articles.shapes import is_running
from chipstance.patterns import lazily

# A shorter one may be said twice on purpose.
_SHORTEST_PARAGRAPH = 20
# A longer one is the beginning of a story, though an agency's name stands behind it.
_LONGEST_CAPTION = 60
# Behind the last sentence of a caption: who took the picture.
_CREDIT = lazily(r"[。！？][（(][^（()）。]{2,14}[)）]$", hints=")）")
_PHOTOGRAPHER = lazily(r"\s*[A-Za-z][A-Za-z .,'/&-]{2,58}", re.ASCII)


def twin_captions(lines: Sequence[Line]) -> list[Line]:
    """Drop captions that stand beside a copy of themselves, and the copy."""
    captions = set(_captions([line.text for line in lines if line.text]))
    return [line for line in lines if line.text not in captions]


def repetitions(lines: Sequence[Line]) -> list[Line]:
    """Drop paragraphs that stood there before.

    Titles are left alone: their repetition tells them from other lines at the top.
    """
    seen: set[str] = set()
    kept = []
    for line in lines:
        if line.text in seen:
            continue
        if len(line.text) >= _SHORTEST_PARAGRAPH and is_running(line.text):
            seen.add(line.text)
        kept.append(line)
    return kept


def _captions(texts: Sequence[str]) -> Iterator[str]:
    """The captions that stand beside a copy of themselves, which may say who took the picture."""
    for text, after in pairwise(texts):
        if not 0 < len(text) <= _LONGEST_CAPTION or not is_running(text):
            continue
        if text == after and _CREDIT.search(text):
            yield text
        elif after.startswith(text) and _PHOTOGRAPHER.fullmatch(after, len(text)):
            yield from (text, after)
