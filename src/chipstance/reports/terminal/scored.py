"""Scored articles in the terminal: every sentence, then a table of the companies."""

from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from chipstance.models.verdicts.scored import ScoredArticle, ScoredMention, ScoredSentence, Verdict
from chipstance.printable import printable
from chipstance.reports.rows.replacing import replacing

if TYPE_CHECKING:
    from chipstance.reports.sums.few import Figures

_COLOURS = {
    "bullish": "green", "positive": "green", "bearish": "red", "negative": "red",
    "source": "cyan", "hype": "magenta",
}  # fmt: skip
_MARKS = {"bullish": "▲", "positive": "+", "bearish": "▼", "negative": "−", "source": "»"}
# What the marks of companies say; those of stances stand beside their words.
_LEGEND = {
    "positive": "good news", "negative": "bad news", "neutral": "neutral",
    "source": "only the source",
}  # fmt: skip
_PIPED_WIDTH = 160
# Characters that most names of companies fit in, their mark and move beside them.
_NARROWEST = 24


def show(scored: Iterable[ScoredArticle], output: Path | None = None) -> bool:
    """Print scored articles as they come, and what they add up to per company.

    Args:
        scored: A stream of articles.
        output: A file to print to instead of stdout; without an article it stays as it is.

    Returns:
        Whether there was an article.
    """
    scored = iter(scored)
    if (first := next(scored, None)) is None:
        return False
    scored = chain((first,), scored)
    if output is None:
        _print(scored, terminal())
        return True
    with replacing(output) as out:
        file = TextIOWrapper(out, encoding="utf-8")
        _print(scored, terminal(file))
        file.detach()
    return True


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to who runs the command, as every other way of printing does."""
        raise BrokenPipeError


def terminal(file: TextIO | None = None) -> Console:
    """A console on stdout or on a file: as wide as the terminal, wide and plain for all else."""
    # What strangers write is no code for an emoji; the list of these takes time to load.
    console = _Console(soft_wrap=False, emoji=False)
    if file is None and console.is_terminal:
        return console
    return _Console(file=file, width=_PIPED_WIDTH, emoji=False)


def _print(scored: Iterable[ScoredArticle], console: Console) -> None:
    sentiments: set[str | None] = set()
    rows = _totals(_printed(scored, console, sentiments))
    if rows:
        # Here and in `_totals`, and not above: the first verdicts need not wait for it.
        from chipstance.reports.terminal.overview import figures_table, print_few

        # Copies of a story are not looked for here.
        console.print(figures_table(rows, "company", console.width, counted="articles"))
        if any(row["few"] for row in rows):
            print_few(console, "articles")
        if marks := [
            f"{_mark(label)} {said}" for label, said in _LEGEND.items() if label in sentiments
        ]:
            console.print(Text(f"companies: {', '.join(marks)}", style="dim"))


def _printed(
    scored: Iterable[ScoredArticle], console: Console, sentiments: set[str | None]
) -> Iterator[ScoredArticle]:
    """The articles, each printed before it is handed on, its sentiments added to those printed."""
    for article in scored:
        sentiments.update(
            named.sentiment for sentence in article.sentences for named in sentence.companies
        )
        console.print(_head(article))
        console.print(_sentences(article))
        yield article


def _totals(articles: Iterator[ScoredArticle]) -> "list[Figures]":
    """What articles add up to per company."""
    from chipstance.reports.rows.parsing import parse_row
    from chipstance.reports.sums.few import FEW, few_totals

    first = list(islice(articles, FEW))
    rows = (parse_row(row) for article in chain(first, articles) for row in article.as_rows())
    if len(first) < FEW:
        return few_totals(rows)
    # Here and not above: numpy takes its time.
    from chipstance.reports.report import make_report
    from chipstance.reports.sums.collecting import collect
    from chipstance.reports.sums.selection import Asked

    archive = collect(rows, stories=False, evidence=False)
    return make_report(archive, Asked(), stories=False).rows("company")


def _head(article: ScoredArticle) -> Text:
    facts = [article.title or "(no title)", article.source, article.published or "no date"]
    return Text(printable(" · ".join(facts)), style="bold")


def _sentences(article: ScoredArticle) -> Table:
    table = Table(box=None, pad_edge=False, show_header=True, header_style="dim")
    table.add_column("#", justify="right", style="dim")
    tasks = dict.fromkeys(task for each in article.sentences for task in each.verdicts)
    # Hype stands beside the topic, where there is one.
    columns = [task for task in tasks if task != "hype" or "topic" not in tasks]
    for task in columns:
        table.add_column(Text(printable(task)), no_wrap=True)
    table.add_column("sentence", ratio=3, overflow="fold")
    # A narrow terminal shall break sentences and not names.
    companies = [_company(named).cell_len for each in article.sentences for named in each.companies]
    narrowest = min(_NARROWEST, max(companies, default=0))
    table.add_column("companies", ratio=1, overflow="fold", min_width=narrowest)
    for sentence in article.sentences:
        table.add_row(
            str(sentence.index),
            *(_cell(task, sentence) for task in columns),
            Text(printable(sentence.text)),
            Text("\n").join(_company(mention) for mention in sentence.companies),
        )
    return table


def _cell(task: str, sentence: ScoredSentence) -> Text:
    return _topic(sentence) if task == "topic" else _verdict(sentence.verdicts.get(task))


def _mark(label: str) -> str:
    return _MARKS.get(label, "·")


def _verdict(verdict: Verdict | None) -> Text:
    if verdict is None:
        return Text("")
    shown = f"{_mark(verdict.label)} {verdict.label} {verdict.p[verdict.label]:.0%}"
    return Text(printable(shown), style=_COLOURS.get(verdict.label, ""))


def _topic(sentence: ScoredSentence) -> Text:
    topic = Text(printable(sentence.topic or ""))
    if sentence.hype == "hype":
        topic.append(" hype", style=_COLOURS["hype"])
    return topic


def _company(mention: ScoredMention) -> Text:
    label = mention.sentiment or ""
    move = "" if mention.move_pct is None else f" {mention.move_pct:+g}%"
    shown = printable(f"{_mark(label)} {mention.company}{move}")
    return Text(shown, style=_COLOURS.get(label, ""))
