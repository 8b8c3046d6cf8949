"""What the commands refuse, in a line that says what to do."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from chipstance.shipped import shipped
from tests.conftest import Ran
from tests.reports.made import mention, scored, write

Classify = Callable[..., Ran]


def test_a_kind_that_no_company_is_of_is_answered_with_those_there_are(classify: Classify) -> None:
    ran = classify("companies", "list", "--kind", "bakery")
    assert ran.status == 2
    assert "bakery: no such kind" in ran.err
    assert "foundry" in ran.err


def test_a_table_with_faults_is_checked_to_the_end(classify: Classify, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,names_tw\nBad Id,某晶圓\nnameless,\n,空\n", "utf-8")
    ran = classify("companies", "check", "--companies", path)
    assert ran.status == 1
    *problems, last = ran.out.splitlines()
    assert [problem.removeprefix(f"{path}: row ") for problem in problems] == [
        "2: id 'Bad Id': use lower-case letters, digits and underscores",
        "3: nameless: has no name",
        "4: id '': use lower-case letters, digits and underscores",
        "4: (no id): '空' is too short to be told from other words",
    ]
    assert last == "3 companies, 4 problems"


@pytest.mark.parametrize("command", ["score", "drift", "explain"])
def test_an_encoding_that_there_is_not_is_wrong_usage_of_every_command(
    classify: Classify, article: Path, command: str
) -> None:
    ran = classify(command, article, "--encoding", "klingon")
    assert (ran.status, ran.out) == (2, "")
    assert "unknown encoding 'klingon'" in ran.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["score", "-", "-o", "a.docx"], ".jsonl, .csv, .parquet; name it otherwise, or give --fo"),
        (["report", "a.jsonl", "-o", "a.docx"], ".csv, .json, .parquet, .xlsx; name it otherwise"),
        (["report", "a.jsonl", "-o", "a.html"], "; for that give --html a.html\n"),
        (["report", "a.jsonl", "-o", "a.PNG"], "; for that give --pictures a.PNG\n"),
        # --format is of the report and tells nothing of the rows.
        (["report", "a.jsonl", "--stories", "a.docx"], "is none of .jsonl, .csv, .parquet\n"),
        (["labels", "import", "a.csv", "--from", "csv", "-o", "a.docx"], ".jsonl, .csv, .xlsx\n"),
    ],
)
def test_an_ending_that_tells_no_form_is_answered_with_those_that_do(
    classify: Classify, args: list[str], said: str
) -> None:
    ran = classify(*args)
    assert ran.status == 2
    assert f"{args[-1]}: the ending is none of " in ran.err
    assert said in ran.err


def test_a_folder_is_no_file_to_write_to(classify: Classify, article: Path) -> None:
    ran = classify("score", article, "-o", article.parent, "--format", "jsonl")
    assert ran.status == 2
    assert "is a folder; name a file" in ran.err


def test_what_is_read_is_not_written_over(classify: Classify, tmp_path: Path) -> None:
    articles, labels = tmp_path / "articles.jsonl", tmp_path / "mine.csv"
    articles.write_text('{"text": "英偉達股價急跌。"}\n', "utf-8")
    labels.write_text("text,stance\n輝達財報亮眼。,bullish\n", "utf-8")
    rows = write(tmp_path / "rows.jsonl", [scored(companies=[mention("nvidia")])])
    for path, command in (
        (articles, ("score", articles, "-o", articles)),
        (labels, ("labels", "suggest", articles, "--labels", labels, "-o", labels)),
        (rows, ("report", rows, "--stories", rows)),
    ):
        before = path.read_bytes()
        ran = classify(*command)
        assert ran.status == 2
        assert f"{path}: is read here" in ran.err
        assert path.read_bytes() == before


@pytest.mark.parametrize("other", ["out.csv", "./out.csv", "link.csv"])
def test_two_outputs_are_not_written_over_each_other(
    classify: Classify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = write(tmp_path / "rows.jsonl", [scored()])
    Path("link.csv").symlink_to("out.csv")
    for option in ("--stories", "--html"):
        ran = classify("report", rows, "-o", "out.csv", option, other)
        assert ran.status == 2
        assert "is to be written twice; name a file for each" in ran.err
        assert not Path("out.csv").exists()


def test_what_is_no_file_takes_several_outputs(classify: Classify, tmp_path: Path) -> None:
    rows = write(tmp_path / "rows.jsonl", [scored()])
    ran = classify("report", rows, "-o", os.devnull, "--format", "csv", "--html", os.devnull)
    assert ran.status == 0


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "table"])
def test_articles_in_a_folder_that_is_read_are_not_written_over(
    classify: Classify, article: Path, form: str
) -> None:
    out = article.with_name("z.txt" if form == "table" else f"z.{form}")
    out.write_text('{"text": "英偉達股價急跌。"}\n', "utf-8")
    before = out.read_bytes()
    ran = classify("score", article.parent, "-o", out, "--format", form)
    assert ran.status == 2
    assert f"{out}: is read here" in ran.err
    assert out.read_bytes() == before


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_rows_that_were_scored_into_the_folder_before_are_written_anew(
    classify: Classify, article: Path, form: str
) -> None:
    args = ("score", article.parent, "-o", article.with_name(f"z.{form}"))
    assert (classify(*args).status, classify(*args).err) == (0, "")


def test_the_table_of_a_run_before_is_no_article_and_is_not_written_over(
    classify: Classify, article: Path
) -> None:
    out = article.with_name("z.txt")
    args = ("score", article.parent, "--format", "table", "-o", out)
    assert classify(*args).status == 0
    before = out.read_bytes()
    assert classify(*args).status == 2
    assert out.read_bytes() == before


def test_a_cluster_cannot_write_its_folder_where_a_file_is(
    classify: Classify, article: Path
) -> None:
    ran = classify(
        "score", article, "-o", article, "--format", "parquet", "--cluster", "tcp://localhost:1"
    )
    assert ran.status == 2
    assert "is a file; --cluster writes a folder" in ran.err


def test_stories_cannot_be_written_of_standard_input(classify: Classify, tmp_path: Path) -> None:
    ran = classify("report", "-", "--stories", tmp_path / "stories.jsonl")
    assert ran.status == 2
    assert "name files, not -" in ran.err


def test_a_folder_of_models_is_listed_and_what_is_damaged_named(
    classify: Classify, tmp_path: Path
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "manifest.json").write_text("{")
    (tmp_path / "good").symlink_to(shipped("models/default"))
    ran = classify("models", "list", tmp_path)
    assert [line.split("@")[0] for line in ran.out.splitlines()] == ["default"]
    assert ran.err.startswith(f"Error: {tmp_path / 'broken' / 'manifest.json'}: damaged")
    assert ran.status == 1
    missing = classify("models", "list", tmp_path / "none")
    assert (missing.status, "no such folder" in missing.err) == (1, True)


@pytest.mark.parametrize("share", [1.5, -0.1])
def test_a_row_whose_probability_is_none_is_refused_by_its_number(
    classify: Classify, tmp_path: Path, share: float
) -> None:
    row = scored(companies=[
        {"company": "tsmc", "sentiment": "positive", "sentiment_p": {"positive": share}}
    ])  # fmt: skip
    ran = classify("report", write(tmp_path / "rows.jsonl", [scored(), row]))
    assert ran.status == 1
    assert "row 2" in ran.err


def test_choices_left_out_are_listed_without_escapes(classify: Classify) -> None:
    ran = classify("labels", "export", "mine.csv")
    assert ran.status == 2
    assert "label-studio" in ran.err
    assert "\\t" not in ran.err


@pytest.mark.parametrize(
    "command",
    [
        ["score", "ARTICLE", "-o", "gone/rows.jsonl"],
        ["report", "ROWS", "-o", "gone/report.csv"],
        ["report", "ROWS", "--html", "gone/page.html"],
    ],
)
def test_a_folder_that_is_not_there_is_to_be_made(
    classify: Classify, article: Path, tmp_path: Path, command: list[str]
) -> None:
    paths = {"ARTICLE": article, "ROWS": write(tmp_path / "rows.jsonl", [scored()])}
    ran = classify(*[paths.get(each, each.replace("gone", f"{tmp_path}/gone")) for each in command])
    assert ran.status != 0
    assert "no such folder; make it first" in ran.err
    assert "--resume" not in ran.err


@pytest.mark.parametrize(
    "command",
    [
        ["score"], ["report"], ["drift"], ["train", "--labels"], ["evaluate", "--labels"],
        ["labels", "check"], ["labels", "stats"], ["labels", "suggest"], ["labels", "audit"],
        ["labels", "import", "--from", "csv"], ["companies", "check", "--companies"],
    ],
)  # fmt: skip
def test_every_command_asks_to_check_the_name_of_a_missing_file(
    classify: Classify, tmp_path: Path, command: list[str]
) -> None:
    ran = classify(*command, tmp_path / "gone.csv")
    assert ran.status == 1
    assert ran.err.splitlines()[0] == f"Error: {tmp_path}/gone.csv: no such file; check the name"


def test_scored_rows_given_as_labels_are_known_for_what_they_are(
    classify: Classify, tmp_path: Path
) -> None:
    for companies in ([], [mention("tsmc")]):
        rows = write(tmp_path / "rows.jsonl", [scored(companies=companies)] * 3)
        for command in (
            ["labels", "check"], ["labels", "stats"], ["labels", "audit"],
            ["labels", "agree", rows], ["labels", "export", "--to", "csv"],
            ["labels", "suggest", "--rows"], ["evaluate", "--labels"],
            ["train", "--only", "-o", tmp_path / "m", "--labels"],
        ):  # fmt: skip
            ran = classify(*command, rows)
            assert (ran.status, ran.out) == (1, "")
            (line,) = ran.err.splitlines()
            assert line.startswith(f"Error: {rows}: scored rows are no labels (row 1 has stance_p)")
    assert not (tmp_path / "m").exists()


def test_two_files_to_compare_may_call_a_column_differently(
    classify: Classify, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("text,stance\n聯電跌,bearish\n台積電漲,bullish\n", "utf-8")
    other.write_text("text,看法\n聯電跌,bearish\n台積電漲,bullish\n", "utf-8")
    assert classify("labels", "agree", one, other, "--column", "stance=看法").status == 0
    exported = classify("labels", "export", one, other, "--to", "csv", "--column", "stance=看法")
    assert exported.out.count("bearish") == 2
    ran = classify("labels", "agree", one, other, "--column", "stance=看")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == f"Error: {one}: no column '看'; there are text, stance\n"
