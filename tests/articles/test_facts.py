"""What the lines of a text say about it: when, by whom."""

from datetime import UTC, datetime

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
