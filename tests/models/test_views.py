from dataclasses import dataclass

from chipstance.models.views import OTHER, TARGET, mention_view, origins, sentence_view


@dataclass(frozen=True)
class Named:
    company: str
    start: int
    end: int
    kind: str = "design"


CHIPS = "\ue002"
TEXT = "輝達大漲8%,超微卻跌3%。"
BOTH = [Named("nvidia", 0, 2), Named("amd", 7, 9)]


def test_a_sentence_view_masks_every_company_of_a_kind_alike() -> None:
    assert sentence_view(TEXT, BOTH) == f"{CHIPS}大涨0%,{CHIPS}却跌0%。"


def test_a_sentence_view_is_the_same_whoever_is_named() -> None:
    other = TEXT.replace("輝達", "台積電").replace("超微", "甲")
    named = [Named("tsmc", 0, 3), Named("x", 8, 9)]
    assert sentence_view(other, named) == sentence_view(TEXT, BOTH)


def test_a_mention_view_masks_the_company_in_question_otherwise() -> None:
    whole, *parts = mention_view(TEXT, BOTH, "amd").split("\0")
    assert whole == f"{OTHER}大涨0%,{TARGET}却跌0%。"
    before, after = ("".join(chr(ord(char) & 0xFFFF) for char in part) for part in parts)
    assert (before, after) == (f"{OTHER}大涨0%,{TARGET}", f"{TARGET}却跌0%。")


def test_a_window_ends_where_it_is_full() -> None:
    text = "前" * 30 + "甲" + "後" * 30
    _, before, after = mention_view(text, [Named("x", 30, 31)], "x").split("\0")
    assert (len(before), len(after)) == (13, 16)


def test_masks_that_stand_in_the_text_already_are_taken_out() -> None:
    assert sentence_view(f"{TARGET}輝達漲", [Named("nvidia", 1, 3)]) == f"{CHIPS}涨"


def test_a_company_outside_the_chip_trade_has_another_mask() -> None:
    views = {sentence_view("甲升", [Named("x", 0, 1, kind)]) for kind in ("bank", "ai", "memory")}
    assert len(views) == 3


def test_each_character_of_a_view_knows_where_it_stands_in_the_sentence() -> None:
    view = mention_view(TEXT, BOTH, "amd")
    whole = view.split("\0")[0]
    for char, origin in zip(view, origins(view), strict=True):
        assert char == "\0" or chr(ord(char) & 0xFFFF) == whole[origin]
