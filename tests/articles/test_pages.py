"""Web pages that are no model of their kind: broken, enormous, or without what others have."""

import pytest

from chipstance.articles import pages
from chipstance.articles.pages import read_page
from chipstance.articles.text import from_text
from chipstance.articles.visible import visible_lines

BODY = (
    "<p>記憶體合約價再漲一成，原廠減產奏效，模組廠開始補庫存，現貨價也跟著走高。</p>"
    "<p>一名分析師提醒，手機廠商的成本壓力會先浮現，終端需求是否跟得上還要看下半年。</p>"
)


def shown(html: str, **how: bool) -> list[str]:
    return [line.text for line in visible_lines(html, **how) if line.text]


def test_a_page_too_large_for_a_parser_is_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "_LARGEST", 100)
    page = read_page(f"<html><body><nav>首頁</nav>{BODY}</body></html>")
    assert [line.text[:5] for line in page.lines if line.text] == ["記憶體合約", "一名分析師"]
    assert (page.title, page.published, page.source) == (None, None, None)


def test_a_parser_that_fails_costs_the_metadata_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a page that it cannot bear")

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    article = from_text(f"<html><body>{BODY}</body></html>")
    assert [sentence.text[:5] for sentence in article.sentences] == ["記憶體合約", "一名分析師"]


def test_a_headline_outside_the_article_is_put_above_it() -> None:
    head = "<html><head><title>記憶體合約價再漲一成</title></head><body>"
    top = "<div class='top'><h1>記憶體合約價再漲一成</h1></div>"
    article = from_text(f"{head}{top}<article>{BODY}</article></body></html>")
    assert article.sentences[0].text == "記憶體合約價再漲一成"
    assert article.title == "記憶體合約價再漲一成"


def test_a_comment_left_open_loses_nothing_and_a_closed_one_is_not_shown() -> None:
    assert shown("<p>芯片跌</p><!-- 台積電漲") == ["芯片跌", "台積電漲"]
    assert shown("<p>芯片跌</p><!-- 台積電漲 --><p>輝達平</p>") == ["芯片跌", "輝達平"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert shown("<pre>芯片跌\n\n台積電漲</pre>") == ["芯片跌", "台積電漲"]


def test_an_entity_that_is_none_stays_as_it_is_written() -> None:
    assert shown("<p>研發&bogus;支出&amp;成本</p>") == ["研發&bogus;支出&成本"]


def test_menus_and_footers_are_left_out_on_demand() -> None:
    html = "<nav>首頁&amp;科技</nav><p>芯片跌</p><footer>版權所有</footer>"
    assert shown(html, apart=False) == ["芯片跌"]
    assert shown(html) == ["首頁&科技", "芯片跌", "版權所有"]


def test_a_closing_tag_without_an_opening_one_hides_nothing() -> None:
    assert shown("</nav><p>芯片跌</p>", apart=False) == ["芯片跌"]
