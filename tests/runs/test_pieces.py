"""Pieces of the inputs: which files go together, when a piece is still the same, what is named."""

import os
import time
from datetime import date, datetime
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from chipstance.articles.encodings import codec, decode, detect
from chipstance.articles.files import files
from chipstance.articles.reading import read, read_all
from chipstance.articles.tables.reading import of_rows
from chipstance.articles.tables.separated import as_written, harmless, mark_of, records
from chipstance.articles.text import from_text
from chipstance.articles.web.visible import visible_lines
from chipstance.errors import InputError
from chipstance.runs.cutting import cut
from chipstance.runs.pieces import InHand, RowGroups, Span, read_piece

ONE = "記憶體合約價再漲一成，模組廠開始補庫存。"


def text(path: Path, n_bytes: int) -> str:
    path.write_bytes(b"x" * n_bytes)
    return str(path)


def test_small_files_go_together_up_to_the_size_of_a_piece(tmp_path: Path) -> None:
    sizes = {"a": 40, "b": 60, "c": 1, "d": 500, "e": 10}
    names = [text(tmp_path / f"{name}.txt", size) for name, size in sizes.items()]
    pieces = list(cut(names, size=100))
    assert [[Path(path).stem for path in piece.paths] for piece in pieces] == [
        ["a", "b"], ["c"], ["d"], ["e"],
    ]  # fmt: skip
    assert all(piece.cut is None for piece in pieces)


def test_a_table_up_to_the_size_of_a_piece_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "x"}\n' * 10)
    assert [piece.cut for piece in cut([str(path)], size=140)] == [None]
    spans = [piece.cut for piece in cut([str(path)], size=139, encoding="utf-8", in_hand=True)]
    # Each byte once; nine lines end before byte 139, and the tenth has begun.
    assert spans == [Span(0, 139, "utf-8-sig", 0), Span(139, 140, "utf-8-sig", 10)]
    uncounted = [piece.cut for piece in cut([str(path)], size=139, encoding="utf-8", in_hand=False)]
    assert uncounted == [Span(0, 139, "utf-8-sig", None), Span(139, 140, "utf-8-sig", None)]


def test_a_stamp_changes_with_the_file_and_with_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ONE, "utf-8")
    os.utime(path, ns=(0, 10**18))

    def stamp() -> str:
        (piece,) = cut([str(path)])
        return piece.stamp

    before = stamp()
    assert stamp() == before
    assert len(before) == 16
    os.utime(path, ns=(0, 10**18 + 1))
    assert stamp() != before
    path.write_text(ONE + "。", "utf-8")
    os.utime(path, ns=(0, 10**18))
    assert stamp() != before


