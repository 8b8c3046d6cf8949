"""No text and no page takes a time that grows with the square of its length."""

import time
from collections.abc import Callable

import pytest
from bench.growth import SHAPES

from chipstance.articles.text import from_text
from chipstance.articles.web import pages
from chipstance.articles.web.visible import visible_lines

# Characters of a text, and how many times as many have a time that is compared with it: of one that
# grows with the text it is about as many times, of one that grows with its square 256 times.
SMALL, TIMES = 4_000, 16


def _all_text(html: str) -> str:
    return "\n".join(line.text for line in visible_lines(html))


def seconds(text: str) -> float:
    begin = time.process_time()
    from_text(text)
    return time.process_time() - begin


def times_longer(shape: Callable[[int], str]) -> float:
    """How many times as long a large text takes as a small one."""
    # The first of its kind has patterns compiled.
    from_text(shape(100))
    small, large = (min(seconds(shape(size)) for _ in range(3)) for size in (SMALL, SMALL * TIMES))
    return large / max(small, 1e-3)


@pytest.mark.parametrize("name", SHAPES)
def test_time_grows_with_the_text_and_not_with_its_square(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # How another library finds the text of a page is not looked at here: it may be all of it.
    monkeypatch.setattr(pages, "main_text", _all_text)
    assert times_longer(SHAPES[name]) < 6 * TIMES
