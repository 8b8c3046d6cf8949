"""One article, three scripts: how often does a verdict change with the script?

    python -m bench.variants [N_ARTICLES]

Articles of `seeds/` are converted by OpenCC to Traditional of Taiwan and of Hong Kong, each with
its terms, and to Simplified. Prints the share of sentences whose verdict is the original's.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import opencc

from bench.material import seeds
from chipstance.models.verdicts.model import Model, load

# From Traditional of either region to the others, by way of Simplified with its terms.
TO_SIMPLIFIED = {"tw": "tw2sp", "hk": "hk2sp", "cn": None}
FROM_SIMPLIFIED = {"Taiwan": "s2twp", "Hong Kong": "s2hkp", "mainland": None}


@cache
def _converter(config: str) -> opencc.OpenCC:
    # It reads dictionaries when it is made, which takes far longer than to convert an article.
    return opencc.OpenCC(config)


def convert(text: str, config: str | None) -> str:
    """Convert a text, or leave it where there is nothing to convert."""
    return text if config is None else str(_converter(config).convert(text))


def verdicts(model: Model, text: str) -> list[tuple[object, ...]]:
    """Stance, topic, hype and company sentiments of each sentence."""
    return [
        (s.stance, s.topic, s.hype, {m.company: m.sentiment for m in s.companies})
        for s in model.score(text).sentences
    ]


def compare(model: Model, paths: Iterable[Path]) -> tuple[Counter[str], Counter[str], int]:
    """Count sentences, and those whose verdicts are the same in each script."""
    same: Counter[str] = Counter()
    same_sentiment: Counter[str] = Counter()
    n = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        original = verdicts(model, text)
        n += len(original)
        simplified = convert(text, TO_SIMPLIFIED[path.name[:2]])
        for script, config in FROM_SIMPLIFIED.items():
            other = verdicts(model, convert(simplified, config))
            if len(other) == len(original):
                pairs = list(zip(original, other, strict=True))
                same[script] += sum(a[:3] == b[:3] for a, b in pairs)
                same_sentiment[script] += sum(a[3] == b[3] for a, b in pairs)
    return same, same_sentiment, n


def main() -> None:
    """Print the table."""
    n_articles = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    paths = seeds()
    step = max(1, len(paths) // n_articles)
    same, same_sentiment, n = compare(load(), paths[::step])
    print(f"{n} sentences of {len(paths[::step])} articles, verdicts as in the original script")
    for script in FROM_SIMPLIFIED:
        print(
            f"{script:10} stance, topic and hype {same[script] / n:.2%}"
            f"   companies and sentiment {same_sentiment[script] / n:.2%}"
        )


if __name__ == "__main__":
    main()
