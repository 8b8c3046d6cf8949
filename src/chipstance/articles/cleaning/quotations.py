"""What in a letter or a post is its writer's own.

It may quote the one that it answers, and has a signature below it. A post that hands a story on has
a field, 心得/評論, above what the writer thinks of it, as short as that may be.
"""

from collections.abc import Sequence

from chipstance.articles.cleaning.related import is_inline, opens_block
from chipstance.articles.line import Line
from chipstance.articles.normalising.fold import folded_line
from chipstance.articles.shapes import has_chinese, is_running
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

# In the folded form, too.
_COMMENT = lazily(
    r"[\W_]{0,2}(?:\d\s?[.、]\s?)?(?:"
    r"(?:心得\s?[/、与及和&]\s?(?:评论|看法)|评论\s?[/、与及和&]\s?心得)[】\])]?(?:\s*:\s*|$)|"
    r"(?:个人)?心得[】\])]?\s*:?$)",
    hints=("心得",),
)
_LONGEST_FIELD = 16


def comments(lines: Sequence[Line]) -> list[Line]:
    """Take the field off a post's comment, and mark the lines of it that would look like links."""
    kept: list[Line] = []
    inside = False
    for line in lines:
        short = len(line.text) < _LONGEST_FIELD or "：" in line.text or ":" in line.text
        field = _COMMENT.match(folded_line(line.text)) if short else None
        if field:
            inside = True
            line = line.cut(field.end())
        inside = inside and not opens_block(line.text) and not is_inline(line.text)
        marked = inside and line.text and not is_running(line.text)
        kept.append(line._replace(heading=True) if marked else line)
    return kept


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
