"""Every character of a sentence stands where the sentence says, whatever the text is."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chipstance.articles.cleaning.paragraphs import clean, explain
from chipstance.articles.line import BLANKS, split_lines
from chipstance.articles.sentences import sentences, split
from chipstance.articles.web.visible import visible_lines

PIECES = st.sampled_from(
    [
        *(
            "英偉達股價急插，市場憂慮需求",
            "。",
            "！",
            "?",
            "「",
            "」",
            "“",
            "”",
            "(",
            ")",
            "（",
            "）",
        ),
        *(
            "\n",
            "\r\n",
            "\n\n",
            "0﹒",
            "4%",
            "DeepSeek-",
            "R1",
            " up",
            "to ",
            "　　",
            "*",
            "•",
            "……",
        ),
        *("延伸閱讀", "圖:", "記者", "廣告", "《某某通訊社28日專訊》", "〔記者李某某/台北報導〕"),
        *("\ufeff", "\u2028", "\x00", "台積電(2330)", "https://a.b/?c=d"),
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80)


def places_hold(text: str) -> None:
    found = sentences(clean(split_lines(text)))
    last = -1
    for sentence in found:
        assert sentence.text.strip() == sentence.text != ""
        offsets = [sentence.offset(at) for at in range(len(sentence.text))]
        for char, at in zip(sentence.text, offsets, strict=True):
            # A mark of no width may stand before the line break.
            assert text[at] == char or (char == " " and (text[at].isspace() or text[at] in BLANKS))
        assert offsets == sorted(set(offsets))
        assert sentence.start == offsets[0] > last
        last = offsets[-1]
        assert sentence.end == last + 1


@given(TEXTS)
@settings(max_examples=300)
def test_places_hold_for_any_text(text: str) -> None:
    places_hold(text)


@given(
    st.text(alphabet="芯片價格升三成，。DeepSeek V3 0123456789.%()", min_size=90, max_size=400),
    st.data(),
)
@settings(max_examples=100)
def test_wrapping_at_any_width_keeps_places(text: str, data: st.DataObject) -> None:
    width = data.draw(st.integers(20, 40))
    places_hold("\n".join(text[at : at + width] for at in range(0, len(text), width)))


TAGS = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<br>",
            "<div class='a>b'>",
            "</div>",
            "<b>",
            "</b>",
            "<script>",
            "</script>",
        ),
        *("<!--", "-->", "&amp;", "&nbsp;", "&#x82af;", "&#99999999;", "&", "<", ">", '"', "<pre>"),
    ]
)


@given(st.lists(PIECES | TAGS, max_size=60).map("".join))
@settings(max_examples=300)
def test_places_hold_for_any_page(html: str) -> None:
    for line in visible_lines(html):
        for at, char in enumerate(line.text):
            there = html[line.offset(at)]
            assert there in (char, "&") or (char == " " and there.isspace())


@given(TEXTS)
@settings(max_examples=200)
def test_explaining_never_fails(text: str) -> None:
    assert all(name and what for name, what in explain(text))


@given(TEXTS)
@settings(max_examples=200)
def test_splitting_loses_nothing_but_spaces(text: str) -> None:
    spans = split(text)
    assert "".join(text[a:b] for a, b in spans).split() == "".join(text.split()).split() or (
        "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
    )
    assert all(a < b for a, b in spans)


@pytest.mark.parametrize(
    "text",
    [
        "英偉達股價急插，市場憂慮需求。" * 20_000,
        "「" * 100_000 + "跌。" * 50_000,
        "（「『“" * 30_000,
        '"跌。' * 60_000,
        "跌？」" * 60_000,
        "芯" * 300_000,
        "，芯片" * 100_000,
        ("芯片價格升三成，毛利率回升至二成，市場憂慮需求放緩多於供應過剩，惟\n" * 8_000),
        "記者 " * 60_000,
        "#芯片 " * 60_000,
        "*" * 200_000,
        "\n" * 200_000,
        "延伸閱讀\n芯片跌\n" * 10_000,
        "<!--" * 60_000 + "芯片。",
        "<div" * 60_000 + "芯片。",
        '<a href="' * 30_000 + "芯片。",
        "…" * 200_000,
        "A. B. " * 50_000,
        "延伸閱讀\n芯片跌\n芯片價格升三成，毛利率回升。\n芯片價格升三成，毛利率回升。\n" * 5_000,
        "芯片價格又升了三成多\n" * 30_000 + "芯片價格升三成，毛利率回升。",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_time_grows_with_the_text_whatever_it_is(text: str) -> None:
    start = time.process_time()
    sentences(clean(visible_lines(text) if "<" in text else split_lines(text)))
    assert time.process_time() - start < 5
