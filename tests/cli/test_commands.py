import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chipstance.cli.main import COMMANDS
from chipstance.shipped import shipped
from tests.conftest import Ran

Classify = Callable[..., Ran]
CLASSIFY = str(Path(sys.executable).with_name("classify"))
MINE = "\n".join(
    json.dumps({"article": f"a{n}", "text": text + str(n), "mood": mood}, ensure_ascii=False)
    for n in range(12)
    for text, mood in [("今天天氣真好適合出門", "good"), ("下雨天令人心情低落", "bad")]
)


def test_explain_gives_every_word_of_the_text_for_every_verdict(
    classify: Classify,
) -> None:
    ran = classify("explain", "輝達財測遠優於預期,股價大漲6%,超微卻跌3%。", "--format", "json")
    explained = json.loads(ran.out)
    assert "".join(word["text"] for word in explained["verdicts"][0]["words"]) == explained["text"]
    by = {(each["task"], each["company"]): each for each in explained["verdicts"]}
    assert {("stance", None), ("sentiment", "nvidia"), ("sentiment", "amd")} <= by.keys()
    for each in explained["verdicts"]:
        assert each["label"] == max(each["p"], key=each["p"].get)
        assert "".join(word["text"] for word in each["words"]) == explained["text"]


def test_explain_shows_the_strongest_words_for_people(classify: Classify) -> None:
    ran = classify("explain", "記憶體報價急跌,南亞科下修財測。", "--top", "3")
    assert "stance: bearish" in ran.out
    assert ran.status == 0


def test_training_on_ones_own_labels_gives_a_model_of_ones_own_tasks(
    classify: Classify, tmp_path: Path
) -> None:
    labels, model = tmp_path / "mine.jsonl", tmp_path / "mine"
    labels.write_text(MINE, "utf-8")
    ran = classify("train", "--labels", labels, "--only", "-o", model)
    assert ran.status == 0
    assert "mood" in ran.out
    rows = classify("score", "-", "--model", model, "--format", "jsonl", stdin="天氣真好".encode())
    row = json.loads(rows.out)
    assert row["mood"] == "good"
    assert row["stance"] is None
    assert row["model"].startswith("mine@")


def test_training_reports_bad_rows_and_goes_on(classify: Classify, tmp_path: Path) -> None:
    labels = tmp_path / "mine.jsonl"
    labels.write_text(MINE + "\n{broken\n", "utf-8")
    ran = classify("train", "--labels", labels, "--only", "-o", tmp_path / "mine")
    assert ran.status == 1
    assert f"{labels}: row 25: is not JSON" in ran.err
    assert (tmp_path / "mine" / "manifest.json").exists()


def test_only_without_labels_is_wrong_usage(classify: Classify) -> None:
    assert classify("train", "--only").status == 2


def test_labels_that_all_say_the_same_cannot_be_learned(classify: Classify, tmp_path: Path) -> None:
    labels = tmp_path / "mine.jsonl"
    labels.write_text("\n".join(line for line in MINE.split("\n") if "good" in line), "utf-8")
    ran = classify("train", "--labels", labels, "--only", "-o", tmp_path / "mine")
    assert ran.status == 1
    assert "every row says good" in ran.err


