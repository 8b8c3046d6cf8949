import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from chipstance.models.learning.examples import Example
from chipstance.models.learning.parameters import Parameters
from chipstance.models.learning.training import TrainedView, train_view
from chipstance.models.learning.writing import distinct_rows, summed_weights
from chipstance.models.scoring import scorer as scorer_module
from chipstance.models.scoring.scorer import Head, Scorer, by_label, softmax
from chipstance.models.scoring.trie import build

TEXTS = [
    ("芯片需求强劲订单满载", "bullish", "plain"),
    ("内存价格上涨缺货持续", "bullish", "hype"),
    ("砍单传闻拖累股价大跌", "bearish", "plain"),
    ("出口管制令销售减少大跌", "bearish", "hype"),
    ("公司今日召开股东会", "neutral", "plain"),
    ("会议将于下周召开公司", "neutral", "plain"),
]


@pytest.fixture(scope="module")
def trained() -> TrainedView:
    examples = [
        Example(text + str(n), {"stance": stance, "hype": hype}, f"a{n}", n)
        for n in range(6)
        for text, stance, hype in TEXTS
    ]
    return train_view(examples, Parameters(folds=3))


def scorer_of(view: TrainedView) -> Scorer:
    trie = build(view.vocabulary.ngrams)
    heads, column = [], 0
    for task in view.tasks:
        columns = (column, column + len(task.labels) - 1)
        heads.append(Head(task.task, task.labels, columns, task.intercept))
        column = columns[1]
    rows, weights = distinct_rows(summed_weights(trie, view))
    return Scorer(trie.alphabet, trie.nodes, rows, weights, heads)


def by_scikit_learn(view: TrainedView, texts: list[str]) -> dict[str, np.ndarray]:
    """The same probabilities by scikit-learn's own vectoriser."""
    vectoriser = TfidfVectorizer(
        analyzer="char", ngram_range=(1, 3), lowercase=False, sublinear_tf=True,
        vocabulary=view.vocabulary.ngrams,
    )  # fmt: skip
    vectoriser.idf_ = view.vocabulary.idf
    tfidf = vectoriser.transform(texts)
    return {task.task: softmax(tfidf @ task.coefficients.T + task.intercept) for task in view.tasks}


def assert_same(view: TrainedView, texts: list[str]) -> None:
    ours, theirs = scorer_of(view).probabilities(texts), by_scikit_learn(view, texts)
    for task, p in theirs.items():
        np.testing.assert_allclose(ours[task], p, atol=1e-6)


def test_a_view_of_a_hundred_thousand_characters_is_scored_as_any_other(
    trained: TrainedView,
) -> None:
    assert_same(trained, ["芯片大跌", "", "芯片需求大跌,公司缺货" * 10_000, "", "订单满载"])
    assert_same(trained, ["订单满载" * 20_000])


@given(
    st.lists(
        st.text(alphabet="芯片需求大跌订单满载缺货0公司\udc80𠮷a", max_size=30),
        min_size=1,
        max_size=8,
    )
)
def test_probabilities_are_those_of_scikit_learn(trained: TrainedView, texts: list[str]) -> None:
    assert_same(trained, texts)


@pytest.mark.parametrize(
    "text", ["", "芯", "大跌" * 500, "未见之字", "芯片", "\udc80", "公司公司公司大跌大跌"]
)
def test_odd_texts_score_as_by_scikit_learn(trained: TrainedView, text: str) -> None:
    assert_same(trained, [text])


def test_a_view_scores_the_same_alone_and_among_others(trained: TrainedView) -> None:
    texts = [text for text, *_ in TEXTS] * 900
    scorer = scorer_of(trained)
    together = scorer.probabilities(texts)["stance"]
    np.testing.assert_array_equal(together[-6:], scorer.probabilities(texts[-6:])["stance"])


@given(st.lists(st.text(alphabet="芯片需求大跌0公司a", max_size=30), max_size=8))
def test_summing_by_scipy_changes_nothing(trained: TrainedView, texts: list[str]) -> None:
    by_numpy, by_scipy = scorer_of(trained), scorer_of(trained)
    by_scipy._scored = scorer_module._MANY
    for task, p in by_numpy.probabilities(texts).items():
        np.testing.assert_allclose(by_scipy.probabilities(texts)[task], p, atol=1e-12)


def test_character_shares_add_up_to_the_decision_values(trained: TrainedView) -> None:
    scorer = scorer_of(trained)
    text = "芯片需求大跌大跌芯片"
    shares = scorer.character_shares(text)
    for head in scorer.heads:
        total = by_label(head, shares).sum(axis=0) + head.intercept
        np.testing.assert_allclose(total, scorer.logits([text])[head.task][0], atol=1e-6)


def test_no_views_give_no_rows(trained: TrainedView) -> None:
    assert scorer_of(trained).probabilities([])["stance"].shape == (0, 3)
