"""What reading an article yields: sentences that know where they stood in the file.

Nothing here reads, cleans or judges; see `reading`, `cleaning` and `sentences`.
"""

from bisect import bisect_right
from operator import itemgetter
from typing import NamedTuple

_in_text = itemgetter(0)


class Sentence(NamedTuple):
    """One sentence as its publisher wrote it, line breaks inside it taken out.

    Attributes:
        text: The publisher's characters, unaltered, with wrapped lines joined.
        pieces: Where `text` comes from: pairs (position in `text`, position in the decoded
            file), ascending, the first at text position 0. From each pair on, until the next,
            text and file run in parallel.
        paragraph: Number of its paragraph in the article, from 0.
        heading: Whether it is a title or heading and not running text.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    paragraph: int = 0
    heading: bool = False

    @property
    def start(self) -> int:
        """Position of the first character in the decoded file."""
        return self.pieces[0][1]

    @property
    def end(self) -> int:
        """Position just after the last character in the decoded file."""
        in_text, in_file = self.pieces[-1]
        return in_file + len(self.text) - in_text

    def offset(self, position: int) -> int:
        """Position in the decoded file of the character at `position` of `text`.

        >>> Sentence("中芯微跌", ((0, 10), (2, 13))).offset(3)
        14
        """
        pieces = self.pieces
        at = bisect_right(pieces, position, key=_in_text) - 1 if len(pieces) > 1 else 0
        in_text, in_file = pieces[at]
        return in_file + position - in_text


class Article(NamedTuple):
    """A cleaned article.

    Attributes:
        id: Digest of the cleaned text: the same article has the same id wherever it is read.
        source: The publisher where it is known, else the name of the file.
        title: Headline, or None.
        published: ISO date, or None.
        sentences: In reading order, the headline included where the file shows one.
    """

    id: str
    source: str
    title: str | None
    published: str | None
    sentences: tuple[Sentence, ...]
