"""What a run meets outside of its inputs: names, closed folders, full disks, readers that leave."""

import ctypes
import json
import os
import resource
import signal
import subprocess
from functools import partial
from pathlib import Path

import pytest

from chipstance.locking import locked
from chipstance.runs.cutting import cut
from chipstance.runs.pieces import read_piece
from tests.models.learning.test_learning import reviews
from tests.reports.made import scored, write
from tests.runs.conftest import RUN, Start

# A byte that UTF-8 has no place for, as in names from an old Big5 system.
NAMES = (b"a\xa5x.txt", b"b\xff.jsonl", b"c\n\x1b[2J.txt")
TEXT = "台積電上漲3%。"
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2


@pytest.fixture
def strange(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name in NAMES:
        text = json.dumps({"text": TEXT}) if name.endswith(b".jsonl") else TEXT
        (folder / os.fsdecode(name)).write_text(text, "utf-8")
    return folder


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in reviews()), "utf-8")
    return path


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    said = {"company": "tsmc", "sentiment": "positive", "sentiment_p": {"positive": 0.9}}
    made = [scored(article=article, companies=[said]) for article in "ab"]
    return write(tmp_path / "rows.jsonl", made)


def obey_permissions() -> None:
    """Before a process is started: even root may then only do what permissions allow."""
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def ended(run: "subprocess.Popen[bytes]") -> tuple[int, str, str]:
    out, err = run.communicate(timeout=120)
    assert b"Traceback" not in err
    return run.returncode, (out or b"").decode(), err.decode()


@pytest.mark.parametrize("form", ["jsonl", "csv", "table"])
@pytest.mark.parametrize("fifo", [False, True])
def test_a_reader_that_leaves_an_output_that_is_named_is_no_error(
    start: Start, tmp_path: Path, form: str, fifo: bool
) -> None:
    articles, out = tmp_path / "a.jsonl", Path("/dev/stdout")
    articles.write_text((json.dumps({"text": TEXT}) + "\n") * 2000, "utf-8")
    if fifo:
        out = tmp_path / "pipe"
        os.mkfifo(out)
    run = start("score", articles, "--format", form, "-o", out)
    assert run.stdout is not None
    with out.open("rb") if fifo else run.stdout as reader:
        assert reader.read(4)
    assert run.stderr is not None
    assert (run.stderr.read(), run.wait()) == (b"", 141)


@pytest.mark.parametrize(
    "command",
    ["score A.TXT -o LOOP --format jsonl", "score A.TXT -o LOOP --format table",
     "report ROWS -o LOOP --format csv", "report ROWS --html LOOP",
     "train --only --labels LABELS -o LOOP"],
)  # fmt: skip
def test_an_output_that_is_a_link_to_itself_is_a_line(
    start: Start, rows: Path, labels: Path, command: str
) -> None:
    article, loop = rows.with_name("a.txt"), rows.with_name("loop")
    article.write_text(TEXT, "utf-8")
    loop.symlink_to(loop.name)
    names = {"A.TXT": article, "LOOP": loop, "ROWS": rows, "LABELS": labels}
    status, _, err = ended(start(*(names.get(each, each) for each in command.split())))
    assert status == 1
    assert err.splitlines()[-1].startswith(f"Error: {loop}: ")
    assert loop.is_symlink()


def test_a_link_to_what_is_not_there_yet_is_written_through(start: Start, rows: Path) -> None:
    link, behind = rows.with_name("link.csv"), rows.with_name("behind.csv")
    link.symlink_to(behind.name)
    assert ended(start("report", rows, "-o", link))[0] == 0
    assert link.is_symlink()
    assert behind.read_text("utf-8")


@pytest.mark.parametrize("command", ["score A.TXT", "models list", "models use mine"])
def test_a_store_in_the_home_of_nobody_is_a_line(
    start: Start, tmp_path: Path, command: str
) -> None:
    article, env = tmp_path / "a.txt", {**os.environ, "CHIPSTANCE_MODELS": "~nobody-of-that-name/m"}
    article.write_text(TEXT, "utf-8")
    status, out, err = ended(start(*command.replace("A.TXT", str(article)).split(), env=env))
    assert (status, out) == (1, "")
    assert err.startswith("Error: CHIPSTANCE_MODELS=~nobody-of-that-name/m: ")


