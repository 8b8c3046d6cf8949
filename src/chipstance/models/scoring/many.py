"""The views of many sentences at once, as arrays of code points: what `views` makes, sooner.

Nothing becomes a string between the normal form and the scorer. A view is laid out of segments:
stretches of the sentence and of the tags of its terms. Blocks that are the same in every view that
has them are not laid out but named. `views` stays what is to be read; a test holds the two equal,
character for character.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from chipstance.articles.normalising.joined import JOINT, normal_points, points_of, text_of
from chipstance.models.features import marks, views
from chipstance.models.features.lexicon import Lexicon
from chipstance.models.features.reading import Span, hidden, in_order
from chipstance.models.scoring.joined import Joined
from chipstance.models.scoring.laying import Flags, Ints, Points, Segments, laid_out, moved, ranges

# What a view is of: the number of a sentence, and the company in question.
Asked = tuple[int, str]

# Code points, about, that are laid out at once: more gain nothing and cost memory.
_AT_ONCE = 1 << 18
# What a company and its windows add to a view, about.
_EACH = 64
_MASKS = sorted(set(marks.KIND_MASKS.values()))
_MASK_NUMBERS = {kind: _MASKS.index(mask) for kind, mask in marks.KIND_MASKS.items()}
_MOVES = (marks.RISE, marks.FALL, marks.NO_MOVE)
_NONE = -1
# The parts of views that are the same wherever they stand.
BLOCKS = (
    marks.ANCHOR, *_MOVES, *map(marks.OWN_BUSINESS.__getitem__, _MASKS),
    *map(marks.OTHERS_BUSINESS.__getitem__, _MASKS),
)  # fmt: skip
# Number in `BLOCKS` of the first of each kind.
_ANCHOR, _FIRST_MOVE, _FIRST_OWN = 0, 1, 1 + len(_MOVES)
_FIRST_OTHER = _FIRST_OWN + len(_MASKS)


class Read(NamedTuple):
    """Many sentences read for all the views of them.

    From `bounds` to `clauses` all are places in `source`.

    Attributes:
        source: All that views are made of: normal forms, then tags.
        bounds: Of the normal forms, what stands between two counted with the second one,
            `(n_sentences + 1,)`.
        places: Of each company, `(n_named,)`.
        clause_ends: Where a clause ends, with the bounds, in order, `(n_ends,)`.
        tags: Of the tags of each sentence, each behind a separator, `(n_sentences + 1,)`.
        gaps: Of the tags behind 0, 1, 2 … companies, `(n_named + 2,)`.
        clauses: Of the tags of each sentence's last clause, `(n_sentences,)`.
        first: Number of each sentence's first company, `(n_sentences + 1,)`.
        companies: Who each is, by number, `(n_named,)`.
        masks: Each one's line of business, by number in `_MASKS`, or `_NONE`.
        moves: Each one's stated move, by number in `_MOVES`, or `_NONE`.
        numbers: The number of each company.
    """

    source: Points
    bounds: Ints
    places: Ints
    clause_ends: Ints
    tags: Ints
    gaps: Ints
    clauses: Ints
    first: Ints
    companies: Ints
    masks: Ints
    moves: Ints
    numbers: dict[str, int]


class ManyViews:
    """Makes the views of many sentences; the lexicon is the one of `Views`."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        tags = lexicon.tags_of_terms
        self._tags = points_of("".join(tags))
        self._tags_of = _ints([*map(len, tags)])
        self._tags_from = np.cumsum(self._tags_of) - self._tags_of

    def read(self, sentences: Iterable[tuple[str, Sequence[Span]]]) -> Read:
        """Read sentences for all the views of them; see `Views.read`."""
        named = [(text, in_order(mentions)) for text, mentions in sentences]
        every = [mention for _, mentions in named for mention in mentions]
        normal = normal_points([hidden(text, mentions) for text, mentions in named])
        bounds = np.flatnonzero(normal == ord(JOINT))
        places = np.flatnonzero(normal == ord(marks.HIDDEN))
        at, tags = self._find(normal)
        in_source = len(normal) + 2 * np.arange(len(at) + 1)
        pauses = np.flatnonzero((normal == ord(",")) | (normal == ord(";")))
        last_pause = np.append(0, pauses)[np.searchsorted(pauses, bounds[1:])]
        normal[places] = ord(marks.OTHER)
        numbers: dict[str, int] = {}
        return Read(
            np.concatenate([normal, np.column_stack([np.zeros_like(tags), tags]).ravel()]),
            bounds,
            places,
            np.flatnonzero(np.isin(normal, _CLAUSE_ENDS)),
            in_source[np.searchsorted(at, bounds)],
            in_source[np.searchsorted(np.searchsorted(places, at), np.arange(len(places) + 2))],
            in_source[np.searchsorted(at, np.maximum(last_pause, bounds[:-1]), "right")],
            np.cumsum([0, *(len(mentions) for _, mentions in named)]),
            _ints([numbers.setdefault(each.company, len(numbers)) for each in every]),
            _ints([_MASK_NUMBERS.get(each.kind, _NONE) for each in every]),
            _ints([_move(each.move_pct) for each in every]),
            numbers,
        )

    def _find(self, normal: Points) -> tuple[Ints, Points]:
        """Where the terms begin, once for each tag of them, and the tags."""
        found = self._lexicon.spans(text_of(normal))
        spans = np.fromiter(chain.from_iterable(found), np.int64, 3 * len(found)).reshape(-1, 3)
        begins, _, terms = spans.T
        counts = self._tags_of[terms]
        return begins.repeat(counts), self._tags[ranges(self._tags_from[terms], counts)]


