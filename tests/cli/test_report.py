import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran
from tests.reports.made import Row, mention, said, scored, write

Classify = Callable[..., Ran]
FORMS = ("csv", "json", "parquet", "xlsx")


def rows() -> list[Row]:
    """Twelve stories over six days, each printed by two papers."""
    draw = random.Random(7)
    companies = ["tsmc", "umc", "smic"]
    labels = ["positive", "negative", "neutral", "source"]
    stories = [
        [
            (said(f"{story} {at}"), draw.sample(companies, 2), draw.choices(labels, k=2))
            for at in range(6)
        ]
        for story in range(12)
    ]  # fmt: skip
    return [
        scored(
            article=f"story{number}", source=paper, published=f"2025-03-0{number // 2 + 1}",
            title=f"第{number}則", index=index, text=text,
            topic="market" if index % 2 else "policy",
            stance=draw.choice(["bullish", "bearish", "neutral"]),
            companies=[mention(c, s, move_pct=1.5) for c, s in zip(named, said_of, strict=True)],
        )
        for number, story in enumerate(stories)
        for paper in ("甲報", "乙報")
        for index, (text, named, said_of) in enumerate(story)
    ]  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write(tmp_path / "rows.jsonl", rows())


def test_the_table_is_shown_for_people(classify: Classify, archive: Path) -> None:
    ran = classify("report", archive)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == (
        "2025-03-01 to 2025-03-06 · 24 articles · 12 stories · 72 sentences"
    )
    assert "\x1b" not in ran.out
    assert {"tsmc", "umc", "smic"} <= {line.split()[0] for line in ran.out.splitlines()}


def test_json_has_the_fields_that_others_read(classify: Classify, archive: Path) -> None:
    found = json.loads(classify("report", archive, "--format", "json").out)
    assert isinstance(found, list)
    for row in found:
        assert {
            "company", "ticker", "articles", "stories", "sentences", "positive", "negative",
            "neutral", "source", "net", "net_ci95", "mean_move_pct", "moves", "stance",
            "hype_share", "few", "change", "for", "against",
        } <= row.keys()  # fmt: skip
        low, high = row["net_ci95"]
        assert -1 <= low <= row["net"] <= high <= 1
        assert all(each["source"] for each in row["for"])


def test_stories_count_once_and_articles_on_request(classify: Classify, archive: Path) -> None:
    def tsmc(*options: str) -> Row:
        found = json.loads(classify("report", archive, "--format", "json", *options).out)
        return next(row for row in found if row["company"] == "tsmc")

    stories, articles = tsmc(), tsmc("--articles")
    assert articles["articles"] == stories["articles"] == 2 * stories["stories"]
    assert articles["sentences"] == 2 * stories["sentences"]
    assert articles["net"] == stories["net"]


@pytest.mark.parametrize("form", [*FORMS, "table"])
def test_the_same_rows_give_the_same_bytes_in_whatever_files_and_order(
    classify: Classify, tmp_path: Path, form: str
) -> None:
    found = []
    for name in ("one", "two"):
        shuffled = rows()
        random.Random(name).shuffle(shuffled)
        (tmp_path / name).mkdir()
        half = random.Random(name).randrange(20, 100)
        paths = [
            write(tmp_path / name / "b.jsonl", shuffled[:half]),
            write(tmp_path / name / "a.jsonl", shuffled[half:]),
        ]
        out = tmp_path / f"{name}.{form}"
        assert classify("report", *paths, "-o", out, "--format", form).status == 0
        found.append(out.read_bytes())
    assert found[0] == found[1]


def test_a_bad_row_is_one_line_and_the_rest_is_added_up(classify: Classify, archive: Path) -> None:
    with archive.open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    ran = classify("report", archive, "--format", "json")
    assert ran.status == 1
    assert ran.err.splitlines() == [
        f"Error: {archive}: row 145: is not JSON (Expecting property name enclosed in double"
        " quotes); mend the line"
    ]
    assert len(json.loads(ran.out)) == 3


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_rows_come_from_stdin_as_score_prints_them(
    classify: Classify, article: Path, form: str
) -> None:
    printed = classify("score", article, "--format", form).out
    ran = classify("report", "-", "--format", "json", stdin=printed.encode())
    assert (ran.status, ran.err) == (0, "")
    assert {row["company"] for row in json.loads(ran.out)} == {"tsmc", "umc"}


def test_the_table_that_ends_score_is_the_reports(classify: Classify, article: Path) -> None:
    scored_table = classify("score", article).out
    printed = classify("score", article, "--format", "jsonl").out
    report_table = classify("report", "-", stdin=printed.encode()).out
    in_report, in_score = (
        [line.split() for line in table.splitlines() if line.startswith(("tsmc ", "umc "))]
        for table in (report_table, scored_table)
    )
    assert len(in_report) == 2
    assert in_score == in_report
    # Copies of a story are looked for in reports alone.
    assert "articles" in scored_table
    assert "stories" in report_table


