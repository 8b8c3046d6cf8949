"""What a model has to beat: always the commonest label, and SnowNLP's polarity.

SnowNLP (an extra: `pip install 'chipstance[baselines]'`) was trained on shop reviews and gives the
probability that a text is positive; its middle third is taken as neutral.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from chipstance.errors import ChipstanceError
from chipstance.models.learning.metrics import TaskScores, score_verdicts

_POLARITY = {
    "stance": ("bearish", "neutral", "bullish"),
    "sentiment": ("negative", "neutral", "positive"),
}


def majority(truth: Sequence[str], groups: Sequence[str]) -> TaskScores:
    """Scores of the label that is commonest in the very rows measured: the best constant."""
    commonest = Counter(truth).most_common(1)[0][0]
    return score_verdicts(truth, [commonest] * len(truth), groups)


def snownlp(
    task: str, texts: Sequence[str], truth: Sequence[str], groups: Sequence[str]
) -> TaskScores | None:
    """Scores of SnowNLP's polarity as a verdict; None for a task that is no polarity.

    Raises:
        ChipstanceError: SnowNLP is not installed.
    """
    if task not in _POLARITY or not set(truth) & set(_POLARITY[task]):
        return None
    polarity = _polarity()
    by_text = {text: min(int(polarity(text) * 3), 2) for text in dict.fromkeys(texts)}
    verdicts = [_POLARITY[task][by_text[text]] for text in texts]
    return score_verdicts(truth, verdicts, groups)


def _polarity() -> Callable[[str], float]:
    try:
        from snownlp import SnowNLP
    except ImportError as error:
        raise ChipstanceError(
            "SnowNLP is not installed; get it with: pip install 'chipstance[baselines]'"
        ) from error
    return lambda text: float(SnowNLP(text).sentiments)