def sentence_views(read: Read, n: int) -> Iterator[Joined]:
    """The sentence views of the first `n` sentences, some at a time; see `views.sentence_view`."""
    masked = read.source.copy()
    masked[read.places] = _MASK_POINTS[read.masks]
    for part in _parts(np.diff(read.bounds)[:n]):
        at = np.arange(part.stop - part.start)
        tags, tags_end = read.tags[:-1][part], read.tags[1:][part]
        segments = [
            Segments(at, read.bounds[:-1][part] + 1, read.bounds[1:][part]),
            Segments(at, tags + 1, tags_end),
            Segments(at, read.clauses[part] + 1, tags_end, marks.AFTER),
        ]
        yield moved(laid_out(masked, segments, len(at)), _blocks(len(at)))


def mention_views(read: Read, asked: Sequence[Asked]) -> Iterator[Joined]:
    """The mention view of each company asked for, some at a time; see `views.mention_view`."""
    sentences = _ints([sentence for sentence, _ in asked])
    companies = _ints([read.numbers[company] for _, company in asked])
    sizes = np.diff(read.bounds) + _EACH * np.diff(read.first)
    for part in _parts(sizes[sentences]):
        yield _mention_views(read, sentences[part], companies[part])


def _mention_views(read: Read, sentences: Ints, companies: Ints) -> Joined:
    at = np.arange(len(sentences))
    counts = np.diff(read.first)[sentences]
    # Each view with each company in its sentence, and where that is the one in question.
    view, named = at.repeat(counts), ranges(read.first[sentences], counts)
    is_target = read.companies[named] == companies[view]
    target, place = view[is_target], named[is_target]
    begins, ends = read.bounds[sentences] + 1, read.bounds[sentences + 1]
    tags, tags_end = read.tags[sentences], read.tags[sentences + 1]
    behind = np.minimum(read.gaps[place + 2], tags_end[target])
    ahead = np.maximum(read.gaps[place], tags[target])
    laid = laid_out(
        read.source,
        [
            Segments(at, begins, ends),
            _windows(read, target, read.places[place]),
            Segments(at, tags + 1, tags_end),
            Segments(target, read.gaps[place + 1] + 1, behind, marks.AFTER),
            Segments(target, ahead + 1, read.gaps[place + 1], marks.BEFORE),
        ],
        len(at),
    )
    others = np.flatnonzero(laid.points == ord(marks.OTHER))
    seen_by = np.searchsorted(laid.bounds, others, "right") - 1
    who = read.companies[np.searchsorted(read.places, laid.sources[others])]
    laid.points[others[who == companies[seen_by]]] = ord(marks.TARGET)
    blocks = _blocks(len(at))
    once, which = np.unique(target, return_index=True)
    _mark(blocks, once, _FIRST_MOVE, read.moves[place[which]])
    _mark(blocks, once, _FIRST_OWN, read.masks[place[which]])
    _mark(blocks, view[~is_target], _FIRST_OTHER, read.masks[named[~is_target]])
    return moved(laid, blocks)


def _windows(read: Read, target: Ints, places: Ints) -> Segments:
    """What is before each place and what is after it in its clause, in turn."""
    clause = np.searchsorted(read.clause_ends, places)
    before = np.maximum(read.clause_ends[clause - 1] + 1, places - views.WINDOW_BEFORE)
    after = np.minimum(read.clause_ends[clause], places + views.WINDOW_AFTER)
    return Segments(
        target.repeat(2),
        np.column_stack([before, places]).ravel(),
        np.column_stack([places + 1, after]).ravel(),
        np.tile([marks.BEFORE, marks.AFTER], len(places)),
    )


def _blocks(n_views: int) -> Flags:
    """Which of `BLOCKS` stand in each view, `(n_views, n_blocks)`: to begin with, the anchor."""
    blocks = np.zeros((n_views, len(BLOCKS)), dtype=bool)
    blocks[:, _ANCHOR] = True
    return blocks


def _mark(blocks: Flags, view: Ints, first: int, number: Ints) -> None:
    """Mark for each view the block of so high a number behind the first of its kind."""
    some = number != _NONE
    blocks[view[some], first + number[some]] = True


def _parts(sizes: Ints) -> Iterator[slice]:
    """Some views at a time, of not much more than `_AT_ONCE` together."""
    ends = np.cumsum(sizes)
    start = 0
    while start < len(ends):
        so_far = ends[start] - sizes[start]
        stop = max(start + 1, int(np.searchsorted(ends, so_far + _AT_ONCE, "right")))
        yield slice(start, stop)
        start = stop


def _ints(numbers: Sequence[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)


def _move(move_pct: float | None) -> int:
    tags = views.move_tags(move_pct)
    return _MOVES.index(tags[0]) if tags else _NONE


# The last one is what a company has whose line of business is none of these.
_MASK_POINTS = points_of("".join([*_MASKS, marks.OTHER]))
_CLAUSE_ENDS = points_of(JOINT + views.CLAUSE_ENDS)