def test_one_company_is_shown_with_its_sentences(classify: Classify, archive: Path) -> None:
    ran = classify("report", archive, "--company", "tsmc")
    assert "甲報" in ran.out or "乙報" in ran.out
    assert "umc" not in ran.out


def test_rows_with_their_story_and_novelty(
    classify: Classify, archive: Path, tmp_path: Path
) -> None:
    out = tmp_path / "stories.jsonl"
    assert classify("report", archive, "--stories", out).status == 0
    told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row["text"] for row in told] == [row["text"] for row in rows()]
    assert {row["novelty"] for row in told} == {1.0, 0.5}
    assert {(row["story"], row["article"]) for row in told} == {
        (f"story{at}", f"story{at}") for at in range(12)
    }
    assert all(0 <= each["relevance"] <= 100 for row in told for each in row["companies"])
    again = tmp_path / "again.parquet"
    assert classify("report", out, "--stories", again).status == 0
    assert classify("report", again, "--format", "json").out == (
        classify("report", archive, "--format", "json").out
    )


def test_of_an_article_that_two_models_scored_the_rows_that_count_get_a_story(
    classify: Classify, tmp_path: Path
) -> None:
    kept = [scored(article=article, model="new@2", companies=[mention("tsmc")]) for article in "ab"]
    left_out = scored(article="a", model="old@1", companies=[mention("umc")])
    path, out = write(tmp_path / "rows.jsonl", [left_out, *kept]), tmp_path / "told.jsonl"
    ran = classify("report", path, "--stories", out)
    assert ran.status == 0
    assert "scored by several models: 1 article" in ran.err
    told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(row["article"], row["model"]) for row in told] == [("a", "new@2"), ("b", "new@2")]


def test_a_company_of_a_row_that_stands_twice_has_a_relevance_or_none(
    classify: Classify, tmp_path: Path
) -> None:
    rows = [scored(text="甲", companies=[mention(each)]) for each in ("tsmc", "umc")]
    out = tmp_path / "told.parquet"
    assert classify("report", write(tmp_path / "rows.jsonl", rows), "--stories", out).status == 0
    again = tmp_path / "again.jsonl"
    assert classify("report", out, "--stories", again).status == 0
    told = [json.loads(line) for line in again.read_text("utf-8").splitlines()]
    relevance = {each["company"]: each["relevance"] for row in told for each in row["companies"]}
    assert sorted(relevance) == ["tsmc", "umc"]
    assert sum(each is None for each in relevance.values()) == 1


def test_rows_of_several_models_are_said_to_be(
    classify: Classify, archive: Path, tmp_path: Path
) -> None:
    other = write(tmp_path / "new.jsonl", [scored(article="x", model="new@2")])
    ran = classify("report", archive, other)
    assert ran.status == 0
    assert "Note: verdicts of 2 models are added up: default@1 (24 articles)" in ran.err


@pytest.mark.parametrize("by", ["company", "day", "week", "topic", "source"])
@pytest.mark.parametrize("form", ["table", "csv"])
def test_every_view_is_shown_in_every_form(
    classify: Classify, archive: Path, by: str, form: str
) -> None:
    ran = classify("report", archive, "--by", by, "--format", form)
    assert (ran.status, ran.err) == (0, "")
    names = {
        "company": "smic", "day": "2025-03-06", "week": "2025-W10", "topic": "policy",
        "source": "甲報",
    }  # fmt: skip
    assert names[by] in ran.out


@pytest.mark.parametrize(
    ("args", "status", "said_so"),
    [
        (["--since", "yesterday"], 2, "yesterday"),
        (["--since", "2025-03-05", "--until", "2025-03-01"], 2, "--until is before --since"),
        (["--min-relevance", "101"], 2, "101"),
        (["--excel"], 2, "--format csv"),
        (["-o", "report.docx"], 2, "report.docx"),
        (["--company", "nobody"], 1, "nobody"),
        (["--model", "no/such/model", "--html", "page.html"], 1, "no/such/model"),
    ],
)
def test_a_wrong_option_is_said_in_a_line_with_the_right_status(
    classify: Classify, archive: Path, args: list[str], status: int, said_so: str
) -> None:
    ran = classify("report", archive, *args)
    assert ran.status == status
    assert said_so in ran.err
    assert "Traceback" not in ran.err


def test_a_period_without_rows_says_what_there_is(classify: Classify, archive: Path) -> None:
    ran = classify("report", archive, "--since", "2026-01-01", "--format", "csv")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "Note: no row is chosen; the rows are of 2025-03-01 to 2025-03-06\n"
    assert classify("report", archive, "--since", "2026-01-01").out.strip() == "nothing chosen"


