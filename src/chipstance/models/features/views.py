"""Views: the strings in which features are counted.

A view is a string, and its features are the n-grams of that string. What is not text (which
company is meant, what stands before it) becomes text too: a mask character for a name, another
block of Unicode for the same characters in another place. So one vectoriser, one trie and one
explanation serve every task.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress
from typing import TypeVar

from chipstance.articles.normalising.joined import normalise_all
from chipstance.models.features.lexicon import Hit, Lexicon
from chipstance.models.features.marks import (
    AFTER,
    ANCHOR,
    BEFORE,
    BUSINESS_TAGS,
    FALL,
    KIND_MASKS,
    NO_MOVE,
    OTHER,
    OTHERS_BUSINESS,
    OWN_BUSINESS,
    RISE,
    SEPARATOR,
    TARGET,
)
from chipstance.models.features.reading import (
    Reading,
    Span,
    gaps_of,
    hidden,
    in_order,
    places_of,
)

# In characters, within the clause: what is said beyond it is seldom said of the company. Both are
# rows of `bench.ablation`.
WINDOW_BEFORE, WINDOW_AFTER = 12, 16
CLAUSE_ENDS = ",;:。!?"
_SENTENCE_ENDS = '。!?"'


class Views:
    """Makes views; the lexicon is the one that the model was trained with."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def read(self, sentences: Iterable[tuple[str, Sequence[Span]]]) -> list[Reading]:
        """Read sentences for all the views of them; many at once cost the least.

        Args:
            sentences: As published, each with the companies in it, which do not overlap.
        """
        named = [(text, in_order(mentions)) for text, mentions in sentences]
        normals = normalise_all([hidden(text, mentions) for text, mentions in named])
        found = self.lexicon.find_all(normals)
        return [
            Reading(normal, mentions, places := places_of(normal), gaps_of(hits, places))
            for normal, (_, mentions), hits in zip(normals, named, found, strict=True)
        ]

    def sentence(self, text: str, mentions: Sequence[Span]) -> str:
        """The view that the sentence tasks have of one sentence; see `sentence_view`."""
        return sentence_view(self.read([(text, mentions)])[0])

    def mention(self, text: str, mentions: Sequence[Span], company: str) -> str:
        """The view that the company task has of one sentence; see `mention_view`."""
        return mention_view(self.read([(text, mentions)])[0], company)

    def origins(self, view: str) -> list[int]:
        """Where each character of a view stands in its first part, the sentence itself.

        Args:
            view: A sentence view or a mention view.

        Returns:
            Positions, `(n_characters,)`, a tag's being its term's first; -1 for what stands
            nowhere: separators, the tag of a move, the anchor.
        """
        whole = view.split(SEPARATOR, 1)[0]
        places = [at for at, char in enumerate(whole) if char in (TARGET, OTHER)]
        is_target = [whole[at] == TARGET for at in places]
        gaps = gaps_of(self.lexicon.find(whole), places)
        found = list(range(len(whole)))
        for _, start, end in _windows(whole, compress(places, is_target)):
            found += [-1, *range(start, end)]
        runs = _mention_runs(gaps, is_target) if any(is_target) else _sentence_runs(whole, gaps)
        for hit in chain.from_iterable(hits for _, hits in runs):
            found += [-1, hit.start] * len(hit.tags)
        # What follows (move, lines of business, anchor) stands for the sentence as a whole.
        return found + [-1] * (len(view) - len(found))


def sentence_view(reading: Reading) -> str:
    """What the sentence tasks see.

    Args:
        reading: The sentence.

    Returns:
        The normal form, companies as masks of their kind; then, each behind a `SEPARATOR`, the
        tags of the lexicon's terms in it, and those of the last clause in a block of their own
        too: that clause decides where two directions meet.
    """
    whole = reading.masked(KIND_MASKS.get(each.kind, OTHER) for each in reading.named)
    runs = _sentence_runs(reading.normal, reading.gaps)
    tags = _tags((block, [hit.tags for hit in hits]) for block, hits in runs)
    return SEPARATOR.join([whole, *tags, ANCHOR])


