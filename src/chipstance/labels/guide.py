"""The tasks of the labelling guide and their labels; other tasks have the labels they have."""

GUIDE_LABELS = {
    "stance": {"bullish", "bearish", "neutral"},
    "topic": {
        "market", "demand", "cost", "model", "policy", "corporate", "macro", "trust", "other",
    },
    "hype": {"hype", "plain"},
}  # fmt: skip
GUIDE_SENTIMENTS = {"positive", "negative", "neutral", "source"}
