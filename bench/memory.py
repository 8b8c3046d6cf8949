"""Whether memory stays flat: peak of scoring a stream of articles.

    python -m bench.memory [SENTENCES]

Streams the articles of `seeds/` again and again to rows, until SENTENCES (1,000,000 where none is
given) were scored, and prints the peak of resident memory on the way.
"""

import itertools
import resource
import sys
from pathlib import Path

from chipstance.articles.reading import from_text
from chipstance.models.model import load

SEEDS = Path(__file__).parent.parent / "seeds"


def main() -> None:
    """Print the table."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*/*.txt"))]
    articles = (from_text(text) for text in itertools.cycle(texts))
    print("| sentences | peak MB |")
    print("| ---: | ---: |")
    n, step = 0, 10_000
    for article in load().score_articles(articles):
        n += len(article.as_rows())
        if n >= min(step, wanted):
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"| {n:,} | {peak:.0f} |", flush=True)
            step = min(step * 10, wanted) if step < wanted else step + wanted
        if n >= wanted:
            break


if __name__ == "__main__":
    main()
