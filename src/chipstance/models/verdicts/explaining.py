"""Explanations: which words moved a verdict, and by how much.

Logistic regression on n-grams is a sum, so every n-gram has an exact share in it. Shares are
divided among characters (see `Scorer.character_shares`), carried from the view back to the
publisher's own characters, and added up over words. Words and intercept together are the decision
value of the label less the mean of those of all labels: what speaks for all speaks for none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from chipstance.articles.normalising.fold import fold
from chipstance.companies.mention import Mention
from chipstance.models.features.views import Views
from chipstance.models.scoring.scorer import Floats, Scorer, by_label, softmax
from chipstance.models.verdicts.asked import beside, first_mentions, written
from chipstance.models.verdicts.model import Model

# No sentence of the press is half as long.
_LONGEST_MATCHED = 800


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a sentence and its share in the decision value of a label.

    Attributes:
        text: As published.
        start: Position of its first character in the sentence.
        share: What it adds to the label more than to the mean of all labels, in logits; below 0 it
            speaks against the label.
    """

    text: str
    start: int
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a verdict came out as it did.

    Attributes:
        task: Such as `stance`.
        company: Id of the company judged; None for a verdict on the whole sentence.
        label: The verdict.
        p: Probability of every label.
        words: All words of the sentence in order, with their shares in `label`.
        intercept: What the label gets before any word is read, from a stated move and the
            company's line of business too; less the mean of all labels, in logits.
    """

    task: str
    company: str | None
    label: str
    p: dict[str, float]
    words: tuple[Word, ...]
    intercept: float

    @property
    def total(self) -> float:
        """All shares and the intercept: the label's decision value less the mean of all labels'."""
        return self.intercept + sum(word.share for word in self.words)


def explain(model: Model, text: str, mentions: Sequence[Mention]) -> list[Explanation]:
    """Explain every verdict of a model on one sentence.

    Args:
        model: The model.
        text: The sentence as published.
        mentions: The companies in it, as the model's linker gives them, those that it carries over
            from the sentence before among them.

    Returns:
        One for each sentence task, then one for each company.

    Raises:
        ModelError: The model is damaged.
    """
    own = written(mentions)
    view = model.views.sentence(text, own)
    explained = list(_explain_view(model.sentence_scorer, model.views, text, view, None, own))
    for mention in first_mentions(mentions):
        explained += explain_company(model, text, beside(mentions, mention), mention.company)
    return explained


def explain_company(
    model: Model, text: str, mentions: Sequence[Mention], company: str
) -> list[Explanation]:
    """Explain the verdict of a model on one company of a sentence.

    Args:
        model: The model.
        text: The sentence as published.
        mentions: The companies in it, as the model's linker gives them.
        company: Id of the one in question.

    Returns:
        One explanation; none from a model that was not trained on companies.

    Raises:
        ModelError: The model is damaged.
    """
    if model.mention_scorer is None:
        return []
    view = model.views.mention(text, mentions, company)
    return list(_explain_view(model.mention_scorer, model.views, text, view, company, mentions))


def _explain_view(
    scorer: Scorer,
    views: Views,
    text: str,
    view: str,
    company: str | None,
    mentions: Sequence[Mention],
) -> Iterator[Explanation]:
    shares, rest = _shares_of_text(scorer, views, text, view)
    words = list(cut(text, mentions))
    logits = scorer.logits([view])
    for head in scorer.heads:
        values = logits[head.task]
        p = softmax(values)[0]
        best = int(p.argmax())
        # Against the mean of the labels: a word that speaks for all of them speaks for none.
        mine = by_label(head, shares)
        mine = mine[:, best] - mine.mean(axis=1)
        (unplaced,) = by_label(head, rest[None])
        yield Explanation(
            head.task,
            company,
            head.labels[best],
            dict(zip(head.labels, p.tolist(), strict=True)),
            tuple(Word(w, at, float(mine[at : at + len(w)].sum())) for w, at in words),
            float(_centred(head.intercept)[best] + _centred(unplaced)[best]),
        )


def _centred(values: ArrayLike) -> Floats:
    """Values less their mean."""
    given: Floats = np.asarray(values, dtype=np.float64)
    centred: Floats = given - given.mean()
    return centred


def _shares_of_text(scorer: Scorer, views: Views, text: str, view: str) -> tuple[Floats, Floats]:
    """Shares of each character as published, and of what stands nowhere in the text.

    Returns:
        `(n_characters, n_columns)` and `(n_columns,)`.
    """
    shares = scorer.character_shares(view)
    whole = view.split("\0", 1)[0]
    place = np.array(align(whole, fold(text)) or [0])
    at = np.array(views.origins(view), dtype=np.int64)
    result = np.zeros((max(len(text), 1), shares.shape[1]))
    inside = at >= 0
    np.add.at(result, place[at[inside]], shares[inside])
    return result, shares[~inside].sum(axis=0)


def align(normal: str, folded: str) -> list[int]:
    """Position in the folded text that each character of the normal form comes from.

    Args:
        normal: Normal form of a text.
        folded: Folded form of the same text.

    Returns:
        Ascending positions, `(len(normal),)`, each below `len(folded)`.

    >>> align("内存跌0%", "记忆体跌16.8%")
    [0, 1, 3, 4, 8]
    """
    if len(normal) > _LONGEST_MATCHED:
        # Matching takes the cube of the length; lengths differ little, so share the places out.
        return [at * len(folded) // len(normal) for at in range(len(normal))]
    found: list[int] = []
    matcher = SequenceMatcher(None, normal, folded, autojunk=False)
    for _, start, end, other, other_end in matcher.get_opcodes():
        span = max(other_end - other, 1)
        step = span / max(end - start, 1)
        found += [min(other + int(step * at), len(folded) - 1) for at in range(end - start)]
    return found


def cut(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, int]]:
    """Cut a text into words with their positions; a company's name is one word.

    Args:
        text: The sentence as published.
        mentions: The companies in it.
    """
    import rjieba

    bounds = sorted({0, len(text)} | {b for m in mentions for b in (m.start, m.end)})
    spans = {(m.start, m.end) for m in mentions}
    for start, end in pairwise(bounds):
        part = text[start:end]
        # The segmenter's dictionary is Simplified, and it refuses lone surrogates.
        plain = fold(part).encode("utf-8", "replace").decode("utf-8")
        words = [part] if (start, end) in spans else rjieba.cut(plain)
        for word in words:
            yield text[start : start + len(word)], start
            start += len(word)