def test_rows_of_a_csv_are_handed_on_as_many_as_make_a_piece(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    # Twelve bytes of text each, in UTF-8; a piece is full with the first row that is too much.
    path.write_text("text,other\n" + "芯片價漲,1\n" * 7 + "a,b,c\n", "utf-8")
    pieces = [piece.cut for piece in cut([str(path)], size=30, in_hand=True)]
    assert all(isinstance(piece, InHand) for piece in pieces)
    rows = [piece.rows for piece in pieces if isinstance(piece, InHand)]
    assert [len(each) for each in rows] == [3, 3, 2]
    assert rows[0][0] == (2, {"text": "芯片價漲"})
    assert rows[2][1] == f"{path}: row 9: has 3 cells, the header 2; quote the text"
    assert len({piece.stamp for piece in cut([str(path)], size=30, in_hand=True)}) == 3


def test_row_groups_go_together_up_to_the_size_of_a_piece(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pyarrow.table({"text": [f"{n:04}芯片" for n in range(40)]})
    pyarrow.parquet.write_table(table, path, row_group_size=10, compression="none")
    size = pyarrow.parquet.read_metadata(path).row_group(0).total_byte_size
    one, two = ([p.cut for p in cut([str(path)], size=n * size, in_hand=False)] for n in (1, 2))
    assert one == [RowGroups((at,)) for at in range(4)]
    assert two == [RowGroups((0, 1)), RowGroups((2, 3))]


def test_hidden_files_other_kinds_and_what_is_written_to_are_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.jsonl", ".hidden.txt", "c.png", "sub/d.HTML", ".git/e.txt", "out.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ONE, "utf-8")
    (tmp_path / "sub/round").symlink_to(tmp_path)
    found = [str(path.relative_to(tmp_path)) for path in files(tmp_path)]
    assert found == ["a.jsonl", "b.txt", "out.csv", "sub/d.HTML"]
    (piece,) = cut([str(tmp_path)], leave_out=tmp_path / "out.csv")
    assert [Path(path).name for path in piece.paths] == ["a.jsonl", "b.txt", "d.HTML"]


def test_folders_that_are_linked_to_are_read_and_circles_are_not(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.txt").write_text(ONE, "utf-8")
    (tmp_path / "news/linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere/back").symlink_to(tmp_path / "news")
    assert [path.name for path in files(tmp_path / "news")] == ["a.txt"]


def test_an_articles_id_is_sixteen_digits_of_what_it_says() -> None:
    one, same, other = (from_text(text).id for text in (ONE, f" {ONE}\n", f"{ONE}跌。"))
    assert one == same != other
    assert len(one) == 16
    assert int(one, 16) >= 0


def test_what_is_wrong_with_a_row_is_said_with_its_number() -> None:
    rows = [
        (2, {"text": ONE, "source": " 某報 ", "title": "", "published": date(2025, 2, 3)}),
        (3, {"text": None}), (4, {"text": 7}), (5, {"text": "芯片" + "\ufffd" * 9}),
        (6, {"text": "Chips rise."}),
        (7, {"text": ONE, "published": datetime(2025, 2, 3, 8, 30), "title": "漲\n價"}),
    ]  # fmt: skip
    said: list[str] = []
    one, two = of_rows(rows, "a.csv", lambda number, what: said.append(f"{number}: {what}"))
    assert (one.source, one.title, one.published) == ("某報", None, "2025-02-03")
    assert (two.source, two.title, two.published) == ("a.csv", "漲 價", "2025-02-03")
    assert one.id == two.id
    assert said == [
        "3: has no text; fill the column text",
        "4: has a text that is not a string; write it in quotation marks",
        "5: has a text with damaged characters; name the file's encoding",
        "6: holds no Chinese; chipstance reads Chinese-language articles",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty; give the text of an article"),
        ("\ufeff\x00 \n\u3000", "is empty; give the text of an article"),
        ("Chip shares fell.", "holds no Chinese; chipstance reads Chinese-language articles"),
        (
            "Subject: x\nContent-Transfer-Encoding: base64\n\n5Y+w56mN6Zu75aSn5ryy",
            "is a letter encoded for sending; save it as text in a mail program",
        ),
        (
            "分享\n收藏",
            "holds no Chinese sentence, only page furniture; give the article's text",
        ),
    ],
    ids=["empty", "blank", "English", "encoded", "furniture"],
)
def test_a_text_that_is_no_article_is_refused_with_what_to_do(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        from_text(text)
    assert str(caught.value) == message


def test_of_several_paths_one_that_cannot_be_read_is_a_problem_and_not_the_end(
    tmp_path: Path,
) -> None:
    good, gone, blank = (tmp_path / name for name in ("a.txt", "b.txt", "c.jsonl"))
    good.write_text(ONE, "utf-8")
    blank.write_text("\n\n")
    (tmp_path / "none").mkdir()
    problems: list[str] = []
    found = list(read_all([gone, blank, tmp_path / "none", good], problems=problems.append))
    assert [article.source for article in found] == ["a.txt"]
    assert problems == [
        f"{gone}: no such file; check the name",
        f"{blank}: has no row; give a file with at least one article",
        f"{tmp_path / 'none'}: no files to read;"
        " put .txt, .html, .json, .jsonl, .csv or .parquet files there",
    ]


def test_the_encoding_named_is_the_one_that_is_used(tmp_path: Path) -> None:
    for name in ("a.txt", "b.jsonl", "c.csv"):
        start = {"a.txt": "", "b.jsonl": '{"text": "', "c.csv": "text\n"}[name]
        end = {"a.txt": "", "b.jsonl": '"}', "c.csv": "\n"}[name]
        (tmp_path / name).write_bytes((start + "芯片跌漲不停。" + end).encode("gb18030"))
        (right,) = read(tmp_path / name, encoding="gbk", problems=pytest.fail)
        assert right.sentences[0].text == "芯片跌漲不停。"
    (wrong,) = read(tmp_path / "c.csv", encoding="big5", problems=pytest.fail)
    assert wrong.sentences[0].text != "芯片跌漲不停。"
    assert read_piece(
        next(iter(cut([str(tmp_path / "a.txt")]))), encoding="gbk", problems=pytest.fail
    )


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("GBK", "gb18030"), ("gb2312", "gb18030"), ("Big5", "big5hkscs"), ("UTF8", "utf-8-sig"),
        ("utf-16", "utf-16"),
    ],
)  # fmt: skip
def test_an_encoding_is_read_by_its_widest_kin(name: str, known: str) -> None:
    assert codec(name) == known


