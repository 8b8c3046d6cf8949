"""How long a report over a large archive takes, and how much memory.

    python -m bench.reports SCORED [TIMES]

Writes the rows of SCORED, a `.jsonl` of `classify score`, TIMES times (24), each time as other
articles with other characters; prints rows, seconds of the processor and peak memory of
`classify report` on them.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Print one line."""
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 24
    lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "rows.jsonl")
        with path.open("w", encoding="utf-8") as out:
            draw = random.Random(0)
            for time in range(times):
                out.writelines(_another(json.loads(line), time, draw) for line in lines)
        megabytes = path.stat().st_size // 2**20
        subprocess.run(["classify", "report", str(path)], check=True, stdout=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{times * len(lines):,} rows ({megabytes} MB): {used.ru_utime + used.ru_stime:.0f} s,"
        f" {used.ru_maxrss // 1024} MB"
    )


def _another(row: dict[str, object], time: int, draw: random.Random) -> str:
    """The row as one of another article: its characters in another order."""
    text = str(row["text"])
    mixed = "".join(draw.sample(text, len(text)))
    changed = row | {"article": f"{row['article']}-{time}", "text": mixed}
    return json.dumps(changed, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
