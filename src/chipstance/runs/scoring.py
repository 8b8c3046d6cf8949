"""Scoring inputs on this machine, to a stream, to a file or to be shown."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from chipstance.articles.inputs import STDIN
from chipstance.callbacks import Progress, Say, once, unwatched
from chipstance.errors import ChipstanceError, StoppedError
from chipstance.reports.rows.forms import FORMS, Layout, layout
from chipstance.runs.cutting import cut
from chipstance.runs.groups import Group, grouped, is_latest, size_of, stamp
from chipstance.runs.pieces import Piece
from chipstance.runs.pool import in_order
from chipstance.runs.work import Recipe, Scored, facts, model_of, score_group, show_group

if TYPE_CHECKING:
    from chipstance.models.verdicts.scored import ScoredArticle
    from chipstance.runs.journal import Done


def to_stream(
    paths: Sequence[str],
    recipe: Recipe,
    out: IO[bytes],
    *,
    jobs: int = 1,
    leave_out: int | None = None,
    problems: Say,
    progress: Progress = unwatched,
) -> None:
    """Score inputs and write rows as they come.

    Args:
        paths: Files, folders, and `-` for standard input.
        recipe: How to score, and the form of the rows.
        out: Written to and flushed after every piece, except in Parquet.
        jobs: Processes.
        leave_out: The descriptor of `out`, which is no input where a folder holds it.
        problems: Told in one line of every row and file that is lost, in the order of the inputs.
        progress: Told of every few pieces that are done.

    Raises:
        ModelError: The model is missing or damaged.
        CompanyTableError: The company table cannot be read or breaks a rule.
        ChipstanceError: A worker process was killed.
        OSError: `out` cannot be written.
    """
    columns = _layout(recipe)
    form = FORMS[recipe.form]
    problems = once(problems)

    def chunks() -> Iterator[bytes]:
        head = form.head(columns)
        pieces = _pieces(paths, recipe, leave_out)
        for scored in _scored(pieces, recipe, jobs):
            for problem in scored.problems:
                problems(problem)
            progress(scored.size)
            if scored.chunk:
                yield head + scored.chunk
                head = b""

    form.put_together(chunks(), out, columns)


def to_file(
    paths: Sequence[str],
    recipe: Recipe,
    output: Path,
    *,
    jobs: int = 1,
    resume: bool = False,
    problems: Say,
    progress: Progress = unwatched,
) -> None:
    """Score inputs into a file, which is there when it is whole and not before.

    Args:
        paths: Files, folders, and `-` for standard input.
        recipe: How to score, and the form of the rows.
        output: The file; what is there stays until the new one is whole, and where no article
            could be read.
        jobs: Processes.
        resume: Whether to go on with a run that was stopped; see `journal`. The bytes are those
            of a run that was not.
        problems: Told in one line of every row and file that is lost, in the order of the inputs.
        progress: Told of every few pieces that are done.

    Raises:
        ModelError: The model is missing or damaged.
        CompanyTableError: The company table cannot be read or breaks a rule.
        ChipstanceError: It cannot be written, another run is writing it, a worker process was
            killed, or the inputs, the model or the options changed since the run was stopped.
        StoppedError: Ctrl-C, or a signal that asks to end; what was scored is kept. A device or
            a pipe keeps nothing: there KeyboardInterrupt or SystemExit passes.
        BrokenPipeError: It is a pipe, and its reader went away.
    """
    # Here and not above: rows that are printed need none of this.
    from chipstance.reports.rows.replacing import behind, is_stream, replacing
    from chipstance.runs.journal import Journal

    if is_stream(output):
        with replacing(output) as out:
            to_stream(paths, recipe, out, jobs=jobs, problems=problems, progress=progress)
        return
    hint, problems = "", once(problems)
    run = {"inputs": list(paths), **facts(recipe)}
    columns, form = _layout(recipe), FORMS[recipe.form]
    try:
        output = behind(output)
        with closing(Journal(output, run, resume=resume)) as journal:
            hint = "" if STDIN in paths else "; go on with --resume"
            pieces = _pieces(paths, recipe, output)
            for done in journal.done:
                group = tuple(islice(pieces, done.pieces))
                _check_same(done, group, journal.folder)
                progress(size_of(group))
                for problem in done.problems:
                    problems(problem)
            for scored in _scored(pieces, recipe, jobs):
                for problem in scored.problems:
                    problems(problem)
                head = form.head(columns) if scored.chunk and journal.empty else b""
                journal.add(scored.pieces, scored.stamp, head + scored.chunk, scored.problems)
                progress(scored.size)
            if journal.empty:
                journal.take_away()
                problems(not_written(output))
                return
            journal.finish(
                None
                if form.in_pieces
                else lambda chunks, out: form.put_together(chunks, out, columns)
            )
    except OSError as error:
        raise ChipstanceError(
            f"{output}: cannot be written: {error.strerror}{hint or '; mend that and run again'}"
        ) from error
    except (KeyboardInterrupt, SystemExit) as asked:
        raise StoppedError.by(asked, f"{output}: stopped{hint}") from None


def not_written(output: Path) -> str:
    """What to say of an output that is left as it was, or was not made, for want of rows."""
    return f"{output}: not written, as no article could be read"


def shown(
    paths: Sequence[str],
    recipe: Recipe,
    *,
    jobs: int = 1,
    leave_out: int | None = None,
    problems: Say,
) -> "Iterator[ScoredArticle]":
    """Score inputs to be shown.

    Args:
        paths: Files, folders, and `-` for standard input.
        recipe: How to score; the form does not matter.
        jobs: Processes.
        leave_out: As for `to_stream`.
        problems: Told in one line of every row and file that is lost, in the order of the inputs.

    Raises:
        ModelError: The model is missing or damaged.
        CompanyTableError: The company table cannot be read or breaks a rule.
        ChipstanceError: A worker process was killed.
    """
    model_of(recipe)
    problems = once(problems)
    pieces = _pieces(paths, recipe, leave_out)
    score = partial(show_group, recipe=recipe)
    for articles, wrong in in_order(score, grouped(pieces), jobs, is_latest):
        for problem in wrong:
            problems(problem)
        yield from articles


def _pieces(paths: Sequence[str], recipe: Recipe, leave_out: Path | int | None) -> Iterator[Piece]:
    return cut(paths, encoding=recipe.encoding, called=recipe.called, leave_out=leave_out)


def _scored(pieces: Iterator[Piece], recipe: Recipe, jobs: int) -> Iterator[Scored]:
    return in_order(partial(score_group, recipe=recipe), grouped(pieces), jobs, is_latest)


def _layout(recipe: Recipe) -> Layout:
    # Opened before there are other processes: those that are forked have it then.
    return layout(model_of(recipe).manifest)


def _check_same(done: "Done", group: Group, folder: Path) -> None:
    if len(group) == done.pieces and stamp(group) == done.stamp:
        return
    names = [path for piece in group for path in piece.paths]
    where = " to ".join(dict.fromkeys((names[0], names[-1]))) if names else "their end"
    raise ChipstanceError(
        f"{folder}: cannot be resumed: the inputs changed at {where};"
        " run without --resume to begin anew"
    )
