"""Write the outputs that pages show anew, as after a new model.

python -m tests.pages.refresh [PAGE…]

What still holds stays as it is. Of an output with a line of `…` as many lines are kept before and
behind it as the page has there; what has more than one `…` is for the hand. Digests of models are
left out, as they depend on the versions of Python and of libraries.
"""

import re
import sys
import tempfile
from pathlib import Path

from tests.pages import console, desk

DIGEST = re.compile(r"(?<=@)[0-9a-f]{12}\b")


def refreshed(page: str, folder: Path) -> str:
    """A page with its outputs brought up to date; commands are run in a furnished folder."""
    for shown in console.commands(page):
        if not console.is_run(shown):
            continue
        _, printed = console.run(console.quickly(shown.line), folder)
        if shown.output is None or console.same(shown.output, printed):
            continue
        if shown.output.count(console.ELLIPSIS) > 1:
            print(f"by hand: {shown.line}\n{printed}", file=sys.stderr)
            continue
        anew = DIGEST.sub(console.ELLIPSIS, _cut(printed, shown.output))
        page = page.replace(shown.output, anew, 1)
    return page


def _cut(printed: str, shown: str) -> str:
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    old = shown.strip("\n").splitlines()
    if console.ELLIPSIS in old:
        at = old.index(console.ELLIPSIS)
        behind = len(old) - at - 1
        lines = [*lines[:at], console.ELLIPSIS, *lines[len(lines) - behind :]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]) if sys.argv[1:] else desk.pages():
        with tempfile.TemporaryDirectory() as folder:
            desk.furnish(Path(folder))
            path.write_text(refreshed(path.read_text("utf-8"), Path(folder)), encoding="utf-8")
