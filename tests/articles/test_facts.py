"""What the lines of a text say about it: when, by whom."""

from datetime import UTC, datetime

import pytest

from chipstance.articles.dates import from_cell
from chipstance.articles.facts import published, publisher
from chipstance.articles.line import Line


def lines(*texts: str) -> list[Line]:
    return [Line(text, ((0, 0),)) for text in texts]


def test_the_agencys_closing_day_is_in_the_calendar_of_the_republic() -> None:
    assert published(lines("晶片股回穩", "需求回升。（編輯：某某）1140128")) == "2025-01-28"


def test_a_day_that_no_calendar_has_is_none() -> None:
    assert published(lines("需求回升。（編輯：某某）1140231")) is None


def test_a_moment_beyond_the_last_day_that_there_is_stays_where_it_is() -> None:
    assert from_cell(datetime.max.replace(tzinfo=UTC)) == "9999-12-31"


def test_the_date_stands_in_the_first_25_lines_or_nowhere() -> None:
    body = ["需求回升，模組廠開始補庫存，現貨價也跟著走高。"]
    assert published(lines(*body * 24, "2025-02-03")) == "2025-02-03"
    assert published(lines(*body * 25, "2025-02-03")) is None


def test_a_byline_says_the_day_behind_the_place() -> None:
    assert published(lines("某某網記者某大明 台北 2026-03-05 11:20")) == "2026-03-05"


def test_a_text_without_lines_has_no_date() -> None:
    assert published([]) is None


def test_who_took_the_picture_is_not_who_published() -> None:
    assert publisher(lines("圖片來源：某某社")) is None
    assert publisher(lines("來源：某某報")) == "某某報"


@pytest.mark.parametrize(
    "caption", ["图：动工仪式现场　来源：主办方供图", "圖／展場一景。（來源：主辦單位）"]
)
def test_whose_picture_it_is_did_not_publish_the_story(caption: str) -> None:
    body = "需求回升，模組廠開始補庫存，現貨價也跟著走高。"
    assert publisher(lines("晶片股回穩", body, caption)) is None
    assert publisher(lines("晶片股回穩", body, caption, "來源：某某報")) == "某某報"


def test_a_headline_that_ends_in_its_day_names_no_publisher() -> None:
    assert publisher(lines("記憶體日報 2025.03.02", "需求回升，客戶開始補庫存。")) is None
    assert publisher(lines("需求回升", "某某日報 2025.03.02")) == "某某日報"
    assert publisher(lines("需求回升", "【早報】2025年3月2日")) is None


@pytest.mark.parametrize(
    "dateline",
    [
        "深圳2025年3月2日 /美通社/ -- ",
        "深圳，2025年3月2日（美通社）—— ",
        "美國加州聖荷西2025年3月2日 /PRNewswire/ -- ",
        "加利福尼亚州桑尼维尔2025年3月2日 /美通社/ -- ",
        "美國亞利桑那州錢德勒2025年3月2日 /PRNewswire/ -- ",
        "德國德勒斯登、中國無錫2025年3月2日 /美通社/ -- ",
        "荷兰费尔德霍芬、中国上海和韩国华城，2025年3月2日（美通社）—— ",
        "SHENZHEN, March 2, 2025 /PRNewswire/ -- ",
        "（某某社記者林小華高雄2025年3月2日電）",
        "〔記者林小華／高雄2025年3月2日報導〕",
        "某某社洛陽2025年3月2日電 ",
        "某某社北京2025年3月2日电（记者林某某）",
        "路透舊金山2025年3月2日 - ",
        "【某某社2025年3月2日訊】",
        "某某社2025年3月2日訊，",
        "(2 Mar 2025) ",
        "（台北114年3月2日）",
    ],
)
def test_the_dateline_of_the_first_paragraph_gives_the_day(dateline: str) -> None:
    story = dateline + "封測廠表示，產能利用率回升到八成。"
    assert published(lines("封測廠產能回升", story)) == "2025-03-02"
    assert published(lines("封測廠產能回升", "2025-03-05", story)) == "2025-03-05"
    assert published(lines("封測廠公布新廠進度。", story)) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "深圳2025年3月2日舉行的論壇上，多家封測廠看好需求。",
        "台北2025年3月2日至5日的展覽，封測廠都來了。",
        "香港2025年3月2日—5日的展覽吸引封測廠參展。",
        "北京2025年3月2日電動車銷量公布，車用晶片拉貨轉強。",
        "美國加利福尼亞州和亞利桑那州2025年3月2日起補貼封測廠。",
        "德國慕尼黑、中國上海2025年3月2日電動車展，封測廠都來了。",
        "路透2025年3月2日報導稱，封測廠考慮漲價。",
        "某某社2025年3月2日電稱，封測廠考慮漲價。",
        "根據某某社北京2025年3月2日電，晶片進口減少。",
        "（2025年3月2日收市價計）封測廠市值創新高。",
        "2025年3月2日，香港股市重挫，封測股領跌。",
    ],
)
def test_a_day_that_the_first_sentence_speaks_of_is_not_the_articles(sentence: str) -> None:
    assert published(lines("封測廠產能回升", sentence, "訂單能見度到年底。")) is None


