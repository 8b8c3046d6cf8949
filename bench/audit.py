"""How many planted errors does the audit find?

    python -m bench.audit [SHARE] [ARTICLES]

Takes ARTICLES (120) articles of `labels/` at random, gives SHARE (0.05) of their labels of each
task another value at random, and audits them. Prints by task the share of the planted errors that
is doubted (recall), and the share of planted ones among the k most doubtful, k being the number
planted. The labels themselves are not without fault, and much that is doubted is merely hard, so
the second figure is a lower bound.
"""

import sys
from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np

from bench.material import labels_linker
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.labelling.auditing import audit
from chipstance.shipped import shipped

SENTIMENT = "sentiment"
Planted = set[tuple[str, str]]


def plant(rows: list[LabelRow], share: float, random: np.random.Generator) -> Planted:
    """Change labels in place; what was changed, as place and task or company."""
    values = defaultdict(set)
    for row in rows:
        for task, label in row.labels.items():
            values[task].add(label)
        values[SENTIMENT].update((row.companies or {}).values())

    def other(task: str, label: str) -> str:
        return str(random.choice(sorted(values[task] - {label})))

    planted: Planted = set()
    for at, row in enumerate(rows):
        labels, companies = dict(row.labels), dict(row.companies or {})
        for task, of, where in (
            *((task, labels, task) for task in labels),
            *((SENTIMENT, companies, company) for company in companies),
        ):
            if random.random() < share:
                of[where] = other(task, of[where])
                planted.add((row.where, where))
        rows[at] = replace(row, labels=labels, companies=companies)
    return planted


def main() -> None:
    """Print recall and precision."""
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 0.05
    n_articles = int(sys.argv[2]) if len(sys.argv) > 2 else 120
    random = np.random.default_rng(0)
    everything = read_labels([shipped("labels")])
    articles = sorted({row.article for row in everything})
    chosen = set(random.choice(articles, min(n_articles, len(articles)), replace=False))
    rows = [row for row in everything if row.article in chosen]
    tasks = {task for row in rows for task in row.labels}
    planted = plant(rows, share, random)
    found = audit(rows, labels_linker())
    by_task: dict[str, list[bool]] = defaultdict(list)
    for each in found:
        task = each.task if each.task in tasks else SENTIMENT
        by_task[task].append((each.row.where, each.task) in planted)
    counts = Counter(name if name in tasks else SENTIMENT for _, name in planted)
    print(f"{len(rows)} rows of {len(chosen)} articles, {share:.0%} of the labels planted wrong")
    for task, n in sorted(counts.items()):
        hits = by_task[task]
        print(
            f"{task:10} {n:4} planted   recall {sum(hits) / n:.2f}   "
            f"precision among the {n} most doubtful {sum(hits[:n]) / n:.2f}   "
            f"{len(hits)} doubted in all"
        )


if __name__ == "__main__":
    main()
