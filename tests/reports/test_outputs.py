import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from chipstance.companies.table import load_table
from chipstance.errors import InputError
from chipstance.reports.outputs import inert, write_csv, write_json, write_parquet
from chipstance.reports.report import Report, make_report
from chipstance.reports.retelling import rows_with_stories
from chipstance.reports.rows.forms import (
    FORMS,
    arrow_chunk,
    put_parquet_together,
    retold_layout,
    write_rows,
)
from chipstance.reports.rows.parsing import parse_row
from chipstance.reports.rows.plain import plain_row
from chipstance.reports.rows.reading import scored_rows
from chipstance.reports.summary import summarise
from chipstance.reports.sums.collecting import collect
from chipstance.reports.sums.evidence import find_evidence
from chipstance.reports.sums.selection import Asked
from chipstance.reports.workbook import write_workbook
from tests.reports.made import Row, mention, said, scored

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"]


def report(rows: list[Row]) -> Report:
    return make_report(collect(map(parse_row, rows)), Asked())


def dangerous() -> list[Row]:
    """Rows whose sources, titles and texts are formulas."""
    return [
        scored(
            article=f"a{at}", source=text, title=text, text=text + said(text),
            companies=[mention("tsmc", "negative")],
        )
        for at, text in enumerate(FORMULAS)
    ]  # fmt: skip


def test_csv_has_no_cell_that_a_spreadsheet_runs_and_numbers_stay_numbers() -> None:
    out = io.BytesIO()
    write_csv(report(dangerous()).rows("source"), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))
    shown = {text.replace("\r", "\n") for text in FORMULAS}
    assert {row["publisher"] for row in rows} == {f"'{text}" for text in shown}
    assert {float(row["net"]) for row in rows} == {-0.6}


def test_parquet_has_the_same_bytes_wherever_its_rows_were_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Some pages of values, which end within a chunk and behind one.
    monkeypatch.setattr("chipstance.reports.rows.forms._ROW_GROUP", 3000)
    rows = [scored(article=f"a{n}", text=said(str(n)) * 9) for n in range(7000)]
    columns = retold_layout(rows)

    def written(*ends: int) -> bytes:
        out = io.BytesIO()
        spans = pairwise((0, *ends, len(rows)))
        chunks = [arrow_chunk(rows[start:end], columns) for start, end in spans]
        put_parquet_together(chunks, out, columns)
        return out.getvalue()

    whole = written()
    assert pq.read_metadata(io.BytesIO(whole)).num_row_groups == 3
    assert written(500, 1700, 2990, 3100) == whole
    assert written(1024, 3000, 6000) == whole
    assert written(6000, len(rows)) == whole


@given(st.text())
def test_a_harmless_cell_is_the_text_with_a_mark_before_it_at_most(text: str) -> None:
    cell = inert(text)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert cell in (plain, f"'{plain}")
    assert not str(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_mark_that_excel_knows_utf8_by_comes_first_on_request() -> None:
    with_mark, without = io.BytesIO(), io.BytesIO()
    rows = report([scored(companies=[mention("tsmc")])]).rows("company")
    write_csv(rows, with_mark, bom=True)
    write_csv(rows, without)
    assert with_mark.getvalue() == b"\xef\xbb\xbf" + without.getvalue()


def test_every_form_has_the_same_figures() -> None:
    rows = report([scored(companies=[mention("tsmc", move_pct=2.5)])]).rows("company")
    as_json, as_csv, as_parquet = io.BytesIO(), io.BytesIO(), io.BytesIO()
    write_json(rows, as_json)
    write_csv(rows, as_csv)
    write_parquet(rows, as_parquet)
    (from_json,) = json.loads(as_json.getvalue())
    (from_csv,) = csv.DictReader(io.StringIO(as_csv.getvalue().decode()))
    (from_parquet,) = pq.read_table(io.BytesIO(as_parquet.getvalue())).to_pylist()
    for name in ("stories", "sentences", "positive", "net", "mean_move_pct", "moves", "stance"):
        assert from_json[name] == from_parquet[name] == float(from_csv[name])
    assert from_csv["net_low95"] == ""
    assert from_parquet["net_low95"] is None


@pytest.mark.parametrize("write", [write_csv, write_json, write_parquet])
def test_nothing_chosen_is_an_empty_file_of_its_form(
    write: Callable[..., None],
) -> None:
    out = io.BytesIO()
    write([], out)
    assert out.getvalue() == {write_csv: b"", write_json: b"[]\n"}.get(write, out.getvalue())


def workbook(rows: list[Row]) -> bytes:
    out = io.BytesIO()
    write_workbook(summarise(report(rows), load_table()), out, print)
    return out.getvalue()


def test_a_workbook_has_a_sheet_for_each_view_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(dangerous())))
    assert book.sheetnames == [
        "companies", "days", "weeks", "topics", "sources", "series", "evidence",
    ]  # fmt: skip
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    sources = {unescape(row[0].value) for row in book["sources"].iter_rows(min_row=2)}
    assert sources == set(FORMULAS)
    header, tsmc = book["companies"].iter_rows(values_only=True)
    assert dict(zip(header, tsmc, strict=True))["negative"] == len(FORMULAS)


