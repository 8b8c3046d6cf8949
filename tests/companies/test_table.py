from collections import Counter
from pathlib import Path

import pytest

from chipstance.articles.article import Sentence
from chipstance.companies.common_words import COMMON_WORDS
from chipstance.companies.company import Company, CompanyTable
from chipstance.companies.linking import Linker
from chipstance.companies.rules import check
from chipstance.companies.table import load_table, read_companies, taken_over
from chipstance.errors import CompanyTableError


def company(id: str = "acme", name: str = "艾可美", **fields: tuple[str, ...]) -> Company:
    return Company(id, "design", {"en": (), "tw": (name,), "hk": (), "cn": ()}, **fields)


def problems(*companies: Company) -> str:
    return "\n".join(check(CompanyTable(companies)))


def test_the_shipped_table_breaks_no_rule() -> None:
    assert check(load_table()) == []


def test_the_shipped_table_knows_650_companies_of_every_region() -> None:
    table = load_table()
    assert len(table.companies) >= 650
    markets = Counter(c.ticker.partition(".")[2] for c in table.companies if c.ticker)
    assert {"TW", "TWO", "HK", "SS", "SZ", "US", "T", "KS"} <= markets.keys()


@pytest.mark.parametrize(
    ("id", "ticker"),
    [
        ("nvidia", "NVDA.US"),
        ("tsmc", "2330.TW"),
        ("smic", "0981.HK"),
        ("globalwafers", "6488.TWO"),
        ("innolight", "300308.SZ"),
        ("cambricon", "688256.SS"),
        ("renesas", "6723.T"),
        ("sk_hynix", "000660.KS"),
        ("asml", "ASML.AS"),
        ("deepseek", None),
    ],
)
def test_the_first_ticker_is_the_main_listing(id: str, ticker: str | None) -> None:
    found = load_table().get(id)
    assert found is not None
    assert found.ticker == ticker


def test_other_listings_and_depositary_receipts_lead_to_the_company() -> None:
    listed = {t: load_table().listed(t) for t in ("TSM.US", "UMC.US", "ASX.US", "688981.SS")}
    assert {ticker: one and one.id for ticker, one in listed.items()} == {
        "TSM.US": "tsmc",
        "UMC.US": "umc",
        "ASX.US": "ase",
        "688981.SS": "smic",
    }


def test_a_company_is_named_as_each_region_names_it() -> None:
    names = [load_table().display_name("nvidia", region) for region in ("en", "tw", "hk", "cn")]
    assert names == ["NVIDIA", "輝達", "英偉達", "英伟达"]


def test_a_company_without_a_name_in_a_region_is_shown_by_another() -> None:
    assert load_table().display_name("semianalysis", "hk") == "SemiAnalysis"


def test_an_unknown_company_is_shown_by_its_id() -> None:
    assert load_table().display_name("3896_xx", "tw") == "3896_xx"


def test_a_users_table_adds_companies_and_names(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        "id,names_tw,tickers\nhongyue,宏岳電,8811.TW\nnvidia,老黃家,\n", encoding="utf-8"
    )
    table = load_table(own)
    hongyue, nvidia = table.get("hongyue"), table.get("nvidia")
    assert hongyue is not None
    assert hongyue.ticker == "8811.TW"
    assert nvidia is not None
    assert nvidia.ticker == "NVDA.US"
    assert {"老黃家", "輝達"} <= set(nvidia.every_name())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,names_tw\nBad Id,某某\n", "lower-case"),
        ("id,names_tw\nacme,\n", "has no name"),
        ("id,names_tw,tickers\nacme,艾可美,台股2330\n", "is not of the form"),
        ("id,names_tw\nacme,公司\n", "common word"),
        ("id,names_tw\n\nacme,艾可美\n,艾可美\n", "own.csv: row 4: id ''"),
        ("name\nacme\n", "the first row must name the columns"),
    ],
)
def test_a_users_table_that_breaks_a_rule_is_refused_by_name(
    tmp_path: Path, text: str, says: str
) -> None:
    own = tmp_path / "own.csv"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(CompanyTableError, match=says) as refused:
        load_table(own)
    assert "own.csv" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "big5hkscs", "gb18030", "utf-16"])
def test_a_users_table_may_be_in_any_encoding_that_spreadsheets_save(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,names_tw\nstar_port,星港半導體\nwide_sea,廣海記憶\n", encoding)
    names = [each.names["tw"] for each in read_companies(path).values()]
    assert names == [("星港半導體",), ("廣海記憶",)]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("stated", [True, False])
def test_the_cells_of_a_users_table_are_set_apart_as_spreadsheets_do(
    tmp_path: Path, mark: str, stated: bool
) -> None:
    path = tmp_path / "mine.csv"
    table = "id,names_tw,names_cn\nstar_port,星港半導體|星港,\n".replace(",", mark)
    path.write_text(f"sep={mark}\r\n{table}" if stated else table, "utf-8-sig")
    assert {where: each.names["tw"] for where, each in read_companies(path).items()} == {
        f"{path}: row 2": ("星港半導體", "星港")
    }


def test_a_workbook_is_no_table_and_the_form_that_is_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_bytes(b"PK\x03\x04\xff and so on")
    with pytest.raises(CompanyTableError, match=r"mine\.xlsx: is a Word, Excel .* a table as CSV$"):
        load_table(tmp_path / "mine.xlsx")


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CompanyTableError, match=r"none\.csv: no such file; check the name$"):
        load_table(tmp_path / "none.csv")


def test_a_name_that_two_companies_bear_in_any_script_is_a_problem() -> None:
    assert "'艾可美'" in problems(company("one"), company("two"))
    assert "is one's already" in problems(company("one", "華虹"), company("two", "华虹"))


def test_an_id_that_stands_twice_is_a_problem() -> None:
    assert "stands twice" in problems(company(), company(name="他名"))


def test_a_ticker_of_two_companies_is_a_problem() -> None:
    one, two = company("one", tickers=("1.HK",)), company("two", "他名", tickers=("1.HK",))
    assert "ticker '1.HK' is one's already" in problems(one, two)


def test_a_bare_common_word_is_a_problem_unless_marked_doubtful() -> None:
    assert "全新" in COMMON_WORDS
    assert "common word" in problems(company(name="全新"))
    assert problems(company(name="全新?")) == ""


def test_a_one_letter_name_is_a_problem() -> None:
    assert "too short" in problems(company(name="芯"))


def test_a_column_that_the_table_has_not_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,name_tw,tickers\nacme,艾可美,\n", "utf-8")
    with pytest.raises(
        CompanyTableError, match=r"mine\.csv: no such column: name_tw; there are id"
    ):
        load_table(path)


def test_a_name_or_ticker_taken_from_a_shipped_company_is_said() -> None:
    taken, kept = (
        company("acme", "輝達", tickers=("2330.TW",)),
        company("tsmc", tickers=("2330.TW",)),
    )
    assert list(taken_over([taken, kept, company("other")])) == [
        "acme: '輝達' means acme from now on, and nvidia no more",
        "acme: '2330.TW' means acme from now on, and tsmc no more",
    ]


@pytest.mark.parametrize("id", ["acme", "amd", "umc"])
def test_what_a_users_table_takes_from_a_shipped_company_is_found_as_its_own(
    tmp_path: Path, id: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"id,names_tw,tickers\n{id},台積電,2330.TW|NVDA.US\n", "utf-8")
    text = "台積電擴產。某公司(2330.TW)擴產。買盤湧入NVDA。"
    (mentions,) = Linker(load_table(path)).link([Sentence(text, ((0, 0),))])
    assert {mention.company for mention in mentions} == {id}
