"""Whether time grows with the text alone, whatever stands in it.

    python -m bench.growth [LARGEST]

Scores texts of awkward shapes, from 1 kB to LARGEST bytes (10,000,000 where none is given),
and prints processor time in microseconds a character, which should stay flat from 100 kB on; below
it a start of some milliseconds weighs in.
"""

import sys
import time
from collections.abc import Callable

from chipstance.models.verdicts.model import load

SENTENCE = "台積電三日收盤上漲百分之二,法人指出先進封裝訂單能見度已到年底"
_FEW = f"<p>{SENTENCE}。</p>" * 3
SHAPES: dict[str, Callable[[int], str]] = {
    "all on one line": lambda n: (SENTENCE + "。") * (n // 32 + 1),
    "short lines": lambda n: "芯片漲\n" * (n // 4 + 1),
    "quotes never closed": lambda n: ("「" + SENTENCE[:20] + "『（。") * (n // 24 + 1),
    "names in one sentence": lambda n: "台積電漲2%、輝達、中芯國際(00981)、" * (n // 24 + 1),
    "tickers in one sentence": lambda n: "台積電(TSM.US)、輝達(NVDA)漲," * (n // 24 + 1),
    "words that may be names": lambda n: "長江、富士、小米、蘋果、三星," * (n // 15 + 1),
    "a page of paragraphs": lambda n: _page(f"<p>{SENTENCE}。</p>" * (n // 40 + 1)),
    "a page of items above a text": lambda n: _page(
        "<ul>" + "<li>芯片漲" * (n // 7 + 1) + f"</ul><p>{SENTENCE}。</p>"
    ),
    "a page whose title is dashes": lambda n: _page(f"<title>芯片漲{'—' * n}</title>{_FEW}"),
    "a headline of dashes": lambda n: f"# 芯片漲{'—' * n}價\n{SENTENCE}。",
    "a headline of blanks": lambda n: f"# 芯片{' ' * n}漲\n{SENTENCE}。",
    "a line of stars": lambda n: f"{'*' * n}。\n{SENTENCE}。",
    "blanks in a bracket": lambda n: f"【{' ' * n}{SENTENCE}。",
    # Nothing stands behind it, where the end would be.
    "a script whose end has no end": lambda n: (
        _page(f"{_FEW}<script>").partition("</div>")[0] + "</script " * (n // 9 + 1)
    ),
    "a tag whose name has no end": lambda n: _page(f"<{'a' * n}>{_FEW}"),
    "a script of attributes": lambda n: _page(f"<script {'ld+json ' * (n // 8 + 1)}{_FEW}"),
    "attributes without end": lambda n: _page(_FEW + "<p " + 'class="a" id=' * (n // 13 + 1)),
    "blanks in an attribute": lambda n: _page(f"<a class={' ' * n}{_FEW}"),
    "lines in a block with a long name": lambda n: _page(
        f'{_FEW}<div class="{"a " * (n // 4)}">' + "芯片漲<br>" * (n // 14 + 1) + "</div>"
    ),
    "articles in the data of a page with a long title": lambda n: _page(
        f'<title>{"芯片" * (n // 4)}</title><script type="application/ld+json">['
        + '{"headline":"芯片漲"},' * (n // 40)
        + f"0]</script>{_FEW}"
    ),
    "tables in tables": lambda n: _page("<table><tr><td>芯片漲" * (n // 18 + 1) + _FEW),
}


def _page(body: str) -> str:
    return f"<!DOCTYPE html><html><body><h1>芯片又漲價</h1><div>{body}</div></body></html>"


def main() -> None:
    """Print the table."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000, 10_000_000) if size <= largest]
    model = load()
    # Past the first hundred views, so that all sizes take the same way.
    model.score(SHAPES["all on one line"](20_000))
    print("| microseconds a character | " + " | ".join(f"{size:,} B" for size in sizes) + " |")
    print("| --- |" + " ---: |" * len(sizes))
    for name, make in SHAPES.items():
        cells = []
        for size in sizes:
            text = make(size // 3)
            begin = time.process_time()
            model.score(text)
            cells.append(f"{(time.process_time() - begin) / len(text) * 1e6:.1f}")
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
