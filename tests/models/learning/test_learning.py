"""Own labels: what is learned, what is said of it, and what is refused."""

import json
from pathlib import Path

import numpy as np
import pytest

import chipstance
from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.errors import InputError, LabelError, ModelError
from chipstance.labels.rows import LabelRow
from chipstance.models.judging.drifting import drift
from chipstance.models.learning.choosing import choose
from chipstance.models.learning.examples import Example, link_rows
from chipstance.models.learning.parameters import Parameters
from chipstance.models.learning.repeats import without_repeats
from chipstance.models.learning.whole import train
from chipstance.models.stored.seen import open_seen, unseen_share, words
from chipstance.models.verdicts.model import Model, load

GOOD = ["服務很好", "味道很香", "房間乾淨", "送貨很快", "值得推薦", "物超所值"]
BAD = ["服務很差", "味道很怪", "房間很髒", "送貨太慢", "不值得買", "又貴又差"]
PLAIN = {"sentence": Parameters(), "mention": Parameters()}
PLACES = ["台北", "台中", "高雄", "香港", "上海", "北京", "廣州", "深圳", "澳門", "新竹"]


def reviews() -> list[dict[str, str]]:
    return [
        {"text": f"{place}的這家店{said}", "mood": mood, "article": place}
        for place in PLACES
        for mood, all_said in (("good", GOOD), ("bad", BAD))
        for said in all_said
    ]


@pytest.fixture(scope="module")
def mood() -> Model:
    return chipstance.train(reviews(), name="mood")


def test_a_model_trained_in_python_is_ready_to_use(mood: Model) -> None:
    sentences = mood.score("花蓮的這家店味道很香。花蓮的這家店房間很髒。").sentences
    assert [sentence.mood for sentence in sentences] == ["good", "bad"]


def test_prediction_follows_scikit_learns_conventions(mood: Model) -> None:
    texts = ["味道很香", "房間很髒", ""]
    p = mood.predict_proba(texts, "mood")
    assert p.shape == (3, 2)
    assert mood.classes_ == {"mood": ("bad", "good")}
    np.testing.assert_allclose(p.sum(axis=1), 1.0)
    assert mood.predict(texts, "mood")[:2] == ["good", "bad"]
    with pytest.raises(ModelError, match="mood"):
        mood.predict_proba(texts, "stance")


def test_a_saved_model_gives_the_same_verdicts(mood: Model, tmp_path: Path) -> None:
    mood.save(tmp_path / "saved")
    again = load(tmp_path / "saved")
    texts = ["服務很好", "送貨太慢"]
    np.testing.assert_array_equal(
        again.predict_proba(texts, "mood"), mood.predict_proba(texts, "mood")
    )
    assert again.name == mood.name


def test_a_model_has_the_same_bytes_where_lines_of_text_end_otherwise(
    mood: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_text(
        self: Path, data: str, encoding: str, errors: str = "strict", newline: str | None = None
    ) -> int:
        with self.open("w", encoding=encoding, errors=errors, newline=newline or "\r\n") as file:
            return file.write(data)

    monkeypatch.setattr(Path, "write_text", write_text)
    assert chipstance.train(reviews(), name="mood").name == mood.name


def test_rows_may_be_label_rows_too() -> None:
    rows = [LabelRow(row["text"], {"mood": row["mood"]}, None, row["article"]) for row in reviews()]
    assert chipstance.train(rows).predict(["服務很差"], "mood") == ["bad"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "too few"),
        ([{"text": "好", "mood": "good"}] * 9, "too few"),
        ([{"text": "好"}], "no label"),
        ([{"mood": "good"}], "row 1: no text"),
        ([row | {"mood": "good"} for row in reviews()], "two labels"),
    ],
)
def test_too_little_is_said_in_plain_words(rows: list[dict[str, str]], message: str) -> None:
    with pytest.raises(LabelError, match=message):
        chipstance.train(rows)


def with_companies(labels: list[str], who: str = "nvidia") -> list[dict[str, object]]:
    """Reviews that name a company; the first of them have these labels of it."""
    rows = [{**row, "text": f"輝達說,{row['text']}"} for row in reviews()]
    said = [{"companies": {who: label}} for label in labels]
    return [row | more for row, more in zip(rows, [*said, *[{}] * len(rows)], strict=False)]


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        (["positive"], "too little text to learn from: no n-gram stands in 2 texts or more"),
        (["positive"] * 20, "sentiment: every row says positive"),
    ],
)
def test_company_labels_that_teach_nothing_are_left_out_of_a_model_of_sentences(
    labels: list[str], why: str
) -> None:
    with pytest.warns(UserWarning, match=f"^company labels are left out: {why}"):
        model = chipstance.train(with_companies(labels))
    assert (model.tasks, model.mention_scorer) == (("mood",), None)


