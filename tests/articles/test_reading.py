"""Reading files and folders."""

import io
import json
import sys
from itertools import chain
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from chipstance.articles.article import Article
from chipstance.articles.dates import iso_date
from chipstance.articles.reading import read
from chipstance.articles.tables.columns import unread
from chipstance.articles.text import from_text
from chipstance.errors import InputError
from chipstance.runs.cutting import cut
from chipstance.runs.pieces import read_piece

TEXT = "記憶體合約價再漲一成 原廠減產奏效\n2025-04-19 08:12\n\nDRAM合約價連漲兩季。原廠減產是主因。"
HTML = """<!DOCTYPE html><html><head><title>記憶體合約價再漲一成 原廠減產奏效 - 某某新聞網</title>
<meta property="og:site_name" content="某某新聞網">
<meta property="article:published_time" content="2025-04-19T08:12:00+08:00"></head><body>
<nav><a href="/">首頁</a><a href="/t">科技</a></nav><article>
<h1>記憶體合約價再漲一成 原廠減產奏效</h1>
<p>DRAM合約價連漲兩季&nbsp;原廠減產是主因，模組廠開始補庫存，
現貨價也跟著走高，法人估計漲勢可望延續到第三季。</p>
<p>一名分析師提醒，手機廠商的<b>成本壓力</b>會先浮現，終端需求是否跟得上，還要看下半年的新機銷售而定。</p>
</article><aside><h3>延伸閱讀</h3><a href="/x">存股族最愛的十檔股票</a></aside></body></html>"""


def articles(path: Path | str, encoding: str | None = None) -> tuple[list[Article], list[str]]:
    problems: list[str] = []
    return list(read(path, encoding=encoding, problems=problems.append)), problems


def written(folder: Path, ending: str, row: dict[str, str]) -> Path:
    """A table of one row in the form that its ending names."""
    path = folder / f"a.{ending}"
    if ending == "csv":
        path.write_text(",".join(row) + "\n" + ",".join(row.values()), "utf-8")
    elif ending == "jsonl":
        path.write_text(json.dumps(row), "utf-8")
    else:
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist([row]), path)
    return path


def texts(article: Article) -> list[str]:
    return [sentence.text for sentence in article.sentences]


def test_a_text_file_gives_title_date_and_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (article,), problems = articles(tmp_path / "a.txt")
    assert (article.title, article.published, article.source) == (
        "記憶體合約價再漲一成 原廠減產奏效",
        "2025-04-19",
        "a.txt",
    )
    assert texts(article)[1:] == ["DRAM合約價連漲兩季。", "原廠減產是主因。"]
    assert not problems


def test_a_source_line_names_the_publisher() -> None:
    assert from_text(TEXT + "\n(來源:某某報)", source="a.txt").source == "某某報"


@pytest.mark.parametrize(
    "stamp",
    [
        "2025年1月8日", "2025/01/08 14:03", "發佈時間：2025-1-8 09:00",
        "2025-01-08T14:03:00+08:00",
        "更新時間 08/01/2025 18:02", "民國114年1月8日", "114年1月8日", "114/01/08",
        "8 January 2025", "Jan 8, 2025 10:20 AM", "2025-01-08 某報", "2025年1月8日 某報",
        "2025-01-08 | 某報", "08-01-2025", "08.01.2025 14:03", "２０２５年１月８日",
        "January 8th, 2025", "8th January 2025", "20250108140300",
        "某報 | 2025-01-08", "2025-01-08 · 某某網",
    ],
)  # fmt: skip
def test_a_date_at_the_top_becomes_an_iso_date_and_is_no_sentence(stamp: str) -> None:
    article = from_text(f"記憶體合約價再漲一成\n{stamp}\n\n合約價連漲兩季。")
    assert article.published == "2025-01-08"
    assert texts(article) == ["記憶體合約價再漲一成", "合約價連漲兩季。"]


def test_flashes_have_the_day_of_the_first_and_no_title() -> None:
    article = from_text("2025-01-08 09:31 聯電新廠量產\n2025-01-09 14:05 美光財測高於預期")
    assert (article.title, article.published) == (None, "2025-01-08")


@pytest.mark.parametrize(
    "lines",
    [
        "2025-01-08 某報\n\n合約價連漲兩季。",
        "【某報專訊】合約價連漲兩季。",
        "合約價連漲。\n來源：某報",
    ],
)
def test_the_publisher_stands_beside_the_day_or_where_the_story_begins(lines: str) -> None:
    assert from_text(f"記憶體合約價再漲一成\n{lines}", source="a.txt").source == "某報"


