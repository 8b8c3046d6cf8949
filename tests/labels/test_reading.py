import json
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from chipstance.errors import LabelError
from chipstance.labels.reading import read_labels

TEXTS = (
    "台積電法說會優於預期，市場需求強勁。",
    "聯電下修全年展望，外資看淡。",
    "美光宣布減產，報價止跌。",
)


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def excel(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_bad_row_is_reported_and_the_others_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"text": "甲", "stance": "neutral"}\n{broken\n{"text": "乙", "stance": "x"}\n')
    problems: list[str] = []
    rows = read_labels([path], problems=problems.append)
    assert [row.text for row in rows] == ["甲", "乙"]
    assert len(problems) == 1
    assert f"{path}: row 2: is not JSON" in problems[0]


def test_without_anybody_to_tell_a_bad_row_raises(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text("{broken\n")
    with pytest.raises(LabelError, match="row 1"):
        read_labels([tmp_path / "mine.jsonl"])


def test_csv_brings_tasks_by_its_columns_and_companies_as_json(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text('﻿text,sentiment,companies\n"甲,乙",good,"{""tsmc"": ""positive""}"\n丙,bad,\n')
    rows = read_labels([path])
    assert [(row.text, row.labels["sentiment"], row.companies) for row in rows] == [
        ("甲,乙", "good", {"tsmc": "positive"}),
        ("丙", "bad", None),
    ]


def test_a_folder_is_all_its_label_files_but_the_company_table(tmp_path: Path) -> None:
    write(tmp_path / "b.jsonl", {"text": "乙", "stance": "neutral"})
    write(tmp_path / "a.jsonl", {"text": "甲", "stance": "neutral"})
    (tmp_path / "companies.csv").write_text("id\n")
    (tmp_path / "~$c.xlsx").write_text("what Excel leaves beside a file that is open")
    (tmp_path / "README.md").write_text("")
    assert [row.text for row in read_labels([tmp_path])] == ["甲", "乙"]


@pytest.mark.parametrize(
    "name", ["gone.jsonl", "labels.docx", "empty.jsonl", "empty.csv", "empty.xlsx", "e.parquet"]
)
def test_a_file_that_gives_no_labels_is_named(tmp_path: Path, name: str) -> None:
    if not name.startswith("gone"):
        (tmp_path / name).write_text("")
    with pytest.raises(LabelError, match=name):
        read_labels([tmp_path / name])


def test_a_row_with_a_comma_too_many_is_named_and_left_out(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("text,urgency\n美光停產,搶修中,urgent\n聯電召開股東會,calm\n", "utf-8")
    problems: list[str] = []
    assert [row.text for row in read_labels([path], problems=problems.append)] == ["聯電召開股東會"]
    assert problems == [f"{path}: row 2: more or fewer cells than the header; quote the text"]


def test_a_quotation_mark_left_open_costs_its_own_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text('text,mood\n"台積電漲,good\n聯電跌,bad\n"兩行\n一格",good\n', "utf-8")
    problems: list[str] = []
    rows = read_labels([path], problems=problems.append)
    assert [row.text for row in rows] == ["聯電跌", "兩行\n一格"]
    assert len(problems) == 1
    assert f"{path}: row 2: a quotation mark" in problems[0]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "big5", "gb18030"]
)
def test_a_table_is_read_whatever_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(("text,mood\n" + "".join(f"{t},好\n" for t in TEXTS)).encode(encoding))
    assert [(row.text, row.labels) for row in read_labels([path])] == [
        (text, {"mood": "好"}) for text in TEXTS
    ]


@pytest.mark.parametrize("text", ["반도체 수요가", "半導体の需要が伸びた", "Чипы", "naïve été"])
def test_labels_may_be_of_any_language(tmp_path: Path, text: str) -> None:
    (row,) = read_labels([write(tmp_path / "mine.jsonl", {"text": text, "mood": "x"})])
    assert row.text == text


def test_tabs_and_semicolons_separate_too(tmp_path: Path) -> None:
    for name, mark in (("a.tsv", "\t"), ("b.csv", "\t"), ("c.csv", ";")):
        (tmp_path / name).write_text(f"text{mark}mood\n漲,跌{mark}good\n", "utf-8")
        assert [(r.text, r.labels["mood"]) for r in read_labels([tmp_path / name])] == [
            ("漲,跌", "good")
        ]


def test_two_columns_of_one_name_are_named(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("text,label,label\n甲,a,b\n", "utf-8")
    with pytest.raises(LabelError, match=r"mine.csv: .*'label', 2 and 3"):
        read_labels([tmp_path / "mine.csv"])


def test_excel_gives_texts_numbers_and_companies(tmp_path: Path) -> None:
    path = excel(
        tmp_path / "mine.XLSX",
        ["Text", "label", "companies"],
        [TEXTS[0], 1, "tsmc=positive"],
        [None, None, None],
        [TEXTS[1], 0.0, None],
        ["", 1, None],
    )
    problems: list[str] = []
    rows = read_labels([path], problems=problems.append)
    assert [(row.text, row.labels, row.companies) for row in rows] == [
        (TEXTS[0], {"label": "1"}, {"tsmc": "positive"}),
        (TEXTS[1], {"label": "0"}, None),
    ]
    assert problems == [f"{path}: row 5: no text; give the sentence in `text`"]


def test_parquet_gives_whole_numbers_and_structs_of_companies(tmp_path: Path) -> None:
    path = tmp_path / "mine.parquet"
    table = pyarrow.table(
        {
            "text": list(TEXTS[:2]),
            "label": [1, None],
            "companies": [{"tsmc": "positive", "umc": None}, {"tsmc": None, "umc": "negative"}],
        }
    )
    pyarrow.parquet.write_table(table, path)
    assert [(row.labels, row.companies) for row in read_labels([path])] == [
        ({"label": "1"}, {"tsmc": "positive"}),
        ({}, {"umc": "negative"}),
    ]


def test_the_columns_may_be_called_anything(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("nr,post,cat,said by\n1,甲,up,me\n2,乙,down,me\n", "utf-8")
    (row, _) = read_labels([path], columns={"text": "post", "stance": "cat", "article": "nr"})
    assert (row.text, row.labels, row.article) == ("甲", {"stance": "up"}, "1")
    assert row.extra == {"said by": "me"}


@pytest.mark.parametrize(("header", "article"), [("文章,內容,stance", "甲"), ("文章,stance", None)])
def test_a_column_called_article_in_chinese_is_the_article_where_another_is_the_text(
    tmp_path: Path, header: str, article: str | None
) -> None:
    path = tmp_path / "mine.csv"
    rows = [f"{article},{text}" if article else text for text in TEXTS]
    path.write_text("\n".join([header, *(f"{row},neutral" for row in rows)]), "utf-8")
    found = read_labels([path])
    assert [(row.text, row.article) for row in found] == [(text, article or text) for text in TEXTS]


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.jsonl", {"post": "甲", "cat": "up"})
    with pytest.raises(LabelError, match="no column 'body'; there are post, cat"):
        read_labels([path], columns={"text": "body"})


@pytest.mark.parametrize("name", ["content", "Sentence", "內容", "x"])
def test_the_only_column_that_looks_like_text_is_the_text(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "mine.jsonl", *({name: text, "stance": "a"} for text in TEXTS))
    notes: list[str] = []
    assert [row.text for row in read_labels([path], notes=notes.append)] == list(TEXTS)
    assert notes == [f"{path}: the text is taken from column {name!r}"]


def test_of_two_columns_of_text_none_is_guessed(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.jsonl", *({"x": t, "y": t + "。", "label": "a"} for t in TEXTS))
    with pytest.raises(LabelError, match="--column text=x"):
        read_labels([path])


def test_a_column_with_as_many_values_as_rows_is_no_task(tmp_path: Path) -> None:
    rows = [{"text": f"甲{n}", "label": "ab"[n % 2], "views": n, "": n} for n in range(60)]
    notes: list[str] = []
    read = read_labels([write(tmp_path / "mine.jsonl", *rows)], notes=notes.append)
    assert {tuple(row.labels) for row in read} == {("label",)}
    assert "'views'" in notes[0]


@pytest.mark.parametrize(
    ("numbers", "is_task"),
    [
        ("1 2 3 4 5 6", False),
        # Rows were deleted since.
        ("3 4 8 9 20 21", False),
        ("001 002 003 004 005 006", False),
        # Marks out of five and the like.
        ("1 2 3 4 5 5", True),
        ("5 4 3 2 1 1", True),
        ("1 2 3 4 6 5", True),
        ("-1 0 1 -1 0 1", True),
        # As few may be in their order by chance.
        ("1 2 3 4 5", True),
    ],
)
def test_a_column_that_numbers_the_rows_is_no_task(
    tmp_path: Path, numbers: str, is_task: bool
) -> None:
    path = tmp_path / "desk.csv"
    lines = [f"{number},第{at}句,good" for at, number in enumerate(numbers.split())]
    path.write_text("\n".join(["序號,text,mood", *lines]) + "\n", "utf-8")
    notes: list[str] = []
    rows = read_labels([path], notes=notes.append)
    tasks = {"mood", "序號"} if is_task else {"mood"}
    assert {task for row in rows for task in row.labels} == tasks
    assert is_task != any("numbers the rows" in note for note in notes)


@pytest.mark.parametrize(
    ("values", "rows", "is_task"),
    [(50, 60, True), (51, 60, False), (200, 1000, True), (201, 1004, False), (201, 2000, False)],
)
def test_a_column_of_hundreds_of_values_is_a_task_only_where_that_is_said(
    tmp_path: Path, values: int, rows: int, is_task: bool
) -> None:
    found = [{"text": f"甲{n}", "stance": "ab"[n % 2], "by": f"b{n % values}"} for n in range(rows)]
    path = write(tmp_path / "mine.jsonl", *found)
    assert ("by" in read_labels([path])[0].labels) == is_task
    assert read_labels([path], columns={"mood": "by"})[0].labels == {"mood": "b0"}


def test_columns_that_nobody_named_are_tasks_or_companies_and_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    cells = ("tsmc=positive; umc=neutral", "{}", "")
    rows = [f"{text},bullish,up,{cell}" for text, cell in zip(TEXTS, cells, strict=True)]
    path.write_text("\n".join(["text,stance,看法,公司", *rows]), "utf-8")
    notes: list[str] = []
    found = read_labels([path], notes=notes.append)
    assert [row.companies for row in found] == [{"tsmc": "positive", "umc": "neutral"}, {}, None]
    assert {tuple(row.labels) for row in found} == {("stance", "看法")}
    assert notes == [
        f"{path}: the companies are taken from column '公司'",
        f"{path}: taken for tasks of its own: 看法; if one is topic or hype, say so:"
        " --column topic=COLUMN",
    ]


@pytest.mark.parametrize("column", ["標註人", "備註", "編號", "region", "mood"])
def test_a_column_beside_all_tasks_of_the_guide_is_a_task_and_that_is_said(
    tmp_path: Path, column: str
) -> None:
    path = tmp_path / "mine.csv"
    rows = [f"{text},bullish,market,plain,{n % 2}" for n, text in enumerate(TEXTS)]
    path.write_text("\n".join([f"text,stance,topic,hype,{column}", *rows]), "utf-8")
    notes: list[str] = []
    found = read_labels([path], notes=notes.append)
    assert [row.labels[column] for row in found] == ["0", "1", "0"]
    assert notes == [f"{path}: taken for tasks of its own: {column}"]


@pytest.mark.parametrize("text", ["內文", "內容", "新聞內容", "Full Text", "body"])
@pytest.mark.parametrize("title", ["標題", "新聞標題", "Headline", "title"])
def test_columns_of_articles_are_known_as_where_articles_are_read(
    tmp_path: Path, text: str, title: str
) -> None:
    path = tmp_path / "mine.csv"
    rows = [f"晶片股{n % 2},{each},2025-03-0{n},報,up" for n, each in enumerate(TEXTS, 1)]
    path.write_text("\n".join([f"{title},{text},刊登日期,媒體名稱,stance", *rows]), "utf-8")
    notes: list[str] = []
    found = read_labels([path], notes=notes.append)
    assert [(row.text, row.labels) for row in found] == [(each, {"stance": "up"}) for each in TEXTS]
    assert found[0].extra["刊登日期"] == "2025-03-01"
    assert notes[0] == f"{path}: the text is taken from column {text!r}"
    assert notes[1].startswith(f"{path}: known as what articles say, and no task: ")


@pytest.mark.parametrize(
    ("header", "task"), [("text,time", "time"), ("text,news", "news"), ("標題,看法", "看法")]
)
def test_a_word_that_tables_of_articles_use_too_may_be_a_task(
    tmp_path: Path, header: str, task: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{header}\n聯電下修全年展望,past\n美光減產,future\n", "utf-8")
    assert [row.labels for row in read_labels([path])] == [{task: "past"}, {task: "future"}]


@pytest.mark.parametrize("ours", ["text", "article", "stance", "topic"])
def test_a_column_that_is_wanted_is_asked_for_where_there_is_one_of_our_name(
    tmp_path: Path, ours: str
) -> None:
    row = {"text": "甲", "article": "a", "stance": "up", "topic": "x"}
    path = write(tmp_path / "mine.jsonl", row)
    with pytest.raises(LabelError, match=r"mine\.jsonl: no column 'gone'; there are text, article"):
        read_labels([path], columns={ours: "gone"})


def test_a_column_that_is_wanted_may_be_in_one_of_several_files_alone(tmp_path: Path) -> None:
    one = write(tmp_path / "one.jsonl", {"text": "甲", "stance": "up"})
    other = write(tmp_path / "other.jsonl", {"text": "乙", "看法": "down"})
    wanted = {"stance": "看法"}
    assert len(read_labels([one, other], columns=wanted)) == 2
    assert len(read_labels([one], columns=wanted, beside=[one, other])) == 1
    with pytest.raises(LabelError, match=r"one\.jsonl: no column '看法'"):
        read_labels([one], columns=wanted)
    with pytest.raises(LabelError, match=r"one\.jsonl and 1 other file: no column 'gone'"):
        read_labels([one, write(other, {"text": "乙", "stance": "x"})], columns={"stance": "gone"})


@pytest.mark.parametrize("cell", ["12:30", "tsmc=利多", "positive", "{}"])
def test_a_column_is_of_companies_only_where_it_says_so_of_all_its_rows(
    tmp_path: Path, cell: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"text,stance,x\n甲,bullish,tsmc=positive\n乙,bullish,{cell}\n", "utf-8")
    assert [row.companies for row in read_labels([path])] == (
        [{"tsmc": "positive"}, {}] if cell == "{}" else [None, None]
    )


def test_only_tasks_that_are_asked_for_make_a_row_labelled(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(
        "貼文,看板,stance\n台積電法說會優於預期,Stock,\n聯電下修,Tech,bearish\n", "utf-8"
    )
    rows = read_labels([path], columns={"text": "貼文"}, unlabelled=True, tasks=("stance", "hype"))
    assert [row.labels for row in rows] == [{}, {"stance": "bearish"}]
    assert [row.extra for row in rows] == [{"看板": "Stock"}, {"看板": "Tech"}]


def test_rows_that_are_not_labelled_yet_are_counted_and_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("text,stance\n" + "".join(f"{text},\n" for text in TEXTS), "utf-8")
    with pytest.raises(LabelError, match=r"mine\.csv: no row of it has a label; fill in"):
        read_labels([path])
    path.write_text(path.read_text("utf-8") + "甲,bullish\n", "utf-8")
    notes: list[str] = []
    assert [row.text for row in read_labels([path], notes=notes.append)] == ["甲"]
    assert notes == [f"{path}: 3 rows without a label, left out"]


def test_what_is_wrong_with_every_row_is_told_a_few_times_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    rows = "".join(f"第{n}句，甲,乙,bullish\n" for n in range(84))
    path.write_text(f"text,stance\n{rows}好,bullish\n,bullish\n", "utf-8")
    problems: list[str] = []
    assert len(read_labels([path], problems=problems.append)) == 1
    what = "more or fewer cells than the header; quote the text"
    assert problems == [
        *(f"{path}: row {number}: {what}" for number in (2, 3, 4)),
        f"{path}: 81 rows more: {what}",
        f"{path}: row 87: no text; give the sentence in `text`",
    ]


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "sep=;\r"])
def test_the_separator_that_excel_names_above_the_header_is_taken(
    tmp_path: Path, line: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{line}\ntext;stance\n漲,漲,漲;bullish\n;bullish\n", "utf-8", newline="")
    problems: list[str] = []
    (row,) = read_labels([path], problems=problems.append)
    assert (row.text, row.labels) == ("漲,漲,漲", {"stance": "bullish"})
    assert problems == [f"{path}: row 3: no text; give the sentence in `text`"]


@pytest.mark.parametrize("first", [["標註說明"], ["甲", "乙"], None])
def test_labels_on_another_sheet_than_the_first_are_asked_for(
    tmp_path: Path, first: list[object] | None
) -> None:
    rows = [first, first] if first else []
    path = excel(tmp_path / "mine.xlsx", *rows)
    book = openpyxl.load_workbook(path)
    book.active.title = "說明"
    book.create_sheet("標註").append(["text", "stance"])
    book.save(path)
    with pytest.raises(LabelError, match=r"mine\.xlsx: .*; only its first sheet, '說明', is read"):
        read_labels([path])


def test_a_row_for_each_company_makes_one_row_for_each_sentence(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "text,stance,company,sentiment\n甲,up,tsmc,positive\n甲,up,umc,negative\n乙,down,,\n"
        "丙,up,tsmc,\n甲,up,tsmc,negative\n",
        "utf-8",
    )
    problems: list[str] = []
    rows = read_labels([path], problems=problems.append)
    assert [(row.text, row.labels, row.companies) for row in rows] == [
        ("甲", {"stance": "up"}, {"tsmc": "positive", "umc": "negative"}),
        ("乙", {"stance": "down"}, None),
    ]
    assert [problem.split(": ", 1)[1] for problem in problems] == [
        "row 5: a company without a sentiment, or the reverse; fill both",
        f"row 6: tsmc is not what {path}: row 2 says; settle on one",
    ]


def test_of_several_labels_that_differ_the_first_of_the_row_is_named(tmp_path: Path) -> None:
    names = [f"c{n}" for n in range(9)]
    one, other = ({"text": "甲", **dict.fromkeys(names, label)} for label in ("up", "down"))
    pair = {"company": "tsmc", "sentiment": "positive"}
    path = write(tmp_path / "mine.jsonl", one | pair, other | pair)
    problems: list[str] = []
    read_labels([path], problems=problems.append)
    assert problems == [f"{path}: row 2: c0 is not what {path}: row 1 says; settle on one"]


def test_what_parquet_and_excel_hold_beside_the_labels_is_kept(tmp_path: Path) -> None:
    beside = {"id": Decimal(7), "url": b"x", "date": time(9, 30), "source": float("nan")}
    path = tmp_path / "mine.parquet"
    table = pyarrow.Table.from_pylist([{"text": "甲", "stance": "up", **beside}])
    pyarrow.parquet.write_table(table, path)
    (row,) = read_labels([path])
    assert row.extra == {"id": 7, "url": "x", "date": "09:30:00"}
    cells = {"text": "甲", "stance": "up", "date": time(9, 30), "story": timedelta(hours=30)}
    path = excel(tmp_path / "mine.xlsx", list(cells), list(cells.values()))
    (row,) = read_labels([path])
    assert row.extra == {"date": "09:30:00", "story": "1 day, 6:00:00"}


def test_a_sentiment_without_a_company_beside_it_is_a_task(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.jsonl", {"text": "甲", "sentiment": "good"})
    assert read_labels([path])[0].labels == {"sentiment": "good"}


def test_a_file_with_damaged_characters_says_which_row(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    lines = "text,mood\n" + "".join(f"{text},好\n" for text in TEXTS * 400)
    path.write_bytes(lines.encode("utf-8") * 2 + b"\xff\xfe\xfd,x\n")
    problems: list[str] = []
    rows = read_labels([path], problems=problems.append)
    assert len(rows) == 2401  # the header stands twice
    assert problems == [f"{path}: row 2403: damaged characters in the text; save the file as UTF-8"]


def test_free_text_is_no_label(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    row = {"text": "晶片漲價。", "stance": "bullish"}
    lines = [row, row | {"text": "晶片跌價。", "mood": "長" * 256}]
    path.write_text("\n".join(json.dumps(each) for each in lines), "utf-8")
    problems: list[str] = []
    rows = read_labels([path], problems=problems.append)
    assert [row.text for row in rows] == ["晶片漲價。"]
    (problem,) = problems
    assert problem.startswith(f"{path}: row 2: mood of 256 characters; a label has 255 at most")


@pytest.mark.parametrize("name", ["source", "relevance", "stance_p"])
def test_a_name_that_rows_need_themselves_is_no_task(tmp_path: Path, name: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("text,lab\n晶片漲價。,good\n", "utf-8")
    with pytest.raises(LabelError, match=rf"mine\.csv: {name}: no name for a task"):
        read_labels([path], columns={name: "lab"})
