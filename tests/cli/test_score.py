import csv
import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from chipstance.cli.main import main
from chipstance.runs.work import Recipe, facts
from tests.conftest import Ran

Classify = Callable[..., Ran]
FIELDS = [
    "article",
    "source",
    "title",
    "published",
    "index",
    "start",
    "end",
    "text",
    "stance",
    "stance_p",
    "topic",
    "topic_p",
    "hype",
    "hype_p",
    "companies",
    "model",
]
COMPANY_FIELDS = [
    "company",
    "ticker",
    "mention",
    "start",
    "end",
    "sentiment",
    "sentiment_p",
    "move_pct",
    "via",
]


def rows_of(ran: Ran) -> list[dict]:
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_row_has_every_field_and_its_place_in_the_file(classify: Classify, article: Path) -> None:
    ran = classify("score", article, "--format", "jsonl")
    rows, file = rows_of(ran), article.read_text("utf-8")
    assert (ran.status, ran.err) == (0, "")
    assert [row["index"] for row in rows] == [0, 1, 2]
    for row in rows:
        assert list(row) == FIELDS
        assert file[row["start"] : row["end"]] == row["text"]
        for company in row["companies"]:
            assert list(company) == COMPANY_FIELDS
            assert file[company["start"] : company["end"]] == company["mention"]
    assert rows[1]["published"] == "2025-02-03"
    assert rows[0]["title"] == rows[0]["text"] == "晶片股回穩 台積電領漲"


def test_probabilities_sum_to_one(classify: Classify, article: Path) -> None:
    for row in rows_of(classify("score", article, "--format", "jsonl")):
        for task in ("stance", "topic", "hype"):
            assert sum(row[f"{task}_p"].values()) == pytest.approx(1)
            assert row[task] == max(row[f"{task}_p"], key=row[f"{task}_p"].get)
        for company in row["companies"]:
            assert sum(company["sentiment_p"].values()) == pytest.approx(1)


def test_a_path_alone_is_scored_and_shown(classify: Classify, article: Path) -> None:
    ran = classify(article)
    assert ran.status == 0
    assert "晶片股回穩 台積電領漲" in ran.out
    assert ran.out.index("Companies") < ran.out.rindex("tsmc")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("台積電股價大漲6%。", {"+ good news"}),
        ("聯電股價重挫9%。", {"− bad news"}),
        ("台積電股價大漲6%,聯電重挫9%。", {"+ good news", "− bad news"}),
        ("高盛調降聯電目標價。", {"− bad news", "» only the source"}),
        ("午後下了一場雨。", set()),
    ],
)
def test_below_the_table_stands_what_its_signs_say_and_of_no_others(
    classify: Classify, text: str, shown: set[str]
) -> None:
    lines = classify(stdin=text.encode()).out.splitlines()
    legend = [line.removeprefix("companies: ") for line in lines if line.startswith("companies: ")]
    assert {each for line in legend for each in line.split(", ")} == shown
    few = [line for line in lines if line.startswith("few: ")]
    assert few == ["few: judged in fewer than 5 articles, which say little"] * bool(shown)


def test_what_stands_in_enough_articles_is_not_few(classify: Classify, tmp_path: Path) -> None:
    for n in range(5):
        (tmp_path / f"{n}.txt").write_text("台積電股價大漲6%。", "utf-8")
    assert "few" not in classify("score", tmp_path).out


def test_stdin_is_read_without_being_named(classify: Classify, article: Path) -> None:
    piped = classify(stdin=article.read_bytes())
    assert piped.out == classify("score", "-", stdin=article.read_bytes()).out
    assert "台積電領漲" in piped.out


