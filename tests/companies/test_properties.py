from hypothesis import example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from .linked import cases, ids, link

PIECES = st.sampled_from(
    [
        *"輝達台積電(2330)、,。跌3%及分別成半倍的其該公司升",
        "中芯國際",
        "(00981)",
        "NVDA",
        "漲停",
        "%",
    ]
)
TEXT = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=30).map("".join))
TO_SIMPLIFIED, TO_TRADITIONAL = OpenCC("t2s"), OpenCC("s2t")


@given(st.lists(TEXT, max_size=4))
@example(["", "　", "\ud800", "((((0981))))", "百分之", "成成成"])
@settings(max_examples=150)
def test_linking_takes_any_text_and_its_spans_hold(texts: list[str]) -> None:
    for text, mentions in zip(texts, link(*texts, context=True), strict=True):
        ends = 0
        for mention in mentions:
            assert text[mention.start : mention.end] == mention.text
            assert mention.via == "context" or mention.start >= ends
            ends = max(ends, mention.end)


def test_the_script_of_a_sentence_changes_no_company() -> None:
    for case in cases("names.tsv"):
        text = case["sentence"]
        assert ids(TO_SIMPLIFIED.convert(text)) == ids(text), text


def test_simplified_text_turned_traditional_names_the_same_companies() -> None:
    for case in cases("moves.tsv"):
        text = TO_SIMPLIFIED.convert(case["sentence"])
        assert ids(TO_TRADITIONAL.convert(text)) == ids(text), text