@pytest.mark.parametrize("error", ["MemoryError", "RecursionError"])
def test_too_little_memory_and_folders_too_deep_are_a_line(tmp_path: Path, error: str) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, "utf-8")
    # As if it were so: what is really too little differs from one machine to the next.
    short = (
        f"from chipstance.runs import scoring as s\ndef f(*_, **__): raise {error}\ns.shown = f\n"
    )
    command = [RUN[0], RUN[1], short + RUN[2], "score", str(article)]
    ran = subprocess.run(command, capture_output=True, check=False, env=os.environ)
    assert ran.returncode == 1
    assert ran.stderr.startswith(b"Error: ")
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["out.txt", "out.csv", "page.html"])
def test_what_a_killed_run_left_beside_its_output_is_taken_away_by_the_next(
    start: Start, rows: Path, name: str
) -> None:
    out, article = rows.with_name(name), rows.with_name("a.txt")
    article.write_text(TEXT, "utf-8")
    left, theirs, held = (
        out.with_name(f".{name}.{rest}")
        for rest in ("unfinished.a1b2c3_d", "original", "unfinished.abcdefgh")
    )
    for path in (left, theirs, held):
        path.write_text("half")
    with locked(held, wait=False):
        commands = {"out.txt": f"score {article} --format table -o", "page.html": "report R --html"}
        command = commands.get(name, "report R -o").replace("R", str(rows))
        assert ended(start(*command.split(), out))[0] == 0
    assert [path.exists() for path in (out, left, theirs, held)] == [True, False, True, True]


def test_names_that_are_no_utf_8_are_printable_sources_in_every_format(
    start: Start, strange: Path, tmp_path: Path
) -> None:
    sources = ["a\ufffdx.txt", "b\ufffd.jsonl", "c [2J.txt"]
    status, out, err = ended(start("score", strange, "--format", "jsonl"))
    assert (status, err) == (0, "")
    assert [json.loads(line)["source"] for line in out.splitlines()] == sources
    status, table, err = ended(start("score", strange))
    assert (status, err) == (0, "")
    assert all(name in table for name in sources)
    for form in ("jsonl", "csv", "parquet"):
        file, page = tmp_path / f"rows.{form}", tmp_path / "page.html"
        assert ended(start("score", strange, "-o", file)) == (0, "", "")
        status, out, err = ended(
            start("report", file, "--by", "source", "--format", "json", "--html", page)
        )
        assert (status, err) == (0, "")
        assert sorted(row["publisher"] for row in json.loads(out)) == sources
        assert "a\ufffdx.txt" in page.read_text("utf-8")
        assert ended(start("report", file, "-o", tmp_path / "book.xlsx"))[0] == 0


def test_a_name_that_is_no_utf_8_may_be_that_of_the_output(start: Start, tmp_path: Path) -> None:
    article, out = tmp_path / "a.txt", tmp_path / os.fsdecode(b"o\xff.jsonl")
    article.write_text(TEXT, "utf-8")
    assert ended(start("score", article, "-o", out)) == (0, "", "")
    assert json.loads(out.read_bytes())["text"] == TEXT


@pytest.mark.parametrize("command", ["score", "report", "drift", "train --labels", "labels stats"])
def test_a_missing_file_of_such_a_name_is_named_in_escapes(start: Start, command: str) -> None:
    status, out, err = ended(start(*command.split(), os.fsdecode(b"m\xff.csv")))
    assert (status, out) == (1, "")
    assert r"m\udcff.csv: no such file" in err


