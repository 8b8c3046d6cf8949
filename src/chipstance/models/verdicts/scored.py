"""What scoring yields: every sentence with its verdicts, and the rows they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chipstance.articles.article import Sentence
from chipstance.companies.mention import Mention
from chipstance.models.features.tasks import SENTENCE_TASKS
from chipstance.models.verdicts.companies import CompanyVerdict, company_verdicts
from chipstance.models.verdicts.rounding import WHOLE, millionths


@dataclass(frozen=True, slots=True)
class Verdict:
    """A label and the probability of every label of its task, which sum to 1."""

    label: str
    p: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ScoredMention:
    """One company in one sentence, its first mention there.

    Attributes:
        linked: Who, and where in the sentence.
        start: Position of its first character in the decoded file.
        end: Position just after its last character in the decoded file; the same as `start` for
            a subject that is carried over without a word.
        verdict: Sentiment; None from a model that was not trained on companies.
    """

    linked: Mention
    start: int
    end: int
    verdict: Verdict | None

    @property
    def company(self) -> str:
        """Id of the company."""
        return self.linked.company

    @property
    def ticker(self) -> str | None:
        """Its main listing, or None."""
        return self.linked.ticker

    @property
    def mention(self) -> str:
        """The characters that name it, as published."""
        return self.linked.text

    @property
    def via(self) -> str:
        """What linked it: name, ticker, product or context."""
        return self.linked.via

    @property
    def sentiment(self) -> str | None:
        """positive, negative, neutral or source."""
        return None if self.verdict is None else self.verdict.label

    @property
    def sentiment_p(self) -> Mapping[str, float] | None:
        """Probability of each sentiment."""
        return None if self.verdict is None else self.verdict.p

    @property
    def move_pct(self) -> float | None:
        """Move of its shares that the sentence states, in percent."""
        return self.linked.move_pct

    def as_row(self) -> dict[str, Any]:
        """As an element of `companies` in a scored row."""
        return {
            "company": self.company,
            "ticker": self.ticker,
            "mention": self.mention,
            "start": self.start,
            "end": self.end,
            "sentiment": self.sentiment,
            "sentiment_p": _rounded(self.verdict),
            "move_pct": self.move_pct,
            "via": self.via,
        }


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """One sentence with its verdicts.

    Attributes:
        sentence: The sentence and where it stands.
        index: Its number in the article, from 0.
        verdicts: By task.
        companies: One for each company named, in order of first mention.
    """

    sentence: Sentence
    index: int
    verdicts: Mapping[str, Verdict]
    companies: tuple[ScoredMention, ...]

    @property
    def text(self) -> str:
        """The sentence as published."""
        return self.sentence.text

    @property
    def start(self) -> int:
        """Position of its first character in the decoded file."""
        return self.sentence.start

    @property
    def end(self) -> int:
        """Position just after its last character in the decoded file."""
        return self.sentence.end

    def __getattr__(self, name: str) -> Any:
        """Verdicts by name: `stance` and `stance_p`, and so for every task of the model."""
        task = name.removesuffix("_p")
        verdict = self.verdicts.get(task)
        if verdict is None:
            if task in SENTENCE_TASKS:
                return None
            raise AttributeError(name)
        return verdict.label if name == task else verdict.p


@dataclass(frozen=True, slots=True)
class ScoredArticle:
    """One article with the verdicts of all its sentences.

    Attributes:
        article: Digest of its cleaned text.
        source: Publisher, else file.
        title: Headline, or None.
        published: ISO date, or None.
        sentences: In reading order.
        model: Name and digest of the model that made the verdicts.
    """

    article: str
    source: str
    title: str | None
    published: str | None
    sentences: tuple[ScoredSentence, ...]
    model: str = field(default="", compare=False)

    @property
    def companies(self) -> tuple[CompanyVerdict, ...]:
        """What the article as a whole says of each company, the most relevant first."""
        return company_verdicts(self.title, self.sentences)

    def as_rows(self) -> list[dict[str, Any]]:
        """One row for each sentence; a field is always there, what is unknown is None."""
        return [self._row(sentence) for sentence in self.sentences]

    def _row(self, scored: ScoredSentence) -> dict[str, Any]:
        row: dict[str, Any] = {
            "article": self.article,
            # Text in hand and stdin have no name.
            "source": None if self.source == "-" else self.source,
            "title": self.title,
            "published": self.published,
            "index": scored.index,
            "start": scored.start,
            "end": scored.end,
            "text": scored.text,
        }
        for task in dict.fromkeys((*SENTENCE_TASKS, *scored.verdicts)):
            verdict = scored.verdicts.get(task)
            row[task] = verdict and verdict.label
            row[f"{task}_p"] = _rounded(verdict)
        row["companies"] = [mention.as_row() for mention in scored.companies]
        row["model"] = self.model
        return row


def _rounded(verdict: Verdict | None) -> dict[str, float] | None:
    """Probabilities to six digits, the largest taking up what rounding left, so they sum to 1."""
    if verdict is None:
        return None
    labels = list(verdict.p)
    found = millionths([*verdict.p.values()], labels.index(verdict.label))
    return {label: n / WHOLE for label, n in zip(labels, found, strict=True)}
