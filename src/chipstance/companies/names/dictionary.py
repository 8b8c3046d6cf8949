"""Whether two or three Chinese characters are a word that a dictionary knows.

`words.txt` has the words of so many characters, in Simplified, of the dictionary of jieba (see
`words.LICENSE`), as `python -m bench.words` writes them: to load jieba itself takes longer than to
score an article. Those of two characters are its first line, those of three its second, ascending
and with nothing between, so that a word is found by halving.
"""

from bisect import bisect_left
from functools import cache
from pathlib import Path

KEPT = Path(__file__).with_name("words.txt")
LENGTHS = (2, 3)
# Bytes of a character in UTF-8; the dictionary has no word with a rarer one.
_BYTES = 3


def is_word(text: str) -> bool:
    """Whether a dictionary has a word.

    Args:
        text: Two or three Chinese characters, folded.

    >>> is_word("半导体"), is_word("达能")
    (True, False)
    """
    word, width = text.encode("utf-8", "replace"), _BYTES * len(text)
    line = _lines()[LENGTHS.index(len(text))]
    places = range(0, len(line), width)
    at = bisect_left(places, word, key=lambda place: line[place : place + width])
    return at < len(places) and line[places[at] : places[at] + width] == word


@cache
def _lines() -> list[bytes]:
    return KEPT.read_bytes().split(b"\n")
