import pytest

from .linked import cases, ids, link

NAMES = cases("names.tsv")
STRANGERS = cases("strangers.tsv")


@pytest.mark.parametrize("case", NAMES, ids=[f"{c['shows']}: {c['sentence']}" for c in NAMES])
def test_a_sentence_names_the_companies_that_a_reader_finds(case: dict[str, str]) -> None:
    assert sorted(ids(case["sentence"])) == sorted(case["companies"].replace("-", "").split())


def test_a_name_and_its_ticker_are_one_mention_that_spans_the_name() -> None:
    (mention,) = link("中芯國際(00981)產能滿載。")[0]
    assert (mention.text, mention.start, mention.end) == ("中芯國際", 0, 4)
    assert (mention.ticker, mention.via) == ("0981.HK", "name")


def test_every_mention_of_a_company_is_returned_in_order() -> None:
    (mentions,) = link("輝達發表新品,超微跟進,輝達股價走高。")
    assert [(m.company, m.start) for m in mentions] == [("nvidia", 0), ("amd", 7), ("nvidia", 12)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("快手-W(01024)升2%。", "快手"),
        ("海光信息-U(688041.SH)涨停。", "海光信息"),
        ("亞馬遜-A(AMZN.US)升1%。", "亞馬遜"),
        ("奇景光電ADR(HIMX-US)跌1%。", "奇景光電"),
        ("高通公司（QCOM）涨3%。", "高通"),
    ],
)
def test_what_is_written_between_a_name_and_its_ticker_is_no_part_of_the_name(
    text: str, name: str
) -> None:
    (mention,) = link(text)[0]
    assert (mention.text, mention.start, mention.via) == (name, 0, "name")


@pytest.mark.parametrize(
    ("text", "via"),
    [("輝達擴產。", "name"), ("H20恢復出貨。", "product"), ("買盤湧入NVDA。", "ticker")],
)
def test_a_mention_says_what_linked_it(text: str, via: str) -> None:
    assert [m.via for m in link(text)[0]] == [via]


def test_a_company_unknown_to_the_table_is_linked_by_its_ticker() -> None:
    (mention,) = link("散熱廠昕洋精密(09876)今早抽升。")[0]
    assert (mention.company, mention.ticker) == ("9876_hk", "9876.HK")
    assert (mention.text, mention.via) == ("昕洋精密", "ticker")


@pytest.mark.parametrize("code", ["(3999)", "(3999.TWO)", "(3999-TW)", "(3999 TT)"])
def test_an_unknown_company_of_taiwan_has_one_id_whatever_exchange_is_written(code: str) -> None:
    assert {m.company for m in link(f"台股昕洋電{code}漲停。")[0]} == {"3999_tw"}


def test_an_unknown_company_is_known_by_its_name_in_the_other_sentences() -> None:
    title, first, last = link(
        "昕洋精密獲大單", "據悉昕洋精密(09876)已簽約。", "市場料昕洋精密明年轉盈。"
    )
    assert [m.company for m in (*title, *first, *last)] == ["9876_hk"] * 3
    assert [m.via for m in (*title, *first, *last)] == ["name", "ticker", "name"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("設備股展望(AMAT、LRCX)：支出上修。", ["AMAT", "LRCX"]),
        ("晶片七雄（NVDA, AVGO.US）創高。", ["NVDA", "AVGO.US"]),
        ("輝達供應鏈（2317、3231）走強。", ["輝達", "2317", "3231"]),
        ("設備商面試題整理（應材/ASML）", ["應材", "ASML"]),
        ("個股研究報告（2330）出爐。", ["2330"]),
        ("台積電概念股(2454)走強。", ["台積電", "2454"]),
        ("中芯國際港股(00981)走高。", ["中芯國際"]),
        ("昕洋控股(09876)擴產。", ["昕洋控股"]),
    ],
)
def test_what_a_bracket_lists_is_named_by_its_codes_and_not_by_the_words_before(
    text: str, named: list[str]
) -> None:
    assert [mention.text for mention in link(text)[0]] == named


def test_the_name_of_an_unknown_company_is_what_recurs_in_the_article() -> None:
    first, last = link("法人看好載板新兵昕洋電(6999)。", "昕洋電下季擴產。")
    assert [m.text for m in (*first, *last)] == ["昕洋電", "昕洋電"]


def test_the_short_name_of_an_unknown_company_is_known_too() -> None:
    first, last = link("散熱廠昕洋精密(09876)抽升。", "據了解昕洋下季擴產。")
    assert [m.text for m in (*first, *last)] == ["昕洋精密", "昕洋"]


@pytest.mark.parametrize("ending", ["半導體", "微電子", "生技", "光電"])
def test_a_part_of_what_many_names_end_in_names_nobody(ending: str) -> None:
    first, *others = link(
        f"跌得最深的是昕洋{ending}(09876)。", f"費城{ending}指數升4%。", "昕洋下季擴產。"
    )
    assert [m.text for m in first] == [f"昕洋{ending}"]
    assert [[m.text for m in each] for each in others] == [[], ["昕洋"]]


@pytest.mark.parametrize("case", STRANGERS, ids=[case["shows"] for case in STRANGERS])
def test_where_an_unknown_name_begins_and_what_is_meant_by_it_elsewhere(
    case: dict[str, str],
) -> None:
    first, other = link(case["sentence"], case["other"])
    assert [mention.text for mention in first] == [case["named"]]
    assert [mention.text for mention in other] == case["there"].replace("-", "").split()
    assert {mention.company for mention in other} <= {mention.company for mention in first}


