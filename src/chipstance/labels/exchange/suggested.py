"""What a model says of an unlabelled sentence: a suggestion, which becomes no label by itself."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A model's verdicts on one sentence.

    Attributes:
        labels: Label and its probability by task.
        companies: Sentiment and its probability by company id.
        model: Name of the model.
    """

    labels: Mapping[str, tuple[str, float]]
    companies: Mapping[str, tuple[str, float]]
    model: str

    @property
    def score(self) -> float:
        """Probability of the least sure verdict, 0 to 1; 1 where there is none."""
        verdicts = [*self.labels.values(), *self.companies.values()]
        return min((p for _, p in verdicts), default=1.0)

    def __str__(self) -> str:
        """In words, such as `stance=bearish 91%; tsmc=positive 88%`."""
        verdicts = [*self.labels.items(), *self.companies.items()]
        return "; ".join(f"{name}={label} {p:.0%}" for name, (label, p) in verdicts)
