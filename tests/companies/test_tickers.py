import pytest

from chipstance.articles.normalising.fold import fold
from chipstance.companies.tickers import behind_ticker, tickers


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("(00981)", "0981.HK"),
        ("(0981.HK)", "0981.HK"),
        ("（00981）", "0981.HK"),
        ("(981 HK)", "0981.HK"),
        ("(港股代號:00981)", "0981.HK"),
        ("(美股代號:NVDA)", "NVDA.US"),
        ("(台股代號:2330)", "2330.TW"),
        ("(代號:NVDA)", "NVDA.US"),
        ("(2330)", "2330.TW"),
        ("(2330-TW)", "2330.TW"),
        ("(2330.TW)", "2330.TW"),
        ("(2330 TT)", "2330.TW"),
        ("(6488-TWO)", "6488.TWO"),
        ("(股票代號:2330)", "2330.TW"),
        ("(688981)", "688981.SS"),
        ("(688981.SH)", "688981.SS"),
        ("(SH:688981)", "688981.SS"),
        ("(300308.SZ)", "300308.SZ"),
        ("(NVDA)", "NVDA.US"),
        ("(NVDA-US)", "NVDA.US"),
        ("(NASDAQ: NVDA)", "NVDA.US"),
        ("(NVDA.O)", "NVDA.US"),
        ("(6723.T)", "6723.T"),
        ("(6723 JP)", "6723.T"),
        ("(285A.T)", "285A.T"),
        ("(000660.KS)", "000660.KS"),
        ("(ASML.AS)", "ASML.AS"),
    ],
)
def test_a_ticker_is_read_in_every_form_that_the_press_prints(text: str, first: str) -> None:
    (found,) = tickers(fold("某某" + text))
    assert found.readings[0] == first


@pytest.mark.parametrize("text", ["2330元", "0.0981", "2024年", "AI-US", "HBM4"])
def test_a_number_or_a_word_alone_is_no_ticker(text: str) -> None:
    assert [t for t in tickers(fold(text)) if t.bracketed] == []


@pytest.mark.parametrize(
    "codes",
    [
        "(01347.HK)",
        "-SW（09988）",
        "-U(688256.SH)",
        "ADR(美:TSM)",
        "公司(代號:MU)",
        " (美股代號:MU)",
    ],
)
def test_the_codes_behind_a_name_end_with_their_bracket(codes: str) -> None:
    text = "某某" + codes + "升"
    assert text[behind_ticker(text, 2) :] == "升"


@pytest.mark.parametrize("text", ["某某(AI)升", "某某公布(2330)升", "某某ADR升", "某某-U升"])
def test_what_is_no_code_behind_a_name_is_passed_over_by_nothing(text: str) -> None:
    assert behind_ticker(text, 2) == 2


def test_two_listings_in_one_bracket_are_both_read() -> None:
    (found,) = tickers(fold("中芯國際(00981.HK/688981.SH)"))
    assert found.readings == ("0981.HK", "688981.SS")
