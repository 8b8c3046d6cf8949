"""Where one reading turns into the other: names, listings and moves at their edges."""

import time

import pytest

from chipstance.articles.article import Sentence
from chipstance.companies.company import Company, CompanyTable
from chipstance.companies.linking import Linker
from chipstance.companies.moves.reading import Named, read_moves
from chipstance.companies.names.unknown import new_company
from chipstance.companies.tickers import readings
from tests.companies.linked import ids, link


def moves(text: str) -> dict[str, float | None]:
    (found,) = link(text)
    return {mention.company: mention.move_pct for mention in found}


def linked(text: str, *names: str) -> list[str]:
    """The names of a table of one's own that are found in a text."""
    companies = tuple(
        Company(f"c{n}", "design", {"en": (name,), "tw": (), "hk": (), "cn": ()})
        for n, name in enumerate(names)
    )
    (found,) = Linker(CompanyTable(companies)).link([Sentence(text, ((0, 0),))])
    return [mention.text for mention in found]


def test_the_outlet_that_heads_its_report_is_not_in_the_news_but_one_quoted_is() -> None:
    assert ids("【路透社報道】台積電擴產。") == ["tsmc"]
    (found,) = link("【路透社報道】台積電擴產,路透社引述消息人士。")
    assert [(each.company, each.start > 8) for each in found] == [
        ("tsmc", False),
        ("reuters", True),
    ]


def test_a_company_in_a_dateline_that_is_no_outlet_is_in_the_news() -> None:
    assert ids("【台積電消息】擴產。") == ["tsmc"]


def test_a_name_of_two_small_letters_is_written_so_and_one_of_three_as_one_likes() -> None:
    assert linked("看好qx與QX。", "qx") == ["qx"]
    assert linked("看好qxz與QXZ。", "qxz") == ["qxz", "QXZ"]


def test_a_capital_name_of_four_letters_is_no_small_word_and_one_of_five_may_be() -> None:
    assert linked("看好QXZW與qxzw。", "QXZW") == ["QXZW"]
    assert linked("看好QXZWV與qxzwv。", "QXZWV") == ["QXZWV", "qxzwv"]


def test_a_latin_name_ends_before_a_digit_and_not_before_a_letter() -> None:
    assert linked("Qxzwv3奈米量產,Qxzwvs停產。", "Qxzwv") == ["Qxzwv"]


def test_a_version_is_not_its_short_forerunner_and_of_its_long_one() -> None:
    assert linked("新推出Z1.5。", "Z1") == []
    assert linked("新推出QXZ-5.1。", "QXZ-5") == ["QXZ-5"]


@pytest.mark.parametrize("name", ["SK海力士", "SK 海力士"])
def test_a_space_between_scripts_changes_no_name(name: str) -> None:
    assert ids(f"{name}股價上漲。") == ["sk_hynix"]


@pytest.mark.parametrize(
    ("code", "listing"),
    [
        ("688981", "SS"), ("600584", "SS"), ("920002", "BJ"), ("430047", "BJ"), ("830799", "BJ"),
        ("000063", "SZ"), ("300750", "SZ"), ("290001", "SZ"), ("980001", "SS"),
    ],
)  # fmt: skip
def test_the_first_digits_of_a_mainland_code_tell_its_exchange(code: str, listing: str) -> None:
    assert readings(code, None) == (f"{code}.{listing}", f"{code}.KS")


def test_a_code_of_hong_kong_has_four_digits_at_least() -> None:
    assert readings("981", "hk") == readings("00981", None) == ("0981.HK",)
    assert readings("80700", None) == ("80700.HK",)


def test_an_unknown_companys_short_name_is_one_that_stands_by_itself_somewhere() -> None:
    alone = new_company("7777.TW", "森宇科技", "森宇科技擴產,森宇漲停")
    never = new_company("7777.TW", "森宇科技", "森宇科技擴產,森宇科技漲停")
    assert (alone.names["cn"], never.names["cn"]) == (("森宇",), ())
    assert alone.id == "7777_tw"


def test_a_move_before_its_company_is_its_own_though_revenue_moved_before() -> None:
    assert moves("聯電毛利率下跌2%,惟升3%的台積電領漲。") == {"umc": None, "tsmc": 3.0}


@pytest.mark.parametrize(
    ("ticker", "percent"),
    [
        ("2330.TW", 10.0), ("6488.TWO", 10.0), ("603501.SS", 10.0), ("002371.SZ", 10.0),
        ("688981.SS", 20.0), ("689009.SS", 20.0), ("300661.SZ", 20.0), ("301308.SZ", 20.0),
    ],
)  # fmt: skip
def test_a_limit_move_is_as_large_as_the_board_allows(ticker: str, percent: float) -> None:
    named = [Named(0, 3, "x", (ticker,))]
    assert read_moves("某公司涨停", named) == {"x": percent}
    assert read_moves("某公司跌停", named) == {"x": -percent}


@pytest.mark.parametrize("ticker", ["0981.HK", "NVDA.US", "8035.T"])
def test_where_no_limit_is_a_limit_move_says_no_size(ticker: str) -> None:
    assert read_moves("某公司涨停", [Named(0, 3, "x", (ticker,))]) == {}


def test_of_two_listings_only_the_a_share_has_limits() -> None:
    for text in ("某公司a股涨停", "某公司涨停"):
        assert read_moves(text, [Named(0, 3, "x", ("0981.HK", "688981.SS"))]) == {"x": 20.0}
        assert read_moves(text, [Named(0, 3, "x", ("0763.HK", "000063.SZ"))]) == {"x": 10.0}


def test_the_close_counts_before_the_session_and_that_before_the_weeks_behind() -> None:
    named = [Named(0, 3, "x", ("2330.TW",))]
    assert read_moves("某公司一度跌8%,收市跌3%", named) == {"x": -3.0}
    assert read_moves("某公司上周跌8%,今升3%", named) == {"x": 3.0}
    assert read_moves("某公司今升3%,上周跌8%", named) == {"x": 3.0}


def test_moves_in_turn_go_to_as_many_companies_and_one_for_all_to_each() -> None:
    assert moves("台積電、聯電、力積電分別漲1%、2%、3%。") == {
        "tsmc": 1.0, "umc": 2.0, "psmc": 3.0,
    }  # fmt: skip
    assert moves("台積電、聯電均漲2%。") == {"tsmc": 2.0, "umc": 2.0}


def test_the_former_and_the_latter_are_the_last_two() -> None:
    assert moves("台積電與聯電走勢分歧,前者升3%,後者跌2%。") == {"tsmc": 3.0, "umc": -2.0}


def test_moves_are_read_to_the_end_of_a_sentence_of_any_length() -> None:
    filler = "市場觀望,"
    text = "台積電漲2%," + filler * 900 + "聯電跌3%," + filler * 900 + "輝達升4%。"
    assert moves(text) == {"tsmc": 2.0, "umc": -3.0, "nvidia": 4.0}


def test_many_words_between_two_companies_take_no_longer_to_read() -> None:
    start = time.process_time()
    assert moves("輝達" + "blackwell " * 50 + "大會,超微跌2%。") == {"nvidia": None, "amd": -2.0}
    assert time.process_time() - start < 1


def test_a_sentence_without_any_pause_is_read_all_the_same() -> None:
    assert moves("台積電漲2%" + "芯" * 5_000 + "聯電跌3%") == {"tsmc": 2.0, "umc": -3.0}