@pytest.mark.parametrize("encoding", ["utf-8", "big5hkscs", "gb18030", "utf-16-le", "utf-16-be"])
def test_an_encoding_is_told_from_the_text(encoding: str) -> None:
    said = "晶片需求回升,台積電上調全年營收預測,股價應聲走高。" * 3
    assert decode(said.encode(encoding)) == said
    assert detect(b"\xef\xbb\xbf" + said.encode()) == "utf-8-sig"
    assert decode(b"\xef\xbb\xbf" + said.encode()) == said
    assert decode(said.encode("utf-16")) == said


def test_comments_of_a_page_are_skipped_one_by_one() -> None:
    lines = visible_lines("<!-- a --><p>芯片跌</p><!-- b --><p>台積電漲</p>")
    assert [line.text for line in lines if line.text] == ["芯片跌", "台積電漲"]


def test_a_row_with_a_quotation_left_open_costs_itself_alone() -> None:
    open_one = ['a,"b\n', "c,d\n", "h,i\n"]
    assert list(records(open_one, ",", 2)) == [None, ["c", "d"], ["h", "i"]]
    closed = ['"e\n', 'f",g\n', "\n", "h,i\n"]
    assert list(records(closed, ",", 2)) == [["e\nf", "g"], [], ["h", "i"]]
    assert list(records(['"a;b";c'], ";")) == [["a;b", "c"]]


@pytest.mark.parametrize(
    "line", ["sep=\r\n", "sep=\n", 'sep="\n', '"sep=""\n', "sep=", "sep=漲價\n"]
)
def test_what_can_set_no_cells_apart_is_not_taken_for_what_does(line: str) -> None:
    assert mark_of(line) == (",", False)
    assert mark_of("sep=;\r\n") == mark_of('"sep=;"\r\n') == (";", True)


def test_a_quoted_cell_may_have_any_number_of_lines() -> None:
    long = [f"第{n}行:台積電漲。\n" for n in range(5000)]
    cell = "".join(long)
    lines = ['"一\n', *long, '末",甲\n', "c,d\n"]
    assert list(records(lines, ",", 2)) == [[f"一\n{cell}末", "甲"], ["c", "d"]]
    # Left open it costs itself alone, be it many lines to the next one or to the end.
    lines = ['a,"b\n', *["c,d\n"] * 5000, 'a,"b\n', *["c,d\n"] * 5000]
    assert list(records(lines, ",", 2)) == [None, *[["c", "d"]] * 5000] * 2


@pytest.mark.parametrize(
    "lines",
    [
        ['"x\n'],
        ['x,"""y\n'],
        ['"""\n'],
        ['"x""\n'],
        ['x,"y\n', *['x,""y""\n'] * 3000],
        ['8"x,"y\n'],
        ['8"x,"y\n', "x,y\n"],
        [*['8"x,"y\n'] * 900, 'x",y,z\n'],
    ],
    ids=range(8),
)
def test_time_grows_with_the_table_wherever_its_marks_are(lines: list[str]) -> None:
    lines *= 30_000 // len(lines)
    start = time.process_time()
    assert sum(1 for _ in records(lines, ",", 2)) > 9_000
    assert time.process_time() - start < 2


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "'=1", "台積電", "", "1-2"])
def test_a_cell_comes_back_as_it_was(cell: str) -> None:
    assert as_written(harmless(cell)) == cell
    assert not harmless(cell).startswith(("=", "+", "-", "@", "\t"))
