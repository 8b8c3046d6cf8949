"""Where the time of the whole way goes, stage by stage.

    python -m bench.stages [ROUNDS]

Takes the articles of `seeds/` through each stage by itself and prints processor time, the stage's
share, nanoseconds a character, and what bounds it. A stage with a dot is a part of the one above
it. `the rest` is what the whole way takes beyond its stages. The floor is what decoding the bytes
and looking at each character once, as an array, take.
"""

import gc
import io
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from bench.material import seeds
from bench.timing import of_functions
from chipstance.articles import facts
from chipstance.articles.cleaning.paragraphs import clean
from chipstance.articles.encodings import decode
from chipstance.articles.files import check_kind
from chipstance.articles.line import Line, split_lines
from chipstance.articles.normalising.joined import fold_all, normalise_all
from chipstance.articles.sentences import sentences
from chipstance.articles.text import from_text
from chipstance.models.scoring.many import BLOCKS, ManyViews, mention_views, sentence_views
from chipstance.models.verdicts.asked import first_mentions, to_read
from chipstance.models.verdicts.model import load
from chipstance.reports.rows.lines import jsonl
from chipstance.runs.scoring import to_stream
from chipstance.runs.work import Recipe

Stage = tuple[str, str, Callable[[], object]]
Item = TypeVar("Item")
PART, WHOLE = "· ", "whole way"
# Sentences, and mentions, that a long run takes at once.
AT_ONCE = 900


def stages(paths: list[Path]) -> list[Stage]:
    """Name of each stage, what bounds it, and a run of it by itself."""
    model = load()
    raw = [path.read_bytes() for path in paths]
    decoded = [decode(data) for data in raw]
    lines = [split_lines(text) for text in decoded]
    cleaned = [clean(each) for each in lines]
    articles = [from_text(text) for text in decoded]
    parts = [article.sentences for article in articles]
    written = [sentence.text for part in parts for sentence in part]
    linked = [named for article in model.linker.link_all(parts, True) for named in article]
    texts = list(zip(written, linked, strict=True))
    normals = normalise_all(written)
    starts = range(0, len(texts), AT_ONCE)
    firsts = [first_mentions(named) for named in linked]
    asked = [to_read(texts[at : at + AT_ONCE], firsts[at : at + AT_ONCE]) for at in starts]
    views = ManyViews(model.views.lexicon)
    known = [
        (views.read(sentences), min(AT_ONCE, len(texts) - at), companies)
        for at, (sentences, companies) in zip(starts, asked, strict=True)
    ]
    seen = [[*sentence_views(read, n)] for read, n, _ in known]
    judged = [[*mention_views(read, companies)] for read, _, companies in known]
    scored = list(model.batches(articles))
    table = np.arange(0x110000, dtype=np.uint32)
    mentions, lexicon = model.mention_scorer, model.views.lexicon

    def floor() -> None:
        whole = b"".join(raw).decode()
        table[np.frombuffer(whole.encode("utf-32-le"), dtype=np.uint32)]

    return [
        ("open files", "the system", lambda: [(check_kind(x), x.read_bytes()) for x in paths]),
        ("decode", "weighing characters", lambda: [decode(data) for data in raw]),
        ("articles", "what follows, and digests", lambda: [from_text(text) for text in decoded]),
        (PART + "lines", "an object a line", lambda: [split_lines(text) for text in decoded]),
        (PART + "clean", "patterns on titles and datelines", lambda: [clean(x) for x in lines]),
        (PART + "split", "a pattern at each mark", lambda: [sentences(x) for x in cleaned]),
        (PART + "facts", "patterns on the first lines", lambda: [facts_of(x) for x in lines]),
        (
            "link, with moves",
            "Python at names and figures",
            lambda: [*model.linker.link_all(parts, True)],
        ),
        (PART + "fold", "memory: a look-up a character", lambda: fold_all(written)),
        (
            "readings",
            "what follows, and a number or two a company",
            lambda: [views.read(sentences) for sentences, _ in asked],
        ),
        (PART + "normal form", "OpenCC", lambda: at_once(normalise_all, written)),
        (
            PART + "terms of lists",
            "a tuple a term",
            lambda: at_once(lambda some: lexicon.spans("\n".join(some)), normals),
        ),
        (
            "sentence views",
            "memory",
            lambda: [[*sentence_views(read, n)] for read, n, _ in known],
        ),
        (
            "mention views",
            "memory",
            lambda: [[*mention_views(read, companies)] for read, _, companies in known],
        ),
        (
            "score sentences",
            "cache misses",
            lambda: [model.sentence_scorer.probabilities_of(each, BLOCKS) for each in seen],
        ),
        (
            "score mentions",
            "cache misses",
            lambda: [mentions.probabilities_of(each, BLOCKS) for each in judged if mentions],
        ),
        ("lines of JSON", "joining strings", lambda: jsonl(scored)),
        (WHOLE, "all of these", lambda: whole_way(paths)),
        ("floor", "decoding, and one look-up a character", floor),
    ]


def at_once(function: Callable[[list[Item]], object], items: list[Item]) -> None:
    """Have so many done at once as a long run does."""
    for at in range(0, len(items), AT_ONCE):
        function(items[at : at + AT_ONCE])


def facts_of(lines: Sequence[Line]) -> tuple[str | None, str | None]:
    """What is read off the lines of an article."""
    return facts.publisher(lines), facts.published(lines)


def whole_way(paths: list[Path]) -> None:
    """From files to lines of JSON, as the command does it with a model that is open."""
    to_stream([str(path) for path in paths], Recipe(), io.BytesIO(), problems=print)


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    gc.set_threshold(50_000, 20, 20)  # as the command does
    paths = seeds()
    known = stages(paths)
    begin = time.perf_counter()
    took = of_functions({name: run for name, _, run in known}, rounds)
    size = sum(path.stat().st_size for path in paths)
    n = sum(len(path.read_text("utf-8")) for path in paths)
    whole = took[WHOLE]
    stages_alone = [name for name, _, _ in known[: [x[0] for x in known].index(WHOLE)]]
    took["the rest"] = whole - sum(took[x] for x in stages_alone if not x.startswith(PART))
    bounds = {name: bound for name, bound, _ in known}
    print("| stage | ms | share | ns a character | bound by |")
    print("| --- | ---: | ---: | ---: | --- |")
    for name in [*stages_alone, "the rest", WHOLE, "floor"]:
        each = took[name]
        cells = f"{each * 1e3:.0f} | {each / whole:.0%} | {each / n * 1e9:.0f}"
        print(f"| {name} | {cells} | {bounds.get(name, 'memory, and handing on')} |")
    rate, times = size / whole / 1e6, whole / took["floor"]
    print(f"\n{rate:.2f} MB of text a second, {times:.0f} times the floor.")
    print(f"measured in {time.perf_counter() - begin:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