def test_an_exchanges_mark_behind_two_unknown_names_is_the_name_of_neither() -> None:
    first, other = link("昕洋科技-KY(6699)與百昕-KY(6698)漲停。", "百昕上季轉盈，昕洋虧損。")
    assert [(m.company, m.text) for m in first] == [
        ("6699_tw", "昕洋科技-KY"),
        ("6698_tw", "百昕-KY"),
    ]
    assert [m.company for m in other] == ["6698_tw", "6699_tw"]


def test_a_place_at_the_head_of_an_unknown_name_is_not_its_short_name() -> None:
    assert link("上海昕洋(09876)抽升。", "上海今日有雨。")[1] == ()


@pytest.mark.parametrize(
    "text", ["資金湧入台股00878,國泰高股息(00878)規模創高。", "法人買進元大50(0050)。"]
)
def test_a_fund_is_no_company_of_the_hong_kong_exchange(text: str) -> None:
    assert all(not mention.company.endswith("_hk") for mention in link(text)[0])


@pytest.mark.parametrize(
    ("text", "ticker"),
    [
        ("法人指出,昕洋電(6999)訂單滿載。", "6999.TW"),
        ("港股通資金買入昕洋電(6999)。", "6999.HK"),
        ("昕洋股份(688999.SH)公告減持。", "688999.SS"),
        ("昕洋股份(300999)公告減持。", "300999.SZ"),
        ("昕洋(XYZW-US)盤後公布財報。", "XYZW.US"),
        ("昕洋(9997.T)擴產。", "9997.T"),
        ("昕洋(299990.KQ)擴產。", "299990.KQ"),
    ],
)
def test_the_market_of_an_unknown_ticker_is_read_from_its_form_or_the_article(
    text: str, ticker: str
) -> None:
    (mention,) = link(text)[0]
    assert (mention.ticker, mention.company) == (ticker, ticker.lower().replace(".", "_"))


@pytest.mark.parametrize(
    "text",
    [
        "全球出貨預測(2026)上修。",
        "參展人數(5000)創新高。",
        "圖表(3)列出各廠產能。",
        "某某專家(ABC)表示樂觀。",
        "熱線(2345678)全日開放。",
    ],
)
def test_other_things_in_brackets_are_no_tickers(text: str) -> None:
    assert ids(text) == []


def test_a_doubtful_name_counts_where_the_article_names_the_company_in_full() -> None:
    alone = link("理想不能當飯吃。")
    named = link("理想汽車公布交付量。", "理想上季轉盈。")
    assert alone == [()]
    assert [m.company for mentions in named for m in mentions] == ["li_auto", "li_auto"]


@pytest.mark.parametrize("text", ["粒子是中微子。", "產業鏈中微型廠居多。", "早盤中微升。"])
def test_a_longer_word_is_no_doubtful_name_though_the_company_is_named(text: str) -> None:
    _, mentions, named = link("中微公司公布季績。", text, "中微料訂單成長。")
    assert ([m.company for m in mentions], [m.text for m in named]) == ([], ["中微"])


def test_a_model_name_counts_only_where_its_maker_is_named() -> None:
    assert link("R1便宜又好用。") == [()]
    assert [m.company for m in link("DeepSeek開源R1。")[0]] == ["deepseek", "deepseek"]


def test_the_other_name_in_brackets_is_a_mention_of_the_same_company() -> None:
    assert [m.text for m in link("英偉達(Nvidia)宣布擴產。")[0]] == ["英偉達", "Nvidia"]


def test_linking_no_sentences_gives_nothing() -> None:
    assert link() == []


def test_a_name_that_an_article_explains_is_that_company_in_all_its_sentences() -> None:
    title, first, last = link(
        "同業超微伺服器倍增", "美國的超微(Supermicro)上調指引。", "超微股價升5%。"
    )
    assert {m.company for m in (*title, *first, *last)} == {"supermicro"}


def test_brackets_behind_a_name_explain_nothing_that_is_no_longer_name_of_the_other() -> None:
    assert ids("超微(Nvidia對手)推出新品。") == ["amd", "nvidia"]
    assert ids("鴻海(Nvidia)一同出席。") == ["hon_hai", "nvidia"]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Monolithic Power Systems, Inc.（以下簡稱「MPS」）", "MPS"),
        ("芯源系统（Monolithic Power Systems，以下简称“MPS”）", "MPS"),
        ("芯联集成电路制造（绍兴）股份有限公司（以下简称“绍芯”）", "绍芯"),
        ("盛美半导体设备（上海）股份有限公司（下称：盛美）", "盛美"),
    ],
)
def test_what_an_article_says_it_calls_a_company_is_a_name_of_it_there(
    full: str, short: str
) -> None:
    first, *others = link(f"{full}公布季績。", f"分析師看好{short}。", "mps。")
    assert [[(m.text, m.company) for m in each] for each in others] == [
        [(short, first[0].company)],
        [],
    ]
    assert link(f"分析師看好{short}。") == [()]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("華虹半導體有限公司（以下簡稱「本公司」）", "本公司"),
        ("台積電旗下某某公司（以下簡稱「昕洋」）", "昕洋"),
        ("台積電子公司（以下簡稱「昕洋」）", "昕洋"),
        ("世界先進積體電路股份有限公司（以下簡稱「世界」）", "世界"),
        ("高通（執行長稱市況好）", "市況好"),
    ],
)
def test_a_word_or_another_firm_is_no_short_name(full: str, short: str) -> None:
    assert link(f"{full}擴產。", f"市場關注{short}。")[1] == ()
