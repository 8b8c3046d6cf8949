import math

import pytest

from chipstance.articles.article import Sentence
from chipstance.models.verdicts.explaining import align, explain
from chipstance.models.verdicts.model import Model


@pytest.mark.parametrize(
    "text",
    [
        "輝達財測遠優於預期,股價大漲6%,超微卻跌3%。",
        "記憶體報價急跌,南亞科下修財測,惟輝達逆市升2%。",
        "無公司也無數字",
        "漲漲漲漲漲跌跌跌跌跌",
        "台積電" * 400,
    ],
)
def test_words_and_intercept_add_up_to_the_verdict(model: Model, text: str) -> None:
    (mentions,) = model.linker.link([Sentence(text, ((0, 0),))])
    explained = explain(model, text, mentions)
    assert {each.task for each in explained} >= {"stance", "topic", "hype"}
    for each in explained:
        log_p = [math.log(p) for p in each.p.values()]
        # Softmax leaves decision values but for a constant: take the mean away on both sides.
        wanted = math.log(each.p[each.label]) - sum(log_p) / len(log_p)
        assert each.total == pytest.approx(wanted, abs=1e-6)
        assert "".join(word.text for word in each.words) == text


def test_companies_carried_over_are_explained_as_they_are_judged(model: Model) -> None:
    article = model.score("台積電公布財報。該公司上調資本支出,股價收高2%。超微跟進,公司大漲3%。")
    texts = [Sentence(each.text, ((0, 0),)) for each in article.sentences]
    linked = model.linker.link(texts, context=True)
    for sentence, mentions in zip(article.sentences, linked, strict=True):
        explained = explain(model, sentence.text, mentions)
        given = {each.company: each.p for each in explained if each.company}
        assert given == {
            each.company: pytest.approx(each.sentiment_p, abs=1e-5) for each in sentence.companies
        }
    assert any(each.via == "context" for mentions in linked for each in mentions)


def test_places_follow_words_that_conversion_made_longer_or_shorter() -> None:
    assert align("内存跌0%", "记忆体跌16.8%") == [0, 1, 3, 4, 8]


def test_a_very_long_text_is_aligned_in_no_time() -> None:
    places = align("跌" * 50_000, "跌" * 50_000)
    assert places == list(range(50_000))


def test_what_stands_for_longer_words_is_shared_out_over_them() -> None:
    # The two characters behind 甲 stand for four: each for two of them.
    assert align("甲xy", "甲1234") == [0, 1, 3]
    assert align("甲", "甲") == [0]
