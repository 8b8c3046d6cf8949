"""From process start to the verdict on one sentence, beside imports alone and the plain way.

    python -m bench.start [ROUNDS]

The plain way is a pipeline of scikit-learn over jieba's words, fitted on `labels/` and opened with
joblib. Prints medians in milliseconds, and medians of the rounds' ratios.
"""

import sys
import tempfile
from pathlib import Path

from bench.material import CLASSIFY
from bench.timing import of_commands
from chipstance.labels.reading import read_labels
from chipstance.shipped import shipped

SENTENCE = "輝達財測優於預期,盤後股價大漲6%,超微卻跌3%。"
HELP = "help"
JSONL, TABLE = "one sentence, jsonl", "one sentence, table"
PLAIN = "plain way, one sentence"
_OPEN_AND_PREDICT = "import sys, joblib; joblib.load(sys.argv[1]).predict_proba([sys.stdin.read()])"


def save_plain_way(path: Path) -> None:
    """Fit a pipeline as it is usually written, on the stance of all labels, and save it."""
    import joblib
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    from bench.plain_words import words

    rows = [row for row in read_labels([shipped("labels")]) if "stance" in row.labels]
    vectoriser = TfidfVectorizer(
        tokenizer=words, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True
    )
    # What the coefficients are costs nothing: few steps will do.
    plain = make_pipeline(vectoriser, LogisticRegression(C=8, max_iter=5))
    plain.fit([row.text for row in rows], [row.labels["stance"] for row in rows])
    joblib.dump(plain, path)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain.joblib")
        save_plain_way(plain)
        compare(plain, int(sys.argv[1]) if len(sys.argv) > 1 else 11)


def compare(plain: Path, rounds: int) -> None:
    """Time starts, with a saved pipeline among them, and print the table."""
    python = sys.executable
    commands = {
        "python -c pass": [python, "-c", "pass"],
        **{
            f"import {name}": [python, "-c", f"import {name}"]
            for name in ("click", "numpy", "sklearn")
        },
        HELP: [CLASSIFY, "--help"],
        JSONL: [CLASSIFY, "score", "-", "--format", "jsonl"],
        TABLE: [CLASSIFY, "score", "-"],
        PLAIN: [python, "-W", "ignore", "-c", _OPEN_AND_PREDICT, str(plain)],
    }
    took = of_commands(commands, rounds=rounds, stdin=SENTENCE.encode())
    print(f"medians of {rounds} interleaved rounds: by the clock, and processor time")
    for name in commands:
        wall, processor = took.median(name)
        print(f"{wall * 1000:8.0f} ms {processor * 1000:8.0f} ms  {name}")
    for name, one, other in (
        ("verdict / import numpy", JSONL, "import numpy"),
        ("verdict / import click", JSONL, "import click"),
        ("table / import click", TABLE, "import click"),
        ("help / import click", HELP, "import click"),
        ("plain way / verdict", PLAIN, JSONL),
    ):
        wall, processor = took.ratio(one, other)
        print(f"{name:24}{wall:6.2f}, of processor time{processor:6.2f}")


if __name__ == "__main__":
    main()
