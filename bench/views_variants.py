"""Views other than the shipped ones, for `bench.ablation` to compare with them.

Each is a function of a sentence and of the company in question (empty where a sentence task asks).
They take the shipped view apart, which is why they reach into `chipstance.models.features.views`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress, groupby

from chipstance.articles.normalising.normal_form import normalise, tightened, unify
from chipstance.companies.mention import UNKNOWN, Mention
from chipstance.labels.rows import LabelRow
from chipstance.models.features import marks
from chipstance.models.features import views as v
from chipstance.models.features.lexicon import Hit
from chipstance.models.features.reading import Reading, hidden, in_order, places_of

# Unicode blocks that no shipped view uses; of those that it does, the tags above the lexicon's.
_TITLE, _PREVIOUS, _CLAUSE, _NEGATED_TAG = 0x60000, 0x70000, 0x80000, 0x400
_FIRST_WORD = 0x20000
# Between texts that are converted at once.
_JOINT = "\x01"
_CONTRAST = re.compile("但|惟|不过|然而|可是")
# What only looks like a negation goes first.
_NO_NEGATION = "不过|不仅|不但|不只|不少|不断|不同|未来|非但"
_NEGATION = re.compile(
    f"(?:{_NO_NEGATION})|(?P<real>不|未|没|否认|并非|无|难以|难言|绝非|拒绝|排除)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and what else a view of it may take up.

    Attributes:
        reading: As the shipped views begin.
        numbered: Its normal form with the figures left in.
        names: The companies' names in normal form, in order.
        title: The article's first row with companies masked by kind; empty for that row itself.
        previous: The row before, likewise; empty for the first and the second, which has `title`.
    """

    reading: Reading
    numbered: str
    names: tuple[str, ...]
    title: str
    previous: str


View = Callable[[Sentence, str], str]


def sentences(
    rows: Sequence[LabelRow], mentions: Sequence[Sequence[Mention]], views: v.Views
) -> list[Sentence]:
    """Read label rows, those of an article next to one another, for all variants of views."""
    named = list(zip([row.text for row in rows], mentions, strict=True))
    readings = views.read(named)
    without_names = [hidden(text, in_order(each)) for text, each in named]
    numbered = [tightened(text) for text in unify(_JOINT.join(without_names)).split(_JOINT)]
    wholes = zip(rows, map(by_kind, readings), strict=True)
    contexts = [
        context
        for _, article in groupby(wholes, key=lambda pair: pair[0].article)
        for context in _contexts([whole for _, whole in article])
    ]
    names = [tuple(normalise(text[a.start : a.end]) for a in in_order(m)) for text, m in named]
    return [
        Sentence(reading, figures, called, *context)
        for reading, figures, called, context in zip(
            readings, numbered, names, contexts, strict=True
        )
    ]