def mention_view(reading: Reading, company: str) -> str:
    """What the company task sees: the sentence as one company sees it.

    Args:
        reading: The sentence.
        company: Id of the one in question; its mentions get a mask of their own.

    Returns:
        The normal form; then, each behind a `SEPARATOR`, for each place where the company stands
        what is before it and what is after it in its clause, a window's length of both, in Unicode
        blocks of their own; then the tags of the lexicon's terms, again in these blocks where no
        other company stands between; then what is no text: the direction of a stated move, and the
        lines of business, of which one that is unknown leaves no tag.
    """
    return mention_views(reading, [company])[0]


def mention_views(reading: Reading, companies: Sequence[str]) -> list[str]:
    """The mention views of some of the companies in a sentence, made together."""
    tags = [[hit.tags for hit in gap] for gap in reading.gaps]
    businesses = {each.company: KIND_MASKS.get(each.kind) for each in reading.named}
    views = []
    for company in companies:
        is_target = [each.company == company for each in reading.named]
        whole = reading.masked([TARGET if mine else OTHER for mine in is_target])
        windows = [
            _moved(whole[start:end], block)
            for block, start, end in _windows(whole, compress(reading.places, is_target))
        ]
        tagged = _tags(_mention_runs(tags, is_target))
        move = next((move_tags(each.move_pct) for each in compress(reading.named, is_target)), [])
        business = _businesses(businesses, company)
        views.append(SEPARATOR.join([whole, *windows, *tagged, *move, *business, ANCHOR]))
    return views


def anonymous(view: str) -> str:
    """A mention view as it would be if nobody's line of business were known."""
    parts = view.split(SEPARATOR)
    return SEPARATOR.join(part for part in parts if part not in BUSINESS_TAGS)


# Terms of a view, or the tags of each, and the Unicode block that these are moved to.
_Term = TypeVar("_Term")


def _sentence_runs(
    normal: str, gaps: Sequence[Sequence[Hit]]
) -> Iterator[tuple[int, Sequence[Hit]]]:
    hits = list(chain.from_iterable(gaps))
    last_clause = max(map(normal.rstrip(_SENTENCE_ENDS).rfind, ",;"))
    yield 0, hits
    yield AFTER, [hit for hit in hits if hit.start > last_clause]


def _mention_runs(
    gaps: Sequence[Sequence[_Term]], is_target: Sequence[bool]
) -> Iterator[tuple[int, Iterable[_Term]]]:
    yield 0, chain.from_iterable(gaps)
    yield AFTER, chain.from_iterable(compress(gaps[1:], is_target))
    yield BEFORE, chain.from_iterable(compress(gaps, is_target))


def _tags(runs: Iterable[tuple[int, Iterable[str]]]) -> str:
    return "".join([_moved("".join(tags), block) for block, tags in runs])


def move_tags(move_pct: float | None) -> list[str]:
    """The tag of a move in percent; none where no move is stated."""
    if move_pct is None:
        return []
    return [NO_MOVE if move_pct == 0 else RISE if move_pct > 0 else FALL]


def _businesses(masks: Mapping[str, str | None], company: str) -> list[str]:
    own = masks.get(company)
    others = sorted({mask for name, mask in masks.items() if mask and name != company})
    tags = [OTHERS_BUSINESS[mask] for mask in others]
    return [OWN_BUSINESS[own], *tags] if own else tags


def _windows(whole: str, targets: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Unicode block, start and end of each window around the target, which its clause bounds."""
    for at in targets:
        begin, end = clause(whole, at)
        yield BEFORE, max(begin, at - WINDOW_BEFORE), at + 1
        yield AFTER, at, min(end, at + WINDOW_AFTER)


def clause(text: str, at: int) -> tuple[int, int]:
    """Where the clause around a position begins and ends."""
    begin = max(text.rfind(mark, 0, at) for mark in CLAUSE_ENDS) + 1
    ends = [found for mark in CLAUSE_ENDS if (found := text.find(mark, at)) >= 0]
    return begin, min(ends, default=len(text))


class _Block(dict[int, int]):
    """Code points in a Unicode block, as `str.translate` asks for them; each is made once."""

    def __init__(self, block: int) -> None:
        self._block = block

    def __missing__(self, code: int) -> int:
        self[code] = moved = self._block + min(code, 0xFFFF)
        return moved


_BLOCKS = {block: _Block(block) for block in (0, BEFORE, AFTER)}


def _moved(text: str, block: int) -> str:
    return text.translate(_BLOCKS[block]) if block and text else text
