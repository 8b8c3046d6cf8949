"""From text in hand to an article."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chipstance.articles import facts
from chipstance.articles.article import Article, Sentence
from chipstance.articles.cleaning.headers import subject
from chipstance.articles.cleaning.paragraphs import clean
from chipstance.articles.dates import iso_date
from chipstance.articles.line import Line, split_lines
from chipstance.articles.sentences import sentences
from chipstance.articles.shapes import has_chinese
from chipstance.digests import blake2b
from chipstance.errors import InputError
from chipstance.patterns import lazily

if TYPE_CHECKING:
    from chipstance.articles.web.pages import Page

# What mail says of itself as it is sent and not as it is shown.
_ENCODED = lazily(
    r"^content-transfer-encoding:\s*(?:base64|quoted-printable)",
    re.IGNORECASE | re.MULTILINE,
)
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def from_text(
    text: str,
    *,
    source: str = "-",
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
) -> Article:
    """Make an article of text in hand, plain or HTML.

    Args:
        text: The article as it comes, page furniture and wrapped lines included.
        source: The name of the file, or what else stands for a publisher where none is known.
        title: Its headline; where None, the one the text shows.
        published: Its date; where None, the one the text shows.
        publisher: Who published it; where None, whom the text names.

    Returns:
        The cleaned article; positions in it count characters of `text`.

    Raises:
        InputError: There is no Chinese sentence in it, or it is no text.
    """
    if not isinstance(text, str):
        raise InputError(f"is of type {type(text).__name__}; give the text of an article, a str")
    if not text.strip("\ufeff\x00 \t\r\n\f\v\u3000"):
        raise InputError("is empty; give the text of an article")
    if not has_chinese(text):
        if _ENCODED.search(text):
            raise InputError("is a letter encoded for sending; save it as text in a mail program")
        raise InputError("holds no Chinese; chipstance reads Chinese-language articles")
    text = _whole(text)
    page = _page(text)
    lines = page.lines if page else split_lines(text)
    cleaned = clean(lines)
    found = tuple(sentences(cleaned))
    if not any(has_chinese(sentence.text) for sentence in found):
        raise InputError("holds no Chinese sentence, only page furniture; give the article's text")
    return Article(
        id=_digest(found),
        source=(publisher and _name(publisher))
        or (page and page.source)
        or facts.publisher(lines)
        or _name(source),
        title=(title and _name(title))
        or _title(cleaned, page.title if page else subject(lines) if "=?" in text else None),
        published=(published and iso_date(published))
        or (page and page.published)
        or facts.published(lines),
        sentences=found,
    )


def _title(cleaned: Sequence[Line], stated: str | None) -> str | None:
    """The headline that is shown; where a page states another, the first line is a subheading."""
    shown = facts.title(cleaned)
    return shown if shown and (not stated or shown in stated) else stated


def _page(text: str) -> "Page | None":
    if "<" not in text:
        return None
    # Here and not above: what is for web pages would be a good part of every start.
    from chipstance.articles.web.pages import is_html, read_page

    return read_page(text) if is_html(text) else None


def _digest(found: tuple[Sentence, ...]) -> str:
    """An id that depends on what is said, and not on spaces or on the file it stands in."""
    text = "\n".join("".join(sentence.text.split()) for sentence in found)
    return blake2b(text.encode("utf-8"), digest_size=8).hexdigest()


def _whole(text: str) -> str:
    """A text without lone surrogates, which no output could hold; lengths stay.

    Not by `printable.whole`, whose question marks would end sentences.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text


def _name(text: str) -> str:
    """A title or a publisher's name that the text does not show itself, without tags."""
    text = _whole(text)
    if page := _page(text):
        text = " ".join(line.text for line in page.lines if line.text)
    return split_lines(text.replace("\n", " "))[0].shown().text
