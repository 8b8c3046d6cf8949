"""From a file or a folder to articles.

What cannot be read is said in one line that names the file and the row, and everything else is
still read.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from chipstance.articles.article import Article
from chipstance.articles.changes import unchanged
from chipstance.articles.encodings import decode
from chipstance.articles.files import TABLES, check_kind, files, naming
from chipstance.articles.tables.columns import Called
from chipstance.articles.text import from_text
from chipstance.callbacks import Say
from chipstance.errors import InputError


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
        InputError: A file that is named itself cannot be read at all, or changed meanwhile.
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


def _file(path: Path, encoding: str | None, called: Called, problems: Say) -> Iterator[Article]:
    """The articles of one file; every complaint begins with its name."""
    with naming(path):
        check_kind(path)
        if path.suffix.lower() in TABLES:
            # Here and not above: a text or two would wait for what only tables need.
            from chipstance.articles.tables.reading import articles_of_table

            with unchanged(path):
                yield from articles_of_table(path, encoding, called, problems)
        else:
            yield from_text(decode(path.read_bytes(), encoding=encoding), source=path.name)
