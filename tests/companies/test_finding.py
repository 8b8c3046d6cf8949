import pytest

from chipstance.companies.company import Company, CompanyTable
from chipstance.companies.finding import find_companies
from chipstance.companies.table import load_table

HERE = Company("here", "foundry", {"en": (), "tw": (), "hk": ("此",), "cn": ()}, ("0981.HK",))
THERE = Company("there", "design", {"en": (), "tw": (), "hk": (), "cn": ("彼",)}, ("000981.SZ",))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("0981.HK", ["here"]),
        ("00981.hk", ["here"]),
        ("981.HK", ["here"]),
        ("00981", ["here"]),
        ("0981", ["here"]),
        ("981", ["here"]),
        ("９８１", ["here"]),
        ("000981", ["there"]),
        ("000981.SZ", ["there"]),
        ("00981.SZ", []),
        ("0000981", []),
        ("0", []),
    ],
)
def test_zeros_before_a_code_tell_nothing_in_hong_kong_and_much_elsewhere(
    name: str, found: list[str]
) -> None:
    table = CompanyTable((HERE, THERE))
    assert [company.id for company in find_companies(table, name)] == found


@pytest.mark.parametrize("name", ["smic", "中芯國際", "中芯国际", "688981", "688981.SS", "00981"])
def test_a_company_is_found_by_whatever_its_readers_call_it(name: str) -> None:
    assert [company.id for company in find_companies(load_table(), name)] == ["smic"]


@pytest.mark.parametrize("name", ["smic ", " 中芯國際", "\u3000中芯国际\t", "688981 ", " 00981\n"])
def test_blanks_around_a_name_that_was_pasted_are_nothing(name: str) -> None:
    assert [company.id for company in find_companies(load_table(), name)] == ["smic"]


@pytest.mark.parametrize(
    ("ticker", "found"),
    [
        ("2330-TW", "tsmc"),
        ("2330 TT", "tsmc"),
        ("TSM-US", "tsmc"),
        ("NYSE:TSM", "tsmc"),
        ("688981.SH", "smic"),
        ("SH688981", "smic"),
        ("00981-HK", "smic"),
        ("6857-JP", "advantest"),
        ("6488.TW", "globalwafers"),
        ("2330-HK", ""),
        ("TSM-KS", ""),
    ],
)
def test_a_ticker_is_taken_in_every_form_that_texts_have(ticker: str, found: str) -> None:
    assert [company.id for company in find_companies(load_table(), ticker)] == found.split()