CELLS: list[tuple[object, str | None]] = [
    ("2025-01-28", "2025-01-28"), ("28/1/2025", "2025-01-28"), ("28-Jan-25", "2025-01-28"),
    (45685, "2025-01-28"), ("45685.58", "2025-01-28"), (1738022400, "2025-01-28"),
    (1738022400000, "2025-01-28"), (20250128, "2025-01-28"), ("3小時前", None), ("", None),
    # The same moment, half past seven in the morning of the press.
    (1738020600000, "2025-01-28"), ("2025-01-28T07:30:00+08:00", "2025-01-28"),
    ("2025-01-27T23:30:00Z", "2025-01-28"), ("2025-01-27T23:30Z", "2025-01-28"),
    ("2025-01-27T23:30:00.000+0000", "2025-01-28"), ("2025-01-27 23:30:00+00", "2025-01-28"),
    (20250128093000, "2025-01-28"), ("202501280930", "2025-01-28"), ("28-01-2025", "2025-01-28"),
    ("28.01.2025", "2025-01-28"), ("20250127233000Z", "2025-01-28"),
    ("Jan 28th, 2025", "2025-01-28"),
    ("20250127T233000Z", "2025-01-28"), ("2025/01/27 23:30 UTC", "2025-01-28"),
    ("Mon, 27 Jan 2025 23:30:00 GMT", "2025-01-28"), ("27/01/2025 23:30 (GMT)", "2025-01-28"),
    ("Mon, 27 Jan 2025 23:30 +0000", "2025-01-28"), ("Mon Jan 27 23:30:00 UTC 2025", "2025-01-28"),
    ("2025-01-27T18:30:00-05:00", "2025-01-28"), ("Jan 27, 2025 6:30 PM EST", "2025-01-28"),
    ("2025-01-28T00:30:00+09:00", "2025-01-27"), ("2025-01-27T20:30:00-0300", "2025-01-28"),
    # What names no zone, or the press's, is the day that it says.
    ("2025-01-28T00:30:00+08:00", "2025-01-28"), ("2025-01-27 23:30:00", "2025-01-27"),
    ("Tue Jan 28 00:30:00 CST 2025", "2025-01-28"), ("2025-01-28 00:30 HKT", "2025-01-28"),
    ("2025-01-28 (GMT+8) 00:30", "2025-01-28"), ("2025-01-28 20:00-23:30", "2025-01-28"),
    ("2025-01-28 00:30 (GMT+8)", "2025-01-28"), ("Tue Jan 28 00:30:00 2025", "2025-01-28"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "day"), CELLS)
def test_a_table_may_write_its_days_as_tables_do(tmp_path: Path, cell: object, day: str) -> None:
    row = {"text": "合約價連漲兩季。", "date": cell}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf-8")
    (article,), problems = articles(tmp_path / "a.jsonl")
    assert (article.published, problems) == (day, [])


@pytest.mark.parametrize("text", ["20252801093000", "10.28.01.2025", "28.01-2025", "v2.1.2025.3"])
def test_figures_in_a_row_are_no_day(text: str) -> None:
    assert iso_date(text) is None


def test_a_day_that_cannot_be_read_is_said_and_the_article_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("內文,日期\n合約價連漲兩季。,28.1\n", "utf-8")
    (article,), problems = articles(tmp_path / "a.csv")
    assert article.published is None
    assert problems == [
        f"{tmp_path / 'a.csv'}: row 2: has a date that cannot be read (28.1); write 2025-01-28"
    ]


def test_json_has_its_columns_in_chinese_beside_ours(tmp_path: Path) -> None:
    row = {"text": "合約價連漲兩季。", "標題": "記憶體漲價", "日期": "2025-01-28", "來源": "某報"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf-8")
    (article,), _ = articles(tmp_path / "a.jsonl")
    assert (article.title, article.published, article.source) == (
        "記憶體漲價",
        "2025-01-28",
        "某報",
    )


def test_a_column_says_better_than_the_text_who_published_it_when(tmp_path: Path) -> None:
    text = "記憶體漲價\n2025-01-27\n合約價連漲兩季。\n來源：另一報"
    row = {"text": text, "title": "減產奏效", "published": "2025-01-28", "source": "某報"}
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(row)}\n{json.dumps({'text': text})}", "utf-8")
    found, _ = articles(tmp_path / "a.jsonl")
    assert [(each.title, each.published, each.source) for each in found] == [
        ("減產奏效", "2025-01-28", "某報"),
        ("記憶體漲價", "2025-01-27", "另一報"),
    ]


