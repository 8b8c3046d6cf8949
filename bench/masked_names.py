"""Is a verdict about what is said, or about who is named?

    python -m bench.masked_names [N_ARTICLES] [--unknown]

Every company in articles of `seeds/` is given a name that no company has, through a company table
as a user would bring it: with the line of business that it has, or with --unknown with none.
Prints the share of verdicts that change. A company that is no longer found counts as changed.
"""

import csv
import itertools
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bench.material import seeds
from chipstance.articles.article import Article, Sentence
from chipstance.articles.reading import read
from chipstance.companies.mention import Mention
from chipstance.models.verdicts.model import Model
from chipstance.shipped import shipped

# Together they stand in no name and no word.
_FIRST, _SECOND, _THIRD = "玖珂珺琮璟晞旻昶煜熠", "烜炘焱淼沄沅泓濬瀚湜", "鐸鈞鋆錡鍇鎧鏞鑫釗鉦"
# Behind a name; it would lead to the company that it was.
_TICKER = re.compile(r"[(（][A-Za-z0-9.:\- ]{1,12}[)）]")


def renamed(mentions: Sequence[Sequence[Mention]]) -> dict[str, str]:
    """An invented name for each company of an article."""
    names = map("".join, itertools.product(_FIRST, _SECOND, _THIRD))
    return dict(
        zip(dict.fromkeys(m.company for each in mentions for m in each), names, strict=False)
    )


def masked(text: str, mentions: Iterable[Mention], names: dict[str, str]) -> str:
    """A sentence with an invented name for each company, tickers behind the names left out."""
    parts, at = [], 0
    for mention in mentions:
        parts += [text[at : mention.start], names[mention.company]]
        ticker = _TICKER.match(text, mention.end)
        at = ticker.end() if ticker else mention.end
    return "".join([*parts, text[at:]])


def changes(model: Model, articles: Iterable[Article], *, unknown: bool) -> Counter[str]:
    """Count verdicts, and under "… changed" those that an invented name changes."""
    counts: Counter[str] = Counter()
    for article in articles:
        # By itself, so that a pronoun names nobody in either form.
        linked = model.linker.link(article.sentences)
        names = renamed(linked)
        sentences = tuple(
            Sentence(masked(s.text, named, names), ((0, 0),))
            for s, named in zip(article.sentences, linked, strict=True)
        )
        kinds = {m.company: m.kind for named in linked for m in named}
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "invented.csv"
            _write_table(table, names, {} if unknown else kinds)
            invented = Model(shipped("models/default"), companies=[table], context=False)
        before = next(iter(model.score_articles([article])))
        after = next(iter(invented.score_articles([article._replace(sentences=sentences)])))
        ids = {company: _id(at) for at, company in enumerate(names)}
        for one, other in zip(before.sentences, after.sentences, strict=True):
            for task in ("stance", "topic", "hype"):
                _count(counts, task, one.verdicts[task].label == other.verdicts[task].label)
            found = {mention.company: mention.sentiment for mention in other.companies}
            for mention in one.companies:
                same = found.get(ids[mention.company]) == mention.sentiment
                _count(counts, "sentiment", same)
    return counts


def _count(counts: Counter[str], task: str, same: bool) -> None:
    counts[task] += 1
    counts[f"{task} changed"] += not same


def _id(at: int) -> str:
    return f"invented_{at}"


def _write_table(path: Path, names: dict[str, str], kinds: dict[str, str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "kind", "names_tw"])
        for at, (company, name) in enumerate(names.items()):
            writer.writerow([_id(at), kinds.get(company, "fictional"), name])


def sample(n: int) -> Iterator[Article]:
    """Articles of `seeds/`, evenly spread."""
    paths = seeds()
    for path in paths[:: max(1, len(paths) // n)]:
        yield from read(path, problems=print)


def main() -> None:
    """Print the table."""
    numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
    model = Model(shipped("models/default"), context=False)
    counts = changes(model, sample(*numbers or [60]), unknown="--unknown" in sys.argv)
    for task in ("stance", "topic", "hype", "sentiment"):
        share = counts[f"{task} changed"] / counts[task]
        print(f"{task:10} {counts[task]:6} verdicts, {share:.2%} changed")


if __name__ == "__main__":
    main()
