"""Joining what was wrapped: wire copy that is cut at a fixed width becomes paragraphs again.

A line is cut by the wrapping, and does not end by its writer's will, where the next line's first
word would not have fitted; some cuts show without any width, as a closing bracket that begins a
line does. Text whose lines are paragraphs shows neither and is left alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import groupby, pairwise

from chipstance.articles.cleaning.datelines import is_dateline
from chipstance.articles.cleaning.lists import NAMED
from chipstance.articles.line import Line, join
from chipstance.articles.shapes import (
    ends_english,
    ends_sentence,
    has_chinese,
    is_bullet,
    is_marked,
)
from chipstance.patterns import lazily

# A paragraph's first line may have lost an indent of two characters, and a line may end one
# character early so that no closing mark begins the next.
_SLACK = 5
_NARROWEST, _WIDEST = 24, 200
_FEWEST_CUTS = 3
# One in so many lines of running text at least has a pause or an end of a sentence in it; headlines
# that stand one below the other are as long as one another, and have spaces instead.
_FEWEST_PAUSES = 3
_WIDE = lazily(
    r"[\u1100-\u115f\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f"
    r"\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001faff“”‘’…—╱·•►▲※]+"
)
_WORD = lazily(r"[0-9A-Za-z][\w.,'%+&/-]*", re.ASCII)
# A picture of Markdown begins with a mark, too.
_NEVER_FIRST = lazily(r"(?!!\[)[，。、；：！？）」』】》〉〕％%﹒…,;:!?)\]”’]")
_NEVER_LAST = lazily(r"[，、,（(「『【《〈〔“‘﹒╱/+＋&＆\-－]$|[一-鿿]的$")
_OPENS_BLOCK = lazily(
    r"[《【〔（(][^》】〕）)]{2,30}(?:訊|讯|電|电|報導|报道|報道|快報|快报)[》】〕）)]"
)
# A date alone on its line says when, below a headline of whatever length.
_DATE_LINE = lazily(
    r"(?:19|20)\d\d(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"
)
# The second part of a name, DeepSeek-R1, and no bullet, behind which a space would stand.
_HYPHEN_FIRST = lazily(r"-[0-9A-Za-z]")
_STARRED = lazily(r"[*＊]")
_PAUSE = lazily(r"[，。；,;、！？]")
_STOP = lazily(r"[。！？!?｡]")
# Who wrote it, behind the last sentence of a story: `(wl/u)~`.
_SIGNED = lazily(
    r"[。！？!?｡][」』”\"]?\s*[(（【〔\[][^()（）【】〔〕\[\]。]{1,20}[)）】〕\]]\s*[~～]?\Z",
    hints=")）】〕]",
)
_LATIN_END = lazily(r"[0-9A-Za-z][\w.'-]*$", re.ASCII)
_MODEL_NUMBER = lazily(r"[A-Z]$")

# A sentence, or a clause of one that began further back, which the end of the line leaves open.
_UNFINISHED = lazily(r"[。！？].{4,}$|[，,；;].+$")
_BODY = lazily(r"[《（(【].{0,30}(?:訊|讯|電|电)|.*[。！？]")
# Columns of the longest headline that is likely to hold a comma.
_LONG_HEADLINE = 64

Measure = Callable[[str], int]


def columns(text: str) -> int:
    """Width in columns of a terminal: a Chinese character takes two."""
    return len(text) + sum(map(len, _WIDE.findall(text)))


def join_wrapped(lines: Sequence[Line], stands_alone: Callable[[Line], bool]) -> list[Line]:
    """Join the lines that wrapping has cut.

    Args:
        lines: The lines of a file, blank ones included.
        stands_alone: Says of a line that it is page furniture and so never continues another.

    Returns:
        The lines, each paragraph of wrapped copy in one; a file that is not wrapped as it was.
    """
    lines = _single_spaced(lines)
    wrap = _Wrap(lines)
    joined: list[Line] = []
    group: list[Line] = []
    for line in lines:
        if group and wrap.continues(group, line, stands_alone):
            group.append(line)
            continue
        if group:
            joined.append(_glue(group, wrap))
        group = [line]
    return [*joined, _glue(group, wrap)] if group else joined


def _ends(text: str) -> bool:
    """Whether a line ends where a sentence does, English ones and a writer's initials included."""
    return ends_sentence(text) or ends_english(text) or _SIGNED.search(text) is not None


