"""Scored rows made by hand, with the fields that `classify score` writes."""

import json
import random
from pathlib import Path
from typing import Any

Row = dict[str, Any]
SENTIMENTS = ("negative", "neutral", "positive", "source")


def p(label: str | None, share: float = 0.7, labels: tuple[str, ...] = SENTIMENTS) -> Row | None:
    """Probabilities with `share` on one label and the rest on the others alike."""
    if label is None:
        return None
    rest = (1 - share) / (len(labels) - 1)
    return {each: share if each == label else rest for each in labels}


def mention(company: str, sentiment: str = "positive", **fields: Any) -> Row:
    """One company of a row."""
    row = {
        "company": company, "ticker": f"{company.upper()}.TW", "mention": company, "start": 0,
        "end": 1, "sentiment": sentiment, "sentiment_p": p(sentiment), "move_pct": None,
        "via": "name",
    }  # fmt: skip
    row |= fields
    if "sentiment_p" not in fields:
        row["sentiment_p"] = p(row["sentiment"])
    return row


def scored(**fields: Any) -> Row:
    """One row; what is not given is unremarkable."""
    row = {
        "article": "a", "source": "報", "title": None, "published": "2025-03-03", "index": 0,
        "start": 0, "end": 20, "text": said(str(fields)), "stance": "neutral", "stance_p": None,
        "topic": "market", "topic_p": None, "hype": "plain", "hype_p": None, "companies": [],
        "model": "default@1",
    }  # fmt: skip
    row |= fields
    row["stance_p"] = p(row["stance"], 0.7, ("bearish", "bullish", "neutral"))
    row["hype_p"] = p(row["hype"], 0.7, ("hype", "plain"))
    return row


def said(seed: str, length: int = 40) -> str:
    """Chinese characters in no order that another seed has."""
    draw = random.Random(seed)
    return "".join(chr(draw.randrange(0x4E00, 0x9000)) for _ in range(length))


def write(path: Path, rows: list[Row]) -> Path:
    """Write rows as JSON Lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path
