import pytest

from chipstance.articles.article import Sentence

from .linked import cases, link, linker


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


@pytest.mark.parametrize(
    "sentence", ["該股午後升3%。", "股價收高2%。", "盤後跌4%。", "收市報20.1元,升0.5%。"]
)
def test_a_company_without_shares_is_not_whose_shares_moved(sentence: str) -> None:
    assert carried("華為發表新晶片。", sentence) == []
    assert carried("中芯國際發表新晶片。", sentence) != []


@pytest.mark.parametrize(
    "sentence", ["該公司午後表示產能充足。", "營收成長兩成。", "執行長表示需求強勁。"]
)
def test_a_company_without_shares_goes_on_as_others_do(sentence: str) -> None:
    assert [company for _, company in carried("華為發表新晶片。", sentence)] == ["huawei"]


def test_the_broker_that_speaks_does_not_hide_the_company_it_speaks_of() -> None:
    assert carried("高盛上調中芯國際評級。", "該股應聲走高。") == [("該股", "smic")]
    assert carried("高盛上調中芯國際評級。", "該行料毛利率改善。") == [("該行", "goldman_sachs")]


@pytest.mark.parametrize(
    ("second", "text"),
    [
        ("瑞銀將該股目標價由52元升至60元。", "該股"),
        ("瑞銀指出,該公司的折舊壓力已過高峰。", "該公司"),
        ("瑞銀與里昂都看好該股。", "該股"),
        ("瑞銀維持其「買入」評級。", "其"),
        ("瑞銀认为其估值偏高。", "其"),
        ("里昂(CLSA)把其評級由沽售升至中性。", "其"),
        ("外資將其目標價砍半。", "其"),
        ("多家大行上調其盈利預測。", "其"),
    ],
)
def test_a_broker_that_rates_a_company_says_it_of_the_one_before(second: str, text: str) -> None:
    assert carried("中芯國際公布季績。", second) == [(text, "smic")]


@pytest.mark.parametrize(
    "second",
    [
        "瑞銀股價跌3%,該股今年累跌一成。",
        "瑞銀公布其第三季業績。",
        "瑞銀將其分析師團隊縮編。",
        "瑞銀下調聯電評級,並調升該股目標價。",
        "蘋果將該公司列為首選供應商。",
        "彭博報道該公司正籌備來港上市。",
        "國際機構將其主權評等列入觀察。",
        "政府將其列為重點項目。",
    ],
)
def test_what_is_said_of_a_broker_itself_or_of_another_is_not_of_the_one_before(
    second: str,
) -> None:
    assert carried("中芯國際公布季績。", second) == []


@pytest.mark.parametrize(
    "second",
    [
        "隨著價格走高,其毛利率可望回升。",
        "受折舊影響,其淨利率跌至個位數。",
        "但從長遠來看,其估值並不便宜。",
        "在調價之後,其訂單未見減少。",
        "業內人士指出,其客戶過度集中。",
        "按其年報,手頭現金充裕。",
        "媒體稱其為龍頭。",
    ],
)
def test_a_pronoun_behind_words_for_when_and_why_goes_back_to_the_sentence_before(
    second: str,
) -> None:
    assert carried("中芯國際公布季績。", second) == [("其", "smic")]


@pytest.mark.parametrize(
    "second",
    [
        "業內人士指出,雲廠商已經備妥庫存,其採購重心轉向加速卡。",
        "這是算力產業的歷史性時刻,其意義怎麼說都不為過。",
        "外包行業占出口近半,其放緩值得留意。",
        "第三方實驗室隨後表示,其報告只對樣品負責。",
        "一家新創的新聞稿宣稱其模型領先。",
        "昕微科技日前因員工洩密而停牌,公司已懲處相關人員。",
        "上週昕微科技一度停牌,昕微電子也遭殃,公司部分內部人士涉嫌減持。",
        "9. 昕嶼半導體:公司收到監管函。",
    ],
)
def test_a_pronoun_that_goes_back_to_its_own_sentence_is_not_of_the_one_before(
    second: str,
) -> None:
    assert carried("中芯國際公布季績。", second) == []


