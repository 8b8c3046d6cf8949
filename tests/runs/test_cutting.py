"""Inputs cut in pieces: nothing lost, nothing twice, whatever the size of a piece."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chipstance.articles.inputs import total_size
from chipstance.runs.cutting import cut
from chipstance.runs.pieces import InHand, Piece, RowGroups, Span, read_piece

GOOD = [f"第{n}家晶圓廠擴產。" for n in range(40)]


def read_all(pieces: Sequence[Piece], encoding: str | None = None) -> tuple[list[str], list[str]]:
    problems: list[str] = []
    texts = [
        "".join(sentence.text for sentence in article.sentences)
        for piece in pieces
        for article in read_piece(piece, encoding=encoding, problems=problems.append)
    ]
    return texts, problems


def table(path: Path, texts: Sequence[str]) -> Path:
    if path.suffix == ".parquet":
        pq.write_table(pa.table({"text": list(texts)}), path, row_group_size=7)
    elif path.suffix == ".csv":
        path.write_text("text\n" + "".join(f'"{text}\n"\n' for text in texts), "utf-8")
    else:
        lines = (json.dumps({"text": text}, ensure_ascii=False) for text in texts)
        path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
@pytest.mark.parametrize("in_hand", [True, False])
def test_a_large_table_gives_every_article_once_and_in_order(
    tmp_path: Path, name: str, in_hand: bool
) -> None:
    path = table(tmp_path / name, GOOD)
    pieces = list(cut([str(path)], size=200, in_hand=in_hand))
    assert read_all(pieces) == (GOOD, [])
    assert len(pieces) > 3 or (name == "a.csv" and not in_hand)


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet", "a.txt"])
def test_pieces_say_how_much_of_the_inputs_they_take(tmp_path: Path, name: str) -> None:
    path = table(tmp_path / name, GOOD * 20)
    sizes = [piece.size for piece in cut([str(tmp_path)], size=2000)]
    total = total_size([str(tmp_path)])
    assert total == path.stat().st_size
    assert 0.6 * total < sum(sizes) <= total
    assert max(sizes) < total / 2 or name == "a.txt"


@given(
    lines=st.lists(
        st.sampled_from(["", " ", "{broken", '{"text": 3}', '{"text": "台積電漲3%。"}'])
        | st.text("一二三晶片", min_size=1).map(
            lambda text: json.dumps({"text": text}, ensure_ascii=False)
        ),
        max_size=30,
    ),
    size=st.integers(1, 300),
    end=st.sampled_from(["", "\n", "\r\n"]),
)
@settings(max_examples=150)
def test_byte_ranges_lose_no_line_and_number_the_broken_ones_as_a_whole_reading_does(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], size: int, end: str
) -> None:
    # That a file has no row at all is said of whole files only: a piece may be blank.
    assume(any(line.strip() for line in lines))
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    path.write_bytes("\n".join(lines).encode() + end.encode())
    whole = read_all([Piece((str(path),), "")], "utf-8")
    assert read_all(list(cut([str(path)], encoding="utf-8", size=size)), "utf-8") == whole


@pytest.mark.parametrize("encoding", ["utf-8", "big5hkscs", "gb18030", "utf-16"])
def test_byte_ranges_break_no_character_of_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    # The second byte of 功, 許 and 蓋 in Big5 is one that means something in ASCII.
    texts = ["成功的許可覆蓋全部晶片。"] * 20
    lines = (json.dumps({"text": text}, ensure_ascii=False) for text in texts)
    path.write_text("\n".join(lines), encoding)
    pieces = list(cut([str(path)], size=100))
    assert read_all(pieces) == (texts, [])
    assert isinstance(pieces[0].cut, InHand if encoding == "utf-16" else Span)


def test_where_nobody_counts_lines_a_broken_one_is_named_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps({"text": GOOD[0]}, ensure_ascii=False) + "\n"
    path.write_text(good * 3 + "{broken\n", "utf-8")
    size = len(good.encode()) * 2
    _, (problem,) = read_all(list(cut([str(path)], size=size, in_hand=False)))
    assert problem.startswith(f"{path}: row 2 after byte {size}: is not JSON")


def test_complaints_about_rows_read_in_advance_stay_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('text\n一號廠擴產。\n""\n三號,廠\n四號廠擴產。\n', "utf-8")
    texts, problems = read_all(list(cut([str(path)], size=10)))
    assert texts == ["一號廠擴產。", "四號廠擴產。"]
    assert [problem.split(": ")[1] for problem in problems] == ["row 3", "row 4"]


def test_small_files_are_taken_together_and_large_ones_alone(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text("晶片" * 5, "utf-8")
    (tmp_path / "3.txt").write_text("晶片" * 50, "utf-8")
    pieces = list(cut([str(tmp_path)], size=100))
    names = [[Path(path).stem for path in piece.paths] for piece in pieces]
    assert names == [["0", "1", "2"], ["3"], ["4", "5"]]


def test_row_groups_are_taken_together_up_to_the_size(tmp_path: Path) -> None:
    path = table(tmp_path / "a.parquet", GOOD)
    group = pq.read_metadata(path).row_group(0).total_byte_size
    pieces = list(cut([str(path)], size=int(group * 2.5), in_hand=False))
    assert [piece.cut for piece in pieces][:2] == [RowGroups((0, 1)), RowGroups((2, 3))]


def test_the_same_inputs_give_the_same_stamps_and_changed_ones_others(tmp_path: Path) -> None:
    path = table(tmp_path / "a.jsonl", GOOD)

    def stamps() -> list[str]:
        return [piece.stamp for piece in cut([str(path)], size=200)]

    before = stamps()
    assert before == stamps()
    assert len(set(before)) == len(before)
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert not set(before) & set(stamps())


@pytest.mark.parametrize("name", ["gone.txt", "folder", "empty.jsonl", "broken.parquet", "no.csv"])
def test_what_cannot_be_cut_says_why_when_it_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "broken.parquet").write_bytes(b"PAR1" * 90)
    (tmp_path / "no.csv").write_text("title\n" + "廠\n" * 90, "utf-8")
    for in_hand in (True, False):
        pieces = list(cut([str(tmp_path / name)], size=50, in_hand=in_hand))
        texts, (problem,) = read_all(pieces)
        assert texts == []
        assert problem.startswith(f"{tmp_path / name}: ")


def test_an_output_inside_an_input_folder_is_no_input_whatever_it_is_called_there(
    tmp_path: Path,
) -> None:
    table(tmp_path / "a.jsonl", GOOD)
    out = table(tmp_path / "scored.jsonl", GOOD)
    (tmp_path / "b.jsonl").symlink_to(out)
    with out.open("rb") as written:
        for output in (out, written.fileno()):
            pieces = list(cut([str(tmp_path)], leave_out=output))
            assert [piece.paths for piece in pieces] == [(str(tmp_path / "a.jsonl"),)]


class Feed(io.RawIOBase):
    """A pipe that brings one part after the other, and knows how far it was read."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self.parts = list(parts)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        part = self.parts.pop(0) if self.parts else b""
        part, rest = part[: len(buffer)], part[len(buffer) :]
        self.parts[:0] = [rest] if rest else []
        buffer[: len(part)] = part
        return len(part)


