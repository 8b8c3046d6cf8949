"""Files that change while they are read in pieces: what is lost is said, and said once."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chipstance.articles.changes import look, unchanged
from chipstance.articles.reading import read
from chipstance.errors import UnreachedError
from chipstance.runs.cutting import cut
from chipstance.runs.pieces import read_piece
from chipstance.runs.scoring import to_file
from chipstance.runs.work import Recipe

TEXTS = [f"第{n}條產線試產。" for n in range(60)]
Change = Callable[[Path], object]


def table(path: Path, texts: list[str] = TEXTS) -> Path:
    if path.suffix == ".parquet":
        pq.write_table(pa.table({"text": texts}), path, row_group_size=9)
    elif path.suffix == ".csv":
        path.write_text("text\n" + "".join(f"{text}\n" for text in texts), "utf-8")
    else:
        path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    # As of a file that was there before.
    os.utime(path, ns=(0, 10**18))
    return path


def read_while(path: Path, change: Change, *, in_hand: bool) -> tuple[list[str], list[str]]:
    """Texts and complaints of a reading in pieces, when the file changes after the first one."""
    texts, problems = list[str](), list[str]()
    for number, piece in enumerate(cut([str(path)], size=300, in_hand=in_hand)):
        found = read_piece(piece, encoding=None, problems=problems.append)
        texts += [article.sentences[0].text for article in found]
        if number == 0:
            change(path)
    return texts, problems


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def shortened(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def without_its_first_row(path: Path) -> None:
    table(path, TEXTS[1:])


def another_of_the_same_size(path: Path) -> None:
    beside = table(path.with_name(f"beside{path.suffix}"), TEXTS[::-1])
    os.utime(beside)
    beside.replace(path)


def longer_and_another(path: Path) -> None:
    table(path.with_name(f"beside{path.suffix}"), TEXTS[::-1] * 2).replace(path)


CHANGES = [emptied, shortened, without_its_first_row, another_of_the_same_size, longer_and_another]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("name", "in_hand"), [("a.jsonl", True), ("a.parquet", False)])
def test_every_piece_of_a_file_that_is_another_one_by_now_is_said_to_be_lost(
    tmp_path: Path, change: Change, name: str, in_hand: bool
) -> None:
    texts, problems = read_while(table(tmp_path / name), change, in_hand=in_hand)
    assert 0 < len(texts) < len(TEXTS)
    assert texts == TEXTS[: len(texts)]
    assert {line.partition(",")[0] for line in problems} == {
        f"{tmp_path / name}: changed while it was read"
    }


def test_lines_added_at_the_end_change_nothing_that_was_cut(tmp_path: Path) -> None:
    more = json.dumps({"text": TEXTS[0]}) + "\n"

    def grow(path: Path) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(more * 99)

    assert read_while(table(tmp_path / "a.jsonl"), grow, in_hand=True) == (TEXTS, [])


def test_the_last_line_is_read_to_its_end_though_it_was_half_written(tmp_path: Path) -> None:
    path = table(tmp_path / "a.jsonl")
    rest = path.read_bytes()[-9:]
    os.truncate(path, path.stat().st_size - 9)

    def go_on(path: Path) -> None:
        with path.open("ab") as file:
            file.write(rest)

    assert read_while(path, go_on, in_hand=False) == (TEXTS, [])


@pytest.mark.parametrize("change", [os.unlink, another_of_the_same_size])
def test_a_table_that_is_read_once_is_read_whole_though_its_name_goes_to_another(
    tmp_path: Path, change: Change
) -> None:
    path = table(tmp_path / "a.csv", TEXTS * 99)
    assert read_while(path, change, in_hand=True) == (TEXTS * 99, [])


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
@pytest.mark.parametrize("change", [emptied, shortened])
def test_a_table_that_becomes_shorter_while_it_is_read_once_is_said(
    tmp_path: Path, name: str, change: Change
) -> None:
    path = table(tmp_path / name, TEXTS * 99)
    articles = read(path, problems=lambda _: None)
    next(articles)
    change(path)
    with pytest.raises(UnreachedError, match="changed while it was read"):
        list(articles)


@pytest.mark.parametrize("change", [emptied, shortened])
def test_a_table_that_becomes_shorter_while_its_rows_are_handed_on_is_said_once(
    tmp_path: Path, change: Change
) -> None:
    texts, problems = read_while(table(tmp_path / "a.csv", TEXTS * 99), change, in_hand=True)
    assert len(texts) < 99 * len(TEXTS)
    assert "changed while it was read" in problems[-1]


@pytest.mark.parametrize(
    ("change", "said"), [(os.unlink, "no such file"), (emptied, "changed while it was read")]
)
def test_a_run_says_once_what_every_piece_of_a_file_finds(
    tmp_path: Path, change: Change, said: str
) -> None:
    path = table(tmp_path / "a.jsonl", [f"{text}存貨下降。" * 40 for text in TEXTS] * 9)
    problems: list[str] = []
    done: list[int] = []

    def progress(n_bytes: int) -> None:
        if not done:
            change(path)
        done.append(n_bytes)

    out = tmp_path / "out.jsonl"
    to_file([str(path)], Recipe(), out, problems=problems.append, progress=progress)
    assert len(done) > 5
    (line,) = problems
    assert line.startswith(f"{path}: {said}")


def test_what_was_read_of_a_file_stays_where_it_is_when_the_file_is_looked_at(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 9000 + b"y")
    with unchanged(path) as file:
        assert file.read(5000) == b"x" * 5000
        assert look(file).n_bytes == 9001
        assert file.read() == b"x" * 4000 + b"y"