@pytest.mark.parametrize(
    ("cell", "title"),
    [("<b>聯電漲</b>&amp;<em>創高</em>", "聯電漲&創高"), ("良率<9成 P>0.05", "良率<9成 P>0.05")],
)
def test_a_title_in_a_column_has_no_tags_either(cell: str, title: str) -> None:
    assert from_text("聯電漲價。", title=cell).title == title


@pytest.mark.parametrize("stamp", ["3小時前", "昨天 14:00", "14:03"])
def test_a_relative_date_is_no_date(stamp: str) -> None:
    assert from_text(f"記憶體合約價再漲一成\n{stamp}\n合約價連漲兩季。").published is None


def test_the_same_article_has_the_same_id_in_every_kind_of_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="big5hkscs")
    row = {"text": TEXT.replace("\n", "\r\n"), "title": None, "published": "2025-04-19"}
    (tmp_path / "b.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-16")
    (tmp_path / "c.csv").write_text('text,source\n"' + TEXT + '",某報\n', encoding="gb18030")
    pyarrow.parquet.write_table(pyarrow.table({"text": [TEXT]}), tmp_path / "d.parquet")
    found, problems = articles(tmp_path)
    assert len(found) == 4
    assert len({article.id for article in found}) == 1
    assert {article.published for article in found} == {"2025-04-19"}
    assert not problems