def _contexts(wholes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Title and row before of each row of an article."""
    for at in range(len(wholes)):
        yield wholes[0] if at else "", wholes[at - 1] if at > 1 else ""


def by_kind(reading: Reading) -> str:
    """The normal form with companies masked by line of business."""
    return reading.masked(marks.KIND_MASKS.get(each.kind, marks.OTHER) for each in reading.named)


def shipped(sentence: Sentence, company: str) -> str:
    """The view as it is shipped."""
    if company:
        return v.mention_view(sentence.reading, company)
    return v.sentence_view(sentence.reading)


def of_reading(change: Callable[[Reading], Reading]) -> View:
    """The shipped view of a reading that was changed."""

    def view(sentence: Sentence, company: str) -> str:
        return shipped(replace(sentence, reading=change(sentence.reading)), company)

    return view


def without_lists(reading: Reading) -> Reading:
    """No terms of the word lists."""
    return reading._replace(gaps=[()] * len(reading.gaps))


def without_kinds(reading: Reading) -> Reading:
    """Nobody's line of business is known."""
    return reading._replace(named=[each._replace(kind=UNKNOWN) for each in reading.named])  # type: ignore[attr-defined]


def without_moves(reading: Reading) -> Reading:
    """No stated moves."""
    return reading._replace(named=[each._replace(move_pct=None) for each in reading.named])  # type: ignore[attr-defined]


def negated(reading: Reading) -> Reading:
    """Terms that stand behind a negation in their clause have tags of their own."""
    scopes = _negated(reading.normal)
    gaps = [[_apart(hit) if hit.start in scopes else hit for hit in gap] for gap in reading.gaps]
    return reading._replace(gaps=gaps)


def _negated(normal: str) -> set[int]:
    """Positions behind a negation, to the end of the clause."""
    found: set[int] = set()
    for match in _NEGATION.finditer(normal):
        if match["real"]:
            found.update(range(match.end(), v.clause(normal, match.end())[1]))
    return found


def _apart(hit: Hit) -> Hit:
    return hit._replace(tags="".join(chr(ord(tag) + _NEGATED_TAG) for tag in hit.tags))


def _with(view: str, *parts: str) -> str:
    return marks.SEPARATOR.join([view, *filter(None, parts)])


def _in_block(text: str, block: int) -> str:
    return text.translate(v._Block(block))


def with_title(sentence: Sentence, company: str) -> str:
    """The title's n-grams in a block of their own."""
    return _with(shipped(sentence, company), _in_block(sentence.title, _TITLE))


def with_previous(sentence: Sentence, company: str) -> str:
    """The n-grams of the sentence before in a block of their own."""
    return _with(shipped(sentence, company), _in_block(sentence.previous, _PREVIOUS))


def with_last_clause(sentence: Sentence, company: str) -> str:
    """The last clause's n-grams in a block of their own."""
    view = shipped(sentence, company)
    whole = view.split(marks.SEPARATOR, 1)[0]
    begin = max(map(whole.rstrip(v._SENTENCE_ENDS).rfind, ",;")) + 1
    return _with(view, _in_block(whole[begin:], _CLAUSE))


def with_contrast(sentence: Sentence, company: str) -> str:
    """The n-grams behind the last 但, 惟 or 不過 in a block of their own."""
    view = shipped(sentence, company)
    whole = view.split(marks.SEPARATOR, 1)[0]
    begins = [match.end() for match in _CONTRAST.finditer(whole)]
    return _with(view, _in_block(whole[begins[-1] :], _CLAUSE)) if begins else view


def with_negated_ngrams(sentence: Sentence, company: str) -> str:
    """Negated terms tagged apart, and the n-grams behind a negation in a block of their own."""
    view = of_reading(negated)(sentence, company)
    whole = view.split(marks.SEPARATOR, 1)[0]
    scopes = _negated(whole)
    runs = ("".join(char if at in scopes else " " for at, char in enumerate(whole))).split()
    return _with(view, *(_in_block(run, _CLAUSE) for run in runs))


def without_last_clause(sentence: Sentence, _: str) -> str:
    """No tags of the last clause: of a sentence view."""
    parts = shipped(sentence, "").split(marks.SEPARATOR)
    return marks.SEPARATOR.join(part for part in parts if not _is_tag(part, marks.AFTER))


def without_scope(sentence: Sentence, company: str) -> str:
    """Tags of the whole sentence alone, none for what stands next to the company."""
    parts = shipped(sentence, company).split(marks.SEPARATOR)
    return marks.SEPARATOR.join(
        part for part in parts if not (_is_tag(part, marks.AFTER) or _is_tag(part, marks.BEFORE))
    )


def _is_tag(part: str, block: int) -> bool:
    return len(part) == 1 and 0xE100 <= ord(part) - block < 0xE200


def with_moves(sentence: Sentence, _: str) -> str:
    """The directions of the stated moves of all companies: in a sentence view."""
    tags = {tag for each in sentence.reading.named for tag in v.move_tags(each.move_pct)}
    return _with(shipped(sentence, ""), *sorted(tags))


def with_figures(sentence: Sentence, company: str) -> str:
    """Figures left as they are."""
    if company:
        places = places_of(sentence.numbered)
        return v.mention_view(
            sentence.reading._replace(normal=sentence.numbered, places=places), company
        )
    whole = by_kind(sentence.reading._replace(normal=sentence.numbered))
    return marks.SEPARATOR.join([whole, *shipped(sentence, "").split(marks.SEPARATOR)[1:]])


def with_names(sentence: Sentence, company: str) -> str:
    """Companies by name, in the windows too."""
    reading = sentence.reading
    if not company:
        whole = reading.masked(sentence.names)
        return marks.SEPARATOR.join([whole, *shipped(sentence, "").split(marks.SEPARATOR)[1:]])
    stand_ins = {chr(0xE400 + at): name for at, name in enumerate(sentence.names)}
    whole = reading.masked(stand_ins)

    def named(text: str) -> str:
        return "".join(stand_ins.get(char, char) for char in text)

    windows = [
        v._moved(named(whole[start:end]), block)
        for block, start, end in v._windows(whole, _targets(sentence, company))
    ]
    return _assembled(sentence, company, named(whole), windows)


def others_by_kind(sentence: Sentence, company: str) -> str:
    """Companies other than the one in question masked by line of business."""
    masks = [
        marks.TARGET if each.company == company else marks.KIND_MASKS.get(each.kind, marks.OTHER)
        for each in sentence.reading.named
    ]
    whole = sentence.reading.masked(masks)
    return marks.SEPARATOR.join([whole, *shipped(sentence, company).split(marks.SEPARATOR)[1:]])


def windows_of(before: int, after: int, *, cut: bool = True) -> View:
    """Windows of other lengths, in characters; none for 0 and 0, over the clause if not cut."""

    def view(sentence: Sentence, company: str) -> str:
        whole = shipped(sentence, company).split(marks.SEPARATOR, 1)[0]
        spans = []
        for at in _targets(sentence, company) if before else ():
            first, last = v.clause(whole, at) if cut else (0, len(whole))
            spans.append((at, max(first, at - before), min(last, at + after)))
        return _assembled(sentence, company, whole, _windows(whole, spans))

    return view


def _windows(whole: str, spans: Iterable[tuple[int, int, int]]) -> list[str]:
    """What is before and after the company, of its place and the bounds around it."""
    return [
        v._moved(whole[start:end], block)
        for at, first, last in spans
        for block, start, end in ((marks.BEFORE, first, at + 1), (marks.AFTER, at, last))
    ]


def _targets(sentence: Sentence, company: str) -> list[int]:
    reading = sentence.reading
    return list(compress(reading.places, [each.company == company for each in reading.named]))


def _assembled(sentence: Sentence, company: str, whole: str, windows: Sequence[str]) -> str:
    """The shipped mention view with another whole and other windows."""
    rest = shipped(sentence, company).split(marks.SEPARATOR)[
        1 + 2 * len(_targets(sentence, company)) :
    ]
    return marks.SEPARATOR.join([whole, *windows, *rest])


class Words:
    """jieba's words, each a character of its own from the later CJK extensions on."""

    def __init__(self) -> None:
        self._codes: dict[tuple[int, str], str] = {}

    def added(self, sentence: Sentence, company: str) -> str:
        """Words of two characters or more beside the characters."""
        view = shipped(sentence, company)
        whole = view.split(marks.SEPARATOR, 1)[0]
        return _with(view, *(self._code(0, word) for word in _cut(whole) if len(word) > 1))

    def alone(self, sentence: Sentence, company: str) -> str:
        """Words in place of characters, in the windows too; n-grams are of words then."""
        view = shipped(sentence, company)
        n_windows = 2 * len(_targets(sentence, company))
        whole, *parts = view.split(marks.SEPARATOR)
        windows = (
            (block, whole[start:end])
            for block, start, end in v._windows(whole, _targets(sentence, company))
        )
        texts = [(0, whole), *windows]
        coded = ["".join(self._code(block, word) for word in _cut(text)) for block, text in texts]
        return marks.SEPARATOR.join([*coded, *parts[n_windows:]])

    def _code(self, block: int, word: str) -> str:
        return self._codes.setdefault((block, word), chr(_FIRST_WORD + len(self._codes)))


def _cut(text: str) -> list[str]:
    import rjieba

    return list(rjieba.cut(text, hmm=False))
