"""What becomes of a training that somebody stops."""

import os
import random
import signal

import pytest

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.labels.rows import LabelRow
from chipstance.models.learning.whole import train

TASKS = ("a", "b", "c", "d", "e", "f", "g", "h")
N_ROWS = 6_000


def test_a_large_training_that_is_interrupted_begins_no_further_task(
    heeds_signals_as_before: None,
) -> None:
    rng = random.Random(0)
    rows = [
        LabelRow(
            "".join(rng.choices("升跌漲挫股市晶片記憶體需求訂單", k=30)),
            {task: rng.choice(["x", "y", "z"]) for task in TASKS},
            None,
            f"article {at // 10}",
        )
        for at in range(N_ROWS)
    ]
    begun: list[str] = []

    def interrupt(task: str) -> None:
        begun.append(task)
        if len(begun) == 1:
            os.kill(os.getpid(), signal.SIGINT)

    signal.signal(signal.SIGINT, signal.default_int_handler)
    with pytest.raises(KeyboardInterrupt):
        train(rows, Linker(load_table()), name="stopped", progress=interrupt)
    assert 1 <= len(begun) < len(TASKS)