@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_a_web_page_gives_its_article_with_places_in_the_html(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(HTML, encoding="utf-8")
    (article,), _ = articles(tmp_path / name)
    assert (article.title, article.published, article.source) == (
        "記憶體合約價再漲一成 原廠減產奏效",
        "2025-04-19",
        "某某新聞網",
    )
    first, second, third = article.sentences
    assert first.text == article.title
    assert second.text.startswith("DRAM合約價連漲兩季 原廠減產是主因，模組廠開始補庫存，現貨價")
    assert HTML[second.offset(0) :].startswith("DRAM")
    assert HTML[third.offset(third.text.index("成本")) :].startswith("成本壓力</b>")
    assert HTML[third.end - 1] == "。"


def test_a_page_that_no_extractor_understands_is_read_all_the_same() -> None:
    article = from_text("<html><body><div>DRAM合約價連漲兩季。<br>原廠減產是主因。</div></body>")
    assert texts(article) == ["DRAM合約價連漲兩季。", "原廠減產是主因。"]


def test_a_broken_row_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    rows = [
        '{"text": "DRAM合約價連漲兩季。"}',
        "{broken",
        "[1]",
        '{"text": 3}',
        '{"title": "沒有內文"}',
        '{"text": ""}',
        '{"text": "no Chinese"}',
        "",
        '{"text": "原廠減產是主因。", "published": "昨天", "source": "某報", "title": "標題"}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (first, last), problems = articles(tmp_path / "a.jsonl")
    assert texts(first) == ["DRAM合約價連漲兩季。"]
    assert (last.source, last.title, last.published) == ("某報", "標題", None)
    assert [line.split(": ")[1] for line in problems] == [f"row {n}" for n in range(2, 8)]
    assert all(line.startswith(f"{tmp_path / 'a.jsonl'}: row ") for line in problems)
    assert all("\n" not in line and ";" in line for line in problems)


def test_the_line_that_tells_excel_the_separator_is_no_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\r\ntitle;text\r\n一,一;台積電,聯電都漲。\r\n", "utf-8", newline="")
    ((article,), problems) = articles(path)
    assert (article.title, texts(article), problems) == ("一,一", ["台積電,聯電都漲。"], [])


def test_a_csv_row_with_too_many_cells_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Title,Text\n一,內文一。\n二,內文,二。\n三,內文三。\n", "utf-8")
    found, problems = articles(tmp_path / "a.csv")
    assert [texts(article) for article in found] == [["內文一。"], ["內文三。"]]
    assert len(problems) == 1
    assert "row 3" in problems[0]


def test_tabs_separate_columns_too(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("text\tpublished\n原廠減產是主因。\t2025/1/8\n", "utf-8")
    (article,), _ = articles(tmp_path / "a.tsv")
    assert article.published == "2025-01-08"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_columns_may_have_the_names_that_archives_give_them(tmp_path: Path, ending: str) -> None:
    row = {
        "日期": "2025/1/8",
        "標題": "減產奏效",
        "來源": "某報",
        "內文": "原廠減產是主因。",
        "內容": "略",
    }
    (article,), problems = articles(written(tmp_path, ending, row))
    assert problems == []
    assert (article.title, article.published, article.source) == ("減產奏效", "2025-01-08", "某報")
    assert texts(article)[-1] == "原廠減產是主因。"


@pytest.mark.parametrize(
    "names",
    [
        "Headline,Full Text,Publication Date,Publication Name",
        "title,content,pub_time,outlet", "title,body,publishedAt,sourceName",
        "標題,新聞內文,刊出日期,媒體名稱", "题名,正文,见报日期,报纸名称", "篇名,內文,出版日期,報章",
        "news_title,news_content,PublishTime,media_name", "标题,内容,发布时间,公众号",
        "題名,全文,見報日期,報別", "資訊標題,正文,發稿時間,文章來源",
    ],
)  # fmt: skip
def test_archives_and_collections_call_columns_in_many_ways(tmp_path: Path, names: str) -> None:
    row = "減產奏效,原廠減產是主因。,2025/1/8,某報"
    (tmp_path / "a.csv").write_text(f"{names}\n{row}\n", "utf-8")
    ((article,), problems) = articles(tmp_path / "a.csv")
    assert problems == []
    assert (article.title, article.published, article.source) == ("減產奏效", "2025-01-08", "某報")
    assert texts(article)[-1] == "原廠減產是主因。"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("name", ["timestamp", "createdAt", "created_at", "publishedAt"])
def test_a_moment_of_a_row_is_its_day(tmp_path: Path, ending: str, name: str) -> None:
    row = {"content": "原廠減產是主因。", name: "2025-01-07T23:30:00Z", "sourceName": "某報"}
    (article,), problems = articles(written(tmp_path, ending, row))
    assert (article.published, article.source, problems) == ("2025-01-08", "某報", [])


def test_a_day_of_publication_counts_before_the_moment_of_a_row(tmp_path: Path) -> None:
    row = {"text": "減產奏效。", "created_at": "2025-01-09", "pub_date": "2025-01-08"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf-8")
    ((article,), _) = articles(tmp_path / "a.jsonl")
    assert article.published == "2025-01-08"


@pytest.mark.parametrize(
    ("cell", "source"), [({"id": None, "name": "某報"}, "某報"), ({"id": 3}, "a.json")]
)
def test_a_source_may_be_an_object_with_a_name(
    tmp_path: Path, cell: dict[str, object], source: str
) -> None:
    (tmp_path / "a.json").write_text(
        json.dumps([{"content": "減產奏效。", "source": cell}]), "utf-8"
    )
    ((article,), _) = articles(tmp_path / "a.json")
    assert article.source == source


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["text"], []),
        (["text", "date", "source", "update_time", "media_type"], []),
        (["text", "id", "label", "split", "days", "reading_time", "crawled_at", "url"], []),
        (["text", "pub_dt"], [("published", "pub_dt")]),
        (["內文", "登載日", "報社名"], [("published", "登載日"), ("source", "報社名")]),
        (["text", "sent at", "image_source"], [("published", "sent at")]),
        (["text", "date", "來源網"], [("source", "來源網")]),
        (["id", "date of issue"], []),
        (["text", "sentiment", "candidate", "validated", "runtime", "run_time", "時間長度"], []),
        (["text", "expression", "median_price", "journalist", "resources", "source_lang"], []),
        (["text", "media_count", "impression", "multimedia", "lifetime", "mandate"], []),
        (["text", "airDate", "src_list"], [("published", "airDate"), ("source", "src_list")]),
        (["text", "登載時間", "source"], [("published", "登載時間")]),
        (["text", "date", "pressAgency"], [("source", "pressAgency")]),
    ],
)  # fmt: skip
def test_columns_that_look_like_those_that_are_missed_are_known(
    names: list[str], found: list[tuple[str, str]]
) -> None:
    assert list(unread(names)) == found
    assert list(unread(names, (("published", "x"), ("source", "y")))) == []


def test_a_folder_is_read_in_order_without_hidden_files_and_circles(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/two.txt", "a.txt", ".hidden.txt", "notes.xyz"):
        (tmp_path / name).write_text(f"{Path(name).stem}公司股價回升。", encoding="utf-8")
    (tmp_path / "b" / "circle").symlink_to(tmp_path)
    (tmp_path / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    found, problems = articles(tmp_path)
    assert [article.source for article in found] == ["a.txt", "two.txt"]
    assert len(problems) == 1
    assert problems[0].startswith(f"{tmp_path / 'c.txt'}: ")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n"),
        ("english.txt", b"Chip shares fell."),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        ("noise.txt", bytes(range(256)) * 4),
        ("furniture.txt", "分享\n收藏\n".encode()),
        ("empty.jsonl", b""),
        ("nocolumn.csv", "a,b\n一,二\n".encode()),
        ("broken.parquet", b"PAR1 not really"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        articles(tmp_path / name)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / name}: ")
    assert "\n" not in message
    assert ";" in message


def test_a_missing_file_an_empty_folder_and_an_unknown_encoding_are_refused(tmp_path: Path) -> None:
    for path, encoding in ((tmp_path / "gone.txt", None), (tmp_path, None), (__file__, "klingon")):
        with pytest.raises(InputError, match="; "):
            articles(path, encoding)


def test_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    line = json.dumps({"text": "DRAM合約價連漲兩季。"}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text("\n".join([line] * 5000 + ["{broken"]), encoding="utf-8")
    problems: list[str] = []
    stream = read(tmp_path / "a.jsonl", problems=problems.append)
    assert texts(next(stream)) == ["DRAM合約價連漲兩季。"]
    assert not problems


def test_importing_the_room_brings_no_heavy_library() -> None:
    import subprocess

    code = (
        "import sys, chipstance.articles.reading; "
        "print([m for m in ('trafilatura', 'lxml', 'pyarrow', 'charset_normalizer', 'opencc') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


JSON_FILES = {
    "an object": '{"text": "台積電漲3%。"}',
    "an object over lines": '\ufeff{\n "Title": "甲",\n "Text": "台積電漲3%。"\n}\n',
    "an array": '[{"內文": "台積電漲3%。"},\n {"內文": "聯電跌2%。"}]',
    "lines": '{"text": "台積電漲3%。"}\n{"text": "聯電跌2%。"}\n',
}


@pytest.mark.parametrize("what", JSON_FILES)
def test_json_is_rows_in_a_file_in_a_folder_and_piped_in(
    tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = JSON_FILES[what]
    wanted = ["台積電漲3%。", "聯電跌2%。"][: text.count("。")]
    (tmp_path / "a.json").write_text(text, "utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    pieces = cut(["-"])
    for found in (
        read(tmp_path / "a.json", problems=pytest.fail),
        read(tmp_path, problems=pytest.fail),
        chain.from_iterable(read_piece(x, encoding=None, problems=pytest.fail) for x in pieces),
    ):
        assert [article.sentences[-1].text for article in found] == wanted


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", '[{"text": ', "is not JSON (Expecting value in line 1); mend the file"),
        ("a.json", '[{"id": 1, "story": "甲"}]', "it has id, story; call the column"),
        (
            "a.json",
            '{"article": 1, "index": 0, "start": 0, "end": 1, "text": "甲"}',
            "holds scored",
        ),
        ("a.json", "[]", "has no row"),
        ("a.jsonl", '{"id": 1, "story": "甲"}\n' * 9, "it has id, story; call the column"),
        ("a.csv", "id,story\n1,甲\n", "it has id, story; call the column"),
    ],
)
def test_a_file_without_articles_is_one_line(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    for size in (10, 10_000):
        problems: list[str] = []
        for piece in cut([str(tmp_path / name)], size=size):
            assert not list(read_piece(piece, encoding=None, problems=problems.append))
        (problem,) = problems
        assert problem.startswith(f"{tmp_path / name}: ")
        assert said in problem


def test_json_too_large_to_be_read_whole_is_to_be_written_in_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chipstance.articles.tables.whole_json._LARGEST", 2**20)
    (tmp_path / "a.json").write_text(" " * (2**20 + 1))
    with pytest.raises(InputError, match=r"larger than 1 MB.* into a \.jsonl file"):
        list(read(tmp_path / "a.json", problems=pytest.fail))


def test_a_list_on_one_line_of_json_lines_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('[{"text": "台積電漲3%。"}]\n', "utf-8")
    problems: list[str] = []
    assert not list(read(tmp_path / "a.jsonl", problems=problems.append))
    assert problems == [
        f"{tmp_path}/a.jsonl: row 1: is not an object but a list of them; call the file .json"
    ]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.parquet"])
@pytest.mark.parametrize("size", [10, 10_000])
def test_columns_may_be_called_anything_that_is_said(tmp_path: Path, name: str, size: int) -> None:
    rows = [{"text": "摘要。", "Story": "台積電漲3%。", "DATE": "2025-02-03"}] * 3
    path = tmp_path / name
    if name == "a.csv":
        cells = [",".join(row.values()) for row in rows]
        path.write_text("\n".join([",".join(rows[0]), *cells]), "utf-8")
    elif name == "a.parquet":
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    elif name == "a.json":
        path.write_text(json.dumps(rows), "utf-8")
    else:
        path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    called = (("text", "story"),)
    found = [
        (article.sentences[0].text, article.published)
        for piece in cut([str(path)], called=called, size=size)
        for article in read_piece(piece, encoding=None, called=called, problems=pytest.fail)
    ]
    assert found == [("台積電漲3%。", "2025-02-03")] * 3
