"""From the lines of a file to the paragraphs of an article.

Cleaning is the list `STEPS` and nothing else: every step is a function from lines to lines, and
its name is the word by which `explain` says what it did. How page furniture is told from text is
in `furniture`, the words that it is known by in `phrases`, `notices` and `stamps`.
"""

from collections.abc import Callable, Sequence
from functools import partial

from chipstance.articles.cleaning import furniture
from chipstance.articles.cleaning.growth import growth
from chipstance.articles.cleaning.headers import headers
from chipstance.articles.cleaning.headlines import dated_headlines, headlines
from chipstance.articles.cleaning.leadins import lead_ins
from chipstance.articles.cleaning.link_lists import link_lists
from chipstance.articles.cleaning.markdown import markdown
from chipstance.articles.cleaning.quotations import comments
from chipstance.articles.cleaning.related import is_inline, opens_block, related_reading
from chipstance.articles.cleaning.repetitions import repetitions, twin_captions
from chipstance.articles.cleaning.signatures import signatures
from chipstance.articles.cleaning.wrapping import join_wrapped
from chipstance.articles.line import Line, split_lines
from chipstance.articles.normalising.joined import fold_lines
from chipstance.patterns import lazily

Step = Callable[[Sequence[Line]], list[Line]]

_EARLY = (
    "polls", "answers", "advertising", "captions", "sharing", "bylines", "copyright", "tags",
    "time_stamps", "datelines", "sources", "disclaimers",
)  # fmt: skip
_LATE = ("promotions", "menus", "navigation", "tables")
_STARS = lazily(r"[*＊]+\s*+(?P<inside>[^*＊\s](?:[^*＊]*[^*＊\s])?)\s*[*＊]+", hints="*＊")
_HASHES = lazily(r"#{1,6}\s+(?P<inside>\S.*)", hints="#")


def hidden(lines: Sequence[Line]) -> list[Line]:
    """Take out the characters that show nothing, which would part names in two."""
    return [line.shown() for line in lines]


def wrapping(lines: Sequence[Line]) -> list[Line]:
    """Join the lines of wire copy that is wrapped at a fixed width."""
    return join_wrapped(lines, _stands_alone)


def decoration(lines: Sequence[Line]) -> list[Line]:
    """Take the stars off headings and mark these as headings."""
    return [_undecorated(line) for line in lines]


def _furniture(kinds: Sequence[str], lines: Sequence[Line]) -> list[Line]:
    kept = []
    for line in lines:
        rest = furniture.without(kinds, line) if line.text else line
        if rest.text or not line.text:
            kept.append(rest)
    return kept


# Kinds of page furniture stand together where one pass over the lines does for all of them: none
# asks what became of another line.
_PASSES: tuple[tuple[str | tuple[str, ...], Step], ...] = (
    ("hidden", hidden),
    ("headers", headers),
    ("growth", growth),
    ("markdown", markdown),
    ("wrapping", wrapping),
    ("decoration", decoration),
    ("comments", comments),
    ("twin_captions", twin_captions),
    ("repetitions", repetitions),
    ("signatures", signatures),
    ("dated_headlines", dated_headlines),
    (_EARLY, partial(_furniture, _EARLY)),
    ("related_reading", related_reading),
    (_LATE, partial(_furniture, _LATE)),
    ("lead_ins", lead_ins),
    ("headlines", headlines),
    ("link_lists", link_lists),
)
STEPS: tuple[tuple[str, Step], ...] = tuple(
    (name, step) if name == names else (name, partial(_furniture, (name,)))
    for names, step in _PASSES
    for name in ((names,) if isinstance(names, str) else names)
)


def clean(lines: Sequence[Line]) -> list[Line]:
    """Take the lines of a file through all steps.

    Args:
        lines: As `split_lines` gives them, blank ones included.

    Returns:
        The paragraphs, titles and headings of the article, blank lines left out.
    """
    fold_lines([line.text for line in lines if line.text])
    for _, step in _PASSES:
        lines = step(lines)
    return [line for line in lines if line.text]


def explain(text: str) -> list[tuple[str, str]]:
    r"""Say what each step of cleaning did to a text.

    Args:
        text: A decoded file.

    Returns:
        Pairs of the step's name and what it did: `dropped: …`, `joined: …` or `cut: … -> …`.

    >>> explain("英偉達股價回升。\n圖：黃仁勳")
    [('captions', 'dropped: 圖：黃仁勳')]
    """
    lines: Sequence[Line] = split_lines(text)
    story: list[tuple[str, str]] = []
    for name, step in STEPS:
        after = step(lines)
        story += ((name, what) for what in _changes(lines, after))
        lines = after
    return story


def _changes(before: Sequence[Line], after: Sequence[Line]) -> list[str]:
    """What became of every line that a step did not leave as it was."""
    same = {(line.start, line.text) for line in after}
    pieces = {file: line for line in after for _, file in line.pieces}
    joined, said = set[int](), []
    for line in before:
        if not line.text or (line.start, line.text) in same:
            continue
        now = pieces.get(line.start) or _part_of(line, after)
        if now is None:
            said.append(f"dropped: {line.text}")
        elif len(now.text) > len(line.text):
            if now.start not in joined:
                said.append(f"joined: {now.text}")
            joined.add(now.start)
        else:
            said.append(f"cut: {line.text} -> {now.text}")
    return said


def _part_of(line: Line, after: Sequence[Line]) -> Line | None:
    end = line.offset(len(line.text) - 1)
    return next((other for other in after if other.text and line.start <= other.start <= end), None)


def _stands_alone(line: Line) -> bool:
    text = line.text
    return furniture.kind_of(text) is not None or opens_block(text) or is_inline(text)


def _undecorated(line: Line) -> Line:
    match = _STARS.fullmatch(line.text) or _HASHES.fullmatch(line.text)
    if match is None:
        return line
    bare = line.cut(*match.span("inside"))
    return Line(bare.text, bare.pieces, heading=True, indented=line.indented)