def test_a_workbook_keeps_no_time_of_writing() -> None:
    book = zipfile.ZipFile(io.BytesIO(workbook(dangerous())))
    assert "2000-01-01T00:00:00Z" in book.read("docProps/core.xml").decode()
    assert len({info.date_time for info in book.infolist()}) == 1


def test_a_text_longer_than_a_cell_is_cut() -> None:
    rows = [scored(text="長" * 40000, companies=[mention("tsmc")])]
    book = openpyxl.load_workbook(io.BytesIO(workbook(rows)))
    assert len(book["evidence"]["C2"].value) == 32767


def test_evidence_is_the_surest_sentence_of_each_story_with_its_source() -> None:
    def sentence(article: str, index: int, share: float, label: str = "positive") -> Row:
        found = mention("tsmc", label, sentiment_p={label: share})
        return scored(
            article=article, index=index, text=f"{article}{index}" + said(f"{article} {index}"),
            source=f"{article}報", companies=[found],
        )  # fmt: skip

    rows = [
        sentence("a", 0, 0.8), sentence("a", 1, 0.9), sentence("b", 0, 0.7),
        sentence("b", 1, 0.6, "negative"),
    ]  # fmt: skip
    evidence = find_evidence(report(rows).chosen, 5)["tsmc"]
    assert [each["text"][:2] for each in evidence["for"]] == ["a1", "b0"]
    assert [each["text"][:2] for each in evidence["against"]] == ["b1"]
    assert evidence["against"][0]["source"] == "b報"
    assert evidence["against"][0]["p"]["negative"] == 0.6


def test_the_summary_is_plain_json_with_a_value_for_every_day() -> None:
    rows = [
        scored(article=day, published=day, companies=[mention("tsmc")])
        for day in ("2025-03-03", "2025-03-05")
    ]
    summary = json.loads(json.dumps(summarise(report(rows), load_table()), allow_nan=False))
    series = summary["series"]
    assert series["days"] == ["2025-03-03", "2025-03-05"]
    assert series["sector"]["stories"] == [1, 1]
    assert series["companies"]["tsmc"] == {
        "at": [0, 1], "net": [pytest.approx(0.6)] * 2, "stories": [1, 1], "sentences": [1, 1],
    }  # fmt: skip
    assert summary["companies"][0]["names"]["tw"] == "台積電"
    assert (summary["first"], summary["last"]) == ("2025-03-03", "2025-03-05")


def test_a_days_hype_is_the_share_of_its_sentences_that_tables_give() -> None:
    rows = [scored(index=at, hype="plain" if at % 4 else "hype") for at in range(10)]
    summary = summarise(report(rows), load_table())
    assert summary["series"]["sector"]["hype"] == [0.3]
    assert [row["hype_share"] for row in summary["days"]] == [0.3]


def test_the_series_weighs_by_relevance_and_confidence() -> None:
    about = scored(
        article="about", title="tsmc",
        companies=[mention("tsmc", sentiment_p={"positive": 0.9, "negative": 0.1})],
    )  # fmt: skip
    passing = [
        scored(
            article="passing", index=at,
            companies=[mention("tsmc", "negative", sentiment_p={"positive": 0.4, "negative": 0.6})]
            if at == 9
            else [mention("umc"), mention("smic")],
        )
        for at in range(10)
    ]  # fmt: skip
    series = summarise(report([about, *passing]), load_table())["series"]
    # Relevance of tsmc: 100 in its own article; in the other 15 * 0.1 + 30 * 0.2 + 20 * 2 / 19.
    weights = 1.00 * 0.9, 0.10 * 0.6
    expected = (0.8 * weights[0] - 0.2 * weights[1]) / sum(weights)
    assert series["companies"]["tsmc"]["net"] == [pytest.approx(expected, abs=1e-4)]


def test_a_sheet_with_more_rows_than_excel_has_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chipstance.reports.workbook._MOST_ROWS", 4)
    said_so: list[str] = []
    out = io.BytesIO()
    write_workbook(summarise(report(dangerous()), load_table()), out, said_so.append)
    book = openpyxl.load_workbook(out)
    assert (book["sources"].max_row, book["topics"].max_row) == (4, 2)
    assert [line.split()[1] for line in said_so] == ["sources", "evidence"]


