"""What is done with pieces: the same in this process, in another and on another machine."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chipstance.articles.article import Article
from chipstance.articles.tables.columns import Called
from chipstance.callbacks import Say
from chipstance.digests import blake2b
from chipstance.models.stored.store import find
from chipstance.models.verdicts.model import Model
from chipstance.reports.rows.forms import FORMS, Row, layout
from chipstance.runs.groups import Group, size_of, stamp
from chipstance.runs.pieces import Piece, read_piece
from chipstance.shipped import SHIPPED_MODEL, shipped

if TYPE_CHECKING:
    from chipstance.models.verdicts.scored import ScoredArticle


class Recipe(NamedTuple):
    """How pieces are scored.

    Attributes:
        model: Folder of the model; None for the shipped one, wherever that is on the machine
            that scores. It is no name: what is in use may change while a run goes on.
        companies: A company table of one's own, or None.
        encoding: Of the texts; None to have it detected.
        form: A name of `FORMS`.
        context: Whether pronouns count as the company of the sentence before.
        called: What tables call their columns, where that is said.
        version: What model and table are meant where a process that lives on has opened some
            before: of another version they are opened anew. None in a process of this run alone.
    """

    model: Path | None = None
    companies: Path | None = None
    encoding: str | None = None
    form: str = "jsonl"
    context: bool = True
    called: Called = ()
    version: str | None = None


class Scored(NamedTuple):
    """What became of a group of pieces.

    Attributes:
        pieces: How many there were.
        stamp: The group's.
        chunk: Their rows in the form that was asked for.
        problems: A line for every row and file that was lost.
        size: Bytes of the inputs that the pieces take, nearly.
    """

    pieces: int
    stamp: str
    chunk: bytes
    problems: tuple[str, ...]
    size: int


def folder_of(model: Path | None) -> Path | None:
    """Folder of the model that a user means, for a `Recipe`.

    Args:
        model: As for `store.find`.

    Returns:
        None for the shipped one.

    Raises:
        ModelError: There is no such model.
    """
    folder = find(model)
    return None if folder == shipped(SHIPPED_MODEL) else folder


@lru_cache(maxsize=1)
def opened(model: Path | None, companies: Path | None, context: bool, version: str | None) -> Model:
    """Open a model, once in a process for each version; see `Recipe`.

    Raises:
        ModelError: The model is missing or damaged.
        CompanyTableError: The company table cannot be read or breaks a rule.
    """
    return Model(model or shipped(SHIPPED_MODEL), companies=[companies], context=context)


def model_of(recipe: Recipe) -> Model:
    """The model that a recipe names.

    Raises:
        ModelError: The model is missing or damaged.
        CompanyTableError: The company table cannot be read or breaks a rule.
    """
    return opened(recipe.model, recipe.companies, recipe.context, recipe.version)


def facts(recipe: Recipe) -> dict[str, str | bool | dict[str, str] | None]:
    """What must not change between a run that was stopped and the one that goes on.

    Raises:
        ModelError: The model is missing or damaged.
        CompanyTableError: The company table cannot be read or breaks a rule.
        OSError: The company table cannot be read any more.
    """
    table = recipe.companies
    return {
        "model": model_of(recipe).name,
        "companies": None if table is None else f"{table} {_digest(table)}",
        "encoding": recipe.encoding,
        "format": recipe.form,
        "context": recipe.context,
        "columns": dict(recipe.called) or None,
    }


def _digest(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=6).hexdigest()


def score_group(group: Group, recipe: Recipe) -> Scored:
    """Score a group of pieces.

    Args:
        group: Of pieces as `cutting.cut` yields them.
        recipe: How.

    Raises:
        ModelError: The model is missing or damaged.
        CompanyTableError: The company table cannot be read or breaks a rule.
    """
    problems: list[str] = []
    columns = layout(model_of(recipe).manifest)
    scored = model_of(recipe).batches(_articles(group, recipe, problems.append))
    chunk = FORMS[recipe.form].scored(scored, columns)
    return Scored(len(group), stamp(group), chunk, tuple(problems), size_of(group))


def show_group(group: Group, recipe: Recipe) -> "tuple[list[ScoredArticle], tuple[str, ...]]":
    """Score a group to be shown: its articles, and a line for all that was lost.

    Raises:
        ModelError: The model is missing or damaged.
        CompanyTableError: The company table cannot be read or breaks a rule.
    """
    problems: list[str] = []
    articles = _articles(group, recipe, problems.append)
    return list(model_of(recipe).score_articles(articles)), tuple(problems)


def rows_of(piece: Piece, recipe: Recipe, problems: Say, unreached: Say) -> Iterator[Row]:
    """The scored rows of a piece, as a stream; see `read_piece`.

    Raises:
        ModelError: The model is missing or damaged.
        CompanyTableError: The company table cannot be read or breaks a rule.
    """
    articles = _articles((piece,), recipe, problems, unreached)
    for article in model_of(recipe).score_articles(articles):
        yield from article.as_rows()


def _articles(
    group: Group, recipe: Recipe, problems: Say, unreached: Say | None = None
) -> Iterator[Article]:
    for piece in group:
        yield from read_piece(
            piece,
            encoding=recipe.encoding,
            called=recipe.called,
            problems=problems,
            unreached=unreached,
        )
