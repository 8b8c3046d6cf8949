"""Where reading turns from one answer to the other: other news, headlines, pages, rows."""

from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from chipstance.articles.cleaning.headlines import has_title, headlines
from chipstance.articles.cleaning.leadins import byline_end, lead_ins
from chipstance.articles.cleaning.link_lists import link_lists
from chipstance.articles.cleaning.related import is_inline, related_reading
from chipstance.articles.cleaning.wrapping import columns
from chipstance.articles.dates import iso_date
from chipstance.articles.line import Line, join, split_lines
from chipstance.articles.normalising.fold import fold, is_han
from chipstance.articles.tables.rows import csv_rows, jsonl_rows, parquet_rows
from chipstance.articles.text import from_text
from chipstance.articles.web.pages import is_html, read_page
from chipstance.articles.web.visible import shown_lines, visible_lines
from chipstance.errors import InputError

ONE = "記憶體合約價再漲一成，模組廠開始補庫存，現貨價也跟著走高。"
TWO = "一名分析師提醒，手機廠商的成本壓力會先浮現，終端需求還要看下半年。"
THREE = "管理層料第二季出貨量續增，產能利用率回升，毛利率可望持平。"


def left(step: object, *texts: str) -> list[str]:
    """What a step leaves of lines, blank ones aside."""
    lines = step(split_lines("\n".join(texts)))  # type: ignore[operator]
    return [line.text for line in lines if line.text]


def test_folding_takes_capitals_of_europe_down_and_leaves_what_would_grow() -> None:
    assert fold("ＡÄŁ") == "aäł"
    assert fold("İ") == "İ"
    assert fold("﹒．％「」—") == '..%""-'
    assert fold("−1‑2﹣3﹢4") == "-1-2-3+4"


@pytest.mark.parametrize(
    ("char", "is_one"),
    [
        ("㐀", True), ("一", True), ("鿿", True), ("豈", True), ("𠀀", True), ("\U0003ffff", True),
        ("㏿", False), ("䷀", False), ("ꀀ", False), ("あ", False), ("A", False),
        ("\U00040000", False),
    ],
)  # fmt: skip
def test_chinese_characters_are_those_of_the_blocks_of_unicode(char: str, is_one: bool) -> None:
    assert is_han(char) is is_one


def test_a_block_of_other_news_ends_where_two_paragraphs_follow_a_headline() -> None:
    block = ["延伸閱讀", "台積電赴美設廠傳新進展", "輝達新品下月亮相"]
    assert left(related_reading, ONE, *block, TWO, THREE) == [ONE, TWO, THREE]
    assert left(related_reading, ONE, *block) == [ONE]
    # One last paragraph behind several headlines is the article's.
    assert left(related_reading, ONE, *block, TWO) == [ONE, TWO]
    # Right behind the heading, and behind one headline, it is a teaser's.
    assert left(related_reading, ONE, "延伸閱讀", TWO) == [ONE]
    assert left(related_reading, ONE, "延伸閱讀", "輝達新品下月亮相", TWO) == [ONE]
    # A headline over each paragraph: teasers with a summary each.
    assert left(related_reading, ONE, "延伸閱讀", "甲公司擴產傳聞", TWO, "乙公司擴產", THREE) == [
        ONE
    ]


def test_one_headline_and_one_paragraph_set_apart_from_it_end_a_block() -> None:
    assert left(related_reading, ONE, "延伸閱讀", "輝達新品下月亮相", "", TWO) == [ONE, TWO]
    assert left(related_reading, ONE, "延伸閱讀", "", "輝達新品下月亮相", "", TWO) == [ONE]


def test_an_article_goes_on_behind_a_block_with_its_own_heading() -> None:
    packed = ["延伸閱讀", "台積電赴美設廠傳新進展", "輝達新品下月亮相", "聯電報價傳調升"]
    apart = ["", "成本壓力浮現", "", TWO, "", THREE]
    assert left(related_reading, ONE, *packed, *apart) == [ONE, "成本壓力浮現", TWO, THREE]
    # What is dated is a teaser, and so is what stands as close as they do.
    dated = ["", "2025-02-03 10:30", "", TWO, "", THREE]
    assert left(related_reading, ONE, *packed, *dated) == [ONE, TWO, THREE]
    assert left(related_reading, ONE, *packed, "成本壓力浮現", TWO, THREE) == [ONE, TWO, THREE]


