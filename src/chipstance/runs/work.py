"""What is done with one piece: the same in this process, in another and on another machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from chipstance.articles.pieces import Piece, read_piece
from chipstance.articles.reading import Problems
from chipstance.models.model import Model, load
from chipstance.models.scored import ScoredArticle
from chipstance.reports.rows import FORMS, Row, layout


@dataclass(frozen=True, slots=True)
class Recipe:
    """How pieces are scored.

    Attributes:
        model: Folder of the model; None for the shipped one.
        companies: A company table of one's own, or None.
        encoding: Of the texts; None to have it detected.
        form: A name of `FORMS`.
    """

    model: Path | None = None
    companies: Path | None = None
    encoding: str | None = None
    form: str = "jsonl"


@dataclass(frozen=True, slots=True)
class Scored:
    """What became of a piece.

    Attributes:
        stamp: The piece's.
        chunk: Its rows in the form that was asked for.
        problems: A line for every row and file that was lost.
    """

    stamp: str
    chunk: bytes
    problems: tuple[str, ...]


@lru_cache(maxsize=1)
def opened(model: Path | None, companies: Path | None) -> Model:
    """Open a model, once in a process."""
    return load(model, companies=companies)


def facts(recipe: Recipe) -> dict[str, str | None]:
    """What must not change between a run that was stopped and the one that goes on."""
    table = recipe.companies
    return {
        "model": opened(recipe.model, recipe.companies).name,
        "companies": None if table is None else f"{table} {_digest(table)}",
        "encoding": recipe.encoding,
        "format": recipe.form,
    }


def _digest(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=6).hexdigest()


def score_piece(piece: Piece, recipe: Recipe) -> Scored:
    """Score a piece.

    Args:
        piece: As `cutting.cut` yields it.
        recipe: How.
    """
    problems: list[str] = []
    model = opened(recipe.model, recipe.companies)
    rows = list(piece_rows(piece, recipe, problems.append))
    chunk = FORMS[recipe.form].chunk(rows, layout(model.manifest))
    return Scored(piece.stamp, chunk, tuple(problems))


def show_piece(piece: Piece, recipe: Recipe) -> tuple[list[ScoredArticle], tuple[str, ...]]:
    """Score a piece to be shown: its articles, and a line for all that was lost."""
    problems: list[str] = []
    return list(_scored(piece, recipe, problems.append)), tuple(problems)


def piece_rows(piece: Piece, recipe: Recipe, problems: Problems) -> Iterator[Row]:
    """The scored rows of a piece, as a stream."""
    for article in _scored(piece, recipe, problems):
        yield from article.as_rows()


def _scored(piece: Piece, recipe: Recipe, problems: Problems) -> Iterator[ScoredArticle]:
    model = opened(recipe.model, recipe.companies)
    articles = read_piece(piece, encoding=recipe.encoding, problems=problems)
    return model.score_articles(articles)
