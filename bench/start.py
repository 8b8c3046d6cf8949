"""From process start to the verdict on one sentence, beside imports alone.

    python -m bench.start [ROUNDS]

Prints medians in milliseconds, and ratios.
"""

import sys
from pathlib import Path

from bench.timing import medians

SENTENCE = "輝達財測優於預期,盤後股價大漲6%,超微卻跌3%。"


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
            "classify --help": [classify, "--help"],
            "classify, one sentence, jsonl": [classify, "score", "-", "--format", "jsonl"],
            "classify, one sentence, table": [classify, "score", "-"],
        },
        rounds=rounds,
        stdin=SENTENCE.encode(),
    )
    print(f"medians of {rounds} interleaved rounds")
    for name, each in took.items():
        print(f"{each * 1000:8.0f} ms  {name}")
    verdict, help_page = took["classify, one sentence, jsonl"], took["classify --help"]
    print(f"verdict / import numpy: {verdict / took['import numpy']:.2f}")
    print(f"verdict / import click: {verdict / took['import click']:.2f}")
    print(f"help / import click:    {help_page / took['import click']:.2f}")


if __name__ == "__main__":
    main()
