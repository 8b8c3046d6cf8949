import pytest

from .linked import cases, link


def carried(*texts: str) -> list[tuple[str, str]]:
    """What the last sentence speaks of without naming it: (characters, company)."""
    mentions = link(*texts, context=True)[-1]
    return [(m.text, m.company) for m in mentions if m.via == "context"]


@pytest.mark.parametrize(
    ("second", "text"),
    [
        ("該公司料下季毛利率回升。", "該公司"),
        ("該股今早高開3%。", "該股"),
        ("公司稱產能已滿載。", "公司"),
        ("分析員認為,其估值已不便宜。", "其"),
        ("股價全日升2.5%。", ""),
        ("這家內地晶圓代工龍頭料訂單滿載。", "這家內地晶圓代工龍頭"),
        ("市場憂慮這家晶片大廠折舊沉重。", "這家晶片大廠"),
        ("該大廠上調資本開支。", "該大廠"),
        ("董事長某大明表示,代工價格已調漲兩成。", ""),
        ("總經理兼發言人坦言,急單沒有想像中多。", ""),
    ],
)
def test_a_sentence_without_a_name_speaks_of_the_one_company_before(second: str, text: str) -> None:
    assert carried("中芯國際公布季績。", second) == [(text, "smic")]


def test_a_carried_company_takes_the_move_of_its_sentence() -> None:
    (_, mentions) = link("中芯國際公布季績。", "該股收市升2.5%。", context=True)
    assert [(m.company, m.move_pct) for m in mentions] == [("smic", 2.5)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("中芯國際與華虹公布季績。", "該公司料毛利率回升。"),
        ("市場氣氛轉好。", "公司稱產能滿載。"),
        ("中芯國際公布季績。", "其中八吋產線最旺。"),
        ("中芯國際公布季績。", "尤其先進製程最受關注。"),
        ("中芯國際公布季績。", "上市公司業績期將至。"),
        ("高盛發表報告。", "該公司料毛利率回升。"),
        ("中芯國際與華虹公布季績。", "董事長某大明表示,代工價格已調漲兩成。"),
        ("中芯國際公布季績。", "客戶的董事長某大明表示,代工價格還會再漲。"),
        ("中芯國際設立據點。", "這家子公司明年啟用。"),
        ("中芯國際設立據點。", "這家合資公司明年啟用。"),
        ("中芯國際公布季績。", "這家餐廳與另一家公司同日開幕。"),
        ("中芯國際公布季績。", "股價指數期貨倒跌1%。"),
        ("中芯國際公布季績。", "市值前十大廠商合計升兩成。"),
        ("中芯國際公布季績。", "營收最高的三家都擴產。"),
    ],
)
def test_nothing_is_carried_over_where_it_is_open_who_is_meant(first: str, second: str) -> None:
    assert carried(first, second) == []


@pytest.mark.parametrize(
    ("second", "third", "text"),
    [
        ("該公司最大客戶為蘋果。", "公司料全年盈利增三成。", "公司"),
        ("其對手三星良率落後。", "其股價今跌1%。", "其"),
        ("公司未評論輝達的訂單。", "股價收高2%。", ""),
    ],
)
def test_whom_a_sentence_takes_up_it_is_about_whoever_else_it_names(
    second: str, third: str, text: str
) -> None:
    assert carried("中芯國際公布季績。", second, third) == [(text, "smic")]


def test_the_broker_that_speaks_does_not_hide_the_company_it_speaks_of() -> None:
    assert carried("高盛上調中芯國際評級。", "該股應聲走高。") == [("該股", "smic")]
    assert carried("高盛上調中芯國際評級。", "該行料毛利率改善。") == [("該行", "goldman_sachs")]


def test_what_is_carried_over_is_left_out_unless_asked_for() -> None:
    assert link("中芯國際公布季績。", "該公司料毛利率回升。")[1] == ()


def missing(before: str, text: str) -> list[tuple[str, float | None]]:
    """The companies that a sentence is about without a word for them, with their moves."""
    mentions = link(before, text, context=True)[-1]
    return [(m.company, m.move_pct) for m in mentions if m.via == "context" and not m.text]


ELIDED = cases("elided.tsv")


@pytest.mark.parametrize("case", ELIDED, ids=[c["sentence"] for c in ELIDED])
def test_a_missing_subject_is_found_behind_the_words_for_when(case: dict[str, str]) -> None:
    expected = [("intel", float(case["move"]))] if case["move"] != "-" else []
    assert missing(case["before"], case["sentence"]) == expected