def test_files_that_vanish_are_said_and_the_others_read(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(TEXT, "utf-8")
    pieces = list(cut([str(tmp_path)]))
    (tmp_path / "b.txt").unlink()
    said: list[str] = []
    read = [a.source for p in pieces for a in read_piece(p, encoding=None, problems=said.append)]
    assert read == ["a.txt", "c.txt"]
    assert said == [f"{tmp_path / 'b.txt'}: no such file; check the name"]


def test_what_cannot_be_looked_into_is_said_and_the_rest_scored(
    start: Start, tmp_path: Path
) -> None:
    for name in ("open", "closed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "secret.txt").write_text(TEXT, "utf-8")
    for name in ("closed", "secret.txt"):
        (tmp_path / name).chmod(0)
    run = start("score", tmp_path, "--format", "jsonl", preexec_fn=obey_permissions)
    status, out, err = ended(run)
    assert (status, len(out.splitlines())) == (1, 1)
    assert sorted(err.splitlines()) == [
        f"Error: {tmp_path / name}: Permission denied; check the file"
        for name in ("closed", "secret.txt")
    ]
    shut = start("score", tmp_path / "closed", preexec_fn=obey_permissions)
    assert ended(shut)[::2] == (
        1, f"Error: {tmp_path / 'closed'}: Permission denied; check the file\n",
    )  # fmt: skip


def test_rows_in_a_folder_that_cannot_be_looked_into_are_missed_aloud(
    start: Start, rows: Path
) -> None:
    closed = rows.parent / "closed"
    closed.mkdir()
    closed.chmod(0)
    status, out, err = ended(start("report", rows.parent, preexec_fn=obey_permissions))
    assert status == 1
    assert "2 articles" in out
    assert err == f"Error: {closed}: cannot be looked into; check its permissions\n"


@pytest.fixture
def read_only(tmp_path: Path) -> Path:
    """A home in which nothing can be written."""
    folder = tmp_path / "home"
    folder.mkdir()
    folder.chmod(0o555)
    return folder


def at_home(home: Path) -> dict[str, object]:
    hidden = {"CHIPSTANCE_MODELS", "XDG_DATA_HOME", "XDG_CACHE_HOME", "TMPDIR"}
    env = {name: value for name, value in os.environ.items() if name not in hidden}
    return {"env": env | {"HOME": str(home)}, "preexec_fn": obey_permissions, "cwd": home}


def test_a_read_only_home_hinders_no_scoring_and_no_report(
    start: Start, read_only: Path, tmp_path: Path, rows: Path
) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, "utf-8")
    for form in ("table", "jsonl", "csv", "parquet"):
        assert start("score", article, "--format", form, **at_home(read_only)).wait() == 0
    page = tmp_path / "page.html"
    assert ended(start("report", rows, "--html", page, **at_home(read_only)))[0] == 0
    assert ended(start("models", "list", **at_home(read_only)))[0] == 0


def test_a_run_that_could_not_begin_is_not_to_be_gone_on_with(
    start: Start, read_only: Path, tmp_path: Path
) -> None:
    article, out = tmp_path / "a.txt", read_only / "rows.jsonl"
    article.write_text(TEXT, "utf-8")
    assert ended(start("score", article, "-o", out, **at_home(read_only))) == (
        1, "", f"Error: {out}: cannot be written: Permission denied; mend that and run again\n",
    )  # fmt: skip


def test_a_read_only_home_keeps_no_model_and_says_so_before_training(
    start: Start, read_only: Path, labels: Path
) -> None:
    train = "train", "--only", "--labels", labels
    status, _, err = ended(start(*train, **at_home(read_only)))
    assert status == 1
    assert "cannot be written" in err
    assert "name a folder with -o" in err
    status, _, err = ended(start(*train, "-o", "model", **at_home(read_only)))
    assert (status, "training" in err) == (1, False)
    assert err == (
        f"Error: {read_only / 'model'}: cannot be written (Permission denied);"
        " name another folder\n"
    )


@pytest.mark.parametrize("kind", ["absent", "read-only"])
def test_a_temporary_folder_that_is_of_no_use_hinders_nothing(
    start: Start, labels: Path, rows: Path, read_only: Path, kind: str
) -> None:
    env = {**os.environ, "TMPDIR": "/nonexistent" if kind == "absent" else str(read_only)}
    how = {"env": env, "preexec_fn": obey_permissions}
    article, folder = labels.with_name("a.txt"), labels.with_name("model")
    article.write_text(TEXT, "utf-8")
    assert ended(start("score", article, "-o", folder.with_suffix(".parquet"), **how))[0] == 0
    assert ended(start("report", rows, "-o", folder.with_suffix(".xlsx"), **how))[0] == 0
    assert ended(start("train", "--only", "--labels", labels, "-o", folder, **how))[0] == 0
    assert ended(start("score", article, "--model", folder, **how))[0] == 0


@pytest.mark.parametrize("name", ["book.xlsx", "table.csv", "rows.json", "rows.parquet"])
def test_a_report_without_space_leaves_the_earlier_file(
    start: Start, rows: Path, name: str
) -> None:
    out = rows.with_name(name)
    out.write_text("old")
    status, _, err = ended(start("report", rows, "-o", out, preexec_fn=no_space, env=uncounted()))
    assert (status, err) == (1, f"Error: {out}: cannot be written: File too large\n")
    assert out.read_text() == "old"
    assert sorted(path.name for path in rows.parent.iterdir()) == sorted({name, rows.name})


def uncounted() -> dict[str, str]:
    """An environment in which nobody counts branches, for which there would be no space either."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def no_space(size: int = 100) -> None:
    """Before a process is started: no file of it may have more bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [100, 6000])
