"""What a model says of sentences, worked out in the way that is quickest for as many as there are.

A few are scored in the standard library, before numpy could even be imported; many as arrays, in
which no view is ever a string. The verdicts are the same.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from chipstance.models.features.views import Views, mention_view, sentence_view
from chipstance.models.stored.saved import SavedView
from chipstance.models.verdicts.asked import TextAndMentions

if TYPE_CHECKING:
    from chipstance.models.scoring.joined import Joined
    from chipstance.models.scoring.many import ManyViews
    from chipstance.models.scoring.scorer import Floats
    from chipstance.models.verdicts.scored import Verdict

# Views that the standard library has scored before numpy could be imported and its tables made.
_FEW = 100
# Sentences from which on their views are made sooner as arrays than as strings.
_MANY = 100


class Predicted(NamedTuple):
    """What one task says of some views.

    Attributes:
        labels: Its label values.
        p: Probability of each, `(n_views, n_labels)`; lists of the first few views that a model
            scores, an array of all others.
    """

    labels: tuple[str, ...]
    p: "Floats | Sequence[Sequence[float]]"

    def verdicts(self) -> "Iterator[Verdict]":
        """A verdict for each view."""
        from chipstance.models.verdicts.scored import Verdict

        labels = self.labels
        for p in self.p if isinstance(self.p, Sequence) else self.p.tolist():
            yield Verdict(labels[p.index(max(p))], dict(zip(labels, p, strict=True)))


_Probabilities = Mapping[str, "Floats | Sequence[Sequence[float]]"]
_ByTask = dict[str, Predicted]
_Views = TypeVar("_Views")


class Predictor:
    """The saved views of a model, and what it takes to make views of sentences."""

    def __init__(self, saved: Mapping[str, SavedView], views: Views) -> None:
        """Take what scores.

        Args:
            saved: By name; `mention` is missing from a model that knows no companies.
            views: Makes the views of few sentences; those of many have the same lexicon.
        """
        self._saved, self._views = saved, views
        self._scored = 0

    def predict(
        self, sentences: Sequence[TextAndMentions], n: int, asked: Sequence[tuple[int, str]]
    ) -> tuple[_ByTask, _ByTask]:
        """Verdicts on sentences and on companies in them.

        Args:
            sentences: What is read; see `asked.to_read`.
            n: How many of them, the first ones, get verdicts of their own.
            asked: Number of a sentence and a company in it, for each verdict on a company.

        Returns:
            By task those on the `n` sentences, and by task those on the companies asked for; none
            of a task that the model does not know.

        Raises:
            ModelError: The model is damaged.
        """
        self._scored += n + len(asked)
        by = self._by_strings if len(sentences) < _MANY else self._by_arrays
        return by(sentences, n, asked)

    def _by_strings(
        self, sentences: Sequence[TextAndMentions], n: int, asked: Sequence[tuple[int, str]]
    ) -> tuple[_ByTask, _ByTask]:
        readings = self._views.read(sentences)
        few = self._scored <= _FEW and sys.byteorder == "little"

        def score(saved: SavedView, views: Sequence[str]) -> _Probabilities:
            return (saved.few if few else saved.scorer).probabilities(views)

        return (
            self._predicted(
                "sentence", [sentence_view(reading) for reading in readings[:n]], score
            ),
            self._predicted(
                "mention", [mention_view(readings[at], who) for at, who in asked], score
            ),
        )

    def _by_arrays(
        self, sentences: Sequence[TextAndMentions], n: int, asked: Sequence[tuple[int, str]]
    ) -> tuple[_ByTask, _ByTask]:
        from chipstance.models.scoring.many import BLOCKS, mention_views, sentence_views

        read = self._many_views.read(sentences)

        def score(saved: SavedView, views: "Iterable[Joined]") -> _Probabilities:
            return saved.scorer.probabilities_of(views, BLOCKS)

        return (
            self._predicted("sentence", sentence_views(read, n), score),
            self._predicted("mention", mention_views(read, asked), score),
        )

    def _predicted(
        self, name: str, views: _Views, score: Callable[[SavedView, _Views], _Probabilities]
    ) -> _ByTask:
        saved = self._saved.get(name)
        if saved is None:
            return {}
        found = score(saved, views)
        return {head.task: Predicted(head.labels, found[head.task]) for head in saved.heads}

    @cached_property
    def _many_views(self) -> "ManyViews":
        from chipstance.models.scoring.many import ManyViews

        return ManyViews(self._views.lexicon)
