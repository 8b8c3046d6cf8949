import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Classify = Callable[..., Ran]
ROWS = [
    {"article": "a1", "text": "台積電營收創新高", "stance": "bullish"},
    {"article": "a1", "text": "聯電下修展望", "topic": "demand", "companies": {"umc": "negative"}},
]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), "utf-8")
    return path


def rows_of(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


@pytest.mark.parametrize(
    ("tool", "ending"),
    [("label-studio", "json"), ("doccano", "jsonl"), ("csv", "csv"), ("xlsx", "xlsx")],
)
def test_rows_go_to_every_tool_and_come_back(
    classify: Classify, mine: Path, tool: str, ending: str
) -> None:
    out = mine.with_name(f"out.{ending}")
    assert classify("labels", "export", mine, "--to", tool, "-o", out).status == 0
    ran = classify("labels", "import", out, "--from", tool)
    assert ran.status == 0
    assert rows_of(ran.out) == ROWS


def test_articles_go_out_as_sentences_with_the_models_verdicts(
    classify: Classify, article: Path
) -> None:
    ran = classify(
        "labels", "export", article, "--to", "label-studio", "--suggest", "default",
        "--config", article.with_suffix(".xml"),
    )  # fmt: skip
    assert ran.status == 0
    tasks = json.loads(ran.out)
    assert tasks[0]["data"]["text"] == "晶片股回穩 台積電領漲"
    for task in tasks:
        names = {each["from_name"] for each in task["predictions"][0]["result"]}
        assert {"stance", "topic", "hype"} <= names
        assert 0 < task["predictions"][0]["score"] <= 1
    assert '<Choice value="bearish"/>' in article.with_suffix(".xml").read_text("utf-8")


def test_a_bad_task_is_a_line_and_the_others_come_in(classify: Classify, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"text": "甲", "cats": ["stance:bullish"]}\n{broken\n[1]\n', "utf-8")
    ran = classify("labels", "import", path, "--from", "doccano")
    assert ran.status == 1
    assert [row["text"] for row in rows_of(ran.out)] == ["甲"]
    assert [line.split(": ")[2] for line in ran.err.splitlines()] == ["row 2", "row 3"]


@pytest.mark.parametrize(
    ("name", "tool"), [("gone.json", "label-studio"), ("a.txt", "csv"), ("a.csv", "xlsx")]
)
def test_a_file_that_cannot_be_imported_is_one_line(
    classify: Classify, tmp_path: Path, name: str, tool: str
) -> None:
    if name.startswith("a"):
        (tmp_path / name).write_text("text,mood\n甲,x\n", "utf-8")
    ran = classify("labels", "import", tmp_path / name, "--from", tool)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert name in ran.err


def test_wrong_usage_is_status_2(classify: Classify, mine: Path) -> None:
    for args in (
        ("import", mine, "--from", "prodigy"),
        ("import", mine, "--from", "doccano", "--column", "text"),
        ("export", mine, "--to", "csv", "--config", "x.xml"),
        ("import", mine, "--from", "csv", "-o", "x.docx"),
    ):
        assert classify("labels", *args).status == 2, args


def test_a_file_of_ones_own_is_checked_without_articles(classify: Classify, mine: Path) -> None:
    assert classify("labels", "check", mine).status == 0
    mine.write_text('{"text": "台積電營收創新高", "stance": "up"}\n', "utf-8")
    ran = classify("labels", "check", mine)
    assert ran.status == 1
    assert f"{mine}: row 1: stance 'up' is not in the guide" in ran.err


def test_columns_may_be_mapped_on_the_command_line(classify: Classify, tmp_path: Path) -> None:
    path = tmp_path / "desk.csv"
    path.write_bytes("內容,看法,記者\n台積電營收創新高,bullish,陳\n".encode("big5"))
    args = ("--column", "text=內容", "--column", "stance=看法")
    ran = classify("labels", "stats", path, *args)
    assert ran.status == 0
    assert "stance: bullish 1" in ran.out
    assert "記者" not in ran.out


def test_two_readers_kappa_and_where_they_differ(classify: Classify, tmp_path: Path) -> None:
    stances = {"first": ["bullish", "bearish", "bullish", "bearish"], "second": ["bullish"] * 4}
    for name, labels in stances.items():
        rows = [{"article": "a", "text": f"句{n}", "stance": s} for n, s in enumerate(labels)]
        (tmp_path / name).with_suffix(".jsonl").write_text("\n".join(map(json.dumps, rows)))
    files = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    ran = classify("labels", "agree", *files)
    # Half is the same, as much as by chance.
    assert "kappa 0.000" in ran.out
    assert "50.0% of 4" in ran.out
    assert ran.out.count("\n") == 1
    listed = classify("labels", "agree", *files, "--differences").out.splitlines()[1:]
    assert listed == [f"{files[0]}: row {n}: stance: bearish / bullish: 句{n - 1}" for n in (2, 4)]


def test_suggestions_are_unlabelled_sentences_that_train_accepts_once_filled_in(
    classify: Classify, article: Path
) -> None:
    out = article.with_name("to-label.csv")
    ran = classify("labels", "suggest", article, "-n", "2", "-o", out)
    assert ran.status == 0
    assert "2 of 3 unlabelled sentences" in ran.err
    header, *lines = out.read_text("utf-8-sig").splitlines()
    assert header.startswith("article,text,hype,stance,topic,companies,")
    assert {"suggested", "why"} <= set(header.split(","))
    assert len(lines) == 2
    again = classify("labels", "import", out, "--from", "csv")
    assert (again.status, again.err) == (
        1, f"Error: {out}: no row of it has a label; fill in at least one\n",
    )  # fmt: skip
    out.write_text(out.read_text("utf-8").replace(",,,,", ",plain,bullish,,", 1), "utf-8")
    filled = classify("labels", "import", out, "--from", "csv")
    assert (filled.status, filled.err) == (0, f"{out}: 1 row without a label, left out\n")
    (row,) = rows_of(filled.out)
    assert (row["stance"], "topic" in row) == ("bullish", False)
    assert classify("labels", "check", out).status == 0


def test_suggestions_are_shown_with_their_reasons(classify: Classify, article: Path) -> None:
    ran = classify("labels", "suggest", article, "-n", "1")
    assert ran.status == 0
    number, verdicts, why, source = ran.out.splitlines()
    assert number.startswith("  1. ")
    assert "stance=" in verdicts
    assert why.strip().startswith("why: ")
    assert source.strip() == "from article.txt"


def test_posts_in_a_table_are_suggested_whole(classify: Classify, tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("text,看板,stance\n台積電大漲。聯電急跌。,股,\n美光止跌,股,bullish\n", "utf-8")
    ran = classify("labels", "suggest", path, "--rows", "-n", "5")
    assert "  1. 台積電大漲。聯電急跌。" in ran.out
    assert "1 of 1 unlabelled" in ran.err


def test_posts_in_a_table_go_out_to_be_labelled_for_the_guides_tasks(
    classify: Classify, tmp_path: Path
) -> None:
    path, config = tmp_path / "posts.csv", tmp_path / "labels.xml"
    path.write_text("text,看板\n台積電大漲。,股\n聯電急跌。,股\n", "utf-8")
    ran = classify("labels", "export", path, "--rows", "--to", "label-studio", "--config", config)
    assert ran.status == 0
    assert [task["data"]["extra"] for task in json.loads(ran.out)] == [{"看板": "股"}] * 2
    assert "annotations" not in ran.out
    assert re.findall(r'Choices name="(\w+)"', config.read_text("utf-8")) == [
        "stance", "topic", "hype",
    ]  # fmt: skip


def test_nothing_left_to_label_is_said(classify: Classify) -> None:
    seeds = Path(__file__).parents[2] / "seeds" / "hk" / "hk-0209.txt"
    ran = classify("labels", "suggest", seeds)
    assert ran.status == 1
    assert ran.err == "Error: nothing to label: every sentence of these files is labelled already\n"


def test_an_audit_lists_what_it_doubts_and_what_is_too_little(
    classify: Classify, tmp_path: Path
) -> None:
    path = tmp_path / "mine.jsonl"
    texts = {"good": ("大漲創新高", "獲追捧回升"), "bad": ("重挫創新低", "遭拋售下滑")}
    rows = [
        {"article": f"a{n}", "text": f"{text}第{n}日", "mood": mood}
        for n in range(30)
        for mood, both in texts.items()
        for text in both
    ]
    rows[0]["mood"] = "bad"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    ran = classify("labels", "audit", path, "--format", "json")
    assert ran.status == 0
    (found,) = json.loads(ran.out)
    assert (found["where"], found["task"]) == (f"{path}: row 1", "mood")
    assert (found["label"], found["likelier"]) == ("bad", "good")
    assert classify("labels", "audit", path).out.startswith(f"{path}: row 1: mood: bad? good ")
    path.write_text(
        '{"text": "台積電大漲", "mood": "x"}\n{"text": "聯電大漲", "mood": "y"}\n', "utf-8"
    )
    few = classify("labels", "audit", path)
    assert (few.status, few.out) == (0, "")
    assert "mood: x, y too rare to be audited" in few.err


def test_the_check_says_how_many_problems_are_no_more_than_likeness(
    classify: Classify, tmp_path: Path
) -> None:
    path = tmp_path / "wire.csv"
    rows = [f"台積電第{n}批訂單遭砍，股價跌{n}%。,bearish" for n in range(1, 9)]
    path.write_text("\n".join(["text,stance", "聯電漲。,bulish", *rows]) + "\n", "utf-8")
    ran = classify("labels", "check", path)
    assert ran.status == 1
    assert ran.out == "9 rows, 8 problems, 7 of them likeness alone\n"
    bulish, *alike = ran.err.splitlines()
    assert bulish.startswith(f"Error: {path}: row 2: stance 'bulish' is not in the guide")
    assert len(alike) == 3
    assert alike[-1].endswith("(and 4 more)")
    ran = classify("labels", "check", path, "--all")
    assert (ran.status, ran.out) == (1, "9 rows, 8 problems, 7 of them likeness alone\n")
    assert len(ran.err.splitlines()) == 8