def test_a_training_without_space_leaves_the_earlier_model(
    start: Start, labels: Path, size: int
) -> None:
    model = labels.with_name("model")
    # Of many characters, so that arrays are large.
    rows = [
        {"text": f"{row['text']}{''.join(chr(0x4E00 + at // 8 * 40 + n) for n in range(40))}"}
        | {"mood": row["mood"], "article": row["article"]}
        for at, row in enumerate(reviews() * 2)
    ]
    labels.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    train = "train", "--only", "--labels", labels, "-o", model
    assert ended(start(*train))[0] == 0
    before = {path.name: path.read_bytes() for path in model.iterdir()}
    status, _, err = ended(start(*train, preexec_fn=partial(no_space, size), env=uncounted()))
    assert status == 1
    assert err.splitlines()[-1].startswith(f"Error: {model}: cannot be written (File too large)")
    assert {path.name: path.read_bytes() for path in model.iterdir()} == before
    assert sorted(path.name for path in model.parent.iterdir()) == [labels.name, "model"]


@pytest.mark.parametrize(
    "command",
    [
        "score ARTICLE", "score ARTICLE --format csv", "score ARTICLE --format parquet",
        "explain 台積電上漲", "explain 台積電上漲 --format json", "drift ARTICLE",
        "labels stats LABELS", "labels check LABELS", "labels agree LABELS LABELS",
        "labels suggest ARTICLE", "labels export LABELS --to csv",
        "labels import LABELS --from csv", "companies list", "companies show tsmc",
        "companies check", "models list", "models show", "models use default",
        "report ROWS", "report ROWS --format csv", "report ROWS --format json",
        "report ROWS --format xlsx", "report ROWS --format parquet", "score --help",
        "train --only --labels LABELS -o MODEL", "evaluate --labels LABELS --model MODEL",
    ],
)  # fmt: skip
def test_a_reader_that_has_gone_ends_any_command_without_a_word(
    start: Start, labels: Path, rows: Path, command: str
) -> None:
    nobody, out = os.pipe()
    os.close(nobody)
    status, err = into(out, start, labels, rows, command)
    assert (status, "written" in err) == (141, False)


def test_files_are_written_though_the_reader_of_the_table_has_gone(
    start: Start, labels: Path, rows: Path, tmp_path: Path
) -> None:
    nobody, out = os.pipe()
    os.close(nobody)
    page, told = tmp_path / "page.html", tmp_path / "told.jsonl"
    command = f"report ROWS --html {page} --stories {told}"
    assert into(out, start, labels, rows, command)[0] == 141
    assert page.stat().st_size
    assert told.stat().st_size


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "command", ["score ARTICLE", "explain 台積電上漲", "labels stats LABELS"]
    + [f"report ROWS --format {form}" for form in ("table", "csv", "json", "xlsx", "parquet")],
)  # fmt: skip
def test_a_disk_that_is_full_ends_a_command_with_a_line(
    start: Start, labels: Path, rows: Path, command: str
) -> None:
    status, err = into(os.open("/dev/full", os.O_WRONLY), start, labels, rows, command)
    assert status == 1
    # Before it come notes on what was read.
    assert err.splitlines()[-1] == "Error: cannot be written: No space left on device"


