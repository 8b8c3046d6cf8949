"""Where the time of the whole way goes, stage by stage.

    python -m bench.stages [ROUNDS]

Takes the articles of `seeds/` through each stage by itself and prints processor time, the stage's
share, nanoseconds a character, and what bounds it. The floor is what decoding the bytes and looking
at each character once, as an array, take.
"""

import gc
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.rounds import medians
from chipstance.articles import facts
from chipstance.articles.cleaning import clean
from chipstance.articles.encodings import decode
from chipstance.articles.joined import fold_all, normalise_all
from chipstance.articles.line import split_lines
from chipstance.articles.reading import from_text
from chipstance.articles.sentences import sentences
from chipstance.models.model import first_mentions, load
from chipstance.models.views import mention_view, sentence_view
from chipstance.reports.lines import jsonl
from chipstance.runs.scoring import to_stream
from chipstance.runs.work import Recipe

Stage = tuple[str, str, Callable[[], object]]


def stages(paths: list[Path]) -> list[Stage]:
    """Name of each stage, what bounds it, and a run of it by itself."""
    model = load()
    raw = [path.read_bytes() for path in paths]
    texts = [decode(data) for data in raw]
    lines = [split_lines(text) for text in texts]
    cleaned = [clean(each) for each in lines]
    articles = [from_text(text) for text in texts]
    parts = [article.sentences for article in articles]
    written = [sentence.text for part in parts for sentence in part]
    linked = [named for article in model.linker.link_all(parts) for named in article]
    normals = normalise_all(written)
    readings = model.views.read(zip(written, linked, strict=True))
    judged = [
        (reading, mention.company)
        for reading, named in zip(readings, linked, strict=True)
        for mention in first_mentions(named)
    ]
    seen = [sentence_view(reading) for reading in readings]
    asked = [mention_view(*each) for each in judged]
    scored = list(model.batches(articles))
    table = np.arange(0x110000, dtype=np.uint32)
    mentions = model.mention_scorer

    def floor() -> None:
        whole = b"".join(raw).decode()
        table[np.frombuffer(whole.encode("utf-32-le"), dtype=np.uint32)]

    return [
        ("read bytes", "the file system", lambda: [path.read_bytes() for path in paths]),
        ("decode", "weighing 500 characters a file", lambda: [decode(data) for data in raw]),
        ("lines", "an object a line", lambda: [split_lines(text) for text in texts]),
        ("clean", "patterns on titles and datelines", lambda: [clean(each) for each in lines]),
        ("split", "a pattern at each mark", lambda: [sentences(each) for each in cleaned]),
        ("facts", "patterns on the first lines", lambda: [facts.published(x) for x in lines]),
        ("fold", "memory: a look-up a character", lambda: fold_all(written)),
        (
            "link, with moves",
            "Python at names and figures",
            lambda: [*model.linker.link_all(parts)],
        ),
        ("normal form", "OpenCC", lambda: normalise_all(written)),
        ("terms of lists", "an object a term", lambda: model.views.lexicon.find_all(normals)),
        ("sentence views", "joining strings", lambda: [sentence_view(each) for each in readings]),
        ("mention views", "joining strings", lambda: [mention_view(*each) for each in judged]),
        ("score sentences", "cache misses", lambda: model.sentence_scorer.probabilities(seen)),
        ("score mentions", "cache misses", lambda: mentions and mentions.probabilities(asked)),
        ("lines of JSON", "joining strings", lambda: jsonl(scored)),
        ("whole way", "all of these", lambda: whole_way(paths)),
        ("floor", "decoding, and one look-up a character", floor),
    ]


def whole_way(paths: list[Path]) -> None:
    """From files to lines of JSON, as the command does it with a model that is open."""
    to_stream([str(path) for path in paths], Recipe(), io.BytesIO(), problems=print)


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    gc.set_threshold(50_000, 20, 20)  # as the command does
    seeds = Path(__file__).parent.parent / "seeds"
    paths = sorted(seeds.glob("*/*.txt"))
    known = stages(paths)
    begin = time.perf_counter()
    took = medians({name: run for name, _, run in known}, rounds)
    size = sum(path.stat().st_size for path in paths)
    n = sum(len(path.read_text("utf-8")) for path in paths)
    whole = took["whole way"]
    print("| stage | ms | share | ns a character | bound by |")
    print("| --- | ---: | ---: | ---: | --- |")
    for name, bound, _ in known:
        each = took[name]
        cells = f"{each * 1e3:.0f} | {each / whole:.0%} | {each / n * 1e9:.0f}"
        print(f"| {name} | {cells} | {bound} |")
    rate, times = size / whole / 1e6, whole / took["floor"]
    print(f"\n{rate:.2f} MB of text a second, {times:.0f} times the floor.")
    print(f"measured in {time.perf_counter() - begin:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
