"""Many machines: the pieces of inputs in shared storage, scored by the workers of a Dask cluster.

Every piece becomes one Parquet file of an output folder that every machine sees; see `parts`.
Workers read the inputs and write the parts themselves; what passes through here is the names of
the pieces and what was lost. A part appears by renaming, so it is whole or not there. A second run
does what is missing: parts of inputs that changed since, and those that lost a file which could
not be reached, are taken away first, then made anew.

Dask itself and not joblib's backend for it: that one sends work in batches it chooses, and hands
no part back before all are there.
"""

import json
import os
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from chipstance.callbacks import Say, once
from chipstance.errors import ChipstanceError, StoppedError
from chipstance.printable import printable_lines
from chipstance.reports.rows.forms import arrow_chunk, layout, put_parquet_together
from chipstance.runs.cutting import CLUSTER, cut
from chipstance.runs.parts import Part, finish, make_room, only_run, parts_of
from chipstance.runs.scheduler import connected, lost_with_workers
from chipstance.runs.work import Recipe, facts, model_of, rows_of

if TYPE_CHECKING:
    from distributed import Client

_ROWS_AT_ONCE = 4096
# Pieces handed out for each thread of the workers: one at work, and the next ones waiting there.
_AHEAD = 3


def to_parts(
    paths: Sequence[str],
    recipe: Recipe,
    folder: Path,
    *,
    address: str,
    problems: Say,
    size: int = CLUSTER,
) -> None:
    """Score inputs on a Dask cluster into a folder of Parquet parts.

    Args:
        paths: Files and folders in storage that every machine sees under the same names.
        recipe: How to score; its files are there too.
        folder: In the same storage; what of it is missing is made.
        address: Of the scheduler, such as `tcp://10.0.0.1:8786`.
        problems: Told in one line of every row and file that is lost, in the order of the inputs.
        size: Bytes of input for a part.

    Raises:
        ChipstanceError: No scheduler or worker answers, the folder holds a run of another model,
            another run is writing it or it cannot be written, or workers keep dying.
        StoppedError: Ctrl-C, or a signal that asks to end; the parts that are whole are kept.
    """
    recipe = recipe._replace(model=_absolute(recipe.model), companies=_absolute(recipe.companies))
    inputs = [os.path.abspath(path) for path in paths]
    folder = folder.absolute()
    _check_apart(inputs, folder)
    run = facts(recipe)
    recipe = recipe._replace(version=json.dumps(run, sort_keys=True))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with only_run(folder, run):
            pieces = cut(
                inputs, encoding=recipe.encoding, called=recipe.called, size=size, in_hand=False
            )
            parts = list(parts_of(pieces, folder, run))
            missing = make_room(folder, parts)
            if missing:
                with connected(address) as client:
                    _work_off(client, missing, recipe)
            finish(folder, parts)
    except OSError as error:
        raise ChipstanceError(f"{folder}: cannot be written: {error.strerror or error}") from error
    except (KeyboardInterrupt, SystemExit) as asked:
        raise StoppedError.by(asked, f"{folder}: stopped; the same command goes on") from None
    problems = once(problems)
    for part in parts:
        if part.problems.exists():
            for problem in part.problems.read_text("utf-8").splitlines():
                problems(problem)


def score_part(part: Part, recipe: Recipe) -> None:
    """Score one piece into its file; this is what a worker does.

    Args:
        part: Which.
        recipe: How; its version is what `facts` said of it where the run began.

    Raises:
        ModelError: The model is missing or damaged.
        CompanyTableError: The company table cannot be read or breaks a rule.
        ChipstanceError: This machine has another model or table under that name, or has by now; or
            the part is asked for no more.
        OSError: The part cannot be written.
        ValueError: The recipe has no version.
    """
    _check_here(recipe)
    columns = layout(model_of(recipe).manifest)
    lost: list[str] = []
    unreached: list[str] = []

    def not_reached(line: str) -> None:
        lost.append(line)
        unreached.append(line)

    part.forget_losses()
    rows = rows_of(part.piece, recipe, lost.append, not_reached)
    chunks = (
        arrow_chunk(group, columns) for group in iter(lambda: list(islice(rows, _ROWS_AT_ONCE)), [])
    )
    begun = part.begun()
    with begun.open("wb") as out:
        put_parquet_together(chunks, out, columns)
    if lost:
        part.problems.write_text(printable_lines(lost) + "\n", "utf-8")
    if unreached:
        part.unreached.touch()
    part.put(begun)


def _check_here(recipe: Recipe) -> None:
    if recipe.version is None:
        raise ValueError("the recipe has no version, by which a worker tells that it has the same")
    here, asked = facts(recipe), json.loads(recipe.version)
    for name in ("model", "companies"):
        if here[name] != asked[name]:
            raise ChipstanceError(
                f"a worker has the {name} {here[name]} and not {asked[name]}; have the same on"
                " every machine, and run anew where it was changed meanwhile"
            )


def _absolute(path: Path | None) -> Path | None:
    return path and path.absolute()


def _check_apart(inputs: Sequence[str], folder: Path) -> None:
    for path in inputs:
        if folder.resolve().is_relative_to(Path(path).resolve()):
            raise ChipstanceError(f"{folder}: lies in the input {path}; name a folder beside it")


def _work_off(client: "Client", missing: Sequence[Part], recipe: Recipe) -> None:
    """Have all parts made, a few ahead of each worker at a time."""
    from distributed import as_completed

    # Of this client: the process may have another one, which would be taken.
    waiting, running = iter(missing), as_completed(loop=client.loop)

    def hand_out() -> None:
        # Asked again each time: workers come and go.
        room = _AHEAD * max(1, sum(client.nthreads().values())) - running.count()
        for part in islice(waiting, max(room, 0)):
            running.add(client.submit(score_part, part, recipe=recipe, pure=False))

    hand_out()
    for future in running:
        with lost_with_workers("a part"):
            future.result()
        hand_out()
