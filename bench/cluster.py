"""A Dask cluster on this machine, with one worker and with two, and a sum for a larger one.

    python -m bench.cluster [ARTICLES] [BYTES OF A PART]

Prints how fast one worker scores Parquet into Parquet parts, what a part costs beside the scoring,
and what 1,000,000,000 articles would take on machines like this one. The sum is on paper: it takes
for granted that shared storage keeps up, and says how much that has to carry.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from distributed import Client, LocalCluster

from bench.kill import articles
from chipstance.runs.cluster import to_parts
from chipstance.runs.work import Recipe

ARCHIVE = 10**9
CORES_A_MACHINE = 16


def nothing(number: int) -> int:
    """A task that takes no time."""
    return number


def overhead(client: Client, n: int = 500) -> float:
    """Seconds that the scheduler takes for a task, whatever is in it."""
    begin = time.perf_counter()
    client.gather([client.submit(nothing, number, pure=False) for number in range(n)])
    return (time.perf_counter() - begin) / n


def main() -> None:
    """Print the figures."""
    n, size = [int(arg) for arg in sys.argv[1:]] + [2000, 250_000][len(sys.argv) - 1 :]
    seconds: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name:
        articles(Path(name, "in.jsonl"), n)
        lines = Path(name, "in.jsonl").read_text("utf-8").splitlines()
        source = Path(name, "in.parquet")
        table = pa.Table.from_pylist([json.loads(line) for line in lines])
        pq.write_table(table, source, row_group_size=100)
        for workers in (1, 2):
            out = Path(name, f"out{workers}")
            with (
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address=None,
                ) as local,
                Client(local) as client,
            ):
                # The first parts open the model; an archive's do not notice.
                to_parts([str(source)], Recipe(form="parquet"), Path(name, f"warm{workers}"),
                         address=local.scheduler_address, problems=print, size=size)  # fmt: skip
                begin = time.perf_counter()
                to_parts([str(source)], Recipe(form="parquet"), out,
                         address=local.scheduler_address, problems=print, size=size)  # fmt: skip
                seconds[workers] = time.perf_counter() - begin
                each = overhead(client)
            parts = list(out.glob("part-*.parquet"))
            print(f"{workers} worker(s): {n / seconds[workers]:7.0f} articles a second,"
                  f" {len(parts)} parts")  # fmt: skip
        n_in, n_out = source.stat().st_size, sum(part.stat().st_size for part in parts)
    print(f"two workers / one: {seconds[1] / seconds[2]:.2f}")
    print(f"the scheduler takes {each * 1000:.1f} ms for a task")
    a_second = n / seconds[1]
    print(f"an article is {n_in / n:.0f} bytes of Parquet in, {n_out / n:.0f} out")
    print(f"\n{ARCHIVE:,} articles, on paper ({CORES_A_MACHINE} cores a machine):")
    for machines in (1, 10, 100):
        cores = machines * CORES_A_MACHINE
        hours = ARCHIVE / a_second / cores / 3600
        carried = a_second * cores * (n_in + n_out) / n / 1e6
        print(
            f"{machines:5d} machines {hours:8.1f} hours, storage carries {carried:6.1f} MB a second"
        )


if __name__ == "__main__":
    main()
