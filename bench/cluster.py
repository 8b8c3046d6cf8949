"""A Dask cluster on this machine, with one worker and with two, and a sum for a larger one.

    python -m bench.cluster [ARTICLES] [BYTES OF A PART]

Prints how fast workers score Parquet into Parquet parts, what the scheduler takes for a part, and
what 1,000,000,000 articles would take on machines like this one. The sum is on paper: it counts
processor time, and so takes for granted that nothing else runs there and that shared storage keeps
up; it says how much that has to carry.
"""

import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from distributed import Client, LocalCluster

from bench.material import write_articles
from chipstance.runs.cluster import to_parts
from chipstance.runs.cutting import CLUSTER
from chipstance.runs.work import Recipe

ARCHIVE = 10**9
CORES_A_MACHINE = 16


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took.

    Attributes:
        seconds: On the wall.
        busy: Seconds of processor time of the workers.
        overhead: Seconds of the scheduler for a task.
        parts: What was written.
    """

    seconds: float
    busy: float
    overhead: float
    parts: tuple[Path, ...]


def nothing(number: int) -> int:
    """A task that takes no time."""
    return number


def overhead(client: Client, n: int = 500) -> float:
    """Seconds that the scheduler takes for a task, whatever is in it."""
    begin = time.perf_counter()
    client.gather([client.submit(nothing, number, pure=False) for number in range(n)])
    return (time.perf_counter() - begin) / n


def run(source: Path, out: Path, workers: int, size: int) -> Run:
    """Score a Parquet file on a cluster that is begun for it."""
    local = LocalCluster(
        n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    )
    with local, Client(local) as client:
        address = local.scheduler_address

        def score(name: str) -> None:
            recipe = Recipe(form="parquet")
            to_parts([str(source)], recipe, out / name, address=address, problems=print, size=size)

        # The first run opens the model, which an archive does not notice.
        score("warm")
        busy = sum(client.run(time.process_time).values())
        begin = time.perf_counter()
        score("scored")
        seconds = time.perf_counter() - begin
        busy = sum(client.run(time.process_time).values()) - busy
        return Run(seconds, busy, overhead(client), tuple((out / "scored").glob("*.parquet")))


def print_sum(articles_a_second: float, carried: float, plain: float, part: float) -> None:
    """Print what the archive would take, all cores of all machines being busy.

    Args:
        articles_a_second: Of one core.
        carried: Bytes of an article that are read and written.
        plain: Bytes of an article before compression, which parts are cut by.
        part: Seconds of the scheduler for a part.
    """
    print(f"\n{ARCHIVE:,} articles, on paper ({CORES_A_MACHINE} cores a machine):")
    n_parts = ARCHIVE * plain / CLUSTER
    for machines in (1, 10, 100):
        rate = articles_a_second * machines * CORES_A_MACHINE
        print(
            f"{machines:5d} machines {ARCHIVE / rate / 3600:8.1f} hours,"
            f" storage carries {rate * carried / 1e6:7.1f} MB a second"
        )
    print(
        f"at most {n_parts:,.0f} parts: {n_parts * part / 60:.1f} minutes of the scheduler in all"
    )


def main() -> None:
    """Print the figures."""
    n, size = [int(arg) for arg in sys.argv[1:]] + [2000, 250_000][len(sys.argv) - 1 :]
    with tempfile.TemporaryDirectory() as name:
        lines, source = Path(name, "in.jsonl"), Path(name, "in.parquet")
        write_articles(lines, n)
        rows = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
        pq.write_table(pa.Table.from_pylist(rows), source, row_group_size=100)
        one, two = (run(source, Path(name, f"{workers}"), workers, size) for workers in (1, 2))
        n_plain = lines.stat().st_size / n
        n_in = source.stat().st_size / n
        n_out = sum(part.stat().st_size for part in one.parts) / n
    for workers, each in ((1, one), (2, two)):
        print(
            f"{workers} worker(s): {n / each.seconds:7.0f} articles a second on the wall,"
            f" {n / each.busy:7.0f} a second of processor time; {len(each.parts)} parts"
        )
    print(f"two workers / one, on the wall: {one.seconds / two.seconds:.2f}")
    print(f"the scheduler takes {one.overhead * 1000:.1f} ms for a part")
    print(f"an article is {n_in:.0f} bytes of Parquet in, {n_out:.0f} out")
    print_sum(n / one.busy, n_in + n_out, n_plain, one.overhead)


if __name__ == "__main__":
    main()
