"""The words that moved the verdicts on evidence sentences, as the model itself explains them."""

from collections.abc import Iterable
from typing import Any

from chipstance.articles.article import Sentence
from chipstance.models.verdicts.explaining import explain_company
from chipstance.models.verdicts.model import Model
from chipstance.reports.sums.evidence import Evidence

# Shares in logits below which a word is not worth a reader's eye.
_LEAST = 0.05
_DIGITS = 2
# A verdict on the sentence alone may differ from the one in its article: a company carried over
# from the sentence before is not named. Then its words would explain another verdict.
_MOST_APART = 0.05


def add_words(evidence: Evidence, companies: Iterable[str], model: Model) -> None:
    """Fill in `words` of the sentences of some companies, in place.

    Args:
        evidence: As `find_evidence` gives it, of rows that the model made.
        companies: Ids.
        model: The model that made the rows.
    """
    for company in companies:
        for sentences in evidence[company].values():
            for each in sentences:
                each["words"] = _words(model, company, each)


def _words(model: Model, company: str, found: dict[str, Any]) -> list[list[Any]] | None:
    text = found["text"]
    mentions = model.linker.link([Sentence(text, ((0, 0),))])[0]
    if not any(each.company == company for each in mentions):
        return None
    for verdict in explain_company(model, text, mentions, company):
        if abs(verdict.p.get(found["label"], 0.0) - found["p"][found["label"]]) <= _MOST_APART:
            return [
                [word.start, word.start + len(word.text), round(word.share, _DIGITS)]
                for word in verdict.words
                if abs(word.share) >= _LEAST
            ]
    return None
