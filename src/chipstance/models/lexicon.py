"""Word lists of the trade: features for words that no training sentence has.

A list is a file in `lexicons/`, a term a line, in whatever script its region writes. What a list's
terms speak for is not said here: training gives each list a weight like any n-gram's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from chipstance.articles.normalise import normalise

if TYPE_CHECKING:
    from daachorse import CharwiseDoubleArrayAhoCorasick

FOLDER = Path(__file__).parent / "lexicons"
# The first mask character of the tags that stand for lists; see `views` for the other masks.
_FIRST_TAG = 0xE100


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found in a normal form, and the list it is of."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True)
class Lexicon:
    """Word lists, ready to be looked for.

    Attributes:
        lists: Terms in their normal form, by name of the list.
    """

    lists: Mapping[str, Sequence[str]]

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of the list that each tag stands for."""
        return {chr(_FIRST_TAG + at): name for at, name in enumerate(sorted(self.lists))}

    @cached_property
    def _tags(self) -> dict[str, str]:
        """Tags of each term."""
        tags: dict[str, str] = {}
        for tag, name in self.names.items():
            for term in self.lists[name]:
                tags[term] = tags.get(term, "") + tag
        return tags

    @cached_property
    def _terms(self) -> list[str]:
        return sorted(self._tags)

    @cached_property
    def _matcher(self) -> "CharwiseDoubleArrayAhoCorasick":
        import daachorse

        return daachorse.CharwiseDoubleArrayAhoCorasick(
            self._terms, daachorse.MATCH_KIND_LEFTMOST_LONGEST
        )

    def find(self, normal: str) -> list[Hit]:
        """Find the terms in a normal form, the longest at each place, none overlapping.

        Args:
            normal: As `normalise` gives it.

        Returns:
            In order of place; a term of two lists gives two hits.
        """
        if not self._tags:
            return []
        return [
            Hit(start, end, tag)
            for start, end, at in self._matcher.find(normal)
            for tag in self._tags[self._terms[at]]
        ]


def read_lexicon(folder: Path = FOLDER) -> Lexicon:
    """Read the lists of a folder and bring their terms to normal form.

    Args:
        folder: Of `.txt` files, a term a line; empty lines and those with `#` in front are passed
            over.
    """
    files = sorted(folder.glob("*.txt"))
    return Lexicon({path.stem: _terms(path.read_text("utf-8").splitlines()) for path in files})


def _terms(lines: Iterable[str]) -> list[str]:
    written = (line.strip() for line in lines)
    terms = {normalise(line) for line in written if line and not line.startswith("#")}
    # A single character stands in too many words to mean anything.
    return sorted(term for term in terms if len(term) > 1)