def test_csv_and_parquet_carry_the_same_rows(
    classify: Classify, article: Path, tmp_path: Path
) -> None:
    rows = rows_of(classify("score", article, "--format", "jsonl"))
    assert classify("score", article, "-o", tmp_path / "rows.parquet").status == 0
    assert classify("score", article, "-o", tmp_path / "rows.csv").status == 0
    assert pq.read_table(tmp_path / "rows.parquet").to_pylist() == rows
    cells = list(csv.DictReader(io.StringIO((tmp_path / "rows.csv").read_text("utf-8"))))
    assert [list(row) for row in cells] == [FIELDS] * len(rows)
    assert [json.loads(row["companies"]) for row in cells] == [row["companies"] for row in rows]
    assert [row["text"] for row in cells] == [row["text"] for row in rows]


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "english.txt": b"Chip shares fell on Monday.",
    "broken.jsonl": b"{nothing\n",
    "other.parquet": b"PAR1 but not really",
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_line_and_the_others_are_scored(
    classify: Classify, article: Path, tmp_path: Path, name: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(BAD[name])
    ran = classify("score", bad, article, "--format", "jsonl")
    assert ran.status == 1
    assert ran.err.startswith("Error: ")
    assert len(ran.err.splitlines()) == 1
    assert name in ran.err
    assert len(rows_of(ran)) == 3


def test_a_missing_file_is_one_line_and_the_others_are_scored(
    classify: Classify, article: Path
) -> None:
    ran = classify("score", "gone.txt", article, "--format", "jsonl")
    assert (ran.status, len(rows_of(ran))) == (1, 3)
    assert "gone.txt" in ran.err


def test_a_broken_row_costs_that_row_alone(classify: Classify, tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_text('{"text": "台積電上漲3%。"}\n{"text": 7}\n{"text": "聯電下跌2%。"}\n', "utf-8")
    ran = classify("score", path, "--format", "jsonl")
    assert ran.status == 1
    assert f"{path}: row 2" in ran.err
    assert [row["text"] for row in rows_of(ran)] == ["台積電上漲3%。", "聯電下跌2%。"]


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (["--model", "no/such/model"], 1, "no/such/model"),
        (["--encoding", "klingon"], 2, "klingon"),
        (["--format", "docx"], 2, "docx"),
        (["-o", "rows.docx"], 2, "rows.docx"),
        (["--column", "stance=a"], 2, "stance is none of published, source, text, title"),
        (["--column", "text"], 2, "write NAME=COLUMN"),
        (["--companies", "gone.csv"], 1, "gone.csv"),
    ],
)
def test_a_wrong_option_is_said_in_a_line_with_the_right_status(
    classify: Classify, article: Path, args: list[str], status: int, said: str
) -> None:
    ran = classify("score", article, *args)
    assert ran.status == status
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_an_output_that_fails_leaves_the_old_one(
    classify: Classify, article: Path, tmp_path: Path
) -> None:
    out = tmp_path / "rows.jsonl"
    out.write_text("old")
    ran = classify("score", article, "-o", out, "--model", "no/such/model")
    assert (ran.status, out.read_text()) == (1, "old")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.txt", "rows.jsonl"]


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "table"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_where_no_article_could_be_read_an_output_is_as_it_was(
    classify: Classify, tmp_path: Path, form: str, jobs: int
) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "en.txt").write_text("Chip shares fell.")
    (tmp_path / "rows.jsonl").write_text('{"text": 3}\n\n{"note": "漲"}\n' * 9, "utf-8")
    out = tmp_path / f"out.{form}"
    for before in (None, "what took a day"):
        if before is not None:
            out.write_text(before)
        for given in ("gone.txt", "news", "rows.jsonl", "-"):
            source = given if given == "-" else tmp_path / given
            ran = classify("score", source, "-o", out, "--format", form, "-j", jobs, stdin=b"[]")
            assert ran.status == 1
            said = f"Error: {out}: not written, as no article could be read"
            assert ran.err.splitlines()[-1] == said
            assert (out.read_text() if out.exists() else None) == before
            assert not out.with_name(f"{out.name}.unfinished").exists()


def test_a_made_up_company_is_found_by_a_table_of_ones_own(
    classify: Classify, tmp_path: Path
) -> None:
    table, text = tmp_path / "mine.csv", "嵐鯨半導體今日宣布擴產。".encode()
    table.write_text("id,names_tw\nlanjing,嵐鯨半導體\n", "utf-8")
    without = classify("score", "-", "--format", "jsonl", stdin=text)
    assert rows_of(without)[0]["companies"] == []
    ran = classify("score", "-", "--format", "jsonl", "--companies", table, stdin=text)
    assert [company["company"] for company in rows_of(ran)[0]["companies"]] == ["lanjing"]