def test_the_days_of_a_chronicle_are_not_the_articles() -> None:
    days = ["（2025年3月2日）封測廠動土，斥資百億元。", "（2025年6月5日）封測廠量產。"]
    assert published(lines("封測廠大事", *days)) is None


@pytest.mark.parametrize(
    "below",
    [
        ["本網站之文字、圖片及影音，未經授權不得轉載。"],
        ["下載某某社新聞app，看更多", "首頁", "某某社"],
    ],
)
def test_the_agencys_closing_day_may_have_the_page_below_it(below: list[str]) -> None:
    body = [
        "晶片股回穩",
        "（某某社台北24日電）封測廠補庫存。",
        "需求回升。（譯者：甲/核稿：乙）1141224",
    ]
    assert published(lines(*body, *below)) == "2025-12-24"
    assert published(lines("晶片股回穩", "代理的新品（編號：某某）1141224", *below)) is None


def test_an_agencys_dateline_names_who_published() -> None:
    assert (
        publisher(lines("晶片股回穩", "（中央社記者某大明舊金山24日專電）需求回升。")) == "中央社"
    )
    assert publisher(lines("芯片股回稳", "（新华社北京3月2日电）需求回升。")) == "新华社"
    assert publisher(lines("晶片股回穩", "（本社記者某大明台北24日電）需求回升。")) is None
    assert publisher(lines("晶片股回穩", "（某某社昨日引述業者）需求回升。")) is None
    assert publisher(lines("晶片股回穩", "（甲社、乙社資料 本網綜合報道）需求回升。")) is None


@pytest.mark.parametrize(
    "line",
    [
        "来源：晶圆夜话（ID：wafertalk）",
        "来源 | 晶圆夜话(ID:wafertalk)",
        "以下文章来源于晶圆夜话 ，作者林某某",
        "文章来源｜晶圆夜话",
        "来源：公众号“晶圆夜话”（ID：wafertalk）",
        "原创 林某某 晶圆夜话 2025年3月2日 21:36 上海",
    ],
)
def test_an_account_that_published_is_named_without_what_stands_beside_it(line: str) -> None:
    assert publisher(lines("芯片股回稳", line, "需求回升。")) == "晶圆夜话"


@pytest.mark.parametrize(
    "line",
    [
        "图片来源 | 晶圆夜话",
        "来源 | 作者 | 日期",
        "原创技术 2025年",
        "原创 林某某 2025年3月2日 21:36",
    ],
)
def test_what_only_looks_like_an_account_is_no_publisher(line: str) -> None:
    assert publisher(lines("芯片股回稳", line, "需求回升。")) is None
