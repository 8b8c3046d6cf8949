"""Texts as programs hand them in, each refused by its number from 1."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chipstance.articles.article import Article
from chipstance.articles.tables.reading import of_row
from chipstance.callbacks import Say
from chipstance.errors import InputError

Given = str | Mapping[str, Any]


def strings(texts: Iterable[str]) -> Iterator[str]:
    """Each of several texts.

    Raises:
        InputError: They are one string, which would be as many texts as it has characters, or
            nothing that has several; or one of them is no string.
    """
    for number, text in enumerate(_several(texts), 1):
        if not isinstance(text, str):
            raise InputError(f"text {number}: is of type {type(text).__name__}; give a str")
        yield text


def read_texts(texts: Iterable[Given], problems: Say | None = None) -> Iterator[Article]:
    """Each of several texts, or rows with a text, as an article.

    Args:
        texts: As `Model.score_many` takes them.
        problems: Told of each that cannot be read; where None, the first one is raised.

    Raises:
        InputError: They are one text, or nothing that has several; or one cannot be read.
    """
    for number, given in enumerate(_several(texts), 1):
        try:
            yield of_row(_row(given), "-")
        except InputError as error:
            if problems is None:
                raise InputError(f"text {number}: {error}") from error
            problems(f"text {number}: {error}")


def _several(texts: Iterable[Any]) -> Iterable[Any]:
    if isinstance(texts, (str, Mapping)) or not isinstance(texts, Iterable):
        raise InputError(f"texts are of type {type(texts).__name__}; give a list of them")
    return texts


def _row(given: object) -> Mapping[str, Any]:
    if isinstance(given, Mapping):
        return given
    if not isinstance(given, str):
        raise InputError(f"is of type {type(given).__name__}; give a str, or a row with a text")
    return {"text": given}
