"""The views that the ablation compares differ from the shipped ones in what they say they do."""

import pytest
from bench import views_variants as vv

from chipstance.companies.mention import Mention
from chipstance.labels.rows import LabelRow
from chipstance.models.features.lexicon import Lexicon
from chipstance.models.features.marks import SEPARATOR
from chipstance.models.features.views import Views

VIEWS = Views(Lexicon({"下跌": "down", "大涨": "up"}))
DOWN, UP = "\ue100", "\ue101"


def named(company: str, text: str, name: str, move: float | None = None) -> Mention:
    start = text.index(name)
    return Mention(company, None, name, start, start + len(name), "name", move, "design")


TEXTS = ["輝達領軍", "輝達並未下跌,超微 大漲8%", "盤勢平穩,惟量縮"]


@pytest.fixture
def sentences() -> list[vv.Sentence]:
    rows = [LabelRow(text, {"stance": "neutral"}, None, "one") for text in TEXTS]
    both = (named("nvidia", TEXTS[1], "輝達"), named("amd", TEXTS[1], "超微", 8.0))
    return vv.sentences(rows, [(named("nvidia", TEXTS[0], "輝達"),), both, ()], VIEWS)


def parts(view: str) -> list[str]:
    return view.split(SEPARATOR)


def added(view: str, to: str) -> list[str]:
    return [part for part in parts(view) if part not in parts(to)]


@pytest.mark.parametrize("company", ["", "amd"])
def test_the_shipped_view_is_the_one_of_the_model(
    sentences: list[vv.Sentence], company: str
) -> None:
    reading = sentences[1].reading
    rows = (reading.named[0], reading.named[1])
    whole = VIEWS.mention(TEXTS[1], rows, "amd") if company else VIEWS.sentence(TEXTS[1], rows)
    assert vv.shipped(sentences[1], company) == whole


def test_names_and_figures_are_there_when_they_are_not_masked(
    sentences: list[vv.Sentence],
) -> None:
    assert parts(vv.with_names(sentences[1], ""))[0] == "英伟达并未下跌,超微大涨0%"
    assert parts(vv.with_figures(sentences[1], "amd"))[0] == "\ue001并未下跌,\ue000大涨8%"


def test_terms_behind_a_negation_in_their_clause_are_tagged_apart(
    sentences: list[vv.Sentence],
) -> None:
    view, plain = vv.of_reading(vv.negated)(sentences[1], ""), vv.shipped(sentences[1], "")
    assert DOWN in parts(plain)
    assert DOWN not in parts(view)
    assert UP in parts(view)
    assert added(view, plain) == [chr(ord(DOWN) + 0x400)]


def test_no_term_is_negated_by_a_word_that_only_looks_like_a_negation() -> None:
    reading = VIEWS.read([("不過輝達大漲", ())])[0]
    assert vv.negated(reading) == reading


def test_title_and_sentence_before_are_blocks_of_their_own(sentences: list[vv.Sentence]) -> None:
    def back(part: str) -> str:
        return "".join(chr(ord(char) & 0xFFFF) for char in part)

    last, plain = sentences[2], vv.shipped(sentences[2], "")
    assert [back(part) for part in added(vv.with_title(last, ""), plain)] == ["\ue002领军"]
    before = added(vv.with_previous(last, ""), plain)
    assert [back(part) for part in before] == ["\ue002并未下跌,\ue002大涨0%"]
    assert [back(part) for part in added(vv.with_contrast(last, ""), plain)] == ["量缩"]
    assert vv.with_title(sentences[0], "") == vv.shipped(sentences[0], "")


def test_windows_reach_as_far_as_asked(sentences: list[vv.Sentence]) -> None:
    uncut = vv.windows_of(2, 3, cut=False)
    whole, before, after, *rest = parts(uncut(sentences[1], "amd"))
    assert (len(before), len(after)) == (3, 3)
    none = parts(vv.windows_of(0, 0)(sentences[1], "amd"))
    assert none == [whole, *rest]


def test_windows_end_with_the_clause_unless_asked_not_to(sentences: list[vv.Sentence]) -> None:
    # The company is the first of its clause.
    uncut, cut = vv.windows_of(12, 16, cut=False), vv.windows_of(12, 16)
    assert cut(sentences[1], "amd") == vv.shipped(sentences[1], "amd")
    assert len(parts(cut(sentences[1], "amd"))[1]) == 1
    assert len(parts(uncut(sentences[1], "amd"))[1]) > 1


def test_what_is_taken_away_is_all_that_is_missing(sentences: list[vv.Sentence]) -> None:
    plain = vv.shipped(sentences[1], "amd")
    for change, gone in (
        (vv.without_moves, "\ue010" * 12),
        (vv.without_kinds, "\ue022" * 6),
        (vv.without_lists, UP),
    ):
        view = vv.of_reading(change)(sentences[1], "amd")
        assert gone in parts(plain)
        assert gone not in parts(view)
        assert added(view, plain) == []


def test_a_word_is_one_feature_wherever_it_stands(sentences: list[vv.Sentence]) -> None:
    words = vv.Words()
    first = added(words.added(sentences[1], ""), vv.shipped(sentences[1], ""))
    assert first == added(words.added(sentences[1], ""), vv.shipped(sentences[1], ""))
    assert all(len(word) == 1 for word in first)
