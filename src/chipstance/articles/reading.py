"""From a file, a folder or text in hand to articles.

What cannot be read is said in one line that names the file and the row, and everything else is
still read.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipstance.articles import facts, rows
from chipstance.articles.article import Article, Sentence
from chipstance.articles.cleaning import clean
from chipstance.articles.columns import Called
from chipstance.articles.dates import from_cell, iso_date, states_day
from chipstance.articles.encodings import decode
from chipstance.articles.files import TABLES, check_kind, files, naming
from chipstance.articles.line import split_lines
from chipstance.articles.refusals import check_articles
from chipstance.articles.sentences import sentences
from chipstance.articles.shapes import has_chinese
from chipstance.articles.whole_json import json_rows
from chipstance.callbacks import RowReport, Say
from chipstance.digests import blake2b
from chipstance.errors import InputError

if TYPE_CHECKING:
    from chipstance.articles.pages import Page


_MOST_BROKEN = 0.02
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def read(
    path: Path | str, *, encoding: str | None = None, called: Called = (), problems: Say
) -> Iterator[Article]:
    """Read every article of a file or folder.

    Args:
        path: A file of text or HTML (one article), a `.jsonl`, `.json`, `.csv`, `.tsv` or
            `.parquet` file (one article a row, in columns text, title, published, source), or a
            folder of such files.
        encoding: Name of the encoding, or None to have it detected.
        called: What tables call these columns, where they do otherwise.
        problems: Told in one line of every row, and of every file in a folder, that is lost.

    Yields:
        The articles, files of a folder in the order of their names.

    Raises:
        InputError: A file that is named itself cannot be read at all.
    """
    path = Path(path)
    if not os.path.isdir(path):
        yield from _file(path, encoding, called, problems)
        return
    found = False
    for file in files(path):
        found = True
        try:
            yield from _file(file, encoding, called, problems)
        except InputError as error:
            problems(str(error))
    if not found:
        raise InputError(
            f"{path}: no files to read; put .txt, .html, .json, .jsonl, .csv or .parquet files"
            " there"
        )


def read_all(
    paths: Iterable[Path | str], *, encoding: str | None = None, problems: Say
) -> Iterator[Article]:
    """Read the articles of several paths; one that cannot be read is a problem, and not the end.

    Args:
        paths: As for `read`.
        encoding: As for `read`.
        problems: Called with one line for each file or row that cannot be read.
    """
    for path in paths:
        try:
            yield from read(path, encoding=encoding, problems=problems)
        except InputError as error:
            problems(str(error))
        except OSError as error:
            problems(f"{path}: cannot be read: {error.strerror}")


def from_text(
    text: str, *, source: str = "-", title: str | None = None, published: str | None = None
) -> Article:
    """Make an article of text in hand, plain or HTML.

    Args:
        text: The article as it comes, page furniture and wrapped lines included.
        source: The publisher, or the name of the file; used where the text names no publisher.
        title: Its headline; where None, the one the text shows.
        published: Its date; where None, the one the text shows.

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
        source=(page and page.source) or facts.publisher(lines) or _name(source),
        title=(title and _name(title)) or facts.title(cleaned) or (page and page.title) or None,
        published=(published and iso_date(published))
        or (page and page.published)
        or facts.published(lines),
        sentences=found,
    )


def _page(text: str) -> "Page | None":
    if "<" not in text:
        return None
    # Here and not above: what is for web pages would be a good part of every start.
    from chipstance.articles.pages import is_html, read_page

    return read_page(text) if is_html(text) else None


def _digest(found: tuple[Sentence, ...]) -> str:
    """An id that depends on what is said, and not on spaces or on the file it stands in."""
    text = "\n".join("".join(sentence.text.split()) for sentence in found)
    return blake2b(text.encode("utf-8"), digest_size=8).hexdigest()


def _whole(text: str) -> str:
    """A text without lone surrogates, which no output could hold; lengths stay."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text


def _name(text: str) -> str:
    """A title or a publisher's name that the text does not show itself."""
    return split_lines(_whole(text).replace("\n", " "))[0].shown().text


def _file(path: Path, encoding: str | None, called: Called, problems: Say) -> Iterator[Article]:
    """The articles of one file; every complaint begins with its name."""
    with naming(path):
        check_kind(path)
        if path.suffix.lower() in TABLES:
            yield from _table(path, encoding, called, problems)
        else:
            yield from_text(decode(path.read_bytes(), encoding=encoding), source=path.name)


def _table(path: Path, encoding: str | None, called: Called, problems: Say) -> Iterator[Article]:
    something = False

    def report(number: int, what: str) -> None:
        nonlocal something
        something = True
        problems(f"{path}: row {number}: {what}")

    for article in of_rows(table_rows(path, encoding, report, called), path.name, report):
        something = True
        yield article
    if not something:
        raise InputError("has no row; give a file with at least one article")


def table_rows(
    path: Path, encoding: str | None, report: RowReport, called: Called = ()
) -> Iterator[rows.Row]:
    """The rows of a file of articles, by its ending.

    Args:
        path: A file whose ending is one of `TABLES`.
        encoding: Its encoding, or None to have it detected.
        report: Told of every row that is none: its number and what to do.
        called: What the columns are called.

    Raises:
        InputError: The file cannot be read at all, or holds scored rows.
    """
    suffix = path.suffix.lower()
    if path.stat().st_size == 0:
        raise InputError("is empty; give a file with at least one article")
    check_articles(path, encoding, called)
    if suffix == ".parquet":
        return rows.parquet_rows(path, called=called)
    if suffix == ".json":
        return json_rows(path, encoding, report, called)
    read_rows = rows.csv_rows if suffix in (".csv", ".tsv") else rows.jsonl_rows
    return read_rows(path, encoding, report, called)


def of_rows(found: Iterable[rows.Row], source: str, report: RowReport) -> Iterator[Article]:
    """The articles of rows.

    Args:
        found: Numbers and cells of the rows.
        source: What stands for the publisher where a row names none.
        report: Told of every row that holds no article, or a date that cannot be read: its number
            and what to do.
    """
    for number, row in found:
        try:
            article = of_row(row, source)
        except InputError as error:
            report(number, str(error))
            continue
        written = row.get("published")
        if article.published is None and states_day(written):
            report(number, f"has a date that cannot be read ({written!s:.40}); write 2025-01-28")
        yield article


def of_row(row: Mapping[str, Any], source: str) -> Article:
    """The article of a row.

    Args:
        row: Its `text` and, where known, `title`, `published` and `source`.
        source: What stands for the publisher where the row names none.

    Raises:
        InputError: It holds no article.
    """
    text = row.get("text")
    if text is None:
        raise InputError("has no text; fill the column text")
    if not isinstance(text, str):
        raise InputError("has a text that is not a string; write it in quotation marks")
    if text.count("\ufffd") > _MOST_BROKEN * len(text):
        raise InputError("has a text with damaged characters; name the file's encoding")
    return from_text(
        text,
        source=_string(row.get("source")) or source,
        title=_string(row.get("title")),
        published=from_cell(row.get("published")),
    )


def _string(value: object) -> str | None:
    return (value.strip() or None) if isinstance(value, str) else None