def test_no_row_at_all_is_an_error(classify: Classify, tmp_path: Path) -> None:
    empty = write(tmp_path / "empty.jsonl", [])
    ran = classify("report", empty)
    assert ran.status == 1
    assert "no scored row" in ran.err


def test_the_report_is_written_to_a_file_too(classify: Classify, tmp_path: Path) -> None:
    rows = write(tmp_path / "rows.jsonl", [scored()])
    ran = classify("report", rows, "--by", "topic", "-o", tmp_path / "r.txt", "--format", "table")
    assert (ran.status, ran.out) == (0, "")
    assert (tmp_path / "r.txt").read_text("utf-8").startswith("2025-03-03 · 1 article · 1 story")


@pytest.mark.parametrize("name", ["tsmc", "台积电", "2330.TW", "2330"])
def test_a_company_may_be_asked_for_by_any_of_its_names(
    classify: Classify, archive: Path, name: str
) -> None:
    (row,) = json.loads(classify("report", archive, "--company", name, "--format", "json").out)
    assert row["company"] == "tsmc"


@pytest.mark.parametrize("by", ["day", "week"])
def test_articles_that_no_day_can_be_given_to_are_said(
    classify: Classify, tmp_path: Path, by: str
) -> None:
    dated = scored(article="dated", published="2025-03-03")
    undated = [scored(article=f"undated {n}", published=None) for n in range(2)]
    path = write(tmp_path / "rows.jsonl", [dated, *undated])
    assert f"Note: of no {by}, having no date: 2 articles; a date is read" in (
        classify("report", path, "--by", by).err
    )
    assert classify("report", path).err == ""


def test_a_page_of_nothing_does_not_blame_the_model(
    classify: Classify, archive: Path, tmp_path: Path
) -> None:
    ran = classify("report", archive, "--since", "2030-01-01", "--html", tmp_path / "page.html")
    assert ran.status == 0
    assert "no row is chosen" in ran.err
    assert "did not make" not in ran.err


def test_a_day_that_is_none_is_answered_with_one(classify: Classify, archive: Path) -> None:
    ran = classify("report", archive, "--since", "yesterday")
    assert ran.status == 2
    assert "'yesterday' is no day; write it as in 2025-01-31" in ran.err


@pytest.mark.parametrize("title", ["=1+1", "'=1+1", "-3%", "plain"])
def test_a_title_comes_back_from_scored_csv_as_it_was(
    classify: Classify, tmp_path: Path, title: str
) -> None:
    article, rows = tmp_path / "a.jsonl", tmp_path / "rows.csv"
    article.write_text(json.dumps({"text": "台積電漲3%。", "title": title}), "utf-8")
    assert classify("score", article, "-o", rows).status == 0
    told = classify("report", rows, "--format", "json").out
    assert json.loads(told)[0]["for"][0]["title"] == title


def test_parquet_cannot_be_piped_and_says_so(classify: Classify) -> None:
    ran = classify("report", "-", stdin=b"PAR1\x00\xff")
    assert ran.status == 1
    assert ran.err.startswith("Error: -: is Parquet, which cannot be read from a pipe; name the")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        # Quanta in Taiwan and Sunny Optical in Hong Kong, of which the rows have the former.
        ("2382", {"quanta"}),
        ("廣達", {"quanta"}),
        # In no table: rows have such companies under their ticker.
        ("3999-TW", {"3999_tw"}),
        ("3999.TW", {"3999_tw"}),
        ("3999 TT", {"3999_tw"}),
        ("3999", {"3999_tw"}),
        ("3999_tw", {"3999_tw"}),
        ("688999.SH", {"688999_ss"}),
        ("08999", {"8999_hk"}),
        ("ZZZQ-US", {"zzzq_us"}),
    ],
)
def test_a_company_may_be_asked_for_by_the_code_that_texts_give(
    classify: Classify, tmp_path: Path, name: str, found: set[str]
) -> None:
    companies = ("quanta", "3999_tw", "688999_ss", "8999_hk", "zzzq_us", "tsmc")
    path = write(tmp_path / "rows.jsonl", [scored(companies=[mention(c) for c in companies])])
    ran = classify("report", path, "--company", name, "--format", "json")
    assert {row["company"] for row in json.loads(ran.out)} == found


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("2382", "sunny_optical or quanta: "),
        ("3998-TW", "3998-TW or 3998_tw"),
        # Letters without a market are any word.
        ("zzzq", "zzzq: "),
    ],
)
def test_of_the_companies_that_a_code_may_mean_one_has_to_be_in_the_rows(
    classify: Classify, archive: Path, name: str, named: str
) -> None:
    ran = classify("report", archive, "--company", name)
    assert ran.status == 1
    assert ran.err.startswith(f"Error: {named}")
    assert "no row names this company" in ran.err
