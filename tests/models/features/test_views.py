from dataclasses import dataclass

import pytest

from chipstance.models.features.lexicon import Lexicon
from chipstance.models.features.marks import ANCHOR, OTHER, TARGET
from chipstance.models.features.views import Views, anonymous


@dataclass(frozen=True)
class Named:
    company: str
    start: int
    end: int
    kind: str = "design"
    move_pct: float | None = None


BARE = Views(Lexicon({}))
RICH = Views(Lexicon({"跌": "down", "大涨": "up"}))
DOWN, UP = "\ue100", "\ue101"
CHIPS = "\ue002"
TEXT = "輝達大漲8%,超微卻跌3%。"
BOTH = [Named("nvidia", 0, 2), Named("amd", 7, 9)]


def whole(view: str) -> str:
    """The first part of a view, the sentence itself."""
    return view.split("\0")[0]


def test_a_sentence_view_masks_every_company_of_a_kind_alike() -> None:
    assert whole(BARE.sentence(TEXT, BOTH)) == f"{CHIPS}大涨0%,{CHIPS}却跌0%。"


def test_a_sentence_view_is_the_same_whoever_is_named() -> None:
    other = TEXT.replace("輝達", "台積電").replace("超微", "甲")
    named = [Named("tsmc", 0, 3), Named("x", 8, 9)]
    assert BARE.sentence(other, named) == BARE.sentence(TEXT, BOTH)


@pytest.mark.parametrize(
    "code",
    [
        "(01347)",
        "（01347-HK）",
        " (1347.HK)",
        "-W(1347 HK)",
        "[01347.HK/688347.SH]",
        "（NYSE：HHG）",
    ],
)
def test_a_view_is_the_same_whatever_code_stands_behind_a_name(code: str) -> None:
    named = [Named("hua_hong", 0, 2)]
    with_code, without = f"華虹{code}大漲,台股跌", "華虹大漲,台股跌"
    assert BARE.sentence(with_code, named) == BARE.sentence(without, named)
    assert BARE.mention(with_code, named, "hua_hong") == BARE.mention(without, named, "hua_hong")


def test_what_stands_in_brackets_behind_a_name_and_is_no_code_is_seen() -> None:
    assert whole(BARE.sentence("華虹(ADR)大漲", [Named("hua_hong", 0, 2)])) == f"{CHIPS}(adr)大涨"


def test_a_mention_view_masks_the_company_in_question_otherwise() -> None:
    first, *parts, _ = anonymous(BARE.mention(TEXT, BOTH, "amd")).split("\0")
    assert first == f"{OTHER}大涨0%,{TARGET}却跌0%。"
    before, after = ("".join(chr(ord(char) & 0xFFFF) for char in part) for part in parts)
    assert (before, after) == (TARGET, f"{TARGET}却跌0%")


def test_a_window_ends_where_it_is_full() -> None:
    text = "前" * 30 + "甲" + "後" * 30
    _, before, after, _ = BARE.mention(text, [Named("x", 30, 31, kind="")], "x").split("\0")
    assert (len(before), len(after)) == (13, 16)


@pytest.mark.parametrize("end", ",;:。!?，；：！？")
def test_a_window_ends_with_its_clause(end: str) -> None:
    text = f"前{end}近甲鄰{end}後"
    _, before, after, _ = BARE.mention(text, [Named("x", 3, 4, kind="")], "x").split("\0")
    assert (len(before), len(after)) == (2, 2)


def test_a_clause_goes_on_where_things_are_enumerated() -> None:
    _, before, after, _ = BARE.mention("前、近甲鄰、後", [Named("x", 3, 4, kind="")], "x").split(
        "\0"
    )
    assert (len(before), len(after)) == (4, 4)


def test_masks_that_stand_in_the_text_already_are_taken_out() -> None:
    assert whole(BARE.sentence(f"{TARGET}輝達漲", [Named("nvidia", 1, 3)])) == f"{CHIPS}涨"


def test_a_company_outside_the_chip_trade_has_another_mask() -> None:
    views = {BARE.sentence("甲升", [Named("x", 0, 1, kind)]) for kind in ("bank", "ai", "memory")}
    assert len(views) == 3


def test_each_character_of_a_view_knows_where_it_stands_in_the_sentence() -> None:
    view = anonymous(BARE.mention(TEXT, BOTH, "amd"))
    for char, origin in zip(view, BARE.origins(view), strict=True):
        assert (origin == -1) == (char in "\0" + ANCHOR)
        assert origin == -1 or chr(ord(char) & 0xFFFF) == whole(view)[origin]


def test_terms_of_the_lexicon_are_tagged_and_those_of_the_last_clause_twice() -> None:
    _, *tags, _ = RICH.sentence(TEXT, BOTH).split("\0")
    assert tags == [UP, DOWN, chr(0x100000 + ord(DOWN))]


def test_a_term_counts_for_the_company_that_no_other_one_stands_between() -> None:
    tags = anonymous(RICH.mention(TEXT, BOTH, "amd")).split("\0")[3:-1]
    # 大涨 stands behind the other company, so before amd it stands without one between.
    assert sorted(tags) == [DOWN, UP, chr(0xF0000 + ord(UP)), chr(0x100000 + ord(DOWN))]


def test_tags_stand_where_their_term_begins() -> None:
    for view in (RICH.sentence(TEXT, BOTH), RICH.mention(TEXT, BOTH, "amd")):
        where = RICH.origins(view)
        assert len(where) == len(view)
        assert view[where[view.index(UP)]] == "大"


def test_a_stated_move_is_told_by_its_direction_alone() -> None:
    views = [
        BARE.mention("甲", [Named("x", 0, 1, move_pct=move)], "x") for move in (2.0, 9.5, -1.0, 0.0)
    ]
    assert views[0] == views[1]
    assert len(set(views)) == 3


def test_a_view_of_one_name_is_not_that_name_alone() -> None:
    assert BARE.sentence("輝達", [Named("nvidia", 0, 2)]).split("\0") == [CHIPS, ANCHOR]


def test_the_line_of_business_of_the_company_in_question_and_of_the_others_counts() -> None:
    def view(own: str, other: str) -> str:
        return BARE.mention("甲勝乙", [Named("x", 0, 1, own), Named("y", 2, 3, other)], "x")

    assert len({view("ai", "design"), view("design", "ai"), view("ai", "ai")}) == 3
    assert view("design", "memory") == view("memory", "design")
    assert anonymous(view("ai", "design")) == view("fictional", "fictional")
