"""Splitting paragraphs into sentences, each with its place in the file.

A sentence ends at 。！？ and their kin, closing quotes and brackets taken along; not inside a
quotation or bracket that closes again soon, and not behind one whose sentence goes on. One in
English ends at its full stop where Chinese follows. Everything runs once over the text, whatever
stands in it.
"""

import re
from collections.abc import Iterator, Sequence

from chipstance.articles.article import Sentence
from chipstance.articles.line import Line, cut_pieces
from chipstance.articles.shapes import (
    LONGEST_TITLE,
    ends_english,
    ends_sentence,
    has_chinese,
    is_bullet,
    is_running,
)
from chipstance.patterns import lazily

# A quotation longer than this is split inside; an unclosed one reaches no further.
LONGEST_QUOTATION = 220
_PAIRS = {
    "」": "「",
    "』": "『",
    "”": "“",
    "’": "‘",
    ")": "(",
    "）": "（",
    "】": "【",
    "》": "《",
    "〕": "〔",
    "﹂": "﹁",
    "]": "[",
}
_OPENERS = frozenset(_PAIRS.values())
_CLOSING = r"[」』”’)）】》〉〕﹂\]\"]"
# The look ahead only saves time: most characters are none of these.
_MARK = lazily(
    r"(?=[「」『』“”‘’()（）【】《》〔〕﹁﹂\[\]\"。｡！？!?.…⋯])(?:[「」『』“”‘’()（）【】《》〔〕﹁﹂\[\]]|\"|"
    r"(?P<end>(?:[。｡！？!?]|(?<=[^\W\d_A-Za-z]|[%％」』”)）])\.(?=\s|$)|"
    r"(?<=[A-Za-z0-9])\.(?=[^\w.]{0,6}(?:[A-Z][A-Za-z0-9&-]{0,20} ?)?[^\W\d_A-Za-z]))+"
    r"(?:…|⋯)*|(?:…|⋯){2,}|"
    r"\.{6,}|……))"
)
# The same for a text without points: a fraction of the time to compile.
_MARK_BUT_POINTS = lazily(
    r"(?=[「」『』“”‘’()（）【】《》〔〕﹁﹂\[\]\"。｡！？!?…⋯])(?:[「」『』“”‘’()（）【】《》〔〕﹁﹂\[\]]|\"|"
    r"(?P<end>[。｡！？!?]+(?:…|⋯)*|(?:…|⋯){2,}|……))"
)
_ENDING = lazily(rf"(?:\s*{_CLOSING})*")
_HALF_WIDTH_GOES_ON = lazily(r"[A-Za-z0-9&=/_.,;:%#+-]")
_SAID = (
    r"(?:[說说説]|稱|称|道|表示|指出|寫道|写道|坦言|笑言|直言|補充|补充|強調|强调|回應|回应|反問|反问|"
    r"問道|问道|[說说説]道|如是[說说説]|解釋|解释|總結|总结)[說说説道]?"
)
_LATIN = lazily(r"[A-Za-z0-9]")
# What may follow a closed quotation when its sentence is not over. A speaker may be named with
# an office; whoever does more, or says more than the quotation, begins a sentence.
_GOES_ON = lazily(
    r"\s*(?:[，,、；;：:)）」』”》】…—]|[的地得之等與和或及並而](?![^\W\d_A-Za-z]?[，,])|的|"
    rf"(?:他|她|其|該|该|[^\W\d_A-Za-z]{{2,4}})?{_SAID}[。，,；：:！]|"
    r"[^\W_對对這这樣样地向不未沒没無无]{5,16}?"
    rf"(?:{_SAID}|透露|提醒|警告)(?:[。！]|[，,：:]\s*[「『“\"]))"
)
# Somebody else who speaks, behind what one was said to have said; who goes on has no name.
_INTRODUCED = lazily(rf"(?:{_SAID}[，,]|[：:])\s?$")
_SPEAKS_NEXT = lazily(
    r"\s*(?![他她其該该並并又也還还再更但而同接隨随之另進进且則则卻却然後后最記记])[^\W_]{2,16}?"
    rf"(?:{_SAID}|透露|提醒|警告)[，,：:]"
)
_ASKS_ON = lazily(
    r"\s*(?:是|成[為为]|[這这][個个句樣样種种]|一[類类問问說说事句]|幾乎|几乎|"
    r"[引令讓让使][發发人起]|此[類类一]|已經?成|恐怕|的)"
)
# What stands before a quotation that is a sentence; another quotation is over there.
_SPEECH = lazily(r"[:：，,。！？!?\s」』”]$|^$")
_LONGEST_SAID = 6
_WORDS = lazily(r"\w")
_SHORTEST = 10


def sentences(paragraphs: Sequence[Line]) -> list[Sentence]:
    """Split the paragraphs of an article.

    Args:
        paragraphs: Cleaned lines, titles and headings among them.

    Returns:
        Their sentences in order; `paragraph` counts the lines given.
    """
    return [one for number, line in enumerate(paragraphs) for one in _of_line(line, number)]


