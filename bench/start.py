"""From process start to the verdict on one sentence, beside imports alone.

    python -m bench.start [ROUNDS]

Prints medians in milliseconds, and ratios.
"""

import sys
from pathlib import Path

from bench.timing import medians

SENTENCE = "輝達財測優於預期,盤後股價大漲6%,超微卻跌3%。"
HELP = "classify --help"
JSONL, TABLE = "classify, one sentence, jsonl", "classify, one sentence, table"


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    python = sys.executable
    classify = str(Path(python).with_name("classify"))
    took = medians(
        {
            "python -c pass": [python, "-c", "pass"],
            **{
                f"import {name}": [python, "-c", f"import {name}"]
                for name in ("click", "numpy", "sklearn")
            },
            HELP: [classify, "--help"],
            JSONL: [classify, "score", "-", "--format", "jsonl"],
            TABLE: [classify, "score", "-"],
        },
        rounds=rounds,
        stdin=SENTENCE.encode(),
    )
    print(f"medians of {rounds} interleaved rounds: by the clock, and processor time")
    for name, (wall, processor) in took.items():
        print(f"{wall * 1000:8.0f} ms {processor * 1000:8.0f} ms  {name}")
    for name, one, other in (
        ("verdict / import numpy", JSONL, "import numpy"),
        ("verdict / import click", JSONL, "import click"),
        ("table / import click", TABLE, "import click"),
        ("help / import click", HELP, "import click"),
    ):
        wall, processor = (a / b for a, b in zip(took[one], took[other], strict=True))
        print(f"{name:24}{wall:6.2f}, of processor time{processor:6.2f}")


if __name__ == "__main__":
    main()
