"""How many reprints are found, and how fast: the training articles, each printed a second time.

    python -m bench.stories

Prints, for each way of reprinting, the share of reprints that are chained to their original, and
the number of stories that there then are (as many as articles when all is right).
"""

import random
import re
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import opencc

from chipstance.articles.article import Article
from chipstance.articles.reading import read
from chipstance.reports.rows.parsing import ScoredRow, parse_row
from chipstance.reports.sums.archive import Archive
from chipstance.reports.sums.collecting import collect
from chipstance.reports.sums.stories import find_stories
from chipstance.shipped import shipped

Texts = list[str]
Reprint = Callable[[Sequence[str]], Texts]
_COPY = "copy of "


class Way(NamedTuple):
    """A way of reprinting, and how many days later."""

    reprint: Reprint
    days: int


def main() -> None:
    """Print a row for each way."""
    articles = list(read(shipped("labels").parent / "seeds", problems=print))
    print(f"{'reprint':44}{'found':>8}{'stories':>9}{'seconds':>9}")
    for name, way in ways().items():
        archive = collect(
            row
            for article in articles
            for printed in (article, _reprinted(article, way))
            for row in _rows(printed)
        )
        start = time.perf_counter()
        found, stories = _chained(archive)
        seconds = time.perf_counter() - start
        print(f"{name:44}{found / len(articles):>8.1%}{stories:>9}{seconds:>9.2f}")


def ways() -> dict[str, Way]:
    """Ways of reprinting by name."""
    simplified, mainland = opencc.OpenCC("t2s"), opencc.OpenCC("tw2sp")
    draw = random.Random(1)

    def edited(text: str) -> str:
        at = {draw.randrange(len(text)) for _ in range(max(1, len(text) // 25))}
        return "".join("某" if place in at else char for place, char in enumerate(text))

    def other_figures(text: str) -> str:
        return re.sub(r"\d", lambda _: str(draw.randrange(10)), text)

    return {
        "word for word": Way(list, 1),
        "word for word, a month later": Way(list, 30),
        "in Simplified": Way(lambda texts: [simplified.convert(text) for text in texts], 1),
        "in Simplified, in mainland terms": Way(
            lambda texts: [mainland.convert(text) for text in texts], 1
        ),
        "with one character in 25 changed": Way(lambda texts: [edited(text) for text in texts], 1),
        "without the last third": Way(lambda texts: list(texts[: -(-len(texts) * 2 // 3)]), 1),
        "without the second half": Way(lambda texts: list(texts[: -(-len(texts) // 2)]), 1),
        "with other figures, a month later (is new)": Way(
            lambda texts: [other_figures(text) for text in texts], 30
        ),
    }


def _reprinted(article: Article, way: Way) -> Article:
    day = date.fromisoformat(article.published or "2025-01-01") + timedelta(way.days)
    texts = way.reprint([sentence.text for sentence in article.sentences])
    return article._replace(
        id=_COPY + article.id,
        source=_COPY + article.source,
        published=day.isoformat(),
        sentences=tuple(
            sentence._replace(text=text)
            for sentence, text in zip(article.sentences, texts, strict=False)
        ),
    )


def _rows(article: Article) -> list[ScoredRow]:
    about = {"article": article.id, "source": article.source, "published": article.published}
    return [
        parse_row(about | {"index": at, "text": sentence.text, "companies": []})
        for at, sentence in enumerate(article.sentences)
    ]


def _chained(archive: Archive) -> tuple[int, int]:
    """Reprints in the story of their original, and stories."""
    story = find_stories(archive).story.tolist()
    at = {article.id: number for number, article in enumerate(archive.articles)}
    found = sum(
        story[number] == story[at[name.removeprefix(_COPY)]]
        for name, number in at.items()
        if name.startswith(_COPY)
    )
    return found, len(set(story))


if __name__ == "__main__":
    main()
