"""Word lists of the trade: features for words that no training sentence has.

A list is a file in `lexicons/`, a term a line, in whatever script its region writes. What a list's
terms speak for is not said here: training gives each list a weight like any n-gram's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chipstance.articles.normalising.normal_form import normalise
from chipstance.lookup import Lookup

if TYPE_CHECKING:
    from daachorse import CharwiseDoubleArrayAhoCorasick

FOLDER = Path(__file__).parent / "lexicons"
# Characters: making the automaton takes as long as searching six or seven thousand without it.
_WORTH_IT = 6_000
# The first mask character of the tags that stand for lists; see `views` for the other masks.
_FIRST_TAG = 0xE100


class Hit(NamedTuple):
    """A term found in a normal form, and the tags of the lists it is of."""

    start: int
    end: int
    tags: str


class Lexicon:
    """Word lists, ready to be looked for."""

    def __init__(self, lists: Mapping[str, str], joined: Iterable[str] | None = None) -> None:
        """Take terms in normal form.

        Args:
            lists: Names of the lists that each term is of, joined by commas.
            joined: All that any term has there, where it is known.
        """
        self.lists = lists if isinstance(lists, Lookup) else Lookup.of(lists, 1)
        self.joined = frozenset(lists.values() if joined is None else joined)
        self._searched = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Lexicon) and self.lists == other.lists

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of the list that each tag stands for."""
        names = sorted({name for joined in self.joined for name in joined.split(",")})
        return {chr(_FIRST_TAG + at): name for at, name in enumerate(names)}

    @cached_property
    def _tags(self) -> dict[str, str]:
        """Tags of each way in which names are joined."""
        tags = {name: tag for tag, name in self.names.items()}
        return {joined: "".join(tags[name] for name in joined.split(",")) for joined in self.joined}

    @cached_property
    def tags_of_terms(self) -> list[str]:
        """Tags of each term, in the order of `lists`."""
        groups = self.lists.groups()
        return [self._tags.get(joined, "") for group in groups for joined in group.values()]

    @cached_property
    def _matcher(self) -> "CharwiseDoubleArrayAhoCorasick":
        import daachorse

        return daachorse.CharwiseDoubleArrayAhoCorasick(
            list(self.lists), daachorse.MATCH_KIND_LEFTMOST_LONGEST
        )

    def find(self, normal: str) -> list[Hit]:
        """Find the terms in a normal form, the longest at each place, none overlapping.

        Args:
            normal: As `normalise` gives it.

        Returns:
            In order of place.
        """
        return self.find_all([normal])[0]

    def find_all(self, normals: Sequence[str]) -> list[list[Hit]]:
        """Find the terms in many normal forms; see `find`."""
        self._searched += sum(map(len, normals))
        if not self.lists:
            return [[] for _ in normals]
        if self._searched < _WORTH_IT:
            return [list(self._by_lookup(normal)) for normal in normals]
        return self._by_automaton(normals)

    def spans(self, text: str) -> list[tuple[int, int, int]]:
        """Start, end and number of each term in a text, the longest at each place.

        Args:
            text: Normal forms, one behind the other, with something between that is in no term.

        Returns:
            In order of place; numbers count `lists`.
        """
        found: list[tuple[int, int, int]] = self._matcher.find(text) if self.lists else []
        return found

    def _by_automaton(self, normals: Sequence[str]) -> list[list[Hit]]:
        tags = self.tags_of_terms
        found: list[list[Hit]] = []
        hits, begin, stop = list[Hit](), 0, 0
        ends = accumulate(len(normal) + 1 for normal in normals)
        for start, end, term in self.spans("\n".join(normals)):
            while start >= stop:
                begin, stop, hits = stop, next(ends), []
                found.append(hits)
            hits.append(Hit(start - begin, end - begin, tags[term]))
        return found + [[] for _ in range(len(normals) - len(found))]

    def _by_lookup(self, normal: str) -> Iterator[Hit]:
        free = 0
        for at in range(len(normal)):
            term = next(self.lists.standing(normal, at), None) if at >= free else None
            if term:
                free = at + len(term)
                yield Hit(at, free, self._tags.get(self.lists[term], ""))


def read_lexicon(folder: Path = FOLDER) -> Lexicon:
    """Read the lists of a folder and bring their terms to normal form.

    Args:
        folder: Of `.txt` files, a term a line; empty lines and those with `#` in front are passed
            over.
    """
    names: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.txt")):
        for term in _terms(path.read_text("utf-8").splitlines()):
            names.setdefault(term, []).append(path.stem)
    return Lexicon({term: ",".join(names[term]) for term in sorted(names)})


def _terms(lines: Iterable[str]) -> set[str]:
    written = (line.strip() for line in lines)
    terms = {normalise(line) for line in written if line and not line.startswith("#")}
    # A single character stands in too many words to mean anything.
    return {term for term in terms if len(term) > 1}


def dump(lexicon: Lexicon) -> str:
    """Write a lexicon as text: all names of lists that any term has, and then the terms."""
    return "\t".join(sorted(lexicon.joined)) + "\n" + lexicon.lists.dump()


def parse(text: str) -> Lexicon:
    """Read what `dump` writes.

    Raises:
        ValueError: It is none of that.
    """
    joined, _, terms = text.partition("\n")
    return Lexicon(Lookup.parse(terms, 1), joined.split("\t") if joined else ())