def test_a_sentiment_of_sentences_is_told_from_that_of_companies_while_both_are_trained() -> None:
    rows = [
        LabelRow(f"輝達說,{row['text']}", {"sentiment": row["mood"]}, {"nvidia": row["mood"]})
        for row in reviews()
    ]
    told: list[str] = []
    train(rows, Linker(load_table()), name="both", parameters=PLAIN, progress=told.append)
    assert told == ["sentiment", "companies: sentiment"]


@pytest.mark.parametrize(
    ("who", "what"),
    [
        ("輝達", r"輝達 2 \(no company id; write nvidia\)"),
        ("great_lake", r"great_lake 2 \(in no company table; give yours with --companies\)"),
        ("tsmc", r"tsmc 2 \(not named there\)"),
    ],
)
def test_company_labels_without_their_company_are_counted_and_why(who: str, what: str) -> None:
    said = f"^2 company labels of companies not found in the sentence: {what}; left out$"
    with pytest.warns(UserWarning, match=said):
        assert chipstance.train(with_companies(["positive", "negative"], who)).tasks == ("mood",)


@pytest.mark.parametrize("rows", [None, 5, "好", ["好"], [("好", "good")], {"text": "好"}])
def test_rows_that_are_no_mappings_are_refused_with_what_to_give(rows: object) -> None:
    with pytest.raises(LabelError, match=r"of type .*; give mappings .* to_dict"):
        chipstance.train(rows)  # type: ignore[arg-type]


def test_cells_of_arrays_and_data_frames_are_labels_as_their_values_are() -> None:
    # As pandas calls what stands for nothing in its columns.
    nothing = type("NAType", (), {})()
    rows = [
        {"text": np.str_(row["text"]), "good": np.bool_(row["mood"] == "good"),
         "stars": np.int64(5 if row["mood"] == "good" else 1), "taste": np.float64("nan"),
         "companies": float("nan"), "source": nothing, "note": nothing}
        for row in reviews()[:60]
    ]  # fmt: skip
    assert chipstance.train(rows).classes_ == {"good": ("false", "true"), "stars": ("1", "5")}


@pytest.mark.parametrize("name", ["../b", "a/b", "/tmp/chipstance-b", "", "default", 5])
def test_a_model_cannot_be_called_what_would_lead_elsewhere(name: str) -> None:
    with pytest.raises(ModelError, match="name"):
        chipstance.train(reviews(), name=name)


@pytest.mark.parametrize("texts", ["味道很香", None, [None], [float("nan")]])
def test_what_is_no_list_of_texts_is_refused(mood: Model, texts: list[str]) -> None:
    for asked in (lambda: mood.predict(texts, "mood"), lambda: list(mood.score_many(texts))):
        with pytest.raises(InputError, match=r"of type .*; give a "):
            asked()


