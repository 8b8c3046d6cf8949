from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipstance.models.features.lexicon import Lexicon
from chipstance.models.features.marks import SEPARATOR
from chipstance.models.features.views import Views, mention_view, sentence_view
from chipstance.models.scoring import many
from chipstance.models.scoring.joined import Joined, joined
from chipstance.models.scoring.many import Asked, ManyViews
from chipstance.models.verdicts.model import Model

LEXICON = Lexicon(
    {"跌": "down", "大涨": "hype,up", "内存": "chips", "业绩会": "event", ",大": "odd"}
)
KINDS = {"nvidia": "design", "tsmc": "foundry", "amd": "design", "openai": "ai", "x": "unknown"}


@dataclass(frozen=True)
class Named:
    company: str
    start: int
    end: int
    kind: str
    move_pct: float | None


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, list[Named]]:
    """A sentence with companies in it, some next to each other, some without a character."""
    words = st.sampled_from(
        [*"跌,;。 \t1%\u200b\ue000\ue007\x00\x01\ud800𠮷", "大漲", "記憶體", "法說會", "前" * 20]
    )
    text, named = "", []
    for part in draw(st.lists(st.one_of(words, st.sampled_from([*KINDS])), max_size=12)):
        name = draw(st.sampled_from(["輝達", "甲", ""])) if part in KINDS else part
        if part in KINDS:
            move = draw(st.sampled_from([None, None, 0.0, 1.5, -3.0]))
            named.append(Named(part, len(text), len(text) + len(name), KINDS[part], move))
        text += name
    return text, named


def laid_out(views: list[Joined]) -> tuple[list[int], list[int], list[list[bool]]]:
    """Code points, lengths and blocks of all views, however many stand in each array."""
    return (
        [point for each in views for point in each.points.tolist()],
        [length for each in views for length in np.diff(each.bounds).tolist()],
        [flags for each in views if each.blocks is not None for flags in each.blocks.tolist()],
    )


def taken_apart(views: list[str]) -> tuple[list[int], list[int], list[list[bool]]]:
    """The same of views that are strings."""
    parts = [view.split(SEPARATOR) for view in views]
    rest = [SEPARATOR.join(part for part in each if part not in many.BLOCKS) for each in parts]
    points, lengths, _ = laid_out([*joined(rest)])
    return points, lengths, [[block in each for block in many.BLOCKS] for each in parts]


@given(texts=st.lists(sentences(), min_size=1, max_size=6), at_once=st.sampled_from([1, 100, 9999]))
def test_views_made_as_arrays_are_those_that_are_strings(
    texts: list[tuple[str, list[Named]]], at_once: int
) -> None:
    asked: list[Asked] = [
        (at, company)
        for at, (_, named) in enumerate(texts)
        for company in dict.fromkeys(each.company for each in named)
    ]
    readings = Views(LEXICON).read(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(many, "_AT_ONCE", at_once)
        read = ManyViews(LEXICON).read(texts)
        ours = [*many.sentence_views(read, len(texts)), *many.mention_views(read, asked)]
    views = [sentence_view(reading) for reading in readings]
    views += [mention_view(readings[at], company) for at, company in asked]
    assert laid_out(ours) == taken_apart(views)


def test_a_model_without_word_lists_makes_views_as_well() -> None:
    text = [("輝達大漲", [Named("nvidia", 0, 2, "design", 3.0)])]
    read = ManyViews(Lexicon({})).read(text)
    found = laid_out([*many.mention_views(read, [(0, "nvidia")])])
    assert found == taken_apart([Views(Lexicon({})).mention(*text[0], "nvidia")])


def test_views_made_as_arrays_score_as_strings_do(model: Model) -> None:
    named = [Named("nvidia", 0, 2, "design", 8.0), Named("amd", 7, 9, "design", None)]
    texts = [("輝達大漲8%,超微卻跌3%。", named), ("市場觀望。", []), ("", [])]
    asked = [(0, "nvidia"), (0, "amd")]
    read = ManyViews(model.views.lexicon).read(texts)
    strings = model.views.read(texts)
    pairs = (
        (model.sentence_scorer, many.sentence_views(read, 3), [*map(sentence_view, strings)]),
        (
            model.mention_scorer,
            many.mention_views(read, asked),
            [mention_view(strings[at], company) for at, company in asked],
        ),
    )
    for scorer, arrays, views in pairs:
        assert scorer is not None
        ours = scorer.probabilities_of(arrays, many.BLOCKS)
        for task, p in scorer.probabilities(views).items():
            np.testing.assert_allclose(ours[task], p, atol=1e-12)
