"""Are enough branches taken? Coverage's own limit mixes branches with lines.

coverage json -o FILE; python -m bench.branches FILE [--least PERCENT]
"""

import argparse
import json
import sys
from pathlib import Path


def main() -> None:
    """Print the share of branches taken; exit with 1 where it is too small."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--least", type=float, default=0.0)
    asked = parser.parse_args()
    totals = json.loads(asked.file.read_text("utf-8"))["totals"]
    taken, all_branches = totals["covered_branches"], totals["num_branches"]
    percent = 100 * taken / all_branches
    print(f"{taken} of {all_branches} branches taken: {percent:.1f} %, at least {asked.least:g} %")
    sys.exit(percent < asked.least)


if __name__ == "__main__":
    main()
