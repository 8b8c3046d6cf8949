"""What a letter or a post quotes of the one that it answers, and the signature below it."""

from collections.abc import Sequence

from chipstance.articles.line import Line
from chipstance.articles.normalising.fold import folded_line
from chipstance.articles.shapes import has_chinese
from chipstance.patterns import lazily

# In the folded form of `fold`: who wrote what is quoted below, on a board and in a letter.
_ATTRIBUTION = lazily(
    r"※\s*引述\s*[《(].{1,60}|"
    r"(?=.*(?:\d|@|<))(?:on\b.{6,120}\bwrote|.{0,120}(?:写道|写信道|来信写道|wrote))\s*:$",
    hints=("引述", "写道", "写信道", "wrote"),
)
# What marks the lines of letters, and those of posts on boards.
_MARKS = (">", ":")
# Lines that a signature has at most.
_LONGEST_SIGNATURE = 8


def without_signature(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without the writer's signature at their end and the dashes above it."""
    shown = [at for at, line in enumerate(lines) if line.text][-_LONGEST_SIGNATURE:]
    return lines[: next((at for at in shown if lines[at].text == "--"), len(lines))]


def without_quoted(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines that the writer wrote; all, bare of marks, where there are none else."""
    own = [line for line in lines if not _is_quoted(line.text)]
    if any(has_chinese(line.text) for line in own):
        return own
    return [
        line.cut(len(line.text) - len(line.text.lstrip("".join(_MARKS) + " ")))
        for line in lines
        if not _ATTRIBUTION.match(folded_line(line.text))
    ]


def _is_quoted(text: str) -> bool:
    return text.startswith(_MARKS) or _ATTRIBUTION.match(folded_line(text)) is not None
