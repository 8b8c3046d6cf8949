"""What the tasks are called, and the fields in which rows say what they found."""

from typing import Final

# The task of every company in a sentence.
SENTIMENT: Final = "sentiment"
SENTENCE_TASKS: Final = ("stance", "topic", "hype")
# Of an element of `companies` in a scored row.
COMPANY_FIELDS: Final = (
    "company", "ticker", "mention", "start", "end", "sentiment", "sentiment_p", "move_pct", "via",
)  # fmt: skip


def title(view: str, task: str) -> str:
    """What a task is called beside those of other views; a sentence may have a sentiment too.

    Args:
        view: `sentence` or `mention`.
        task: Its name among the tasks of its view.

    >>> title("sentence", "sentiment"), title("mention", "sentiment")
    ('sentiment', 'companies: sentiment')
    """
    return f"companies: {task}" if view == "mention" else task
