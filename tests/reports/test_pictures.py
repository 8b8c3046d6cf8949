import re
import struct
from pathlib import Path

import pytest

from chipstance.reports import pictures
from chipstance.reports.pictures import write_pictures
from chipstance.reports.summary import Summary
from tests.reports.made import mention
from tests.reports.page.reports import an_article, summary_of


@pytest.fixture(scope="module")
def two_days() -> Summary:
    rows = [
        an_article(1, 3, mention("tsmc"), stance="bullish"),
        an_article(2, 4, mention("smic", "negative"), stance="bearish"),
    ]
    return summary_of(rows)


def test_an_svg_of_each_chart_names_the_companies(two_days: Summary, tmp_path: Path) -> None:
    said: list[str] = []
    written = write_pictures(two_days, tmp_path / "chips.svg", "tw", said.append)
    assert [path.name for path in written] == [
        "chips-sector.svg", "chips-ranking.svg", "chips-heat.svg",
    ]  # fmt: skip
    if said:
        pytest.skip(said[0])
    ranking = written[1].read_text("utf-8")
    assert "台積電" in ranking
    assert "中芯國際" in ranking
    assert ranking.index("台積電") < ranking.index("中芯國際")


def test_a_png_is_large_enough_for_a_slide(two_days: Summary, tmp_path: Path) -> None:
    for path in write_pictures(two_days, tmp_path / "chips.png", "en", print):
        head = path.read_bytes()[:24]
        assert head.startswith(b"\x89PNG")
        width, _ = struct.unpack(">II", head[16:24])
        assert width >= 1600


def test_without_a_chinese_font_the_pictures_are_in_english_and_one_line_says_so(
    two_days: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "chinese_font", lambda: None)
    said: list[str] = []
    [_, ranking, _] = write_pictures(two_days, tmp_path / "chips.svg", "hk", said.append)
    assert len(said) == 1
    assert "English" in said[0]
    text = ranking.read_text("utf-8")
    assert "TSMC" in text
    assert not any("\u4e00" <= char <= "\u9fff" for char in text)


def test_what_would_be_empty_is_not_drawn(tmp_path: Path) -> None:
    undated = summary_of([an_article(1, 1, mention("tsmc"), published=None)])
    written = write_pictures(undated, tmp_path / "chips.svg", "en", print)
    assert [path.name for path in written] == ["chips-ranking.svg"]


def test_no_axis_says_the_same_number_twice(tmp_path: Path) -> None:
    # On each day one sentence of some 160 is hype.
    rows = [
        an_article(n, n + 1) | {"index": at, "hype": "plain" if at else "hype"}
        for n in range(5)
        for at in range(160 + n)
    ]
    [sector] = write_pictures(summary_of(rows), tmp_path / "chips.svg", "en", print)
    said = re.findall(r"<text[^>]*>([^<]*)</text>", sector.read_text("utf-8"))
    stance, hype = said.index("Stance, −1 bearish to +1 bullish"), said.index("Share of hype")
    assert said[stance + 1 : hype] == ["0%", "0.2%", "0.4%", "0.6%"]
    stories = said.index("Stories a day")
    assert said[stories - 2 : stories] == ["0", "1"]
    assert said[stories - 3] == "03-06"


def test_no_line_crosses_weeks_without_an_article(tmp_path: Path) -> None:
    days = [1, 2, 3, 20, 30, 31]
    rows = [an_article(n, day, hype="hype" if n % 2 else "plain") for n, day in enumerate(days)]
    [sector, *_] = write_pictures(summary_of(rows), tmp_path / "chips.svg", "en", print)
    lines = re.findall(r'(\w+)_mean: [^"]*"[^<]*"line mark" d="([^"]*)"', sector.read_text("utf-8"))
    points = [(name, len(re.findall("[ML]", line))) for name, line in lines]
    # 1 to 3 March, the 20th by itself, and the 30th and 31st.
    assert points == [(name, n) for name in ("stance", "hype") for n in (3, 1, 2)]
    # A line of one day is nothing to see: its hype is a point, as its stance is anyway.
    assert len(re.findall(r'hype_mean: [^"]*"[^<]*"point"', sector.read_text("utf-8"))) == 1


def test_the_same_report_gives_the_same_picture(two_days: Summary, tmp_path: Path) -> None:
    one, other = (
        write_pictures(two_days, tmp_path / name, "en", print)[2].read_bytes()
        for name in ("one.svg", "other.svg")
    )
    assert one == other
