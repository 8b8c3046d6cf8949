"""Other processes that write models while a test reads them."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.context import SpawnProcess
from pathlib import Path

import chipstance
from chipstance.models.stored import placing
from chipstance.models.verdicts.model import Model
from tests.models.learning.test_learning import reviews

OTHER = {"good": "bad", "bad": "good"}
TEXT = "花蓮的這家店味道很香"


def made(folder: Path) -> tuple[Path, Path]:
    """Two models that say the opposite of one another, in folders named after what they say."""
    turned = [row | {"mood": OTHER[row["mood"]]} for row in reviews()]
    for name, rows in (("good", reviews()), ("bad", turned)):
        chipstance.train(rows, name=name).save(folder / name)
    return folder / "good", folder / "bad"


def check_whole(model: Model) -> str:
    """What a model says, which must be what its manifest says it says."""
    assert model.predict([TEXT], "mood") == [model.manifest["name"]]
    return str(model.manifest["name"])


def place_again_and_again(target: Path, models: Sequence[Path], times: int, can: bool) -> None:
    """Put models into one place in turn; what a process of `writer` does."""
    _hurry()
    if not can:
        placing.exchange = lambda one, other: False
    for number in range(times):
        source = models[number % len(models)]
        placing.place(target, lambda beside, source=source: placing.copy_model(source, beside))


def keep_again_and_again(name: str, model: Path, times: int) -> None:
    """Put one model into the store; what a process of `writer` does."""
    _hurry()
    for _ in range(times):
        placing.keep(name, lambda beside: placing.copy_model(model, beside))


def _hurry() -> None:
    """Wait for no disk: the faster a folder is replaced, the surer a reader is to meet it."""
    os.fsync = lambda _: None  # type: ignore[assignment]


@contextmanager
def writer(function: Callable[..., None], *args: object) -> Iterator[SpawnProcess]:
    """Another process that runs a function, which must end well unless it is killed."""
    process = multiprocessing.get_context("spawn").Process(target=function, args=args)
    process.start()
    try:
        yield process
    finally:
        process.join()
    assert process.exitcode in (0, -9)
