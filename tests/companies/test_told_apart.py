"""What a reader tells apart at a glance: whose move, which listing, what kind of company."""

from pathlib import Path

import pytest

from chipstance.articles.article import Sentence
from chipstance.companies.linking import Linker
from chipstance.companies.markets import home_market
from chipstance.companies.table import load_table
from chipstance.companies.tickers import readings, tickers
from chipstance.errors import CompanyTableError

from .linked import link


def moves(text: str) -> dict[str, float | None]:
    return {mention.company: mention.move_pct for mention in link(text)[0]}


def test_a_mention_says_the_companys_line_of_business() -> None:
    (tsmc, strange) = link("台積電與甲乙丙(7777.TW)擴產。")[0]
    known = load_table().get("tsmc")
    assert known is not None
    assert (tsmc.kind, strange.kind) == (known.kind, "unknown")
    assert known.kind != "unknown"


def test_a_ticker_without_brackets_is_what_linked_its_company() -> None:
    ((mention,),) = link("外資看好2330-TW後市。")
    assert (mention.company, mention.text, mention.via) == ("tsmc", "2330-TW", "ticker")


def test_companies_named_before_that_all_moved_alike_share_one_move() -> None:
    assert moves("台積電領漲,聯電跟進,力積電走高,世界先進亦強,均漲停。") == {
        "tsmc": None, "umc": 10.0, "psmc": 10.0, "vanguard_semi": 10.0,
    }  # fmt: skip


def test_moves_in_turn_go_to_the_last_companies_before_though_words_part_them() -> None:
    assert moves("台積電周一、聯電周二分別漲1%、2%。") == {"tsmc": 1.0, "umc": 2.0}
    assert moves("力積電領軍,台積電周一、聯電周二分別漲1%、2%。") == {
        "psmc": None, "tsmc": 1.0, "umc": 2.0,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["台積電毛利率受壓,腰斬。", "台積電表示庫存去化,已腰斬。"])
def test_what_was_halved_is_what_the_clause_before_is_about(text: str) -> None:
    assert moves(text) == {"tsmc": None}


def test_letters_are_no_ticker_of_a_market_whose_codes_are_numbers() -> None:
    assert [readings("abcd", market) for market in ("tw", "hk", "cn")] == [(), (), ()]
    assert readings("abcd", "us") == readings("abcd", None) == ("ABCD.US",)


def test_a_ticker_in_running_text_says_its_market() -> None:
    (found,) = tickers("看好2330 tt后市")
    assert (found.explicit, found.bracketed, found.readings[0]) == (True, False, "2330.TW")


def test_a_code_that_taiwan_has_not_is_of_hong_kong() -> None:
    sentence = "某某公司(0981)扩产"
    (ticker,) = tickers(sentence)
    assert ticker.explicit is False
    assert home_market(ticker, sentence, sentence) == "0981.HK"


def test_a_cell_of_no_sensible_length_is_refused_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"id,names_tw\nacme,{'|'.join(['艾可美'] * 5001)}\n", "utf-8")
    with pytest.raises(
        CompanyTableError, match=r"mine\.csv: row 2: a cell of 20,003 characters; 20,000 at most"
    ):
        load_table(path)


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.touch()
    with pytest.raises(CompanyTableError, match=r"mine\.csv: the first row must name the columns"):
        load_table(path)


def test_a_users_table_says_in_what_words_a_known_companys_name_means_something_else(
    tmp_path: Path,
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,names_tw,not_in\ntsmc,台積電,台積電大道\n", "utf-8")
    linker = Linker(load_table(path))
    found = linker.link(
        [Sentence(each, ((0, 0),)) for each in ("台積電大道封閉。", "台積電擴產。")]
    )
    assert [[mention.company for mention in each] for each in found] == [[], ["tsmc"]]


def test_a_longer_word_with_a_mark_of_doubt_leaves_it_to_the_article(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,names_tw,tickers,not_in\nlake,大湖,7721.TW,大湖的?|大湖鄉\n", "utf-8")
    linker = Linker(load_table(path))

    def linked(*texts: str) -> list[list[str]]:
        found = linker.link([Sentence(each, ((0, 0),)) for each in texts])
        return [[mention.company for mention in mentions] for mentions in found]

    assert linked("大湖的水位下降。") == [[]]
    assert linked("大湖擴產。", "大湖的良率回升。") == [["lake"], ["lake"]]
    assert linked("大湖擴產。", "大湖鄉的草莓紅了。") == [["lake"], []]


def test_a_longer_word_of_one_character_more_does_not_cut_another_word_in_two(
    tmp_path: Path,
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,names_tw,not_in\nlake,美湖,中美湖|美湖大|美湖大樓\n", "utf-8")
    linker = Linker(load_table(path))
    for text, named in (
        ("中美湖畔論壇。", False), ("其中美湖居首。", True), ("美湖大而深。", False),
        ("美湖大漲。", True), ("美湖大樓大漲。", False),
    ):  # fmt: skip
        (mentions,) = linker.link([Sentence(text, ((0, 0),))])
        assert (["lake"] if named else []) == [mention.company for mention in mentions], text


def test_a_name_that_is_a_word_too_hides_no_company_whose_name_crosses_it() -> None:
    assert [m.company for m in link("當中微星接單最多。")[0]] == ["msi"]
    assert [m.company for m in link("中微公司擴產,當中微星接單最多。")[0]] == ["amec", "msi"]