@pytest.mark.parametrize(("character", "most"), [("漲", 32767), ("😀", 16383)])
def test_a_cell_holds_as_much_of_a_text_as_excel_takes(character: str, most: int) -> None:
    row = scored(
        text=character * 40_000, source=character * 40_000,
        companies=[mention("tsmc", "negative")],
    )  # fmt: skip
    out = io.BytesIO()
    write_workbook(summarise(report([row]), load_table()), out, print)
    book = openpyxl.load_workbook(out)
    longest = max(
        (str(cell) for cells in book["evidence"].values for cell in cells if cell), key=len
    )
    # Excel counts units of UTF-16, of which an emoji has two.
    assert longest == character * most


# Half of a surrogate pair is in JSON what it is in no file.
TEXTS = st.text(st.characters(exclude_categories=()), max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner),
    max_leaves=5,
)
ROW = scored(companies=[mention("tsmc", move_pct=-3.5)])


@settings(max_examples=200)
@example(field="text", of_company=None, value="\ud800")
@example(field="source", of_company=None, value="\udfff")
@example(field="", of_company="company", value="\ud800")
@example(field="", of_company="move_pct", value=float("inf"))
@example(field="", of_company="start", value=0.5)
@example(field="text", of_company=None, value="")
@example(field="end", of_company=None, value=10**30)
@example(field="topic_p", of_company=None, value="market")
@example(field="title", of_company=None, value="\ud800")
@given(
    field=st.sampled_from(list(ROW)),
    of_company=st.sampled_from([None, *ROW["companies"][0]]),
    value=JSON,
)
def test_whatever_a_row_holds_it_is_refused_or_can_be_written(
    tmp_path_factory: pytest.TempPathFactory, field: str, of_company: str | None, value: object
) -> None:
    row = ROW | {field: value}
    if of_company is not None:
        row = ROW | {"companies": [ROW["companies"][0] | {of_company: value}]}
    try:
        found = make_report(collect([parse_row(row)]), Asked())
    except InputError:
        return
    told_again_and_read(tmp_path_factory.mktemp("told"), [row], found)
    write_workbook(summarise(found, load_table()), io.BytesIO(), print)
    for write in (write_csv, write_json, write_parquet):
        out = io.BytesIO()
        write(found.rows("company"), out)
        assert b"Infinity" not in out.getvalue()


def told_again_and_read(folder: Path, rows: list[Row], found: Report) -> None:
    """Rows with their stories are rows, whatever they are written as."""
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    for form in FORMS:
        again = folder / f"again.{form}"
        with again.open("wb") as out:
            write_rows(rows_with_stories([str(path)], found, lambda _: None), form, out)
        told = [parsed for parsed, _ in scored_rows([str(again)], pytest.fail)]
        assert [each.text for each in told] == [parse_row(row).text for row in rows]
        assert b"NaN" not in again.read_bytes()


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "台積電\r大漲"},
        {"title": "外資:\n買超\r\n台積電"},
        {"published": date(2025, 3, 3)},
        {"index": True},
        {"start": "", "end": None},
        {"mood": "high", "mood_p": {"high": 1, "low": 0.0}},
        {"mood": "high\ud800", "mood_p": {"high\ud800": 1.0}},
        {"stance_p": {}, "hype_p": None},
        {"stance_p": {"neutral": 1, "bullish": None}},
        {"weight": Decimal("0.5"), "seen": time(9, 30), "body": b"tsmc", "share": float("nan")},
        {"text_p": 0.25, "sharpe_p": "none", "_p": [1]},
        {"companies": [mention("tsmc", start="", move_pct=float("nan"), added=[1])]},
    ],
)
def test_what_a_row_says_is_told_again_in_every_form(tmp_path: Path, fields: Row) -> None:
    row = ROW | fields
    read_again = [plain_row(row)]
    found = make_report(collect([parse_row(row)]), Asked())
    told_again_and_read(tmp_path, read_again, found)
    kept = {name: read_again[0][name] for name in row if name not in fields}
    assert kept == {name: row[name] for name in kept}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"end": "x"}, "end is no whole number"),
        ({"end": 4.5}, "end is no whole number"),
        ({"start": 10**30}, "start lies outside any text"),
        ({"end": -(10**30)}, "end lies outside any text"),
        ({"topic_p": "hello"}, "topic_p holds no probabilities"),
        ({"topic_p": ["market"]}, "topic_p holds no probabilities"),
        ({"topic_p": {"market": 2}}, "topic_p holds no probabilities"),
        ({"stance_p": {"neutral": "abc"}}, "stance_p holds no probabilities"),
        ({"hype_p": {"plain": float("nan")}}, "hype_p holds no probabilities"),
        ({"mood": 3, "mood_p": {"3": 1.0}}, "mood is no text"),
        ({"mood": "high", "mood_p": {"high": []}}, "mood_p holds no probabilities"),
        (
            {"companies": [mention("tsmc", sentiment_p={"own": "abc"})]},
            "sentiment_p holds no probabilities",
        ),
    ],
)
def test_a_row_that_could_not_be_told_again_is_refused(fields: Row, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse_row(ROW | fields)