def feed(monkeypatch: pytest.MonkeyPatch, parts: Sequence[bytes]) -> Feed:
    raw = Feed(parts)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(raw)))
    return raw


def test_standard_input_may_hold_one_article(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, ["台積電擴產。\n第二段也說擴產。".encode("big5")])
    texts, problems = read_all(list(cut(["-"])))
    assert (texts, problems) == (["台積電擴產。第二段也說擴產。"], [])


def test_rows_on_standard_input_come_as_soon_as_they_are_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n" for text in GOOD]
    raw = feed(monkeypatch, lines)
    pieces = cut(["-"])
    assert read_all([next(pieces)]) == (GOOD[:1], [])
    assert len(raw.parts) == len(GOOD) - 1
    assert read_all(list(pieces)) == (GOOD[1:], [])


@given(size=st.integers(1, 40))
@settings(max_examples=20)
def test_standard_input_may_be_sent_in_any_parts(size: int) -> None:
    data = "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in GOOD[:9])
    data += "{broken\n" + json.dumps({"text": GOOD[9]}, ensure_ascii=False)
    raw = data.encode()
    with pytest.MonkeyPatch.context() as patch:
        feed(patch, [raw[at : at + size] for at in range(0, len(raw), size)])
        texts, (problem,) = read_all(list(cut(["-"])))
    assert texts == GOOD[:10]
    assert problem.startswith("-: row 10: is not JSON")