def split(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end.

    >>> text = "他問:「要跌嗎?」沒有人答。英偉達跌16﹒9%。"
    >>> [text[start:end] for start, end in split(text)]
    ['他問:「要跌嗎?」', '沒有人答。', '英偉達跌16﹒9%。']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for end in [*_ends(text), len(text)]:
        while start < end and text[start].isspace():
            start += 1
        bare = start + len(text[start:end].rstrip())
        if bare == start:
            continue
        if spans and not _WORDS.search(text, start, bare):
            spans[-1] = (spans[-1][0], bare)
        else:
            spans.append((start, bare))
        start = end
    return spans


def _of_line(line: Line, number: int) -> Iterator[Sentence]:
    heading = line.heading or _is_heading(line.text)
    at = 0
    for start, end in [(0, len(line.text))] if heading else split(line.text):
        while at + 1 < len(line.pieces) and line.pieces[at + 1][0] <= start:
            at += 1
        stop = at
        while stop + 1 < len(line.pieces) and line.pieces[stop + 1][0] < end:
            stop += 1
        pieces = cut_pieces(line.pieces[at : stop + 1], start, end)
        yield Sentence(line.text[start:end], pieces, number, heading)


def _is_heading(text: str) -> bool:
    if len(text) > LONGEST_TITLE or is_running(text) or is_bullet(text):
        return False
    # A heading calls out once, or asks and goes on.
    return not ends_sentence(text) or len(split(text)) <= 1


def _ends(text: str) -> Iterator[int]:
    """Positions at which a sentence ends."""
    marks = list((_MARK if "." in text else _MARK_BUT_POINTS).finditer(text))
    if not marks:
        return
    covered = _covered(text, marks)
    begin, skip, opened = 0, 0, 0
    for mark in marks:
        if mark["end"] is None or mark.start() < skip:
            continue
        while opened < len(covered) and covered[opened][1] <= mark.start():
            opened += 1
        inside = opened < len(covered) and covered[opened][0] < mark.start()
        closing = _ENDING.match(text, mark.end())
        end = closing.end() if closing else mark.end()
        behind = opened + inside
        if behind < len(covered) and covered[behind][0] < end:
            # A straight quote that opens the next quotation.
            end = mark.end() + len(text[mark.end() : covered[behind][0]].rstrip())
        if inside and end < covered[opened][1]:
            continue
        quote = covered[opened][0] if inside else 0
        quoted = text[max(0, quote - _LONGEST_SAID) : quote] if inside else None
        if _is_end(text, mark, end, begin, quoted):
            yield end
            begin = skip = end


def _is_end(text: str, mark: re.Match[str], end: int, begin: int, before_quote: str | None) -> bool:
    """Whether a mark, closing quotes after it taken along, ends the sentence begun at `begin`."""
    sign = mark["end"]
    after = text[end : end + 24]
    if not after:
        return True
    if text[max(begin, mark.start() - 5) : mark.start()].lower() == "yahoo":
        return False
    if sign[0] in "!?" and end == mark.end() and _HALF_WIDTH_GOES_ON.match(after):
        # An address goes on behind a question mark, and so does a name; Chinese does not.
        return has_chinese(text[max(0, mark.start() - 1) : mark.start()])
    if sign == "." and _LATIN.match(text, mark.start() - 1):
        said = text[max(begin, mark.end() - LONGEST_QUOTATION) : mark.end()]
        if not ends_english(said):
            return False
    if sign[0] in "…⋯.":
        long = mark.start() - begin >= _SHORTEST and len(text) - end >= _SHORTEST
        if sign != "." and not (long and not _GOES_ON.match(after)):
            return False
    if before_quote is None and end == mark.end():
        return not re.match(r"\s*[，,、；;：:]", after) or sign[0] in "。｡"
    if _GOES_ON.match(after) and not _is_next_speaker(before_quote or "", after):
        return False
    if before_quote is not None and not _SPEECH.search(before_quote):
        return False
    return sign[0] in "。｡" or not _ASKS_ON.match(after)


def _is_next_speaker(before_quote: str, after: str) -> bool:
    """Whether another speaks behind a quotation that its own speaker stands before."""
    return _INTRODUCED.search(before_quote) is not None and _SPEAKS_NEXT.match(after) is not None


def _covered(text: str, marks: list[re.Match[str]]) -> list[tuple[int, int]]:
    """The outermost quotations and brackets that close soon: (opening mark, behind closing one)."""
    open_at: dict[str, list[int]] = {opener: [] for opener in _OPENERS}
    straight: int | None = None
    spans: list[tuple[int, int]] = []
    for mark in marks:
        sign, place = mark[0], mark.start()
        if sign in _OPENERS:
            open_at[sign].append(place)
        elif sign in _PAIRS:
            waiting = open_at[_PAIRS[sign]]
            if waiting and place - waiting[-1] <= LONGEST_QUOTATION:
                spans.append((waiting.pop(), place + 1))
        elif sign == '"':
            if straight is not None and place - straight <= LONGEST_QUOTATION:
                spans.append((straight, place + 1))
                straight = None
            else:
                straight = place
    return _outermost(spans)


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans.sort()
    outer: list[tuple[int, int]] = []
    for start, end in spans:
        if outer and start < outer[-1][1]:
            if end > outer[-1][1]:
                outer[-1] = (outer[-1][0], end)
        else:
            outer.append((start, end))
    return outer
