"""From files on disk to rows: what to label next, what is probably wrong, what goes to a tool."""

import io
import json
from pathlib import Path

import pytest

from chipstance.articles.article import Sentence
from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.errors import LabelError
from chipstance.labels.rows import LabelRow
from chipstance.models.labelling.audit_files import audit_files
from chipstance.models.labelling.candidates import suggest_files
from chipstance.models.labelling.exporting import article_rows, export_rows
from chipstance.models.learning.material import (
    fictional_companies,
    merged,
    parameters_for,
    read_material,
)
from chipstance.models.learning.parameters import DEFAULTS
from chipstance.models.learning.repeats import without_repeats
from chipstance.models.learning.whole import train
from chipstance.models.learning.writing import keep_model
from chipstance.models.stored import store
from chipstance.models.verdicts.model import load
from chipstance.shipped import shipped
from tests.models.labelling.test_auditing import corpus, planted
from tests.models.learning.test_learning import reviews

NEWS = "台積電領漲\n2025-02-03\n\n台積電收盤上漲2.5%,訂單能見度已到年底。聯電股價下跌1.2%。\n"


def written(path: Path, rows: list[dict[str, object]]) -> Path:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), "utf-8")
    return path


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(NEWS, "utf-8")
    return path


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One sentence in place of the thousands of default labels, which would take seconds."""
    path = written(tmp_path / "known.jsonl", [{"text": "台積電領漲", "stance": "bullish"}])
    monkeypatch.setattr("chipstance.models.labelling.candidates.shipped", lambda _: path)
    return path


@pytest.mark.usefixtures("known")
def test_what_to_label_next_comes_with_verdicts_and_reasons(news: Path) -> None:
    found = suggest_files([news], n=1, problems=pytest.fail)
    # Three sentences, one of them known.
    assert (set(found.tasks), found.of) == ({"stance", "topic", "hype"}, 2)
    assert len(found.rows) == 1
    for row in found.rows:
        assert row.text in NEWS
        assert row.labels == {}
        assert row.extra["published"] == "2025-02-03"
        tasks = [each.split("=")[0] for each in row.extra["suggested"].split("; ")]
        assert set(tasks[:3]) == {"stance", "topic", "hype"}
        assert set(tasks[3:]) <= {"tsmc", "umc"}
        assert row.extra["why"]


@pytest.mark.usefixtures("known")
def test_what_is_labelled_already_is_not_suggested_again(news: Path, tmp_path: Path) -> None:
    text = "聯電股價下跌1.2%。"
    mine = written(tmp_path / "mine.jsonl", [{"text": text, "stance": "bearish"}])
    found = suggest_files([news], n=9, labels=[mine], problems=pytest.fail)
    assert (found.of, len(found.rows)) == (1, 1)
    assert text not in {row.text for row in found.rows}
    with pytest.raises(LabelError, match="nothing to label"):
        suggest_files([mine], n=1, labels=[mine], as_rows=True, problems=pytest.fail)


@pytest.mark.usefixtures("known")
def test_rows_of_a_table_are_suggested_whole_and_once(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text("body,stance\n跌。台積電漲。,\n跌。台積電漲。,\n好,bullish\n", "utf-8")
    notes: list[str] = []
    found = suggest_files(
        [path], n=5, columns={"text": "body"}, as_rows=True, problems=pytest.fail,
        notes=notes.append,
    )  # fmt: skip
    assert [row.text for row in found.rows] == ["跌。台積電漲。"]
    assert found.of == 1


@pytest.mark.usefixtures("known")
def test_a_doubt_is_said_of_the_task_or_of_the_company(tmp_path: Path) -> None:
    path = tmp_path / "vague.txt"
    path.write_text("聯電股價先跌後漲,影響有待觀察。台積電也許調整產能,也許不會。", "utf-8")
    found = suggest_files([path], n=3, problems=pytest.fail)
    reasons = "; ".join(row.extra["why"] for row in found.rows)
    doubts = [each.split(": ")[0] for each in reasons.split("; ") if " or " in each]
    assert doubts
    assert set(doubts) <= {"stance", "topic", "hype", "tsmc", "umc"}


def test_labels_of_files_are_audited_whatever_the_order_of_their_rows(tmp_path: Path) -> None:
    rows = corpus()
    planted(rows, {7, 100, 200}, set())
    asked: list[dict[str, object]] = [
        {"text": row.text, "article": row.article, "companies": row.companies, **row.labels}
        for row in rows
    ]
    path = written(tmp_path / "mine.jsonl", asked[::2] + asked[1::2])
    notes: list[str] = []
    found = audit_files([path], problems=pytest.fail, notes=notes.append)
    doubted = {each.row.text for each in found if each.task == "stance"}
    assert {rows[at].text for at in (7, 100, 200)} <= doubted
    assert any(note.endswith("doubtful of 360") for note in notes)
    assert str(path) in str(found[0])


def test_articles_are_exported_by_sentence_with_what_is_known_of_them(news: Path) -> None:
    rows = article_rows([news, news], pytest.fail)
    assert [row.text for row in rows] == [
        "台積電領漲", "台積電收盤上漲2.5%,訂單能見度已到年底。", "聯電股價下跌1.2%。",
    ]  # fmt: skip
    assert [row.extra["index"] for row in rows] == [0, 1, 2]
    about = {key: rows[2].extra[key] for key in ("title", "published", "source")}
    assert about == {"title": "台積電領漲", "published": "2025-02-03", "source": "news.txt"}
    assert len({row.article for row in rows}) == 1
    assert rows[2].where == f"{news}: article {rows[2].article}, sentence 2"
    assert not any(row.labelled for row in rows)


def exported(path: Path, tool: str, **how: object) -> str:
    found = export_rows([path], tool, problems=pytest.fail, notes=lambda _: None, **how)  # type: ignore[arg-type]
    out = io.BytesIO()
    found.write(out)
    return out.getvalue().decode("utf-8-sig")


def test_rows_go_to_each_tool_in_its_own_form(tmp_path: Path) -> None:
    path = written(
        tmp_path / "mine.jsonl",
        [{"text": "台積電漲。", "stance": "bullish", "companies": {"tsmc": "positive"}}],
    )
    (task,) = json.loads(exported(path, "label-studio"))
    assert task["data"]["text"] == "台積電漲。"
    line = json.loads(exported(path, "doccano"))
    assert line["text"] == "台積電漲。"
    assert "bullish" in json.dumps(line)
    header, row = exported(path, "csv").splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    assert (cells["text"], cells["stance"]) == ("台積電漲。", "bullish")


def test_verdicts_of_a_model_go_along_where_they_are_asked_for(news: Path) -> None:
    header, *rows = exported(news, "csv", suggest="default").splitlines()
    assert "suggested" in header
    assert len(rows) == 3
    assert all("stance=" in row for row in rows)
    assert "suggested" not in exported(news, "csv").splitlines()[0]


def test_the_verdicts_that_go_along_are_of_the_model_named_and_not_of_the_one_in_use(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIPSTANCE_MODELS", str(tmp_path / "store"))
    rows = [LabelRow(row["text"], {"mood": row["mood"]}, None, row["article"]) for row in reviews()]
    store.use(str(keep_model("desk", train(rows, Linker(load_table()), name="desk"))))
    assert "stance=" in exported(news, "csv", suggest="default")
    assert "mood=" in exported(news, "csv", suggest="desk")
    assert "stance=" not in exported(news, "csv", suggest="desk@1")


def test_two_rows_of_ones_own_label_one_text_each_for_its_task() -> None:
    default = [LabelRow("甲", {"stance": "bullish", "topic": "market"}, None, "a")]
    mine = [
        LabelRow("甲", {"stance": "bearish"}, None, "x"),
        LabelRow("甲", {"topic": "policy"}, None, "x"),
    ]
    assert merged(default, mine)[0].labels == {"stance": "bearish", "topic": "policy"}


def test_own_labels_win_on_the_same_text_however_it_is_written(tmp_path: Path) -> None:
    default = [LabelRow("記憶體漲3%。", {"stance": "bullish"}, None, "a")]
    for text in ("記憶體漲3%。 ", "记忆体涨３％。", "記憶體\u3000漲 3%。"):
        (row,) = merged(default, [LabelRow(text, {"stance": "bearish"}, None, "x")])
        assert (row.text, row.labels) == ("記憶體漲3%。", {"stance": "bearish"})


def test_default_labels_of_the_texts_audited_do_not_vouch_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows(space: str) -> list[dict[str, object]]:
        return [
            {"text": row.text + space, "article": row.article, **row.labels} for row in corpus()
        ]

    default = written(tmp_path / "default.jsonl", rows(""))
    mine = written(tmp_path / "mine.jsonl", rows(" ")[:180])
    monkeypatch.setattr("chipstance.models.labelling.audit_files.shipped", lambda _: default)
    seen: list[int] = []
    monkeypatch.setattr(
        "chipstance.models.labelling.audit_files.audit",
        lambda rows, *_, **__: seen.append(len(rows)) or [],
    )
    audit_files([mine], with_default=True, problems=pytest.fail)
    assert seen == [360]


def test_labels_that_the_default_ones_have_not_are_said(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "文章,內容,stance,companies\n甲,輝達財報亮眼。,看多,nvidia=利多\n"
        "甲,聯電財測保守。,bearish,umc=negative\n",
        "utf-8",
    )
    material = read_material([path], only=False, problems=pytest.fail)
    company, stance = (line.partition(";")[0] for line in material.notes)
    assert stance == "stance: 看多 will be labels beside bearish, bullish, neutral"
    assert company == ("companies: 利多 will be labels beside negative, neutral, positive, source")
    assert {row.article for row in material.rows if row.text == "輝達財報亮眼。"} == {"甲"}


def test_own_labels_win_over_the_default_ones_task_by_task() -> None:
    default = [
        LabelRow("甲", {"stance": "bullish", "topic": "market"}, {"tsmc": "positive"}, "a"),
        LabelRow("乙", {"stance": "neutral"}, {"umc": "neutral"}, "a"),
        LabelRow("丙", {"stance": "bearish"}, None, "b"),
    ]
    mine = [
        LabelRow("乙", {"hype": "plain"}, {}, "x"),
        LabelRow("丁", {"stance": "bullish"}, None, "x"),
        LabelRow("甲", {"stance": "bearish"}, None, "x"),
    ]
    found = merged(default, mine)
    assert [(row.text, row.labels, row.companies) for row in found] == [
        ("甲", {"stance": "bearish", "topic": "market"}, {"tsmc": "positive"}),
        # That no company is named is something that one's own row says.
        ("乙", {"stance": "neutral", "hype": "plain"}, {}),
        ("丙", {"stance": "bearish"}, None),
        ("丁", {"stance": "bullish"}, None),
    ]


def test_label_files_bring_the_companies_they_made_up(tmp_path: Path) -> None:
    row: dict[str, object] = {"text": "森宇漲停。", "companies": {"senyu": "positive"}}
    path = written(tmp_path / "mine.jsonl", [row])
    assert fictional_companies([path]) == []
    (tmp_path / "companies.csv").write_text("id,names_tw\nsenyu,森宇\n", "utf-8")
    assert fictional_companies([path, tmp_path]) == [tmp_path / "companies.csv"]
    material = read_material([path], only=True, problems=pytest.fail)
    (mentions,) = material.linker.link([Sentence("森宇漲停。", ((0, 0),))])
    assert [mention.company for mention in mentions] == ["senyu"]
    assert (material.parameters, material.notes) == (None, [])


def test_parameters_are_chosen_but_for_the_labels_that_they_are_tuned_on(tmp_path: Path) -> None:
    mine = written(tmp_path / "mine.jsonl", [{"text": "好", "mood": "good"}])
    default = shipped("labels")
    assert parameters_for([mine]) is None
    assert parameters_for([next(default.glob("*.jsonl"))]) is None
    for labels in ([default], [default, mine], [*default.glob("*.jsonl")]):
        assert parameters_for(labels) == DEFAULTS


def test_a_model_knows_the_companies_of_a_table_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("id,names_tw\nsenyu,森宇\n", "utf-8")
    (sentence,) = load("default", companies=tmp_path / "mine.csv").score("森宇股價大漲。").sentences
    assert [each.company for each in sentence.companies] == ["senyu"]
    assert load("default").score("森宇股價大漲。").sentences[0].companies == ()


def test_one_repeated_row_is_one_and_two_are_several() -> None:
    rows = [LabelRow("甲", {"mood": "good"}, where=f"row {n}") for n in range(1, 4)]
    heads = [without_repeats(rows[:n])[1].lines()[0] for n in (2, 3)]
    assert heads == [
        "1 row has the text and labels of another; learned once",
        "2 rows have the text and labels of another; learned once",
    ]


def test_every_folder_of_labels_brings_its_companies_and_is_told_which_file_they_are(
    tmp_path: Path,
) -> None:
    tables = {"one": "id,names_tw\nsenyu,森宇\n", "two": "id;names_tw\nlanjing;嵐鯨\n"}
    tables |= {"none": "代號,名稱\n2330,台積電\n", "labels": "text,stance\n甲,bullish\n"}
    for folder, table in tables.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "companies.csv").write_text(table, "utf-8")
    paths = [tmp_path / folder for folder in ("one", "two", "none")]
    # A label file may be called so itself.
    paths.append(tmp_path / "labels" / "companies.csv")
    notes: list[str] = []
    found = fictional_companies(paths, notes.append)
    assert found == [path / "companies.csv" for path in paths[:2]]
    assert [note.split(": ", 1)[1] for note in notes] == [
        "companies beside the labels, read too",
        "companies beside the labels, read too",
        "passed over; a company table has a column id",
    ]
    assert {"senyu", "lanjing"} <= {company.id for company in load_table(*found).companies}