def test_a_dash_is_stdout_where_something_is_written(
    classify: Classify, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    args = ["score", str(article), "--format", "jsonl"]
    assert classify(*args, "-o", "-").out == classify(*args).out != ""
    assert not Path("-").exists()


def test_the_table_of_sentences_is_written_to_a_file_too(
    classify: Classify, article: Path, tmp_path: Path
) -> None:
    ran = classify("score", article, "-o", tmp_path / "table.txt", "--format", "table")
    assert (ran.status, ran.out) == (0, "")
    shown = (tmp_path / "table.txt").read_text("utf-8")
    assert "晶片股回穩 台積電領漲 · article.txt · 2025-02-03" in shown
    assert "tsmc +2.5%" in shown


def test_hype_stands_beside_its_topic(classify: Classify, tmp_path: Path) -> None:
    row = {"text": "最強AI神股即將噴出十倍,錯過這班車後悔一輩子,速速上車！全村的希望就是它!"}
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    labels = [
        json.loads(each)["hype"]
        for each in classify("score", path, "--format", "jsonl").out.splitlines()
    ]
    shown = classify(path).out
    assert shown.count(" hype") == labels.count("hype") > 0


def test_stdin_is_read_without_being_named_beside_options_too(
    classify: Classify, article: Path
) -> None:
    text = article.read_bytes()
    named = classify("score", "-", "--format", "jsonl", stdin=text)
    assert classify("--format", "jsonl", stdin=text).out == named.out
    assert classify("score", "--format", "jsonl", stdin=text).out == named.out


def test_nothing_named_and_nothing_piped_in_is_wrong_usage() -> None:
    ours, terminal = pty.openpty()
    command = [Path(sys.executable).with_name("classify"), "score", "--format", "jsonl"]
    ran = subprocess.run(command, stdin=terminal, capture_output=True, text=True, check=False)
    os.close(ours)
    os.close(terminal)
    assert ran.returncode == 2
    assert "Missing argument 'FILE|DIR…'" in ran.stderr


@pytest.mark.parametrize("copies", [1, 300])
@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_rows_that_were_scored_are_no_articles(
    classify: Classify, article: Path, tmp_path: Path, form: str, copies: int
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    text = article.read_text("utf-8")
    for number in range(copies):
        (folder / f"{number}.txt").write_text(f"{text}第{number}座廠擴產。", "utf-8")
    assert classify("score", folder, "-o", folder / f"scored.{form}").status == 0
    ran = classify("score", folder, "--format", "jsonl")
    assert ran.status == 1
    assert ran.err == (
        f"Error: {folder}/scored.{form}: holds scored rows and no articles;"
        " give it to `classify report`\n"
    )
    assert len({row["article"] for row in rows_of(ran)}) == copies


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_rows_that_were_scored_are_no_articles_when_they_are_piped_in(
    classify: Classify, article: Path, form: str
) -> None:
    scored = classify("score", article, "--format", form).out.encode()
    ran = classify("score", "-", "--format", "jsonl", stdin=scored)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("Error: -: holds scored rows and no articles")
    assert classify("report", "-", "--format", "json", stdin=scored).status == 0


def test_a_program_may_put_a_stream_of_its_own_in_place_of_stdout(
    monkeypatch: pytest.MonkeyPatch, article: Path
) -> None:
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.argv", ["classify", "score", str(article), "--format", "jsonl"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert isinstance(out.buffer, io.BytesIO)
    assert out.buffer.getvalue().count(b"\n") > 1


def test_a_column_may_be_named_and_a_run_that_goes_on_must_name_it_too(
    classify: Classify, tmp_path: Path
) -> None:
    table, out = tmp_path / "a.csv", tmp_path / "out.jsonl"
    table.write_text("id,Story\n1,台積電漲3%。\n", "utf-8")
    ran = classify("score", table, "--format", "jsonl")
    assert (ran.status, ran.out) == (1, "")
    assert "it has id, story; call the column of the articles text, or score with --col" in ran.err
    named = ("--column", "text=Story", "--format", "jsonl")
    assert [row["text"] for row in rows_of(classify("score", table, *named))] == ["台積電漲3%。"]
    piped = classify("score", "-", *named, stdin=table.read_bytes())
    assert [row["text"] for row in rows_of(piped)] == ["台積電漲3%。"]
    assert facts(Recipe(called=(("text", "Story"),))) != facts(Recipe())
    ran = classify("score", table, "--column", "text=gone", "-o", out)
    assert ran.err.startswith(f"Error: {table}: has no column named gone; it has id, story\n")


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("a.csv", "title,text\n晶片股,台積電漲3%。\n"),
        ("a.tsv", "sep=;\ntitle;text\n晶片股;台積電漲3%。\n"),
        ("a.jsonl", '{"title": "晶片股", "text": "台積電漲3%。"}\n{"text": "聯電跌。"}\n'),
        ("a.json", '[{"title": "晶片股", "text": "台積電漲3%。"}]'),
    ],
)
@pytest.mark.parametrize("column", ["title", "published", "source"])
def test_a_column_that_is_named_and_in_no_table_is_asked_for(
    classify: Classify, tmp_path: Path, name: str, table: str, column: str
) -> None:
    path = tmp_path / name
    path.write_text(table, "utf-8")
    ran = classify("score", path, "--column", f"{column}=gone", "--format", "jsonl")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == f"Error: {path}: no column named gone; there are title, text\n"


