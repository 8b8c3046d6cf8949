"""What comes out of a model: rows, articles summed up, explanations; each worked out by hand."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from chipstance.articles.article import Article, Sentence
from chipstance.companies.mention import Mention
from chipstance.errors import InputError, ModelError
from chipstance.labels.rows import LabelRow
from chipstance.models.labelling.preannotating import judge_rows, suggestion
from chipstance.models.verdicts.batch import Batch, place
from chipstance.models.verdicts.explaining import cut, explain, explain_company
from chipstance.models.verdicts.model import Model
from chipstance.models.verdicts.predicting import Predicted
from chipstance.models.verdicts.relevance import relevance
from chipstance.models.verdicts.rounding import all_millionths, millionths
from chipstance.models.verdicts.scored import ScoredArticle, ScoredMention, ScoredSentence, Verdict

THIRDS = [1 / 3, 1 / 3, 1 / 3]


def mention(company: str, text: str, start: int = 0, via: str = "name") -> Mention:
    return Mention(company, f"{company}.US", text, start, start + len(text), via, None, "design")  # type: ignore[arg-type]


def said(
    company: str, text: str, positive: float, negative: float, via: str = "name"
) -> ScoredMention:
    p = {"negative": negative, "neutral": 1 - positive - negative, "positive": positive}
    return ScoredMention(
        mention(company, text, via=via), 0, len(text), Verdict(max(p, key=p.__getitem__), p)
    )


def article(title: str | None, *sentences: Sequence[ScoredMention]) -> ScoredArticle:
    scored = tuple(
        ScoredSentence(Sentence(f"第{at}句", ((0, 10 * at),)), at, {}, tuple(named))
        for at, named in enumerate(sentences)
    )
    return ScoredArticle("abc", "etnet.txt", title, "2025-01-28", scored, "default@1")


def test_an_article_adds_up_what_its_sentences_say_of_a_company() -> None:
    good, bad = said("x", "某甲", 0.8, 0.1), said("x", "某甲", 0.1, 0.6)
    better = said("x", "某甲", 0.9, 0.0)
    scored = article("某甲擴產", [good], [bad, said("y", "某乙", 0.2, 0.2)], [better], [])
    first, second = scored.companies
    assert (first.company, first.ticker, first.sentences) == ("x", "x.US", 3)
    assert first.counts == {"positive": 2, "negative": 1}
    # (0.8 - 0.1 + 0.1 - 0.6 + 0.9) / 3.
    assert first.net == pytest.approx(1.1 / 3)
    assert first.strongest_for is scored.sentences[2]
    assert first.strongest_against is scored.sentences[1]
    assert (second.company, second.net, second.counts) == ("y", 0.0, {"neutral": 1})
    assert second.strongest_for is second.strongest_against is None
    # In the title 35, from the first sentence 15, in three of four 30, of four mentions three 20.
    assert first.relevance == 100
    # From the second of four sentences 15 * 3/4, in one of four 30 / 2, one of four said 20 / 2.
    assert second.relevance == round(11.25 + 15 + 10)


def test_who_speaks_has_no_part_in_the_net_sentiment() -> None:
    source = ScoredMention(mention("x", "某甲"), 0, 2, Verdict("source", {"source": 0.9}))
    none = ScoredMention(mention("y", "某乙"), 0, 2, None)
    first, second = article(None, [source, none]).companies
    assert (first.net, first.counts) == (None, {"source": 1})
    assert (second.net, second.counts, second.sentences) == (None, {}, 1)


def test_a_company_at_the_end_of_a_long_list_is_hardly_what_an_article_is_about() -> None:
    whole = relevance(in_title=True, first=0, naming=5, sentences=10, named=10)
    late = relevance(in_title=False, first=9, naming=1, sentences=10, named=20)
    # 15 / 10 for its place, 30 * 2/10 for its share, 20 * 2/20 for its voice.
    assert (whole, late) == (100, round(1.5 + 6 + 2))


def test_a_headline_names_nobody_by_a_word_that_stands_for_a_company() -> None:
    carried = [said("x", "某甲", 0.8, 0.1)], [said("x", "公司", 0.8, 0.1, via="context")]
    (about,) = article("國產晶片公司齊漲", *carried).companies
    (other,) = article("國產晶片商齊漲", *carried).companies
    # All but the 35 of the headline.
    assert (about.relevance, other.relevance) == (65, 65)


def test_a_row_has_every_field_and_null_where_nothing_is_known() -> None:
    named = said("x", "某甲", 0.8, 0.1)
    verdict = Verdict("good", dict(zip(("bad", "fair", "good"), THIRDS, strict=True)))
    scored = ScoredSentence(Sentence("某甲好", ((0, 7),)), 3, {"mood": verdict}, (named,))
    (row,) = ScoredArticle("abc", "-", None, None, (scored,), "default@1").as_rows()
    # A third is 0.333333; what rounding left goes to the label given.
    assert row == {
        "article": "abc", "source": None, "title": None, "published": None, "index": 3,
        "start": 7, "end": 10, "text": "某甲好",
        "stance": None, "stance_p": None, "topic": None, "topic_p": None,
        "hype": None, "hype_p": None,
        "mood": "good", "mood_p": {"bad": 0.333333, "fair": 0.333333, "good": 0.333334},
        "companies": [{
            "company": "x", "ticker": "x.US", "mention": "某甲", "start": 0, "end": 2,
            "sentiment": "positive",
            "sentiment_p": {"negative": 0.1, "neutral": 0.1, "positive": 0.8},
            "move_pct": None, "via": "name",
        }],
        "model": "default@1",
    }  # fmt: skip


def test_verdicts_are_read_by_their_names() -> None:
    verdict = Verdict("good", {"bad": 0.25, "good": 0.75})
    scored = ScoredSentence(Sentence("好", ((0, 0),)), 0, {"mood": verdict}, ())
    assert (scored.mood, scored.mood_p) == ("good", {"bad": 0.25, "good": 0.75})
    assert (scored.stance, scored.stance_p) == (None, None)
    with pytest.raises(AttributeError, match="taste"):
        _ = scored.taste
    unjudged = ScoredMention(mention("x", "某甲"), 0, 2, None)
    assert (unjudged.sentiment, unjudged.sentiment_p, unjudged.as_row()["sentiment_p"]) == (
        None, None, None,
    )  # fmt: skip
    judged = said("x", "某甲", 0.8, 0.1)
    assert judged.sentiment_p is not None
    assert (judged.sentiment, judged.sentiment_p["positive"]) == ("positive", 0.8)


@pytest.mark.parametrize("as_array", [False, True])
def test_rounded_probabilities_still_sum_to_one(as_array: bool) -> None:
    p = [THIRDS, [0.2, 0.3, 0.5], [0.0000004, 0.5, 0.4999996]]
    labels, found = all_millionths(np.array(p) if as_array else p)
    assert list(labels) == [0, 2, 1]
    assert [list(each) for each in found] == [
        [333334, 333333, 333333], [200000, 300000, 500000], [0, 500000, 500000],
    ]  # fmt: skip
    assert millionths([0.6666666, 0.3333334], 0) == [666667, 333333]


def test_a_mention_stands_where_its_characters_do_in_the_file() -> None:
    # The file has a line break of two characters behind 中芯.
    sentence = Sentence("中芯國際漲", ((0, 10), (2, 14)))
    assert place(sentence, mention("smic", "中芯國際")) == (10, 16)
    assert place(sentence, mention("smic", "國際", 2)) == (14, 16)
    # A missing subject has a place and no characters.
    assert place(sentence, mention("smic", "", via="context")) == (10, 10)


def test_articles_that_were_scored_together_come_apart_again() -> None:
    def one(number: int, *texts: str) -> Article:
        sentences = tuple(Sentence(text, ((0, 100 * number),)) for text in texts)
        return Article(f"a{number}", f"{number}.txt", None, None, sentences)

    named = mention("x", "某甲")
    batch = Batch(
        "m",
        [one(0, "好", "某甲壞"), one(1, "某甲好")],
        [[[], [named]], [[named]]],
        {"mood": Predicted(("bad", "good"), [[0.2, 0.8], [0.7, 0.3], [0.5, 0.5]])},
        Predicted(("negative", "positive"), np.array([[0.9, 0.1], [0.4, 0.6]])),
    )
    first, second = batch.scored()
    assert [each.mood for each in first.sentences] == ["good", "bad"]
    # Of equals the first.
    assert [each.mood for each in second.sentences] == ["bad"]
    assert first.sentences[0].companies == ()
    assert first.sentences[1].companies[0].sentiment == "negative"
    assert second.sentences[0].companies[0].sentiment_p == {"negative": 0.4, "positive": 0.6}
    assert (second.article, second.source, second.model) == ("a1", "1.txt", "m")
    assert second.sentences[0].companies[0].start == 100
    assert [each.index for each in first.sentences] == [0, 1]


def test_what_is_no_task_of_a_model_is_said_with_those_it_has(model: Model) -> None:
    with pytest.raises(ModelError, match=r"taste: no task of default@\w+; it has .*, "):
        model.predict_proba(["芯片跌"], "taste")
    assert set(model.tasks) == {"stance", "topic", "hype"}
    with pytest.raises(ModelError, match="taste: no task"):
        model.predict(["芯片跌"], "taste")


def test_long_streams_come_in_order_and_whole(model: Model) -> None:
    texts = [f"輝達急跌{n}%。" + "台積電領漲。" * 40 for n in range(1, 120)]
    found = list(model.score_many(iter(texts)))
    assert [each.sentences[0].text for each in found] == [f"輝達急跌{n}%。" for n in range(1, 120)]
    assert {len(each.sentences) for each in found} == {41}


def test_a_stream_says_which_text_is_none_and_loses_nothing_before_it(model: Model) -> None:
    found = model.score_many(["輝達急跌3%。", "台積電領漲。", "", "超微大漲。"])
    assert [next(found).sentences[0].text for _ in range(2)] == ["輝達急跌3%。", "台積電領漲。"]
    with pytest.raises(InputError, match="text 3: is empty"):
        next(found)


def explained(model: Model, text: str) -> Mapping[tuple[str, str | None], str]:
    (mentions,) = model.linker.link([Sentence(text, ((0, 0),))])
    return {(each.task, each.company): each.label for each in explain(model, text, mentions)}


def test_every_verdict_of_a_sentence_is_explained_and_is_the_one_that_scoring_gives(
    model: Model,
) -> None:
    text = "輝達財測遠優於預期,股價大漲6%,超微卻急跌3%。"
    (scored,) = model.score(text).sentences
    found = explained(model, text)
    for task in ("stance", "topic", "hype"):
        assert found.pop((task, None)) == getattr(scored, task)
    assert found == {("sentiment", each.company): each.sentiment for each in scored.companies}
    assert [each.sentiment for each in scored.companies] == ["positive", "negative"]


def test_one_company_is_explained_alone(model: Model) -> None:
    text = "輝達財測遠優於預期,股價大漲6%,超微卻急跌3%。"
    (mentions,) = model.linker.link([Sentence(text, ((0, 0),))])
    for company, label, character in (("nvidia", "positive", "優"), ("amd", "negative", "急")):
        (one,) = explain_company(model, text, mentions, company)
        assert (one.task, one.company, one.label) == ("sentiment", company, label)
        assert sum(one.p.values()) == pytest.approx(1)
        assert max(one.p, key=one.p.__getitem__) == label
        assert sum(w.share for w in one.words if character in w.text) > 0


def test_a_companys_name_is_one_word_of_an_explanation(model: Model) -> None:
    text = "看好台積電產能"
    (mentions,) = model.linker.link([Sentence(text, ((0, 0),))])
    assert list(cut(text, mentions)) == [("看好", 0), ("台積電", 2), ("產能", 5)]


def test_rows_are_judged_for_annotators_as_they_are_scored(model: Model) -> None:
    texts = ["輝達財測遠優於預期,股價大漲6%,超微卻急跌3%。", "記憶體報價急跌。"]
    rows = [LabelRow(text, {}, None, "a") for text in texts]
    mentions = model.linker.link([Sentence(text, ((0, 0),)) for text in texts])
    judged = judge_rows(model, rows, mentions)
    assert set(judged[0].tasks) == {"stance", "topic", "hype"}
    assert set(judged[0].companies) == {"nvidia", "amd"}
    assert judged[1].companies == {}
    scored = [model.score(text).sentences[0] for text in texts]
    for one, other in zip(judged, scored, strict=True):
        found = suggestion(one, model)
        assert set(found.labels) == {"stance", "topic", "hype"}
        assert one.tasks["stance"] == pytest.approx(other.stance_p)
        label, p = found.labels["stance"]
        assert (label, p) == (other.stance, pytest.approx(max(other.stance_p.values())))
