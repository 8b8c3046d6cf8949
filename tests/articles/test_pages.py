"""Web pages: what they show of their article; and those that are no model of their kind."""

import json
from pathlib import Path
from typing import Any

import pytest

from chipstance.articles.text import from_text
from chipstance.articles.web import main_text
from chipstance.articles.web.pages import read_page
from chipstance.articles.web.visible import visible_lines

BODY = (
    "<p>記憶體合約價再漲一成，原廠減產奏效，模組廠開始補庫存，現貨價也跟著走高。</p>"
    "<p>一名分析師提醒，手機廠商的成本壓力會先浮現，終端需求是否跟得上還要看下半年。</p>"
)


def shown(html: str, **how: bool) -> list[str]:
    return [line.text for line in visible_lines(html, **how) if line.text]


CASES = json.loads((Path(__file__).parent / "cases" / "pages.json").read_text("utf-8"))
HEADLINE = "記憶體漲價潮未歇 模組廠補庫存"
TEXT = (
    "合約價連漲兩季，模組廠開始補庫存，現貨價也跟著走高。",
    "原廠的減產還沒有結束，下半年供給仍然吃緊，買方只好接受。",
    "手機廠的成本壓力先浮現，終端需求是否跟得上要看新機銷售。",
)
LAYOUT = """<!DOCTYPE html>
<html><head><title>{window}</title>{head}</head><body><div class="menu"><a href="/">首頁</a></div>
{above}<div class="wrap">{headline}{masthead}<{element}>{body}</{element}>{below}</div>
<div class="news"><h3>相關新聞</h3><ul>
<li><a href="/1">某廠去年底已調漲報價</a> <span>2024-12-01</span></li>
<li><a href="/2">某廠擴產</a> <span>2024-11-30 10:20</span></li></ul></div>{footer}</body></html>"""
PARTS = {
    "window": HEADLINE, "head": "", "above": "", "headline": f"<h1>{HEADLINE}</h1>", "masthead": "",
    "element": "div", "body": "".join(f"<p>{text}</p>" for text in TEXT), "below": "", "footer": "",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_page_shows_its_article_and_who_published_it_when(case: dict[str, Any]) -> None:
    html = LAYOUT.format(**PARTS | {part: case[part] for part in PARTS if part in case})
    article = from_text(html, source="a.html")
    assert [each.text for each in article.sentences] == case.get("sentences", [HEADLINE, *TEXT])
    assert article.title == case.get("title", HEADLINE)
    assert (article.published, article.source) == (
        case.get("published"),
        case.get("source", "a.html"),
    )
    for each in article.sentences:
        assert html[each.start] == each.text[0]


FIELD = (
    '<div class="article-metaline"><span class="article-meta-tag">{}</span>'
    '<span class="article-meta-value">{}</span></div>'
)
POST = f"""<!DOCTYPE html>
<html><head><title>[心得] 記憶體的循環 - 看板 Stock - 某實業坊</title></head><body>
<div id="main-content" class="bbs-screen bbs-content">{FIELD.format("作者", "somebody (某某)")}\
{FIELD.format("標題", "[心得] 記憶體的循環")}{FIELD.format("時間", "Wed Jul 16 14:22:31 2025")}
合約價這一季又漲了兩成以上
模組廠的庫存還有三個月

手機廠開始砍單，跌勢從現貨開始
看空的人不少
--
<span class="f2">※ 發信站: 某實業坊, 來自: 192.0.2.1
</span><div class="push"><span>推 </span><span>aaa</span><span>: 空軍來了</span></div></div>
</body></html>"""


def test_lines_and_fields_of_a_post_are_those_that_the_board_shows() -> None:
    texts = [line.text for line in read_page(POST).lines]
    assert texts[:10] == [
        "作者 somebody (某某)",
        "標題 [心得] 記憶體的循環",
        "時間 Wed Jul 16 14:22:31 2025",
        "",
        "合約價這一季又漲了兩成以上",
        "模組廠的庫存還有三個月",
        "",
        "手機廠開始砍單，跌勢從現貨開始",
        "看空的人不少",
        "--",
    ]
    assert from_text(POST).published == "2025-07-16"


def test_a_page_too_large_for_a_parser_is_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(main_text, "_LARGEST", 100)
    page = read_page(f"<html><body><nav>首頁</nav>{BODY}</body></html>")
    assert [line.text[:5] for line in page.lines if line.text] == ["記憶體合約", "一名分析師"]
    assert (page.title, page.published, page.source) == (None, None, None)


def test_a_parser_that_fails_costs_nothing_but_menus(monkeypatch: pytest.MonkeyPatch) -> None:
    import trafilatura

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a page that it cannot bear")

    monkeypatch.setattr(trafilatura, "bare_extraction", fail)
    article = from_text(f"<html><body>{BODY}</body></html>")
    assert [sentence.text[:5] for sentence in article.sentences] == ["記憶體合約", "一名分析師"]


@pytest.mark.parametrize(("n_items", "fast"), [(20, False), (2_001, True)])
def test_nothing_whose_time_grows_with_a_square_reads_a_page_of_very_many_items(
    monkeypatch: pytest.MonkeyPatch, n_items: int, fast: bool
) -> None:
    import trafilatura

    asked = []
    monkeypatch.setattr(trafilatura, "bare_extraction", lambda *_, **how: asked.append(how))
    read_page(f"<html><body><ul>{'<li>某廠擴產' * n_items}</ul>{BODY}</body></html>")
    assert [how["fast"] for how in asked] == [fast]


def test_a_headline_outside_the_article_is_put_above_it() -> None:
    head = "<html><head><title>記憶體合約價再漲一成</title></head><body>"
    top = "<div class='top'><h1>記憶體合約價再漲一成</h1></div>"
    article = from_text(f"{head}{top}<article>{BODY}</article></body></html>")
    assert article.sentences[0].text == "記憶體合約價再漲一成"
    assert article.title == "記憶體合約價再漲一成"


def test_a_comment_left_open_loses_nothing_and_a_closed_one_is_not_shown() -> None:
    assert shown("<p>芯片跌</p><!-- 台積電漲") == ["芯片跌", "台積電漲"]
    assert shown("<p>芯片跌</p><!-- 台積電漲 --><p>輝達平</p>") == ["芯片跌", "輝達平"]


@pytest.mark.parametrize("quote", ["'", "&quot;"])
def test_a_value_of_a_tag_is_not_shown_however_long(quote: str) -> None:
    value = "<p>台積電漲</p>" * 1_000
    mark = '"' if quote == "'" else "'"
    assert shown(f"<p data-x={mark}{quote}{value}{mark} id=a>芯片跌</p>") == ["芯片跌"]


def test_a_quote_left_open_hides_no_text_far_below() -> None:
    below = "<p>台積電漲</p>" * 1_000
    assert shown(f'<a href="x>芯片跌</a>{below}<p class="a">輝達平</p>')[-1] == "輝達平"
    assert shown(f'<a href="x>芯片跌</a>{below}<p class="a">輝達平</p>').count("台積電漲") == 1_000


def test_preformatted_text_keeps_its_lines() -> None:
    assert shown("<pre>芯片跌\n\n台積電漲</pre>") == ["芯片跌", "台積電漲"]


def test_an_entity_that_is_none_stays_as_it_is_written() -> None:
    assert shown("<p>研發&bogus;支出&amp;成本</p>") == ["研發&bogus;支出&成本"]


@pytest.mark.parametrize("end", ["。&rdquo;", "&#12290;", "&hellip;&hellip;", "（暫譯&#65289;"])
def test_a_sentence_ends_behind_the_entity_that_it_ends_with(end: str) -> None:
    html = f"<html><body><p>他說：&ldquo;報價會再調漲一成，客戶都同意{end}</p>{BODY}</body></html>"
    first = from_text(html).sentences[0]
    assert html[first.start : first.end].endswith(f"同意{end}")


def test_menus_and_footers_are_left_out_on_demand() -> None:
    html = "<nav>首頁&amp;科技</nav><p>芯片跌</p><footer>版權所有</footer>"
    assert shown(html, apart=False) == ["芯片跌"]
    assert shown(html) == ["首頁&科技", "芯片跌", "版權所有"]


def test_a_closing_tag_without_an_opening_one_hides_nothing() -> None:
    assert shown("</nav><p>芯片跌</p>", apart=False) == ["芯片跌"]
