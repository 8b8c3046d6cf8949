"""The folder of an unfinished run: what is sound is kept, and only for the same run."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from chipstance.errors import ChipstanceError
from chipstance.runs.journal import Journal
from chipstance.runs.pieces import digest
from tests.cli.test_score import Classify
from tests.conftest import Ran

RUN = {"inputs": ["news"], "model": "default@1"}


def journal(tmp_path: Path, *, resume: bool, run: dict = RUN) -> Journal:
    return Journal(tmp_path / "out.jsonl", run, resume=resume)


@pytest.fixture
def stopped(tmp_path: Path) -> Path:
    """A run of three pieces that was stopped."""
    begun = journal(tmp_path, resume=False)
    for name in ("one", "two", "three"):
        begun.add(1, name, f"{name}\n".encode(), (f"{name} is odd",))
    begun.close()
    return tmp_path / "out.jsonl.unfinished"


def done(tmp_path: Path) -> list[str]:
    again = journal(tmp_path, resume=True)
    found = [each.stamp for each in again.done]
    assert b"".join(again.chunks()) == "".join(f"{name}\n" for name in found).encode()
    again.close()
    return found


def test_what_was_done_is_kept_with_its_complaints(stopped: Path, tmp_path: Path) -> None:
    again = journal(tmp_path, resume=True)
    assert [each.problems for each in again.done] == [
        ("one is odd",), ("two is odd",), ("three is odd",),
    ]  # fmt: skip
    again.add(1, "four", b"four\n", ())
    again.finish(None)
    assert (tmp_path / "out.jsonl").read_text() == "one\ntwo\nthree\nfour\n"
    assert not stopped.exists()


@pytest.mark.parametrize("in_pieces", [True, False])
def test_where_the_system_takes_away_no_open_file_a_run_ends_all_the_same(
    stopped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_pieces: bool
) -> None:
    unlink, replace = Path.unlink, Path.replace

    def check(path: Path) -> None:
        for each in Path("/proc/self/fd").iterdir():
            if os.path.realpath(each) == str(path.resolve()):
                raise PermissionError(13, "is used by another process")

    def unlink_closed(self: Path, missing_ok: bool = False) -> None:
        check(self)
        unlink(self, missing_ok)

    def replace_closed(self: Path, target: Path) -> Path:
        check(self)
        check(target)
        return replace(self, target)

    monkeypatch.setattr(Path, "unlink", unlink_closed)
    monkeypatch.setattr(Path, "replace", replace_closed)
    again = journal(tmp_path, resume=True)
    again.finish(None if in_pieces else lambda chunks, out: out.writelines(chunks))
    assert (tmp_path / "out.jsonl").read_text() == "one\ntwo\nthree\n"
    assert not stopped.exists()
    again = journal(tmp_path, resume=False)
    again.take_away()
    assert not stopped.exists()


def test_what_somebody_else_put_into_the_folder_stays(stopped: Path, tmp_path: Path) -> None:
    (stopped / "theirs").mkdir()
    (stopped / "theirs.txt").touch()
    again = journal(tmp_path, resume=True)
    again.finish(None)
    assert (tmp_path / "out.jsonl").read_text() == "one\ntwo\nthree\n"
    assert sorted(path.name for path in stopped.iterdir()) == ["theirs", "theirs.txt"]


@pytest.mark.parametrize("left", range(1, 60, 7))
def test_a_journal_cut_anywhere_keeps_whole_lines(stopped: Path, tmp_path: Path, left: int) -> None:
    path = stopped / "journal"
    data = path.read_bytes()
    whole = data[: len(data) - left].count(b"\n") - 1
    path.write_bytes(data[: len(data) - left])
    assert done(tmp_path) == ["one", "two", "three"][:whole]


@pytest.mark.parametrize(
    ("rows", "kept"),
    [("one\ntwo\nthr", 2), ("one\ntwo\n\0\0\0\0\0\0", 2), ("", 0), ("one\ntwo\nthree\nfo", 3)],
)
def test_rows_that_a_full_disk_or_a_loss_of_power_spoiled_are_cut_off(
    stopped: Path, tmp_path: Path, rows: str, kept: int
) -> None:
    (stopped / "rows").write_text(rows)
    assert done(tmp_path) == ["one", "two", "three"][:kept]


def test_a_run_that_does_not_resume_begins_anew(stopped: Path, tmp_path: Path) -> None:
    again = journal(tmp_path, resume=False)
    assert (again.done, again.empty) == ((), True)
    again.close()


def test_another_model_is_no_way_to_go_on_and_is_named(stopped: Path, tmp_path: Path) -> None:
    with pytest.raises(ChipstanceError, match="model changed from default@1 to mine@2"):
        journal(tmp_path, resume=True, run=RUN | {"model": "mine@2"})


@pytest.fixture
def interrupted(classify: Classify, tmp_path: Path) -> tuple[Path, Path]:
    """Two files of which the first was scored before the run was stopped, and the output."""
    news, out = tmp_path / "news", tmp_path / "out.jsonl"
    news.mkdir()
    for name in ("a.jsonl", "b.jsonl"):
        (news / name).write_text(json.dumps({"text": "台積電上漲3%。" * 2000}) + "\n", "utf-8")
    assert classify("score", news, "-o", out).status == 0
    data = out.read_bytes()
    # A run whose second piece was not done: its journal is cut by hand.
    whole = out.rename(tmp_path / "whole.jsonl")
    begun = tmp_path / "out.jsonl.unfinished"
    assert data == whole.read_bytes()
    _stop_after_one_piece(classify, news, out)
    assert len((begun / "journal").read_text().splitlines()) == 2
    return news, out


def _stop_after_one_piece(classify: Classify, news: Path, out: Path) -> None:
    from chipstance.runs import journal as module

    add = module.Journal.add

    def add_one(self: Journal, *done: Any) -> None:
        if not self.empty:
            raise KeyboardInterrupt
        add(self, *done)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module.Journal, "add", add_one)
        ran = classify("score", news, "-o", out)
    assert (ran.status, ran.err) == (130, f"Error: {out}: stopped; go on with --resume\n")


def resumed(classify: Classify, *args: object) -> Ran:
    return classify("score", *args, "--resume")


def test_what_is_left_is_done(
    classify: Classify, interrupted: tuple[Path, Path], tmp_path: Path
) -> None:
    news, out = interrupted
    assert resumed(classify, news, "-o", out).status == 0
    assert out.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_a_changed_input_is_no_way_to_go_on_and_is_named(
    classify: Classify, interrupted: tuple[Path, Path]
) -> None:
    news, out = interrupted
    (news / "a.jsonl").write_text('{"text": "聯電上漲3%。"}', "utf-8")
    ran = resumed(classify, news, "-o", out)
    assert ran.status == 1
    assert f"the inputs changed at {news / 'a.jsonl'}" in ran.err
    assert not out.exists()
    assert classify("score", news, "-o", out).status == 0


def test_where_nothing_has_begun_there_is_nothing_to_go_on_with(
    classify: Classify, article: Path, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "out.jsonl.unfinished"
    in_the_way.touch()
    for out, what in (
        (tmp_path / "out.jsonl", f"{in_the_way}: is no folder; rename it"),
        # Nobody, not even root, makes files there.
        (Path("/proc/rows.jsonl"), "/proc/rows.jsonl: cannot be written"),
    ):
        ran = classify("score", article, "-o", out)
        assert ran.status == 1
        assert what in ran.err
        assert "--resume" not in ran.err


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--encoding", "utf-8"], "encoding changed from none to utf-8"),
        (["--no-context"], "--no-context is given, and was not;"),
        (["--column", "text=story"], "columns changed from none to text=story;"),
        (["b"], "inputs changed from "),
    ],
)
def test_other_options_are_no_way_to_go_on_and_are_named(
    classify: Classify, interrupted: tuple[Path, Path], options: list[str], named: str
) -> None:
    news, out = interrupted
    ran = resumed(classify, news, "-o", out, *options)
    assert ran.status == 1
    assert named in ran.err
    assert not set("[]{}'") & set(ran.err)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["news"], "what went to stdout is gone"),
        (["-", "-o", "rows.jsonl"], "standard input is gone"),
        (["news", "-o", "rows.txt", "--format", "table"], "--resume needs a file"),
    ],
)
def test_where_there_is_nothing_to_resume_it_is_said_why(
    classify: Classify, args: list[str], said: str
) -> None:
    ran = resumed(classify, *args)
    assert ran.status == 2
    assert said in ran.err.replace("\n", " ")


@pytest.mark.parametrize(
    "raw", [b"b\xb7s\xbbD", b"\xff", "字".encode("big5"), b"\xed\xa0\xbd\xed\xb8\x80"]
)
def test_a_run_of_names_that_are_no_utf_8_goes_on_and_one_of_others_is_refused(
    tmp_path: Path, raw: bytes
) -> None:
    name = os.fsdecode(raw)
    run = RUN | {"inputs": [name], "companies": f"{name}.csv 0123", "columns": {"text": name}}
    begun = journal(tmp_path, resume=False, run=run)
    begun.add(1, "one", b"one\n", (f"{name} is odd",))
    begun.close()
    again = journal(tmp_path, resume=True, run=run)
    assert [each.problems for each in again.done] == [(f"{name} is odd",)]
    again.close()
    other = run | {"inputs": ["?" * len(name)]}
    with pytest.raises(ChipstanceError, match="inputs changed from"):
        journal(tmp_path, resume=True, run=other)


def test_files_whose_names_differ_in_such_bytes_alone_are_not_the_same_piece() -> None:
    assert digest(os.fsdecode(b"\xb7.txt")) != digest(os.fsdecode(b"\xbb.txt"))
