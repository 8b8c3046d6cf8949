"""A Dask cluster of processes on this machine: a scheduler and two workers, one of them killed."""

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pyarrow.parquet as pq
import pytest

import chipstance
from chipstance.errors import ChipstanceError
from chipstance.labels.rows import LabelRow
from chipstance.printable import printable
from chipstance.runs.cluster import score_part, to_parts
from chipstance.runs.cutting import cut
from chipstance.runs.parts import Part, finish, make_room, only_run, parts_of
from chipstance.runs.scoring import to_file
from chipstance.runs.work import Recipe, facts
from tests.cli.test_score import Classify
from tests.conftest import ROOT, Ran
from tests.models.learning.test_learning import reviews
from tests.runs.conftest import Start, dask, running, wait_for

pytest.importorskip("distributed")
PARQUET = Recipe(form="parquet")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shared storage: a JSON Lines file, a Parquet file and a row that cannot be read."""
    folder = tmp_path_factory.mktemp("shared") / "archive"
    folder.mkdir()
    seeds = sorted((ROOT / "seeds" / "hk").glob("*.txt"))[:60]
    rows = [{"text": seed.read_text("utf-8"), "source": seed.name} for seed in seeds]
    import pyarrow as pa

    pq.write_table(pa.Table.from_pylist(rows[:30]), folder / "b.parquet", row_group_size=10)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows[30:]]
    (folder / "a.jsonl").write_text("\n".join(["{broken", *lines]), "utf-8")
    return folder


def rows(folder: Path) -> list[dict]:
    parts = sorted(folder.glob("part-*.parquet"))
    return [row for part in parts for row in pq.read_table(part).to_pylist()]


def test_parts_hold_the_rows_of_a_run_on_one_machine_though_a_worker_is_killed(
    cluster: str, archive: Path, tmp_path: Path
) -> None:
    from distributed import Client

    alone, out = tmp_path / "alone.parquet", tmp_path / "scored"
    said: list[str] = []
    to_file([str(archive)], PARQUET, alone, problems=said.append)
    killed: list[int] = []

    with Client(cluster) as client:
        client.wait_for_workers(2, timeout=60)
        pids = client.run(os.getpid)

        def kill_one(*_: object) -> None:
            if not killed and list(out.glob("part-*.parquet")):
                killed.append(next(iter(pids.values())))
                os.kill(killed[0], signal.SIGKILL)

        watch = _Every(0.01, kill_one)
        problems: list[str] = []
        with watch:
            to_parts(
                [str(archive)], PARQUET, out, address=cluster, problems=problems.append, size=8000
            )
        assert client.nthreads().keys() == pids.keys() - {next(iter(pids))}
    assert killed
    assert rows(out) == pq.read_table(alone).to_pylist()
    # As readers of Parquet take a folder, whatever was lost.
    assert pq.read_table(out).to_pylist() == rows(out)
    assert [line.partition(": is")[0] for line in problems] == [
        f"{archive / 'a.jsonl'}: row 1 after byte 0"
    ]
    assert len(said) == 1
    assert (out / "_SUCCESS").exists()
    assert not list(out.glob(".part-*"))
    _a_second_run_does_what_is_missing(cluster, archive, out)


def test_a_part_that_lost_a_file_it_could_not_reach_is_made_again(
    article: Path, tmp_path: Path
) -> None:
    folder, run = tmp_path / "out", facts(PARQUET)
    recipe = PARQUET._replace(version=json.dumps(run))
    folder.mkdir()
    parts = list(parts_of(cut([str(article)], in_hand=False), folder, run))
    (part,) = make_room(folder, parts)
    away = article.rename(tmp_path / "away")
    score_part(part, recipe)
    assert part.problems.read_text("utf-8") == f"{article}: no such file; check the name\n"
    away.rename(article)
    assert make_room(folder, parts) == parts
    score_part(part, recipe)
    assert len(rows(folder)) == 3
    assert make_room(folder, parts) == []
    assert [path.name for path in folder.iterdir()] == [part.path.name]


def test_a_second_run_into_one_folder_is_refused(
    start: Start, article: Path, tmp_path: Path
) -> None:
    out = tmp_path / "scored"
    out.mkdir()
    args = ("score", article, "-o", out, "--cluster", "tcp://127.0.0.1:1")
    with only_run(out, facts(PARQUET)):
        second = start(*args)
        said = second.communicate()[1].decode()
    assert second.returncode == 1
    assert said.startswith(f"Error: {out}: another run is writing it")


def test_a_run_takes_away_what_a_stopped_one_had_begun(tmp_path: Path) -> None:
    (tmp_path / ".part-0123").touch()
    finish(tmp_path, [])
    assert [path.name for path in tmp_path.iterdir()] == ["_SUCCESS"]


def prepared(article: Path, folder: Path) -> tuple[Part, Recipe]:
    """The one part of a run that begins now, which is missing, and how it is made."""
    run = facts(PARQUET)
    folder.mkdir(exist_ok=True)
    parts = list(parts_of(cut([str(article)], in_hand=False), folder, run))
    (part,) = make_room(folder, parts)
    return part, PARQUET._replace(version=json.dumps(run))


@pytest.mark.parametrize("end", [b"\xb7", b"\x0b", "\u2028".encode(), b"\n"])
def test_what_a_part_lost_is_said_in_one_line_whatever_the_file_is_called(
    cluster: str, tmp_path: Path, end: bytes
) -> None:
    gone, said = os.fsdecode(bytes(tmp_path / "b") + end + b".txt"), list[str]()
    to_parts([gone], PARQUET, tmp_path / "out", address=cluster, problems=said.append)
    assert said == [f"{printable(gone)}: no such file; check the name"]


def test_a_part_of_a_run_that_says_nothing_of_its_model_is_not_made(
    article: Path, tmp_path: Path
) -> None:
    part, recipe = prepared(article, tmp_path / "out")
    with pytest.raises(ValueError, match="no version"):
        score_part(part, recipe._replace(version=None))


def test_a_report_on_a_run_that_is_not_finished_says_so_and_is_made(
    classify: Classify, cluster: str, article: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "shared" / "out"
    folder.mkdir(parents=True)
    note = f"Note: {folder}: the run that writes it is not finished, and rows are missing"
    with only_run(folder, facts(PARQUET)):
        part, recipe = prepared(article, folder)
        score_part(part, recipe)
        for args in ([folder], [folder.parent], [part.path], [folder, "--cluster", cluster]):
            ran = classify("report", *args)
            assert (ran.status, ran.err.count(note)) == (0, 1)
        finish(folder, [part])
    assert note not in classify("report", folder).err


def test_a_run_that_has_written_nothing_is_said_to_be_unfinished_too(
    classify: Classify, tmp_path: Path
) -> None:
    with only_run(tmp_path, facts(PARQUET)):
        pass
    ran = classify("report", tmp_path)
    assert ran.status == 1
    assert ran.err.startswith(f"Note: {tmp_path}: the run that writes it is not finished")


@pytest.mark.parametrize("lost", [True, False])
def test_a_part_of_an_earlier_run_that_comes_while_the_next_one_is_at_work_is_taken_away(
    article: Path, tmp_path: Path, lost: bool
) -> None:
    folder, bad = tmp_path / "out", tmp_path / "bad.jsonl"
    bad.write_text("{broken\n" if lost else '{"text": "台積電上漲3%。"}\n', "utf-8")
    early, recipe = prepared(bad, folder)
    late, _ = prepared(article, folder)
    score_part(late, recipe)
    score_part(early, recipe)
    assert len(list(folder.glob("part-*"))) == 2
    finish(folder, [late])
    assert {path.name for path in folder.iterdir()} == {late.path.name, "_SUCCESS"}


def test_a_worker_of_an_earlier_run_puts_nothing_into_a_folder_that_is_finished(
    article: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    part, recipe = prepared(article, folder)
    finish(folder, [])
    with pytest.raises(ChipstanceError, match="is asked for no more"):
        score_part(part, recipe)
    assert [path.name for path in folder.iterdir()] == ["_SUCCESS"]
    begun = part.begun()
    begun.touch()
    (folder / "_SUCCESS").unlink()
    finish(folder, [])
    (folder / "_SUCCESS").unlink()
    with pytest.raises(FileNotFoundError):
        part.put(begun)


class _Every:
    """Calls a function again and again beside what a `with` block does."""

    def __init__(self, seconds: float, function) -> None:
        import threading

        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(seconds, function))

    def _run(self, seconds: float, function) -> None:
        while not self.ended.wait(seconds):
            function()

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()


def _a_second_run_does_what_is_missing(cluster: str, archive: Path, out: Path) -> None:
    before = rows(out)
    first, *others = sorted(out.glob("part-*.parquet"))
    times = {path: path.stat().st_mtime_ns for path in others}
    first.unlink()
    (archive / "c.jsonl").write_text('{"text": "台積電上漲3%。"}', "utf-8")
    problems: list[str] = []
    to_parts([str(archive)], PARQUET, out, address=cluster, problems=problems.append, size=8000)
    assert rows(out)[:-1] == before
    assert rows(out)[-1]["text"] == "台積電上漲3%。"
    assert {path: path.stat().st_mtime_ns for path in others} == times
    # What an earlier run lost is said again.
    assert len(problems) == 1
    (archive / "c.jsonl").unlink()
    to_parts([str(archive)], PARQUET, out, address=cluster, problems=problems.append, size=8000)
    assert rows(out) == before


def test_the_command_writes_parts(
    cluster: str, classify: Classify, article: Path, tmp_path: Path
) -> None:
    ran = classify("score", article, "-o", tmp_path / "scored", "--cluster", cluster)
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert [row["index"] for row in rows(tmp_path / "scored")] == [0, 1, 2]


def refused(ran: Ran, status: int) -> str:
    assert ran.status == status
    assert "Traceback" not in ran.err
    return " ".join(ran.err.split())


def test_a_run_of_other_options_into_the_same_folder_is_refused(
    cluster: str, classify: Classify, article: Path, tmp_path: Path
) -> None:
    args = ("score", article, "-o", tmp_path / "scored", "--cluster", cluster)
    assert classify(*args).status == 0
    said = refused(classify(*args, "--encoding", "utf-8"), 1)
    assert "holds another run: encoding changed from none to utf-8" in said
    assert len(rows(tmp_path / "scored")) == 3


def test_a_worker_with_another_model_is_refused(
    cluster: str, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chipstance.runs import cluster as module

    other = facts(PARQUET) | {"model": "mine@000000000000"}
    monkeypatch.setattr(module, "facts", lambda _: other)
    with pytest.raises(ChipstanceError, match=r"and not mine@0{12}; have the same on every"):
        to_parts([str(article)], PARQUET, tmp_path / "out", address=cluster, problems=pytest.fail)


def test_workers_that_live_on_notice_a_model_trained_again_and_a_table_changed(
    cluster: str, start: Start, article: Path, tmp_path: Path
) -> None:
    def score(out: str) -> list[dict]:
        asked = ("--model", tmp_path / "mood", "--companies", tmp_path / "mine.csv")
        scored = start("score", article, "-o", tmp_path / out, "--cluster", cluster, *asked)
        assert scored.communicate(timeout=120) == (b"", b"")
        return rows(tmp_path / out)

    def prepare(name: str, company: str) -> None:
        made = [LabelRow(each["text"], {"mood": each["mood"]}) for each in reviews()]
        chipstance.train(made, name=name).save(tmp_path / "mood")
        (tmp_path / "mine.csv").write_text(f"id,names_tw\n{company},法人\n", "utf-8")

    prepare("first", "one")
    before = score("before")
    prepare("second", "other")
    after = score("after")
    assert [row["model"].partition("@")[0] for row in before + after] == [
        *["first"] * len(before),
        *["second"] * len(after),
    ]
    named = [
        {each["company"] for row in all_ for each in row["companies"]} for all_ in (before, after)
    ]
    assert [each & {"one", "other"} for each in named] == [{"one"}, {"other"}]


def test_an_output_within_the_input_is_refused(
    classify: Classify, article: Path, tmp_path: Path
) -> None:
    args = ("score", tmp_path, "-o", tmp_path / "scored", "--cluster", "tcp://127.0.0.1:1")
    assert "lies in the input" in refused(classify(*args), 1)


def test_a_folder_with_other_files_is_refused(
    classify: Classify, article: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").touch()
    args = ("score", article, "-o", other, "--cluster", "tcp://127.0.0.1:1")
    assert "holds other files" in refused(classify(*args), 1)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x"])
def test_a_scheduler_that_does_not_answer_is_said(
    classify: Classify,
    article: Path,
    tmp_path: Path,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("chipstance.runs.scheduler._SECONDS_TO_ANSWER", 0.5)
    args = ("score", article, "-o", tmp_path / "scored", "--cluster", address)
    assert f"{address}: no Dask scheduler answers" in refused(classify(*args), 1)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        b"",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\0" * 99,
        b"\3" + b"\0" * 31,
        b"SSH-2.0\r\n",
    ],
    ids=["nothing", "the end", "HTTP", "zeros", "an empty frame", "SSH"],
)
@pytest.mark.parametrize("command", ["score", "report"])
def test_who_takes_a_connection_and_is_no_scheduler_is_not_waited_for(
    classify: Classify,
    article: Path,
    tmp_path: Path,
    answer: bytes | None,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("chipstance.runs.scheduler._SECONDS_TO_ANSWER", 0.5)
    out = ("-o", tmp_path / "scored") if command == "score" else ()
    with answering(answer) as address:
        ran = classify(command, article, *out, "--cluster", address)
    (line,) = ran.err.splitlines()[-1:]
    assert line.startswith(f"Error: {address}: no Dask scheduler answers")
    assert ran.status == 1


@contextmanager
def answering(answer: bytes | None) -> Iterator[str]:
    """The address of a server that says one thing, or keeps silent, whatever it is told."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()

        def serve() -> None:
            kept = []
            with suppress(OSError):
                while True:
                    kept.append(server.accept()[0])
                    if answer is not None:
                        kept[-1].sendall(answer)
                    if answer == b"":
                        kept.pop().close()

        Thread(target=serve, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def test_the_address_of_a_worker_and_one_that_needs_keys_are_said(
    cluster: str, classify: Classify, article: Path, tmp_path: Path
) -> None:
    from distributed import Client

    with Client(cluster) as client:
        client.wait_for_workers(1, timeout=60)
        worker = next(iter(client.nthreads()))
    args = ("score", article, "-o", tmp_path / "scored", "--cluster")
    assert f"{worker}: is no Dask scheduler but a worker" in refused(classify(*args, worker), 1)
    secret = cluster.replace("tcp", "tls")
    assert f"{secret}: needs a certificate and its key" in refused(classify(*args, secret), 1)


@pytest.mark.parametrize("command", ["score", "report"])
def test_a_scheduler_that_goes_away_is_said_in_a_line(
    start: Start, archive: Path, tmp_path: Path, command: str
) -> None:
    with running(tmp_path, workers=()) as (address, processes):
        shown = archive
        if command == "report":
            shown = tmp_path / "rows.jsonl"
            to_file([str(archive / "a.jsonl")], Recipe(), shown, problems=lambda _: None)
        out = ("-o", tmp_path / "scored") if command == "score" else ()
        # A worker that takes work and does none.
        processes.append(
            dask("worker", address, "--no-nanny", "--no-dashboard", log=tmp_path / "w")
        )
        wait_for(b"Registered to", tmp_path / "w")
        os.kill(processes[-1].pid, signal.SIGSTOP)
        run = start(command, shown, *out, "--cluster", address)
        wait_for(b"Receive client connection", tmp_path / "scheduler.log")
        time.sleep(1)
        processes[0].kill()
        err = run.communicate(timeout=60)[1].decode().splitlines()
        os.kill(processes[-1].pid, signal.SIGCONT)
    assert err == [
        f"Error: {address}: the scheduler went away;"
        " start it and its workers, then run the same again"
    ]
    assert run.returncode == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["a.txt"], "give -o FOLDER"),
        (["a.txt", "-o", "out", "--format", "csv"], "writes Parquet parts"),
        (["-", "-o", "out"], "standard input is not there"),
    ],
)
def test_what_a_cluster_cannot_do_is_said(classify: Classify, args: list[str], said: str) -> None:
    assert said in refused(classify("score", *args, "--cluster", "tcp://127.0.0.1:1"), 2)