def test_a_column_that_is_named_may_be_in_some_tables_and_rows_alone(
    classify: Classify, tmp_path: Path
) -> None:
    plain, lines = tmp_path / "a.csv", tmp_path / "b.jsonl"
    plain.write_text("title,text\n晶片股,台積電漲3%。\n", "utf-8")
    lines.write_text('{"text": "聯電跌。"}\n{"Head": "晶片", "text": "聯電漲。"}\n', "utf-8")
    ran = classify("score", tmp_path, "--column", "title=head", "--format", "jsonl")
    assert ran.status == 0
    assert [row["title"] for row in rows_of(ran)] == [None, None, "晶片"]
    assert ran.err == f"Note: {plain}: no column named head, so no title is read from one\n"
    table = plain.read_bytes()
    ran = classify("score", "-", "--column", "title=head", "--format", "jsonl", stdin=table)
    assert ran.err == "Error: -: has no column named head; it has title, text\n"


def test_a_column_that_seems_to_be_the_days_is_said_once_for_all_tables_alike(
    classify: Classify, tmp_path: Path
) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(
            "text,登載日,所屬 報社\n台積電漲3%。,2025-01-28,某報\n", "utf-8"
        )
    rows = [{"text": "台積電漲3%。", "pub_dt": "2025-01-28", "source": "某報"}]
    (tmp_path / "c.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False), "utf-8")
    (tmp_path / "d.csv").write_text("text\n台積電漲3%。\n", "utf-8")
    ran = classify("score", tmp_path, "--format", "jsonl")
    assert ran.status == 0
    assert ran.err.splitlines() == [
        f"Note: {tmp_path}/a.csv and 1 other file: no column is known as published;"
        " if 登載日 is it, give --column published=登載日",
        f"Note: {tmp_path}/a.csv and 1 other file: no column is known as source;"
        " if 所屬 報社 is it, give --column source='所屬 報社'",
        f"Note: {tmp_path}/c.json: no column is known as published;"
        " if pub_dt is it, give --column published=pub_dt",
    ]
    named = ("--column", "published=登載日", "--column", "source=所屬 報社")
    ran = classify("score", tmp_path / "a.csv", *named, "--format", "jsonl")
    assert ran.err == ""
    assert [(row["published"], row["source"]) for row in rows_of(ran)] == [("2025-01-28", "某報")]


def test_files_of_other_kinds_in_a_folder_are_counted(
    classify: Classify, article: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a.txt", "b.docx", "c.PDF", "d.pdf", "readme", ".hidden"):
        (folder / name).write_bytes(article.read_bytes())
    ran = classify("score", folder, "--format", "jsonl")
    assert ran.status == 0
    assert ran.err == f"Note: {folder}: 4 files left out (no ending, .docx, .pdf)\n"
    assert len(rows_of(ran)) == 3