def into(out: int, start: Start, labels: Path, rows: Path, command: str) -> tuple[int, str]:
    """Status and stderr of a command that prints to a descriptor."""
    article, csv = labels.with_name("a.txt"), labels.with_name("labels.csv")
    article.write_text(TEXT, "utf-8")
    lines = [f"{row['text']},{row['mood']},{row['article']}" for row in reviews()]
    csv.write_text("text,mood,article\n" + "\n".join(lines), "utf-8")
    names = {"ARTICLE": article, "LABELS": csv, "ROWS": rows, "MODEL": labels.with_name("model")}
    if command.startswith("evaluate"):
        ended(start("train", "--only", "--labels", csv, "-o", names["MODEL"]))
    run = start(*(names.get(each, each) for each in command.split()), stdout=out)
    os.close(out)
    status, _, err = ended(run)
    assert "Exception ignored" not in err
    return status, err


def interrupt(run: "subprocess.Popen[bytes]") -> tuple[int, str]:
    os.killpg(run.pid, signal.SIGINT)
    status, _, err = ended(run)
    return status, err.splitlines()[-1]


@pytest.mark.parametrize("written", [["-o", "OUT.xlsx"], ["-o", "OUT.csv", "--html", "OUT.html"]])
def test_ctrl_c_in_a_report_leaves_the_earlier_files(
    start: Start, rows: Path, written: list[str]
) -> None:
    names = [each.replace("OUT", str(rows.with_name("out"))) for each in written]
    outputs = [Path(name) for name in names if not name.startswith("-")]
    for path in outputs:
        path.write_text("old")
    run = start("report", "-", *names, stdin=subprocess.PIPE, start_new_session=True)
    assert run.stdin is not None
    # More than a pipe holds: when it is all gone, the report is at work on it.
    run.stdin.write(rows.read_bytes() * 500)
    run.stdin.flush()
    assert interrupt(run) == (130, "Error: stopped")
    assert [path.read_text() for path in outputs] == ["old"] * len(outputs)
    assert set(rows.parent.iterdir()) == {rows, *outputs}


def test_ctrl_c_in_a_training_leaves_the_earlier_model(start: Start, labels: Path) -> None:
    model = labels.with_name("model")
    model.mkdir()
    # Choosing parameters is long enough to be stopped in.
    run = start("train", "--only", "--labels", labels, "-o", model, start_new_session=True)
    assert run.stderr is not None
    # First it says what it made of the columns.
    assert b"mood" in run.stderr.readline()
    assert run.stderr.readline().startswith(b"training")
    assert interrupt(run) == (130, "Error: stopped")
    assert list(model.iterdir()) == []
    assert set(labels.parent.iterdir()) == {labels, model}


@pytest.mark.parametrize("encoding", ["big5", "gbk", "ascii"])
@pytest.mark.parametrize("command", ["score ARTICLE", "companies show tsmc", "report ROWS"])
def test_a_terminal_that_lacks_a_character_shows_it_as_an_escape(
    start: Start, rows: Path, encoding: str, command: str
) -> None:
    article = rows.with_name("a.txt")
    article.write_text("台积电涨3%。臺積電漲。", "utf-8")
    names = {"ARTICLE": article, "ROWS": rows}
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    run = start(*(names.get(each, each) for each in command.split()), env=env)
    out, err = run.communicate()
    assert (run.returncode, err) == (0, b"")
    # As ASCII the bars are escapes, and what a terminal says it lacks is seldom more than that.
    assert "tsmc" in out.decode(encoding, "replace")