@pytest.mark.parametrize(
    "second",
    [
        "消費電子回溫,公司受惠。",
        "功率半導體漲價,公司受惠。",
        "第三代半導體放量,公司受惠。",
        "人工智能需求強勁,公司受惠。",
    ],
)
def test_what_the_trade_makes_is_no_firm_that_a_pronoun_goes_back_to(second: str) -> None:
    assert carried("中芯國際公布季績。", second) == [("公司", "smic")]


@pytest.mark.parametrize(
    "second",
    [
        "集群只用了不足二千張輝達的H800。",
        "訓練採用的是輝達供應的降規版。",
        "沒有使用任何輝達產品。",
        "它手上的六千枚輝達H200全部租清。",
        "公司本益比五百倍,比輝達還高。",
        "賣壓減輕,輝達等晶片股可望反彈。",
    ],
)
def test_whom_a_sentence_names_in_passing_the_next_one_is_not_about(second: str) -> None:
    assert carried("市場氣氛轉好。", second, "公司自己也承認收入偏低。") == []


@pytest.mark.parametrize(
    "second", ["輝達等待許可。", "瑞銀上調輝達的目標價。", "輝達賣出兩萬張卡。", "看好輝達的訂單。"]
)
def test_whom_a_sentence_is_about_the_next_one_goes_on_about(second: str) -> None:
    assert carried("市場氣氛轉好。", second, "公司料下季續增。") == [("公司", "nvidia")]


def under_headings(*texts: str) -> list[list[str]]:
    """The companies of each text, with those carried over; a # marks a heading."""
    sentences = [
        Sentence(text.removeprefix("#"), ((0, 0),), heading=text.startswith("#")) for text in texts
    ]
    return [[m.company for m in each] for each in linker().link(sentences, context=True)]


@pytest.mark.parametrize("heading", ["#股價反映了嗎?", "#營收還能更好?", "#股價收高2%"])
def test_a_heading_goes_on_about_no_company_of_the_section_before(heading: str) -> None:
    before = "聯電產能滿載。", "中芯國際毛利率受壓。"
    assert under_headings(*before, heading) == [["umc"], ["smic"], []]
    assert under_headings(*before, heading, "股價急挫。")[-1] == []
    assert under_headings(*before, heading.removeprefix("#"))[-1] == ["smic"]


def test_a_heading_of_an_article_about_one_company_is_about_it() -> None:
    assert under_headings("高盛看好中芯國際。", "中芯國際產能滿載。", "#股價反映了嗎?")[-1] == [
        "smic"
    ]


def test_a_second_line_of_a_headline_goes_on_about_the_company_of_the_first() -> None:
    texts = "#中芯國際業績勝預期", "#股價收高2%", "聯電亦造好。"
    assert under_headings(*texts) == [["smic"], ["smic"], ["umc"]]


def test_a_pronoun_behind_a_bullet_is_one() -> None:
    assert carried("中芯國際公布季績。", "．公司料產能滿載。") == [("公司", "smic")]


@pytest.mark.parametrize("question", ["公司怎麼看競爭?", "請問公司如何看待競爭?", "公司會跟進嗎?"])
def test_whom_a_question_asks_beside_another_company_is_open(question: str) -> None:
    answer = "公司第四季收入指引持平。"
    assert carried("中芯國際公布季績。", f"華虹也在擴產,{question}", answer) == []
    assert carried("中芯國際公布季績。", f"中芯國際也在擴產,{question}", answer) == [
        ("公司", "smic")
    ]
    assert carried("中芯國際公布季績。", question, answer) == [("公司", "smic")]


def test_a_company_that_a_sentence_names_and_calls_so_is_whom_the_next_one_means() -> None:
    said = "華虹也在擴產,公司料明年滿載。"
    assert carried("中芯國際公布季績。", said, "公司指引持平。") == [("公司", "hua_hong")]


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