def _single_spaced(lines: Sequence[Line]) -> Sequence[Line]:
    """Wrapped lines each of which a blank one follows, without these; others as they are."""
    blank = [not line.text for line in lines]
    pairs = list(pairwise(blank))
    if len(lines) < 2 * _FEWEST_CUTS or (False, False) in pairs or (True, True) not in pairs:
        return lines
    single = [
        here and not before and not after
        for before, here, after in zip([True, *blank[:-1]], blank, [*blank[1:], True], strict=True)
    ]
    kept = [line for line, is_single in zip(lines, single, strict=True) if not is_single]
    return kept if _width(kept)[1] else lines


class _Wrap:
    """How a file is wrapped: its width, in columns or characters, if it has one."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._listed = _listed(lines)
        self.measure, self.width = _width(lines, self._listed)
        self._texts = [line.text for line in lines]
        self._words: Counter[str] | None = None

    def continues(
        self, group: list[Line], line: Line, stands_alone: Callable[[Line], bool]
    ) -> bool:
        """Whether a line goes on where the one before it was cut."""
        before, text = group[-1].text, line.text
        if not before or not text or len(before) > 4 * _WIDEST:
            return False
        if group[-1].row or line.row:
            return False
        if _STARRED.match(group[0].text):
            whole = group[0].text if len(group) == 1 else ""
            return bool(self.width) and not _STARRED.search(whole[1:]) and text[-1] in "*＊"
        if _NEVER_FIRST.match(text) and not ends_sentence(before):
            return True
        if _DATE_LINE.fullmatch(text) or is_dateline(text):
            return False
        if _HYPHEN_FIRST.match(text) and _LATIN_END.search(before):
            return True
        if line.indented or _STARRED.match(text) or _OPENS_BLOCK.match(text) or is_marked(text):
            return False
        if line.start in self._listed:
            return False
        if is_bullet(text) and is_bullet(group[0].text):
            # A number may begin a wrapped line by chance, but not in the paragraph of another.
            return False
        finished = _ends(before)
        cut = self.full(before, text)
        if cut and not finished:
            return len(group) > 1 or not stands_alone(group[0])
        if is_bullet(text) or (finished and not cut):
            return False
        if not (cut or self._open(before) or self._roughly_full(before, text)):
            return False
        # What a wrapped line begins with is chance, so only now is it asked what it looks like.
        return not stands_alone(line) and (len(group) > 1 or not stands_alone(group[0]))

    def _open(self, before: str) -> bool:
        """Whether a line ends with a mark or word that nobody ends a paragraph with."""
        return _NEVER_LAST.search(before) is not None and bool(self.width or len(before) > 12)

    def full(self, before: str, text: str) -> bool:
        """Whether the first word of the next line would not have fitted behind this one."""
        if not self.width:
            return False
        word = _WORD.match(text)
        need = self.measure(word[0] if word else text[:1])
        return self.measure(before) + need > self.width - _SLACK

    def _roughly_full(self, before: str, text: str) -> bool:
        """Whether an unfinished sentence stands on a line that is at least nearly full."""
        if not self.width:
            return False
        unfinished = re.search(r"[，。、,；]", before) is not None
        chunk = self.measure(text.split(" ", 1)[0])
        wide = self.measure(before) > 0.7 * self.width
        return wide and unfinished and self.measure(before) + chunk > self.width

    def words(self) -> Counter[str]:
        """Every Latin word of the file and how often it stands there."""
        if self._words is None:
            self._words = Counter(re.findall(r"[0-9A-Za-z]+", " ".join(self._texts)))
        return self._words


def _width(lines: Sequence[Line], listed: Container[int] = ()) -> tuple[Measure, int]:
    """The measure and the width at which a file is wrapped; width 0 where it is not."""
    pairs = list(_cut_pairs(lines, listed))
    cut = [one for one, _ in pairs]
    count, measure, width = _commonest(cut)
    if _FEWEST_PAUSES * sum(_PAUSE.search(text) is not None for text in cut) < len(cut):
        return columns, 0
    if count < _FEWEST_CUTS and not (count and _plainly_cut(lines, measure, width)):
        return columns, 0
    if not any(map(_STOP.search, cut)) and _is_list(lines, pairs, count):
        return columns, 0
    wider = sum(measure(line.text) > width for line in lines)
    return (measure, width) if count > wider + len(cut) // 4 else (columns, 0)


def _is_list(lines: Sequence[Line], pairs: Sequence[tuple[str, str]], count: int) -> bool:
    """Whether lines with no end of a sentence inside, `count` of one length, are lines of a list.

    A list has pauses, too; but only wrapping leaves none shorter, apart from a headline, and ends
    with the end of a sentence.
    """
    headline = pairs[0][0] == next(line.text for line in lines if line.text)
    ends = any(_STOP.search(other) for _, other in pairs)
    return not ends or count < len(pairs) - headline


def _cut_pairs(lines: Sequence[Line], listed: Container[int]) -> Iterator[tuple[str, str]]:
    """The lines that another follows with which they may be one paragraph, and that one."""
    for one, other in pairwise(lines):
        if (
            one.text
            and other.text
            and not other.indented
            and not (one.row or other.row)
            and not _ends(one.text)
            and has_chinese(one.text)
            and not _STARRED.match(one.text)
            and not is_marked(other.text)
            and other.start not in listed
        ):
            yield one.text, other.text


def _commonest(cut: Sequence[str]) -> tuple[int, Measure, int]:
    """How many lines are about as long as most, in which measure, and how long that is."""
    best: tuple[int, Measure, int] = (0, columns, 0)
    measures: tuple[tuple[Measure, int], ...] = (
        (columns, _NARROWEST),
        (len, _NARROWEST // 2),
    )
    for measure, narrowest in measures:
        widths = Counter(w for text in cut if narrowest <= (w := measure(text)) <= _WIDEST)
        for width in widths:
            count = sum(widths[width - less] for less in range(_SLACK))
            if (count, width) > (best[0], best[2]):
                best = (count, measure, width)
    return best


def _listed(lines: Sequence[Line]) -> set[int]:
    """Where lines stand that begin with a name and a colon, as the ones beside them do."""
    found: set[int] = set()
    if sum("：" in line.text or ":" in line.text for line in lines) < _FEWEST_CUTS:
        return found
    for named, group in groupby(lines, key=lambda line: NAMED.match(line.text) is not None):
        run = [line.start for line in group] if named else []
        found.update(run if len(run) >= _FEWEST_CUTS else [])
    return found


def _plainly_cut(lines: Sequence[Line], measure: Measure, width: int) -> bool:
    """Whether a file with few cuts shows that they were not the writer's."""
    shown = [line for line in lines if line.text]
    if any(measure(line.text) > width + _SLACK for line in shown):
        return False
    return any(
        one.text
        and other.text
        and not _ends(one.text)
        and (_NEVER_FIRST.match(other.text) or _UNFINISHED.search(one.text))
        and (one is not shown[0] or _BODY.match(one.text) or columns(one.text) > _LONG_HEADLINE)
        for one, other in pairwise(lines)
    )


def _glue(group: list[Line], wrap: _Wrap) -> Line:
    """One line of the parts of a paragraph."""
    if len(group) == 1:
        return group[0]
    parts: list[tuple[Line, int | None]] = [(group[0], None)]
    for before, line in pairwise(group):
        end = before.offset(len(before.text) - 1) + 1
        parts.append((line, end if _needs_space(before.text, line.text, wrap) else None))
    return join(parts)


def _needs_space(before: str, text: str, wrap: _Wrap) -> bool:
    """Whether the line break between two Latin words stands for the space between them."""
    left, right = _LATIN_END.search(before), _WORD.match(text)
    if not left or not right:
        return bool(re.search(r"[A-Za-z][,.;:]$", before) and right)
    head, tail = re.split(r"[^0-9A-Za-z]", left[0])[-1], re.split(r"[^0-9A-Za-z]", right[0])[0]
    if not head or (head[-1].isdigit() and tail[0].isdigit()):
        return False
    words = wrap.words()
    if words[head + tail]:
        return False
    return not (head[-1].isdigit() or (_MODEL_NUMBER.search(head) and tail[0].isdigit()))
