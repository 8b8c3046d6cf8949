"""A Dask cluster: reaching its scheduler, and what is said when its workers are lost."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from chipstance.errors import ChipstanceError

if TYPE_CHECKING:
    from distributed import Client

_SECONDS_TO_ANSWER = 20


@contextmanager
def connected(address: str) -> Iterator["Client"]:
    """Connect to a cluster for as long as a `with` block takes.

    Args:
        address: Of the scheduler, such as `tcp://10.0.0.1:8786`.

    Raises:
        ChipstanceError: Dask is not installed, or no scheduler or worker answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ChipstanceError(
            "--cluster needs Dask; install it with: pip install 'chipstance[cluster]'"
        ) from None
    # What it tells of lost workers is not the user's to mend; what is, is raised.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=_SECONDS_TO_ANSWER)
    except (OSError, ValueError) as error:
        raise ChipstanceError(
            f"{address}: no Dask scheduler answers; start one with: dask scheduler"
        ) from error
    try:
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
        if not client.nthreads():
            raise ChipstanceError(
                f"{address}: the scheduler has no workers; start some with: dask worker {address}"
            )
        yield client
    finally:
        client.close()


@contextmanager
def lost_with_workers(what: str) -> Iterator[None]:
    """Say what to do when a task was lost with several workers.

    Args:
        what: The task, such as `a part`.

    Raises:
        ChipstanceError: The task was lost.
    """
    from distributed import KilledWorker

    try:
        yield
    except KilledWorker as error:
        raise ChipstanceError(
            f"{what} was lost with several workers, most likely for want of memory;"
            " give them more, then run the same again"
        ) from error