def test_learning_the_default_labels_too_says_where_ones_own_differ(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    default = tmp_path / "default.jsonl"
    said = [json.dumps(row, ensure_ascii=False) for row in with_companies(["positive"] * 9)]
    default.write_text("\n".join(said), "utf-8")
    monkeypatch.setattr("chipstance.models.learning.fitting.shipped", lambda _: default)
    own = {"text": "輝達說，台北的這家店 服務很好", "mood": "讚", "companies": {"nvidia": "利多"}}
    what_to_do = "; where they mean the same, write the latter"
    with pytest.warns(
        UserWarning,
        match="^1 of your rows label texts of the default labels; yours win;"
        f" companies: 利多 will be labels beside positive{what_to_do};"
        f" mood: 讚 will be labels beside bad, good{what_to_do}$",
    ):
        chipstance.train([own], defaults=True)


def test_repeated_rows_are_learned_once_and_contradictions_named() -> None:
    said = [
        LabelRow("甲", {"mood": "good"}, where="mine.csv: row 2"),
        LabelRow("甲", {"mood": "good"}, where="mine.csv: row 3"),
        LabelRow("甲", {"mood": "bad"}, where="mine.csv: row 4"),
        LabelRow("甲", {"topic": "food"}, where="mine.csv: row 5"),
        LabelRow("記憶體 ＡＩ", {"mood": "good"}, where="mine.csv: row 6"),
        LabelRow("记忆体ai\n", {"mood": "good"}, where="mine.csv: row 7"),
    ]
    kept, repeats = without_repeats(said)
    assert [row.where[-1] for row in kept] == ["2", "4", "5", "6"]
    lines = "\n".join(repeats.lines())
    assert "mine.csv: row 3: as mine.csv: row 2" in lines
    assert "mine.csv: row 7: as mine.csv: row 6" in lines
    assert "mine.csv: row 4: mood bad, mine.csv: row 2: mood good" in lines
    assert "row 5" not in lines


def test_a_model_knows_its_training_texts_in_either_script(mood: Model) -> None:
    seen = open_seen(mood.folder)
    assert seen is not None
    asked = ["台北的這家店服務很好", "台北的这家店 服务很好", "台北的這家店服務尚可"]
    assert seen.has_text(asked).tolist() == [True, True, False]


def test_a_model_remembers_what_it_said_of_each_text_while_held_out(mood: Model) -> None:
    seen = open_seen(mood.folder)
    assert seen is not None
    right = [row["mood"] for row in reviews()]
    # The same words come in every place, so nearly all of them are right.
    hits = sum(a == b for a, b in zip(seen.held_out["mood"], right, strict=True))
    assert hits >= 0.9 * len(right)


def test_words_are_unseen_where_no_other_part_has_them() -> None:
    # Six articles fall into five parts; only the last has words of its own, two of twelve.
    texts = [["股價", "上漲"]] * 5 + [["颱風", "登陸"]]
    assert unseen_share(texts, list("abcdef")) == pytest.approx(2 / 12)
    assert unseen_share(texts[:3], list("abc")) is None


def test_words_are_the_same_in_either_script_and_figures_are_none() -> None:
    traditional, simplified, figures = words(
        ["記憶體價格上漲3%。", "内存价格上涨5%。", "3.5%, 2025-01-02"]
    )
    assert traditional == simplified
    assert figures == []


def test_text_like_the_training_text_is_known_and_other_text_is_not(mood: Model) -> None:
    like = drift(mood, mood.score_many(["".join(row["text"] + "。" for row in reviews())]))
    assert like.unseen[1] == 0.0
    assert like.verdict == "known"
    other = "央行宣布調降存款準備率。颱風將於週末登陸東部。球隊昨晚贏得冠軍戰。火箭順利升空。"
    found = drift(mood, mood.score_many([other]))
    assert found.verdict == "unknown"
    assert found.unseen[1] > 0.5
    assert {"央行", "台风", "火箭"} <= {term for term, _ in found.terms}


def test_a_shift_of_labels_is_seen(mood: Model) -> None:
    only_bad = "".join(f"{place}的這家店{said}。" for place in PLACES for said in BAD)
    (task,) = drift(mood, mood.score_many([only_bad])).tasks
    assert task.labels_shifted
    # In training half of the rows were bad.
    assert task.moved == pytest.approx(0.5, abs=0.1)


def test_longer_ngrams_are_chosen_where_words_are_longer() -> None:
    examples = [
        Example(f"the {what} of {place} was {how}\0", {"mood": mood}, place, 0)
        for place in PLACES
        for what in ("service", "kitchen", "weather", "garden")
        for mood, hows in (("good", ("great", "treat")), ("bad", ("grate", "tater")))
        for how in hows
    ]
    # These differ by the order of their letters alone: single letters tell nothing.
    assert choose(examples, Parameters()).longest_ngram in (3, 5)


def test_errors_and_version_are_exported() -> None:
    assert issubclass(chipstance.LabelError, chipstance.ChipstanceError)
    assert chipstance.__version__.count(".") == 2
    with pytest.raises(AttributeError):
        _ = chipstance.nothing


def test_the_manifest_says_what_was_chosen(mood: Model) -> None:
    chosen = mood.manifest["parameters"]["sentence"]
    assert chosen["c"] in (2.0, 8.0, 32.0)
    assert json.loads(json.dumps(chosen)) == chosen


def test_rows_of_an_article_are_linked_together_wherever_they_stand(model: Model) -> None:
    said = [("a", "兆易創新(603986)擴產。"), ("a", "兆易看好後市。"), ("b", "聯電下跌。")]
    together = [LabelRow(text, {}, None, article) for article, text in said]
    apart = [together[at] for at in (0, 2, 1)]
    linked = link_rows(together, model.linker)
    assert [each.company for each in linked[1]] == ["gigadevice"]
    assert link_rows(apart, model.linker) == [linked[at] for at in (0, 2, 1)]
