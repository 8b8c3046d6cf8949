"""Scored articles in the terminal: every sentence, then a table of the companies."""

from collections import Counter
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from chipstance.models.scored import ScoredArticle, ScoredMention, ScoredSentence, Verdict
from chipstance.reports.rows import replacing

_COLOURS = {
    "bullish": "green", "positive": "green", "bearish": "red", "negative": "red",
    "source": "cyan", "hype": "magenta",
}  # fmt: skip
_MARKS = {"bullish": "▲", "positive": "+", "bearish": "▼", "negative": "−", "source": "»"}
_PIPED_WIDTH = 160


def show(scored: Iterable[ScoredArticle], output: Path | None = None) -> None:
    """Print scored articles as they come, and what they add up to per company.

    Args:
        scored: A stream of articles.
        output: A file to print to instead of stdout.
    """
    if output is not None:
        with replacing(output) as out:
            file = TextIOWrapper(out, encoding="utf-8")
            _print(scored, Console(file=file, width=_PIPED_WIDTH))
            file.detach()
        return
    console = Console(soft_wrap=False)
    if not console.is_terminal:
        console = Console(width=_PIPED_WIDTH)
    _print(scored, console)


def _print(scored: Iterable[ScoredArticle], console: Console) -> None:
    totals = CompanyTotals()
    for article in scored:
        console.print(_head(article))
        console.print(_sentences(article))
        totals.add(article)
    if totals.articles:
        console.print(totals.table())


def _head(article: ScoredArticle) -> Text:
    facts = [article.title or "(no title)", article.source, article.published or "no date"]
    return Text(" · ".join(facts), style="bold")


def _sentences(article: ScoredArticle) -> Table:
    table = Table(box=None, pad_edge=False, show_header=True, header_style="dim")
    table.add_column("#", justify="right", style="dim")
    tasks = dict.fromkeys(task for each in article.sentences for task in each.verdicts)
    # Hype stands beside the topic, where there is one.
    columns = [task for task in tasks if task != "hype" or "topic" not in tasks]
    for task in columns:
        table.add_column(task)
    table.add_column("sentence", ratio=3, overflow="fold")
    table.add_column("companies", ratio=1, overflow="fold")
    for sentence in article.sentences:
        table.add_row(
            str(sentence.index),
            *(_cell(task, sentence) for task in columns),
            Text(sentence.text),
            Text("\n").join(_company(mention) for mention in sentence.companies),
        )
    return table


def _cell(task: str, sentence: ScoredSentence) -> Text:
    return _topic(sentence) if task == "topic" else _verdict(sentence.verdicts.get(task))


def _verdict(verdict: Verdict | None) -> Text:
    if verdict is None:
        return Text("")
    mark = _MARKS.get(verdict.label, "·")
    shown = f"{mark} {verdict.label} {verdict.p[verdict.label]:.0%}"
    return Text(shown, style=_COLOURS.get(verdict.label, ""))


def _topic(sentence: ScoredSentence) -> Text:
    topic = Text(sentence.topic or "")
    if sentence.hype == "hype":
        topic.append(" hype", style=_COLOURS["hype"])
    return topic


def _company(mention: ScoredMention) -> Text:
    label = mention.sentiment or ""
    move = "" if mention.move_pct is None else f" {mention.move_pct:+g}%"
    shown = f"{_MARKS.get(label, '·')} {mention.company}{move}"
    return Text(shown, style=_COLOURS.get(label, ""))


class CompanyTotals:
    """Counts per company over a stream of articles."""

    def __init__(self) -> None:
        self.articles: Counter[str] = Counter()
        self.sentences: Counter[str] = Counter()
        self.labels: dict[str, Counter[str]] = {}
        self.net: Counter[str] = Counter()

    def add(self, article: ScoredArticle) -> None:
        """Count one article."""
        self.articles.update(verdict.company for verdict in article.companies)
        for sentence in article.sentences:
            for mention in sentence.companies:
                self.sentences[mention.company] += 1
                labels = self.labels.setdefault(mention.company, Counter())
                labels[mention.sentiment or ""] += 1
                p = mention.sentiment_p or {}
                self.net[mention.company] += p.get("positive", 0.0) - p.get("negative", 0.0)  # type: ignore[assignment]

    def table(self) -> Table:
        """The companies, most sentences first."""
        table = Table(title="Companies", title_justify="left", box=None, pad_edge=False)
        table.add_column("company")
        for name in ("articles", "sentences", "positive", "negative", "neutral", "source", "net"):
            table.add_column(name, justify="right")
        for company, n in sorted(self.sentences.items(), key=lambda item: (-item[1], item[0])):
            labels, net = self.labels[company], self.net[company] / n
            colour = "green" if net > 0 else "red" if net < 0 else ""
            table.add_row(
                company,
                str(self.articles[company]),
                str(n),
                *(str(labels[each]) for each in ("positive", "negative", "neutral", "source")),
                Text(f"{net:+.2f}", style=colour),
            )
        return table