def test_a_block_above_the_article_loses_its_heading_alone() -> None:
    assert left(related_reading, "相關新聞", "記憶體合約價再漲一成", ONE) == [
        "記憶體合約價再漲一成", ONE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("延伸閱讀：輝達新品下月亮相", True), ("推薦閱讀 輝達新品下月亮相", True),
        ("▶ 輝達新品下月亮相", True), ("▶ 3月營收", False), ("上一篇：輝達新品", True),
        ("延伸閱讀：" + "長" * 160, False), (ONE, False),
    ],
)  # fmt: skip
def test_a_line_that_offers_other_news_by_itself_is_known(text: str, offers: bool) -> None:
    assert is_inline(text) is offers


def test_a_list_of_offers_goes_and_the_article_goes_on() -> None:
    offers = ["延伸閱讀：輝達新品下月亮相", "▶ 聯電報價傳調升一成"]
    assert left(related_reading, ONE, *offers, TWO) == [ONE, TWO]
    assert left(related_reading, *offers, ONE) == [ONE]


def test_links_behind_the_last_paragraph_go_and_text_without_a_full_stop_stays() -> None:
    assert left(link_lists, ONE, "財經", "股市", "國際") == [ONE]
    assert left(link_lists, ONE, "財經", "股市") == [ONE]
    # Lines that say something, among menus too.
    says = ["記憶體現貨價連續第三週上揚且成交量同步放大兩成", "收報3.85美元上漲"]
    assert left(link_lists, ONE, *says) == [ONE, *says]
    assert left(link_lists, ONE, says[0], "財經", "股市") == [ONE, says[0]]
    assert left(link_lists, ONE, "國道連假首日車流湧現 南下路段塞到晚上", "財", "股市") == [ONE]
    assert left(link_lists, "財經", "股市", "國際") == ["財經", "股市", "國際"]
    assert left(link_lists, ONE, says[1], "財經", "股市") == [ONE, says[1]]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("記憶體合約價再漲一成", True), ("晶片漲價", True), ("晶片漲", False),
        ("Chips rise again", False), ("記憶體合約價再漲，", False), ("記憶體合約價：", False),
        ("記憶體合約價再漲一成。", False), ("• 記憶體合約價再漲", False),
        ("🔥記憶體合約價再漲", True),
        ("記憶體合約價連三季上漲，模組廠搶貨，手機廠老闆高呼：快吃不消了！", True),
        ("記憶體漲了！記憶體合約價真的漲了，模組廠搶貨，手機廠高呼：吃不消了！真的！", False),
    ],
)  # fmt: skip
def test_a_title_is_a_chinese_line_of_its_own_that_is_no_sentence(text: str, title: bool) -> None:
    assert has_title(split_lines(f"{text}\n{ONE}")) is title


def test_a_sites_name_and_a_section_above_the_title_go() -> None:
    title = "記憶體合約價再漲一成 原廠減產奏效"
    assert left(headlines, "首頁", title, ONE) == [title, ONE]
    assert left(headlines, "Tech News", title, ONE) == [title, ONE]
    assert left(headlines, f"{title} - 某某新聞網", title, ONE) == [title, ONE]
    assert left(headlines, title, "2025-02-03", ONE) == [title, "2025-02-03", ONE]
    found = headlines(split_lines(f"{title}\n{ONE}"))
    assert [line.heading for line in found] == [True, False]
    # Below the first paragraph the same words are no longer the headline.
    assert left(headlines, title, ONE, title, TWO) == [title, ONE, TWO]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("（記者王小明／台北報導）" + ONE, ONE),
        ("【記者王小明/綜合報導】" + ONE, ONE),
        ("記者王小明／台北報導 " + ONE, ONE),
        ("（中央社記者王小明台北3日電）" + ONE, "（中央社記者王小明台北3日電）" + ONE),
        (ONE + "（編輯：王小明）", ONE),
        (ONE + "（完）", ONE),
        (ONE + "（延伸閱讀：輝達新品下月亮相）" + TWO, ONE + TWO),
        (ONE + "（見表一）", ONE + "（見表一）"),
    ],
)
def test_credits_and_offers_around_a_paragraph_are_cut_and_a_dateline_is_not(
    text: str, body: str
) -> None:
    assert left(lead_ins, text) == [body]


