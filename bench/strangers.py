"""How well companies that no table knows are found: by the tickers in articles, beside by a table.

    python -m bench.strangers

The firms made up for `seeds/` stand in `labels/companies.csv` and in no other table. Their mentions
are read once with it, which is taken for the truth, and once without. Prints how many are the same,
how many are found with other bounds or as another company, how many are missed where the article
prints the ticker and where it does not, and how many are found that are none of these firms: real
ones that no table has either, or words that are no company.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bench.material import labels_linker, seeds
from chipstance.articles.reading import read
from chipstance.companies.linking import Linker
from chipstance.companies.mention import Mention
from chipstance.companies.names.unknown import id_of
from chipstance.companies.table import load_table

SAME, BOUNDS, OTHER = "the same", "other bounds", "another company"
MISSED, NOT_PRINTED, WRONG = "missed", "missed, ticker not printed", "none of these firms"


def strangers(mentions: Sequence[Mention], kind: str) -> list[Mention]:
    """Those named in a sentence that are of a kind, none of them by a pronoun."""
    return [each for each in mentions if each.kind == kind and each.via != "context"]


def compared(true: Sequence[Mention], found: Sequence[Mention], article: str) -> Iterator[str]:
    """What became of each mention of a sentence.

    Args:
        true: Made-up firms, by the table.
        found: Companies that no table knows.
        article: Its text.
    """
    for one in true:
        over = [each for each in found if each.start < one.end and one.start < each.end]
        if not over:
            printed = (one.ticker or "?").partition(".")[0].lstrip("0") in article
            yield MISSED if printed else NOT_PRINTED
        elif all(each.company != id_of(one.ticker or "") for each in over):
            yield OTHER
        else:
            same = any((each.start, each.end) == (one.start, one.end) for each in over)
            yield SAME if same else BOUNDS
    for each in found:
        if not any(each.start < one.end and one.start < each.end for one in true):
            yield WRONG


def main() -> None:
    """Print the table."""
    by_table, plain = labels_linker(), Linker(load_table())
    counts: Counter[str] = Counter()
    for path in seeds():
        for article in read(path, problems=print):
            text = "".join(sentence.text for sentence in article.sentences)
            pairs = zip(
                by_table.link(article.sentences), plain.link(article.sentences), strict=True
            )
            for true, found in pairs:
                counts.update(
                    compared(strangers(true, "fictional"), strangers(found, "unknown"), text)
                )
    for name in (SAME, BOUNDS, OTHER, MISSED, NOT_PRINTED, WRONG):
        print(f"{counts[name]:6}  {name}")


if __name__ == "__main__":
    main()
