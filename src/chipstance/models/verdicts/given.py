"""Texts as programs hand them in, each refused by its number from 1."""

from collections.abc import Iterable, Iterator

from chipstance.articles.article import Article
from chipstance.articles.reading import from_text
from chipstance.errors import InputError


def strings(texts: Iterable[str]) -> Iterator[str]:
    """Each of several texts.

    Raises:
        InputError: They are one string, which would be as many texts as it has characters, or
            nothing that has several; or one of them is no string.
    """
    if isinstance(texts, str) or not isinstance(texts, Iterable):
        raise InputError(f"texts are of type {type(texts).__name__}; give a list of them")
    for number, text in enumerate(texts, 1):
        if not isinstance(text, str):
            raise InputError(f"text {number}: is of type {type(text).__name__}; give a str")
        yield text


def read_texts(texts: Iterable[str]) -> Iterator[Article]:
    """Each of several texts as an article.

    Raises:
        InputError: As `strings`, or there is no Chinese in one of them.
    """
    for number, text in enumerate(strings(texts), 1):
        try:
            yield from_text(text)
        except InputError as error:
            raise InputError(f"text {number}: {error}") from error
