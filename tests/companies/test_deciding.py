"""Which rule decides where a text could be read in two ways."""

from pathlib import Path

import pytest

from chipstance.articles.article import Sentence
from chipstance.companies.company import Company, CompanyTable
from chipstance.companies.linking import Linker
from chipstance.companies.moves.reading import Named, read_moves
from chipstance.companies.names.unknown import new_company
from chipstance.companies.rules import check
from chipstance.companies.table import read_companies
from chipstance.companies.tickers import readings, tickers
from chipstance.errors import CompanyTableError

from .linked import link

NAMED = [Named(0, 3, "x", ("2330.TW",))]


def company(name: str, **fields: tuple[str, ...]) -> Company:
    return Company("x", "design", {"en": (), "tw": (), "hk": (), "cn": (name,)}, **fields)


def found(text: str, *companies: Company) -> list[str]:
    (mentions,) = Linker(CompanyTable(companies)).link([Sentence(text, ((0, 0),))])
    return [mention.text for mention in mentions]


def test_a_ticker_in_running_text_is_written_in_capitals_however_long_it_is() -> None:
    assert found("看好QXZWV與qxzwv。", company("某某甲", tickers=("QXZWV.US",))) == ["QXZWV"]


def test_a_word_that_a_name_does_not_stand_with_says_nothing_against_its_products() -> None:
    apple = company("苹果", products=("果派机",), not_with=("果汁",))
    assert found("苹果与果派机热销。", apple) == ["苹果", "果派机"]
    assert found("苹果与果派机热销,果汁也是。", apple) == ["果派机"]


def test_a_code_that_ends_in_a_letter_is_japans_where_that_is_said() -> None:
    assert readings("285a", "t") == ("285A.T",)
    assert readings("285a", None) == readings("285a", "hk") == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("外資力挺台積電甲乙丙丁(7777.TW)。", "台積電甲乙丙丁"),
        ("外資力挺台積電甲乙丙丁戊(7777.TW)。", "外資力挺台積電甲乙丙丁戊"),
    ],
)
def test_a_known_name_opens_a_strangers_up_to_four_characters_before_its_end(
    text: str, name: str
) -> None:
    assert [(m.company, m.text) for m in link(text)[0]] == [("7777_tw", name)]


@pytest.mark.parametrize("text", ["櫃買指數走高,世界(5347)漲停。", "世界(5347)法說登場。"])
def test_a_bare_number_is_of_either_exchange_of_taiwan(text: str) -> None:
    assert [(m.company, m.text) for m in link(text)[0]] == [("vanguard_semi", "世界")]


def test_a_new_company_is_known_by_the_name_as_published() -> None:
    made = new_company("7777.TW", "森宇科技", "森宇科技擴產,森宇科技漲停")
    assert (made.names["tw"], made.tickers, made.kind) == (("森宇科技",), ("7777.TW",), "unknown")


def test_a_table_with_a_quote_that_never_closes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text('id,names_tw\nx,"某某\ny,某乙\n', "utf-8")
    with pytest.raises(
        CompanyTableError, match=r"mine\.csv: cannot be read: row 2: .*; mend the row"
    ):
        read_companies(path)


def test_a_close_that_is_told_behind_its_figure_counts_before_what_came_later() -> None:
    assert read_moves("某公司跌3%作收,其后续跌8%", NAMED) == {"x": -3.0}
    assert read_moves("某公司跌3%,其后续跌8%", NAMED) == {"x": -8.0}


@pytest.mark.parametrize(
    "text", ["某公司急升一倍的订单", "某公司翻倍的订单", "某公司腰斩的订单", "某公司翻番的营收"]
)
def test_what_doubles_or_halves_is_what_stands_behind_it(text: str) -> None:
    assert read_moves(text, NAMED) == {}


def test_of_companies_that_all_moved_alike_the_last_three_before_are_meant() -> None:
    (mentions,) = link("台積電領漲,聯電跟進,力積電走高,世界先進亦強,三檔均漲停。")
    assert {m.company: m.move_pct for m in mentions} == {
        "tsmc": None, "umc": 10.0, "psmc": 10.0, "vanguard_semi": 10.0,
    }  # fmt: skip


def test_what_a_product_did_did_not_happen_to_the_shares() -> None:
    maker = company("某某甲", products=("果派机",), tickers=("2330.TW",))
    linker = Linker(CompanyTable((maker,)))
    (product,), (name,) = linker.link(
        [Sentence(f"{each}大涨5%。", ((0, 0),)) for each in ("果派机", "某某甲")]
    )
    assert (product.via, product.move_pct) == ("product", None)
    assert (name.via, name.move_pct) == ("name", 5.0)


def test_a_company_by_another_name_is_known_by_its_ticker() -> None:
    ((mention,),) = link("代工一哥(2330-TW)擴產。")
    assert (mention.company, mention.via) == ("tsmc", "ticker")


def test_a_products_plural_and_variants_are_of_it_and_a_companys_are_not() -> None:
    maker = company("Qxz9", products=("Wvt100",))
    assert found("采购Wvt100s与Wvt100a。", maker) == ["Wvt100", "Wvt100"]
    assert found("采购Qxz9s与Qxz9。", maker) == ["Qxz9"]


@pytest.mark.parametrize(
    ("code", "market", "listings"),
    [
        ("2330", "tw", ("2330.TW", "2330.TWO")), ("6488", "two", ("6488.TWO", "6488.TW")),
        ("688981", "a股", ("688981.SS",)), ("2371", "sz", ("002371.SZ",)),
        ("660", "ks", ("000660.KS",)), ("8035", "t", ("8035.T",)),
        ("0050", None, ("0050.HK", "0050.T")),
    ],
)  # fmt: skip
def test_a_market_beside_a_code_says_what_it_stands_for(
    code: str, market: str | None, listings: tuple[str, ...]
) -> None:
    assert readings(code, market) == listings


def test_one_market_of_several_listings_makes_all_of_them_plain() -> None:
    assert [t.explicit for t in tickers("某某(688981.sh/981)与某乙(2330)")] == [True, False]


def test_a_mark_of_doubt_is_no_part_of_a_name() -> None:
    (problem,) = check(CompanyTable((company("甲?"),)))
    assert problem == "x: '甲?' is too short to be told from other words"