def test_a_byline_ends_where_the_story_begins_and_is_none_by_itself() -> None:
    assert byline_end("（記者王小明／台北報導）芯片跌") == len("（記者王小明／台北報導）")
    assert byline_end("（記者王小明／台北報導）") == 0
    assert byline_end("記者會上公布") == byline_end(ONE) == 0


def test_a_chinese_character_takes_two_columns() -> None:
    assert [columns(text) for text in ("", "AI", "芯片", "芯A片", "，。", "한국")] == [
        0,
        2,
        4,
        5,
        4,
        4,
    ]


def rows(path: Path, text: str) -> tuple[list[tuple[int, dict[str, object]]], list[str]]:
    path.write_text(text, "utf-8")
    read = jsonl_rows if path.suffix == ".jsonl" else csv_rows
    problems: list[str] = []
    found = [
        (number, dict(row))
        for number, row in read(path, None, lambda n, what: problems.append(f"{n}: {what}"))
    ]
    return found, problems


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_table_is_separated_by_what_its_header_has_most_of(tmp_path: Path, mark: str) -> None:
    lines = [["Text ", "title"], ["芯片,跌;了\t", "甲"], [], ["芯片漲", "乙", "丙"], ["平"]]
    text = "\n".join(mark.join(f'"{cell}"' for cell in line) for line in lines)
    found, problems = rows(tmp_path / "a.csv", text)
    assert found == [(2, {"text": "芯片,跌;了\t", "title": "甲"}), (5, {"text": "平"})]
    assert problems == ["4: has 3 cells, the header 2; quote the text"]


def test_a_table_with_nothing_in_it_or_a_column_twice_says_so(tmp_path: Path) -> None:
    for name, text, what in (
        ("a.csv", "", "no column named text"),
        ("b.csv", "title\n甲", "no column named text"),
        ("c.csv", "text,text\n甲,乙", "two columns named 'text'"),
    ):
        with pytest.raises(InputError, match=what):
            rows(tmp_path / name, text)
    # Columns that mean nothing here may come as often as they like.
    assert rows(tmp_path / "d.csv", "text,a,a\n甲,1,2")[0] == [(2, {"text": "甲", "a": "2"})]


def test_rows_of_json_lines_keep_the_numbers_of_their_lines(tmp_path: Path) -> None:
    text = '\ufeff{"text": "甲"}\n\n[1]\n{broken\n{"text": "乙"}\n'
    found, problems = rows(tmp_path / "a.jsonl", text)
    assert found == [(1, {"text": "甲"}), (5, {"text": "乙"})]
    assert problems[0] == '3: is not an object; write {"text": "…"}'
    assert problems[1].startswith("4: is not JSON (Expecting property name")
    assert problems[1].endswith("); mend the line")


def test_rows_of_parquet_count_through_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pyarrow.table({"n": list(range(700)), "text": [f"芯片{n}" for n in range(700)]})
    pyarrow.parquet.write_table(table, path, row_group_size=300)
    found = list(parquet_rows(path))
    assert [number for number, _ in found] == list(range(1, 701))
    assert found[699][1] == {"text": "芯片699"}
    # The third group has rows 601 to 700.
    assert [number for number, _ in parquet_rows(path, [2])] == list(range(601, 701))


PAGE = "<html><head><title>{}</title></head><body>{}<article>{}</article></body></html>"


def page(title: str, top: str, *paragraphs: str) -> list[str]:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return [line.text for line in read_page(PAGE.format(title, top, body)).lines if line.text]


def test_a_headline_of_four_characters_above_an_article_is_one() -> None:
    assert page("晶片漲價", "<h1>晶片漲價</h1>", ONE, TWO, THREE)[:2] == ["晶片漲價", ONE]
    assert page("晶片漲", "<h1>晶片漲</h1>", ONE, TWO, THREE)[0] == ONE


def test_a_heading_that_begins_the_pages_title_is_the_headline_and_a_line_is_not() -> None:
    title = "晶片漲價成定局 下半年看需求"
    assert page(title, "<h1>晶片漲價成定局</h1>", ONE, TWO, THREE)[:2] == ["晶片漲價成定局", ONE]
    assert page(title, "<div>晶片漲價成定局</div>", ONE, TWO, THREE)[0] == ONE