@pytest.mark.parametrize(
    "data",
    [b"", b"Chip shares fell.\n", b"\x89PNG\r\n\x1a\n\x00"],
    ids=["nothing", "English", "picture"],
)
def test_standard_input_that_is_no_article_is_said(
    monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    feed(monkeypatch, [data])
    texts, (problem,) = read_all(list(cut(["-"])))
    assert texts == []
    assert problem.startswith("-: ")


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_standard_input_may_hold_csv(monkeypatch: pytest.MonkeyPatch, mark: str) -> None:
    rows = [
        ["標題", "內文"],
        ["漲價", "合約價\n連漲兩季。"],
        ["少一格"],
        ["擴產", GOOD[0], "多"],
        ["擴產", GOOD[0]],
    ]
    lines = "\r\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows)
    feed(monkeypatch, [f"\ufeff{lines}\r\n".encode()])
    texts, problems = read_all(list(cut(["-"])))
    assert texts == ["合約價連漲兩季。", GOOD[0]]
    assert [problem.split(": ")[1] for problem in problems] == ["row 3", "row 4"]


def test_json_may_have_spaces_behind_its_bracket(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, [f'{{ "text": "{GOOD[0]}"}}\n'.encode()])
    assert read_all(list(cut(["-"]))) == (GOOD[:1], [])


ROW = json.dumps({"text": GOOD[0]}, ensure_ascii=False)
TABLE = f"標題,內文\n漲價,{GOOD[0]}\n"


@pytest.mark.parametrize(
    "blank", ["\n", "\r\n", "\n \t\n\n", "\ufeff\n", " " * 70_000 + "\n" * 70_000]
)
@pytest.mark.parametrize(
    "said",
    [f"{ROW}\n", ROW, f"[{ROW}]", f"[\n{ROW}]", TABLE, TABLE.replace("\n", "\r"), GOOD[0]],
    ids=["lines", "line", "array", "array below its bracket", "table", "old table", "article"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_comes_is_known_by_its_first_line_that_is_not_blank_whenever_that_comes(
    monkeypatch: pytest.MonkeyPatch, blank: str, said: str, encoding: str
) -> None:
    whole = f"{blank}{said}".encode(encoding)
    at = len(blank.encode(encoding))
    parts = [whole[start : start + 8_000] for start in range(0, at, 8_000)]
    for sent in ([whole[:60_000], whole[60_000:]], [*parts, whole[8_000 * len(parts) :]]):
        feed(monkeypatch, [part for part in sent if part])
        assert read_all(list(cut(["-"]))) == (GOOD[:1], [])


def test_blank_lines_above_rows_are_counted_and_hide_no_scored_ones(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(f"\n \u3000\nsep=;\n標題;內文\n擴產;{GOOD[0]};多\n", "utf-8")
    texts, problems = read_all(list(cut([str(tmp_path / "a.csv")])))
    assert (texts, [each.split(": ")[1] for each in problems]) == ([], ["row 4"])
    scored = dict.fromkeys(("article", "index", "start", "end", "text"), 0)
    for name, rows in (
        ("a.jsonl", f"\n{json.dumps(scored)}\n"),
        ("a.csv", f"\n{','.join(scored)}\n"),
    ):
        (tmp_path / name).write_text(rows, "utf-8")
        feed(monkeypatch, [b"\n", rows.encode()])
        for path in (str(tmp_path / name), "-"):
            texts, (problem,) = read_all(list(cut([path])))
            assert (texts, "holds scored rows" in problem) == ([], True)


@pytest.mark.parametrize(
    "line",
    [
        "記憶體漲價" * 40_000,
        "記憶體,漲價" * 40_000,
        f"<p>{'記憶體漲價。' * 30_000}</p>",
        "漲\r跌,升\r",
    ],
    ids=["one line", "commas", "page", "breaks of old"],
)
def test_an_article_may_have_any_first_line(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    # As it is in a process that has read no table yet.
    csv.field_size_limit(131_072)
    feed(monkeypatch, [f"{line}\n{GOOD[0]}".encode()])
    (text,), problems = read_all(list(cut(["-"])))
    assert (text.endswith(GOOD[0]), problems) == (True, [])


def test_a_table_without_a_header_is_a_line(tmp_path: Path) -> None:
    for path in (tmp_path / "a.csv", tmp_path / "a.tsv"):
        for cell in ("記憶體漲價" * 30_000, "漲" * 17_000_000):
            path.write_text(f"{cell}\n{GOOD[0]}\n", "utf-8")
            texts, (problem,) = read_all(list(cut([str(path)])))
            assert (texts, problem.startswith(f"{path}: has no "), len(problem) < 500) == (
                [],
                True,
                True,
            )


def test_commas_in_the_only_column_of_a_tsv_part_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(f"text\n出貨1,000萬顆,{GOOD[0]}\n", "utf-8")
    texts, problems = read_all(list(cut([str(tmp_path)])))
    assert (texts, problems) == ([f"出貨1,000萬顆,{GOOD[0]}"], [])


def test_an_article_whose_first_line_has_commas_is_no_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, ["內文如下,記憶體漲價\n合約價連漲兩季。".encode()])
    texts, problems = read_all(list(cut(["-"])))
    assert problems == []
    assert "合約價連漲兩季。" in texts[0]
