"""What a reader tells apart at a glance: titles, running text, what is the article of a page."""

import json
from pathlib import Path

import pytest

from chipstance.articles.cleaning.headlines import has_title, headlines
from chipstance.articles.encodings import decode
from chipstance.articles.line import Line, split_lines
from chipstance.articles.shapes import is_running
from chipstance.articles.web.pages import read_page
from chipstance.articles.web.visible import visible_lines
from chipstance.errors import InputError
from chipstance.runs.cutting import cut
from tests.runs.test_cutting import feed, read_all

ONE = "記憶體合約價再漲一成，模組廠開始補庫存，現貨價也跟著走高。"
TWO = "一名分析師提醒，手機廠商的成本壓力會先浮現，終端需求還要看下半年。"


def test_bytes_that_do_not_fit_are_said_with_the_encoding_that_was_named() -> None:
    with pytest.raises(InputError, match=r"is not Big5 \(byte 2\); name another encoding"):
        decode("晶".encode("big5hkscs") + b"\xff\xff", encoding="Big5")


def test_pieces_read_in_another_encoding_are_other_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "chips"}\n' * 40)
    stamps = [
        {piece.stamp for piece in cut([str(path)], encoding=encoding, size=100)}
        for encoding in ("utf-8", "big5", "gbk")
    ]
    assert len(set.union(*stamps)) == sum(map(len, stamps))


def test_rows_that_come_by_a_pipe_are_numbered_from_its_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [{"text": "台積電擴產。"}, {"text": "聯電擴產。"}, {"text": 3}]
    feed(monkeypatch, [json.dumps(row).encode() + b"\n" for row in rows])
    texts, (problem,) = read_all(list(cut(["-"])))
    assert texts == ["台積電擴產。", "聯電擴產。"]
    assert problem.startswith("-: row 3: ")


@pytest.mark.parametrize("end", "。，,：:")
def test_a_line_that_goes_on_or_is_a_sentence_is_no_title(end: str) -> None:
    body = Line("外資轉為買超。", ((0, 0),))
    assert has_title([Line("晶片股回穩台積電領漲", ((0, 0),)), body])
    assert not has_title([Line(f"晶片股回穩台積電領漲{end}", ((0, 0),)), body])


def test_a_section_above_a_headline_and_its_short_form_is_no_part_of_the_article() -> None:
    full, short = "台積電法說會釋出三大訊息外資齊聲看好", "台積電法說會釋出三大訊息"
    kept = headlines(split_lines("\n".join(["半導體新聞區", full, short, ONE, TWO])))
    assert [line.text for line in kept] == [short, ONE, TWO]
    assert kept[0].heading


def test_one_pause_and_an_exclamation_make_a_line_running_text() -> None:
    text = "記憶體現貨價連續第三個月大幅上漲並帶動模組廠補庫存，下游客戶只能跟進搶貨！"
    assert is_running(text)
    assert not is_running(text.replace("，", " "))


def page(article: str, beside: str) -> str:
    head = "<html><head><title>記憶體合約價再漲一成</title></head>"
    return f"{head}<body><div>{beside}</div><article>{article}</article></body></html>"


def test_a_page_says_its_title() -> None:
    found = read_page(page(f"<p>{ONE}</p><p>{TWO}</p>", ""))
    assert found.title == "記憶體合約價再漲一成"
    assert found.published is None


def test_what_stands_beside_the_article_of_a_page_is_no_line_of_it() -> None:
    beside = "<p>本站使用的小型文字檔案有助於改善瀏覽體驗</p>"
    found = read_page(page(f"<p>{ONE}</p><p>{TWO}</p>" * 2, f"<footer>{beside}</footer>"))
    assert {line.text for line in found.lines if line.text} == {ONE, TWO}


def test_lines_of_preformatted_text_may_begin_with_any_letter() -> None:
    lines = visible_lines("<pre>XPU芯片跌\r\nX光平\n\n台積電漲</pre>")
    assert [line.text for line in lines if line.text] == ["XPU芯片跌", "X光平", "台積電漲"]
