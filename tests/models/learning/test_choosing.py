from collections import Counter

from chipstance.models.learning.choosing import _part, choose
from chipstance.models.learning.examples import Example
from chipstance.models.learning.parameters import Parameters


def moods(place: int, n: int = 4) -> list[Example]:
    said = {"good": "很好很香乾淨", "bad": "很差很怪骯髒"}
    return [
        Example(f"第{place}店{words[: 3 + at % 3]}\0", {"mood": mood}, f"{place}", place * 8 + at)
        for mood, words in said.items()
        for at in range(n)
    ]


def test_chinese_is_never_read_in_long_ngrams() -> None:
    examples = [example for place in range(10) for example in moods(place)]
    chosen = choose(examples, Parameters())
    assert chosen.longest_ngram <= 3
    assert (chosen.folds, chosen.min_views, chosen.seed) == (5, 2, 0)


def test_parameters_are_chosen_on_whole_articles() -> None:
    examples = [
        Example("x", {}, f"a{article}", article) for article in range(800) for _ in range(10)
    ]
    some = _part(examples)
    assert len(some) == 6000
    assert set(Counter(example.group for example in some).values()) == {10}
    rows = [example.row for example in some]
    assert rows == sorted(rows)
    # Not the first ones.
    assert max(rows) > 700
    assert _part(examples[:6000]) == examples[:6000]
