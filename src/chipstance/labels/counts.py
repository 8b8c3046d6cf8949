"""What is in label files, in numbers."""

from collections import Counter
from collections.abc import Sequence

from chipstance.labels.rows import LabelRow

# What the sentiments of companies are called among the tasks.
COMPANIES = "companies"


def totals(rows: Sequence[LabelRow]) -> dict[str, int]:
    """Numbers of articles, rows, different companies and company labels."""
    companies = [company for row in rows for company in row.companies or ()]
    return {
        "articles": len({row.article for row in rows}),
        "rows": len(rows),
        "companies": len(set(companies)),
        "company_labels": len(companies),
    }


def label_counts(rows: Sequence[LabelRow]) -> dict[str, Counter[str]]:
    """How often each label is given, by task; those of companies are `COMPANIES`."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        for task, label in row.labels.items():
            counts.setdefault(task, Counter())[label] += 1
        for label in (row.companies or {}).values():
            counts.setdefault(COMPANIES, Counter())[label] += 1
    return counts
