"""A Dask cluster: reaching its scheduler, and what is said when it or its workers are lost."""

import asyncio
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
        ChipstanceError: Dask is not installed, no scheduler or worker answers, or the scheduler
            goes away before the block ends.
    """
    try:
        from distributed import CancelledError, Client
        from distributed.comm.core import CommClosedError
    except ImportError:
        raise ChipstanceError(
            "--cluster needs Dask; install it with: pip install 'chipstance[cluster]'"
        ) from None
    # What it tells of lost workers is not the user's to mend; what is, is raised.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    _check_scheduler(address)
    try:
        client = Client(address, timeout=_SECONDS_TO_ANSWER)
    except (OSError, ValueError) as error:
        raise _no_scheduler(address) from error
    try:
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
        if not client.nthreads():
            raise ChipstanceError(
                f"{address}: the scheduler has no workers; start some with: dask worker {address}"
            )
        yield client
    except (CancelledError, CommClosedError) as error:
        raise ChipstanceError(
            f"{address}: the scheduler went away; start it and its workers, then run the same again"
        ) from error
    finally:
        client.close()


def _check_scheduler(address: str) -> None:
    """Ask who is there, which a client does not: it waits without end for one who says nothing.

    Raises:
        ChipstanceError: It is no scheduler, or nobody answers in time.
    """
    try:
        kind = asyncio.run(asyncio.wait_for(_kind(address), _SECONDS_TO_ANSWER))
    except ChipstanceError:
        raise
    except Exception as error:
        # Who is no part of a cluster answers anything, and Dask stumbles over it in many ways.
        raise _no_scheduler(address) from error
    if kind != "Scheduler":
        raise ChipstanceError(
            f"{address}: is no Dask scheduler but a {kind.lower()};"
            " give the address that the scheduler tells when it starts"
        )


async def _kind(address: str) -> str:
    """What of a cluster answers at an address: `Scheduler`, `Worker` or `Nanny`."""
    from distributed import Security, rpc

    keys = Security().get_connection_args("client")
    if address.startswith(("tls://", "wss://")) and not keys.get("ssl_context"):
        raise ChipstanceError(
            f"{address}: needs a certificate and its key; name them in Dask's configuration,"
            " under distributed.comm.tls.client"
        )
    async with rpc(address, timeout=_SECONDS_TO_ANSWER, connection_args=keys) as there:
        return str((await there.identity())["type"])


def _no_scheduler(address: str) -> ChipstanceError:
    return ChipstanceError(f"{address}: no Dask scheduler answers; start one with: dask scheduler")


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
