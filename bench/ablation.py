"""What each part of the features brings: cross-validated macro-F1 with and without it.

    python -m bench.ablation [NAME…]

Prints a row for each variant of the sentence view and of the mention view, measured on `labels/`
with articles kept whole. The first row of each is what is shipped; the others change what they say.
Give names to run these rows alone.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from chipstance.companies.linking import Linker
from chipstance.companies.mention import Mention
from chipstance.companies.table import load_table
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models import views as v
from chipstance.models.examples import SENTIMENT, Example, link_rows
from chipstance.models.learning import fictional_companies
from chipstance.models.lexicon import Lexicon, read_lexicon
from chipstance.models.parameters import DEFAULTS, Parameters
from chipstance.models.training import train_view
from chipstance.shipped import shipped

View = Callable[[str, Sequence[Mention], str], str]
SENTENCE, MENTION = DEFAULTS["sentence"], DEFAULTS["mention"]


def words_too(view: View) -> View:
    """Add jieba's words to a view, each as a character of its own in a private block."""
    import rjieba

    codes: dict[str, str] = {}

    def with_words(text: str, mentions: Sequence[Mention], company: str) -> str:
        made = view(text, mentions, company)
        whole = made.split(v.SEPARATOR, 1)[0]
        # Blocks of characters that no text here has: the later CJK extensions.
        marks = (
            codes.setdefault(word, chr(0x20000 + len(codes)))
            for word in rjieba.cut(whole, hmm=False)
            if len(word) > 1
        )
        return made + v.SEPARATOR + v.SEPARATOR.join(marks)

    return with_words


def variants(lexicon: Lexicon) -> dict[str, tuple[View, Parameters]]:
    """Views and parameters by name; names that begin with `mention` are of the mention view."""
    shipped_views, bare = v.Views(lexicon), v.Views(Lexicon({}))

    def sentence(views: v.Views) -> View:
        return lambda text, mentions, _: views.sentence(text, mentions)

    def one_mask(text: str, mentions: Sequence[Mention], _: str) -> str:
        return bare.sentence(text, [replace(each, kind="unknown") for each in mentions])

    def no_mask(text: str, _mentions: Sequence[Mention], _: str) -> str:
        return bare.sentence(text, [])

    ours = sentence(shipped_views)
    return {
        "as shipped": (ours, SENTENCE),
        "no word lists": (sentence(bare), SENTENCE),
        "no word lists, one mask for all": (one_mask, SENTENCE),
        "no word lists, names not masked": (no_mask, SENTENCE),
        "n-grams to 2": (ours, replace(SENTENCE, longest_ngram=2)),
        "n-grams to 4": (ours, replace(SENTENCE, longest_ngram=4)),
        "n-grams in 3 sentences": (ours, replace(SENTENCE, min_views=3)),
        "jieba words too": (words_too(ours), SENTENCE),
        "rare labels not weighted": (ours, replace(SENTENCE, balanced=False)),
        "C 2": (ours, replace(SENTENCE, c=2.0)),
        "C 32": (ours, replace(SENTENCE, c=32.0)),
        "mention as shipped": (shipped_views.mention, MENTION),
        "mention no word lists": (bare.mention, MENTION),
        "mention n-grams to 4": (shipped_views.mention, replace(MENTION, longest_ngram=4)),
        "mention jieba words too": (words_too(shipped_views.mention), MENTION),
    }


def examples(
    rows: Sequence[LabelRow], mentions: Sequence[Sequence[Mention]], view: View, of_mentions: bool
) -> list[Example]:
    """Examples by a view, of sentences or of the companies linked in them."""
    if not of_mentions:
        return [
            Example(view(row.text, named, ""), dict(row.labels), row.article, at)
            for at, (row, named) in enumerate(zip(rows, mentions, strict=True))
        ]
    return [
        Example(view(row.text, named, company), {SENTIMENT: label}, row.article, at, company)
        for at, (row, named) in enumerate(zip(rows, mentions, strict=True))
        for company, label in (row.companies or {}).items()
        if any(mention.company == company for mention in named)
    ]


def main() -> None:
    """Print the table."""
    labels = shipped("labels")
    rows = read_labels([labels])
    mentions = link_rows(rows, Linker(load_table(fictional_companies([labels]))))
    for name, (view, parameters) in variants(read_lexicon()).items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        made = examples(rows, mentions, view, name.startswith("mention"))
        trained = train_view(made, parameters)
        scores = "  ".join(
            f"{task.task} {task.cross_validated.macro_f1:.3f}"
            for task in trained.tasks
            if task.cross_validated
        )
        print(f"{name:34} {len(trained.vocabulary.ngrams):7} features  {scores}", flush=True)


if __name__ == "__main__":
    main()