def test_evaluate_prints_the_fields_that_others_read(classify: Classify, tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    rows = [
        {"article": "a", "text": "台積電上漲3%。", "stance": "bullish", "topic": "market",
         "hype": "plain", "companies": {"tsmc": "positive"}},
        {"article": "b", "text": "高盛調降聯電目標價。", "stance": "bearish", "topic": "market",
         "hype": "plain", "companies": {"umc": "negative", "goldman_sachs": "source"}},
    ]  # fmt: skip
    labels.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    report = json.loads(classify("evaluate", "--labels", labels, "--format", "json").out)
    for task in ("stance", "topic", "hype"):
        assert report[task]["n"] == 2
        assert {"accuracy", "macro_f1", "macro_f1_ci95", "per_label"} <= report[task].keys()
    assert report["companies"]["linking"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert report["companies"]["sentiment"]["n"] == 3
    table = classify("evaluate", "--labels", labels, "--baselines").out
    assert "baseline: majority" in table
    assert "baseline: snownlp" in table
    # Every task and baseline is a row, and called as people would.
    assert [line.split()[0] for line in table.splitlines() if "everybody" in line] == ["baseline:"]
    assert "companies: end to end" in table
    assert "_" not in table


def test_one_of_a_kind_is_counted_as_one(classify: Classify, tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    row = {"text": "台積電上漲3%。", "stance": "bullish", "companies": {"tsmc": "positive"}}
    labels.write_text(json.dumps(row), "utf-8")
    said = classify("labels", "stats", labels).out
    assert said.startswith("1 article, 1 row, 1 company, 1 company label\n")


def test_evaluating_labels_of_unknown_tasks_says_so(classify: Classify, tmp_path: Path) -> None:
    labels = tmp_path / "mine.jsonl"
    labels.write_text(MINE, "utf-8")
    ran = classify("evaluate", "--labels", labels)
    assert ran.status == 1
    assert "stance" in ran.err


def test_the_shipped_company_table_passes_its_check(classify: Classify) -> None:
    ran = classify("companies", "check")
    assert ran.status == 0
    n_companies, _, n_problems, _ = ran.out.split()
    assert int(n_companies) >= 500
    assert n_problems == "0"


def test_a_company_is_shown_by_any_of_its_names(classify: Classify) -> None:
    shown = {
        classify("companies", "show", name).out for name in ("輝達", "英伟达", "NVDA.US", "NVDA")
    }
    assert len(shown) == 1
    assert classify("companies", "show", "無此公司").status == 1


def test_models_are_listed_and_shown(classify: Classify, tmp_path: Path) -> None:
    assert classify("models", "list", tmp_path).out.startswith("default@")
    assert "# Model default" in classify("models", "show").out
    assert json.loads(classify("models", "show", "--format", "json").out)["name"] == "default"
    assert classify("models", "show", tmp_path / "gone").status == 1
    assert classify("models", "list", tmp_path / "gone").status == 1


def test_a_folder_of_versions_is_listed_as_the_store_keeps_them(
    classify: Classify, tmp_path: Path
) -> None:
    model = shipped("models/default")
    for version in ("small/10", "small/2", "small/.3", "small/notes", "desk/1", "plain"):
        shutil.copytree(model, tmp_path / version)
    (tmp_path / "small" / "current").write_text("10")
    ran = classify("models", "list", tmp_path)
    listed = [line.split("  ")[1] for line in ran.out.splitlines()[1:]]
    expected = ["plain", "desk/1", "small/2", "small/10"]
    assert listed == [str(tmp_path / each) for each in expected]
    assert ran.err == ""
    # One version by itself, too.
    assert str(tmp_path / "desk" / "1") in classify("models", "list", tmp_path / "desk" / "1").out


def test_a_folder_without_models_is_said_to_be_so(classify: Classify, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("台積電漲。", "utf-8")
    (tmp_path / "2025").mkdir()
    ran = classify("models", "list", tmp_path)
    assert (ran.status, ran.err) == (0, f"Note: {tmp_path}: no model is in it\n")
    assert len(ran.out.splitlines()) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_commands_help_has_an_example(classify: Classify, command: str) -> None:
    ran = classify(command, "--help")
    assert ran.status == 0
    assert "Example:\n" in ran.out


def test_a_closed_pipe_ends_quietly(article: Path) -> None:
    # More than a pipe holds, so that something is left to write when the reader goes.
    command = [CLASSIFY, "score", *[str(article)] * 60, "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert json.loads(running.stdout.readline())["index"] == 0
        running.stdout.close()
        assert running.stderr.read() == b""


def test_a_full_disk_is_one_line(article: Path) -> None:
    with open("/dev/full", "wb") as full:
        ran = subprocess.run(
            [CLASSIFY, "score", str(article), "--format", "jsonl"],
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr == b"Error: cannot be written: No space left on device\n"


def test_training_never_replaces_a_folder_that_is_no_model(
    classify: Classify, tmp_path: Path
) -> None:
    labels, folder = tmp_path / "mine.jsonl", tmp_path / "precious"
    labels.write_text(MINE, "utf-8")
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    ran = classify("train", "--labels", labels, "--only", "-o", folder)
    assert ran.status == 1
    assert "no model's" in ran.err
    assert (folder / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize("word", ["describe", "judge"])
def test_a_word_that_is_neither_command_nor_file_is_wrong_usage(
    classify: Classify, word: str
) -> None:
    ran = classify(word)
    assert ran.status == 2
    assert f"{word}: no such command" in ran.err
    assert "did you mean" not in ran.err


def test_a_command_that_is_mistyped_is_answered_with_the_one_that_was_meant(
    classify: Classify,
) -> None:
    assert "; did you mean report?" in classify("reprot").err


def test_scoring_imports_no_training_library(article: Path) -> None:
    program = (
        "import sys; from chipstance.cli.main import main\n"
        f"sys.argv = ['classify', 'score', {str(article)!r}, '--format', 'jsonl']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert not {'sklearn', 'scipy', 'joblib', 'pyarrow'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_the_companies_of_a_kind_are_listed(classify: Classify) -> None:
    ran = classify("companies", "list", "--kind", "foundry")
    assert {"tsmc", "smic", "umc"} <= {line.split("\t")[0] for line in ran.out.splitlines()}
    assert {line.split("\t")[1] for line in ran.out.splitlines()} == {"foundry"}


def test_the_names_that_are_listed_can_be_told_apart(classify: Classify) -> None:
    lines = classify("companies", "list", "--kind", "foundry").out.splitlines()
    [names] = [line.split("\t")[3] for line in lines if line.startswith("awsc\t")]
    assert names.split("|") == ["AWSC", "Advanced Wireless Semiconductor", "宏捷科"]


def test_an_explanation_reads_standard_input(classify: Classify) -> None:
    text = "英偉達股價大跌9%。"
    ran = classify("explain", "-", "--format", "json", stdin=text.encode("big5hkscs"))
    assert ran.status == 0
    assert text in ran.out


@pytest.mark.parametrize(
    ("shell", "said"),
    [
        ('"$0" <&-', "-: is empty"),
        ('"$0" - <&-', "-: is empty"),
        ('"$0" --version >&-', "Bad file descriptor"),
    ],
)
def test_a_stream_that_the_caller_closed_gets_a_line(shell: str, said: str) -> None:
    ran = subprocess.run(["sh", "-c", shell, CLASSIFY], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert said in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_a_file_is_written_though_stdout_and_stderr_are_closed(
    article: Path, tmp_path: Path
) -> None:
    out = tmp_path / "rows.jsonl"
    shell = '"$0" "$1" -o "$2" >&- 2>&-'
    subprocess.run(["sh", "-c", shell, CLASSIFY, article, out], check=True)
    assert "台積電領漲" in out.read_text("utf-8")


def test_the_package_is_the_command_where_no_script_is_at_hand() -> None:
    asked = ["explain", "英偉達股價大跌9%。", "--format", "json"]
    of_the_script = subprocess.run([CLASSIFY, *asked], capture_output=True, check=True)
    package = [sys.executable, "-m", "chipstance", *asked]
    of_the_package = subprocess.run(package, capture_output=True, check=True)
    assert of_the_package.stdout == of_the_script.stdout != b""
