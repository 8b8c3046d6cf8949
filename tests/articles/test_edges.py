"""Where cleaning, splitting and decoding turn from one answer to the other."""

import io

import pytest

from chipstance.articles.cleaning.paragraphs import explain
from chipstance.articles.encodings import decode, likelihood
from chipstance.articles.line import Line, join, split_lines
from chipstance.articles.normalising.joined import fold_all, normalise_all
from chipstance.articles.sentences import LONGEST_QUOTATION, split
from chipstance.articles.text import from_text
from chipstance.errors import InputError

BODY = "記憶體合約價再漲一成，模組廠開始補庫存，現貨價也跟著走高。"


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


def kept(text: str) -> list[str]:
    return [sentence.text for sentence in from_text(text).sentences]


def test_ascii_says_nothing_of_being_chinese() -> None:
    assert likelihood("") == likelihood("DRAM up 3%") == 0.0


def test_a_common_character_counts_more_than_a_rarer_one_and_that_more_than_a_stranger() -> None:
    assert likelihood("的") == 3.0
    assert likelihood("，") == 2.0
    assert likelihood("Ａ") == 0.5
    assert likelihood("龘") == -0.5
    assert likelihood("ж") == -1.0
    assert likelihood("\ufffd") == likelihood("\ue000") == likelihood("\x01") == -4.0
    # Means over the characters that are not ASCII: (3 + 2 - 4) / 3.
    assert likelihood("的，\ufffdAB") == pytest.approx(1 / 3)


def test_a_file_damaged_behind_its_beginning_is_read_with_marks() -> None:
    data = ("芯片需求回升。" * 4_000).encode() + b"\xff" + "台積電領漲。".encode()
    text = decode(data)
    assert text.count("\ufffd") == 1
    assert text.endswith("台積電領漲。")


@pytest.mark.parametrize(
    "given",
    [None, 7, b"\xe8\x8a\xaf", float("nan")],
    ids=["None", "number", "bytes", "not a number"],
)
def test_what_is_no_string_is_refused_by_its_type(given: object) -> None:
    with pytest.raises(InputError, match=f"is of type {type(given).__name__}"):
        from_text(given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("芯片跌。台積電漲。", ["芯片跌。", "台積電漲。"]),
        ("他說：「芯片跌。台積電漲。」市場不信。", ["他說：「芯片跌。台積電漲。」", "市場不信。"]),
        ("「芯片會跌？」他說。", ["「芯片會跌？」他說。"]),
        ("芯片漲3.5%。", ["芯片漲3.5%。"]),
        ("Yahoo!奇摩報道芯片跌。", ["Yahoo!奇摩報道芯片跌。"]),
        ("芯片跌！！！台積電漲", ["芯片跌！！！", "台積電漲"]),
        ("芯片跌。……", ["芯片跌。……"]),
        ("  芯片跌。  台積電漲。 ", ["芯片跌。", "台積電漲。"]),
        ("真的會跌嗎？的確如此。", ["真的會跌嗎？", "的確如此。"]),
        ("詳見 a.com/?q=1 一文。", ["詳見 a.com/?q=1 一文。"]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, wanted: list[str]) -> None:
    assert parts(text) == wanted


@pytest.mark.parametrize(("length", "n"), [(LONGEST_QUOTATION - 4, 1), (LONGEST_QUOTATION + 4, 2)])
def test_a_quotation_is_kept_whole_up_to_a_length(length: int, n: int) -> None:
    half = "跌" * (length // 2 - 1) + "。"
    assert len(parts(f"「{half}{half}」")) == n


def test_what_cleaning_did_is_told_by_step_and_line() -> None:
    told = dict(explain(f"**晶片股回穩**\n{BODY}\n延伸閱讀\n存股族最愛的十檔股票"))
    assert "cut: **晶片股回穩** -> 晶片股回穩" in told.values()
    dropped = explain(f"晶片股回穩\n{BODY}\n延伸閱讀\n存股族最愛的十檔股票")
    assert [what for _, what in dropped] == ["dropped: 延伸閱讀", "dropped: 存股族最愛的十檔股票"]


def test_a_headline_that_comes_twice_is_kept_once() -> None:
    title = "記憶體合約價再漲一成"
    assert kept(f"{title}\n{title}\n{BODY}") == [title, BODY]


def test_a_sites_name_behind_a_headline_is_cut() -> None:
    assert kept(f"記憶體合約價再漲一成 | 某某新聞網\n{BODY}")[0] == "記憶體合約價再漲一成"


def test_a_short_name_before_a_bar_is_no_headline_to_be_cut() -> None:
    assert from_text(f"台積電 | 晶圓代工報價再漲一成\n{BODY}").sentences[-1].text == BODY


def test_links_below_the_article_are_dropped_and_a_figure_is_not() -> None:
    links = "\n".join(["財經首頁", "國際新聞", "股市行情", "科技產業"])
    assert kept(f"記憶體合約價再漲一成\n{BODY}\n{links}")[-1] == BODY
    assert kept(f"記憶體合約價再漲一成\n{BODY}\n現貨價收報3.85美元")[-1] == "現貨價收報3.85美元"


def test_joined_lines_know_where_each_part_stood() -> None:
    line = join([(Line("芯片", ((0, 5),)), None), (Line("AI", ((0, 9),)), 8)])
    assert (line.text, line.pieces) == ("芯片 AI", ((0, 5), (2, 8), (3, 9)))
    assert [line.offset(at) for at in range(5)] == [5, 6, 8, 9, 10]


@pytest.mark.parametrize(
    ("raw", "indented"),
    [("\u3000芯片", False), ("\u3000\u3000芯片", True), ("   芯片", False), ("    芯片", True)],
)
def test_two_wide_blanks_or_four_narrow_ones_indent_a_line(raw: str, indented: bool) -> None:
    (line,) = split_lines(raw)
    assert (line.text, line.start, line.indented) == ("芯片", len(raw) - 2, indented)


def test_lines_count_from_the_start_of_the_file() -> None:
    found = split_lines("芯片\r\n\n跌\n")
    assert [(line.text, line.start) for line in found] == [("芯片", 0), ("", 4), ("跌", 5), ("", 7)]


def test_many_texts_at_once_are_folded_as_one_by_one() -> None:
    texts = ["記憶體 漲 1,234.5 點"] * 5_000
    assert set(fold_all(texts)) == set(fold_all(texts[:1]))
    assert set(normalise_all(texts)) == set(normalise_all(texts[:1]))
    assert len(fold_all(texts)) == len(normalise_all(texts)) == 5_000


def test_a_pipe_that_ends_inside_a_character_says_so_and_keeps_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from chipstance.runs.cutting import cut
    from chipstance.runs.pieces import read_piece

    data = '{"text": "芯片需求回升。"}\n{"text": "台'.encode()[:-1]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    problems: list[str] = []
    found = [
        article
        for piece in cut(["-"])
        for article in read_piece(piece, encoding=None, problems=problems.append)
    ]
    assert [each.sentences[0].text for each in found] == ["芯片需求回升。"]
    assert len(problems) == 1
    assert "row 2" in problems[0]
