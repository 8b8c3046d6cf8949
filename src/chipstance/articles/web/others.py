"""Which lines of a main text are of others: of teasers, the next article, readers' comments.

trafilatura takes them in where they look as the article does; how they stand to its headline tells
them from it.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from chipstance.articles.dates import iso_date
from chipstance.articles.shapes import LONGEST_TITLE, is_running
from chipstance.articles.web.elements import HEADINGS, Element
from chipstance.articles.web.visible import Shown, squeezed
from chipstance.patterns import lazily

# The share of a main text that stands with the headline where the rest of it is of others.
_ENOUGH = 0.6
# Lines below a headline, one of which is a day where it is that of an article.
_NEAR = 4
_OF_READERS = lazily(
    r"(?:^|[-_\s])(?:comments?|cmts?|discuss(?:ion)?s?|repl(?:y|ies)|disqus|guestbook)(?:[-_\s]|$)|"
    r"\bcomment[A-Z]\w*|[a-z]Comments?\b"
)


# A heading of comments; with a number, since an article may be headed so too.
_COMMENTS = lazily(
    r"\S{0,4}(?:留言|[評评][論论]|回[應应]|迴響|跟[帖貼贴]|[討讨][論论])(?:[區区板]\s*)?"
    r"(?:(?<=[區区板])|[\s(（:：]*\d+\s*[則则條条篇個个]?\s*[)）]?)$|"
    r"\d+\s*[則则條条篇個个]?\s*(?:留言|[評评][論论]|回[應应]|(?i:comments?))$|(?i:comments\b.{0,8})$"
)


def own_lines(
    seen: Sequence[Shown], found: Sequence[int], headline: int, text: int
) -> tuple[Sequence[int], Sequence[Shown]]:
    """The lines of a main text without those of others.

    Args:
        seen: The lines that the page shows.
        found: The places of the main text's.
        headline: The place of the headline.
        text: The place of the first paragraph below it.

    Returns:
        The places of its own, and the lines up to where the next article begins.
    """
    seen = seen[: _end(seen, headline, text)]
    teasers = any(at < headline and is_running(seen[at].line.text) for at in found)
    found = [at for at in found if (headline if teasers else 0) <= at < len(seen)]
    return _beside_headline(seen, found, headline, text), seen


def _end(seen: Sequence[Shown], headline: int, text: int) -> int:
    """Where others begin: with the headline of a next article, or the heading of comments."""
    own = seen[headline].element.block
    article, title = _article(own), squeezed(seen[headline].line.text)
    for at in range(text + 1, len(seen)):
        line, block = seen[at].line, seen[at].element.block
        if not line.text or len(line.text) > LONGEST_TITLE or is_running(line.text):
            continue
        if line.heading and _COMMENTS.match(line.text):
            return at
        if squeezed(line.text) != title and _is_next(seen, at, own, article, block):
            return at
    return len(seen)


def _is_next(
    seen: Sequence[Shown], at: int, headline: Element, article: Element | None, block: Element
) -> bool:
    """Whether a line is a headline as the article's own is, or one in another `<article>`."""
    other = _article(block) if article and block.tag in HEADINGS else None
    apart = other is not None and other is not article and article not in list(other.outwards())
    if apart and block.tag == headline.tag == "h1":
        return True
    return (apart or _is_same_kind(block, headline)) and _has_day(seen, at)


def _beside_headline(
    seen: Sequence[Shown], found: Sequence[int], headline: int, text: int
) -> Sequence[int]:
    """The lines that stand in one block with headline and text, if most do.

    So do those in a block of the same kind as the text's, and right below them; readers' comments
    do not.
    """
    with_headline = set(seen[headline].element.outwards())
    around = list(seen[text].element.outwards())
    of_text = set(around)
    found = [at for at in found if not _of_readers(seen[at], of_text)]
    root = next((each for each in around if each in with_headline), None)
    if root is None:
        return found
    inner = around[: around.index(root)]
    kinds = {(each.tag, each.named) for each in inner if each.named}
    own = list[int]()
    for at in found:
        outwards = list(seen[at].element.outwards())
        is_kin = root in outwards or any((each.tag, each.named) in kinds for each in outwards)
        if is_kin or (own and not any(seen[n].line.text for n in range(own[-1] + 1, at))):
            own.append(at)
    return own if _length(seen, own) >= _ENOUGH * _length(seen, found) else found


def _article(block: Element) -> Element | None:
    """The article that a block is in, as the page marks it up."""
    return next((each for each in block.outwards() if each.tag == "article"), None)


def _is_same_kind(block: Element, headline: Element) -> bool:
    """Whether a block is marked up as the headline's is."""
    if block.tag != headline.tag:
        return False
    named = headline.named
    return block.tag == "h1" or (named != "" and block.named == named)


def _has_day(seen: Sequence[Shown], headline: int) -> bool:
    """Whether a day stands by itself between a headline and the text below it."""
    below = (shown.line.text for shown in seen[headline + 1 : headline + 1 + 3 * _NEAR])
    for text in islice(filter(None, below), _NEAR):
        if is_running(text):
            return False
        if len(text) <= LONGEST_TITLE and iso_date(text):
            return True
    return False


def _of_readers(shown: Shown, of_text: set[Element]) -> bool:
    """Whether a block around a line, and not around the text, is called as comments are."""
    blocks = (each for each in shown.element.outwards() if each not in of_text)
    return any(_OF_READERS.search(each.named) for each in blocks if each.named)


def _length(seen: Sequence[Shown], places: Iterable[int]) -> int:
    return sum(len(seen[at].line.text) for at in places if is_running(seen[at].line.text))