def test_a_page_is_known_by_how_it_begins_or_by_its_tags() -> None:
    assert is_html("<!-- 甲 --><html>")
    assert is_html("\n<?xml version='1.0'?> <!DOCTYPE html>")
    assert not is_html("芯片</p></p>跌</b>")
    assert is_html("芯片</p></p>跌</b></div></p>")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<p>台積電漲3%。</p><p>三星跌2%。</p>", ["台積電漲3%。", "三星跌2%。"]),
        ("\ufeff <div class='a'>台積電&nbsp;漲3%&#65292;三星&amp;聯電跌。",
         ["台積電 漲3%，三星&聯電跌。"]),
        ("台積電漲3%。<br/>三星跌2%。<BR>", ["台積電漲3%。", "三星跌2%。"]),
        ("台積電漲<a href='x'>3%</a>。", ["台積電漲3%。"]),
        ("台積電漲<img src='x'>3%。", ["台積電漲3%。"]),
        # Lines of text with a tag in them stay lines.
        (f"記憶體合約價再漲一成\n\n<b>台積電</b>領漲。\n\n{ONE}",
         ["記憶體合約價再漲一成", "台積電領漲。", ONE]),
    ],
)  # fmt: skip
def test_an_article_with_a_few_tags_is_shown_without_them(text: str, shown: list[str]) -> None:
    article = from_text(text)
    assert [sentence.text for sentence in article.sentences] == shown
    for sentence in article.sentences:
        assert text[sentence.start] == sentence.text[0]


@pytest.mark.parametrize(
    "text",
    [
        "毛利率<50%,台積電漲3%。", "<台積電>漲3%。", "台積電<p漲3%。", "三星</b>跌2%。",
        "A<B>C漲3%。", "三星<x>跌</x>2%。", "甲<乙,丙>丁,美光漲。", "<3奈米>製程漲價。",
    ],
)  # fmt: skip
def test_a_text_with_signs_of_less_and_more_is_no_html(text: str) -> None:
    assert not is_html(text)
    assert "".join(sentence.text for sentence in from_text(text).sentences) == text


def test_places_in_a_text_are_those_of_the_file() -> None:
    text = f"記憶體合約價再漲一成\n\n{ONE}{TWO}\n"
    title, one, two = from_text(text).sentences
    for sentence in (title, one, two):
        assert text[sentence.start : sentence.end] == sentence.text
    assert (title.heading, one.heading) == (True, False)
    assert one.paragraph == two.paragraph == title.paragraph + 1


def test_a_cut_line_keeps_its_places() -> None:
    line = Line("  芯片 跌", ((0, 10), (3, 20)))
    assert line.cut(2).text == "芯片 跌"
    assert [line.cut(2).offset(at) for at in range(4)] == [12, 20, 21, 22]


@pytest.mark.parametrize("written", ["民國114年2月3日", "2025年2月3日", "2025-02-03", "2025/2/3"])
def test_a_date_is_the_same_day_by_either_count_of_years(written: str) -> None:
    assert iso_date(written) == "2025-02-03"


def test_what_is_joined_is_a_heading_if_a_part_is_one_and_indented_as_the_first_is() -> None:
    parts = [(Line("芯片", ((0, 0),), True, True), None), (Line("跌", ((0, 5),)), None)]
    assert (join(parts).heading, join(parts).indented) == (True, True)
    assert (join(parts[::-1]).heading, join(parts[::-1]).indented) == (True, False)
    assert join(parts[1:]).heading is False


def test_what_stands_apart_inside_what_stands_apart_ends_with_the_outer() -> None:
    html = "<footer><nav>首頁</nav>版權</footer><p>芯片跌</p><nav>財經</nav><p>台積電漲</p>"
    found = [line.text for line in visible_lines(html, apart=False) if line.text]
    assert found == ["芯片跌", "台積電漲"]


def test_of_a_line_its_characters_in_links_and_in_bold_are_counted_without_spaces() -> None:
    seen = shown_lines("<p><a href=x><b>台　積 電</b></a></p><p>漲<b>3&nbsp;%　</b>。</p>")
    assert [(shown.line.text, shown.n_linked, shown.n_bold) for shown in seen] == [
        ("台　積 電", 3, 3), ("", 0, 0), ("漲3 %　。", 0, 2), ("", 0, 0),
    ]  # fmt: skip


def test_blank_lines_of_a_page_stand_where_the_line_before_does() -> None:
    lines = visible_lines("<p>芯片跌</p><pre>甲\n\n乙</pre>")
    assert [(line.text, line.offset(0)) for line in lines] == [
        ("芯片跌", 3), ("", 3), ("甲", 15), ("", 15), ("乙", 18), ("", 18),
    ]  # fmt: skip
