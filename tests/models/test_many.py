from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipstance.models import many
from chipstance.models.lexicon import Lexicon
from chipstance.models.many import Asked, ManyViews
from chipstance.models.scorer import Joined, joined
from chipstance.models.views import Views, mention_view, sentence_view

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


def put_together(views: list[Joined]) -> tuple[list[int], list[int]]:
    """Code points and lengths of all views, however many stand in each array."""
    points = np.concatenate([each.points for each in views]).tolist()
    return points, np.concatenate([np.diff(each.bounds) for each in views]).tolist()


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
    assert put_together(ours) == put_together([*joined(views)])


def test_a_model_without_word_lists_makes_views_as_well() -> None:
    text = [("輝達大漲", [Named("nvidia", 0, 2, "design", 3.0)])]
    read = ManyViews(Lexicon({})).read(text)
    found = put_together([*many.mention_views(read, [(0, "nvidia")])])
    assert found == put_together([*joined([Views(Lexicon({})).mention(*text[0], "nvidia")])])
