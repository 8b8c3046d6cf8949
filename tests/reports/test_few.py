from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chipstance.reports.report import make_report
from chipstance.reports.rows.parsing import parse_row
from chipstance.reports.sums.collecting import collect
from chipstance.reports.sums.few import FEW, few_totals
from chipstance.reports.sums.selection import Asked
from tests.reports.made import Row, mention, scored
from tests.reports.test_totals import PRINTED, STORIES, printed


def few(rows: list[Row]) -> list[Row]:
    return few_totals(map(parse_row, rows))


@settings(max_examples=50)
@given(stories=STORIES, papers=PRINTED, again=st.booleans())
def test_a_few_articles_add_up_to_what_a_report_on_them_says(
    stories: list, papers: list, again: bool
) -> None:
    rows = printed(stories, papers[: FEW - 1])
    archive = collect(map(parse_row, rows * (1 + again)), stories=False, evidence=False)
    expected = make_report(archive, Asked(), stories=False).rows("company")
    assert few(rows * (1 + again)) == [row | {"net_ci95": None} for row in expected]


def test_of_two_texts_in_one_place_the_same_counts_whether_stories_are_looked_for() -> None:
    for one, other in pairwise("甲乙丙丁戊己庚辛"):
        rows = [
            scored(text=text * 40, stance=stance, companies=[mention("tsmc", sentiment)])
            for text, stance, sentiment in (
                (one, "bullish", "positive"), (other, "bearish", "negative"),
            )
        ]  # fmt: skip
        archive = collect(map(parse_row, rows))
        (told,) = make_report(archive, Asked()).rows("company")
        (shown,) = few(rows)
        assert (told["bearish"], told["negative"]) == (shown["bearish"], shown["negative"])


@pytest.mark.parametrize("n", [1, FEW])
def test_labels_of_ones_own_are_not_added_up_as_if_they_were_in_the_middle(n: int) -> None:
    own = {"看多": 0.7, "看空": 0.2, "持平": 0.1}
    named = mention("tsmc", "利好", sentiment_p={"利好": 0.9, "利空": 0.1})
    rows = [
        scored(article=f"a{at}", companies=[named])
        | {"stance": "看多", "stance_p": own, "hype": "吹捧", "hype_p": {"吹捧": 0.8, "平實": 0.2}}
        for at in range(n)
    ]
    archive = collect(map(parse_row, rows), stories=False, evidence=False)
    ((reported,), (shown,)) = (
        make_report(archive, Asked(), stories=False).rows("company"),
        few(rows),
    )
    for figures in (reported, shown):
        assert (figures["stance"], figures["hype_share"], figures["net"]) == (None, None, None)
        assert figures["sentences"] == n


def test_a_model_that_knows_one_side_alone_has_a_stance() -> None:
    row = scored(companies=[mention("tsmc", "positive", sentiment_p={"positive": 1.0})])
    row |= {"stance": "other", "stance_p": {"bullish": 0.0, "other": 1.0}}
    ((figures),) = few([row])
    assert (figures["stance"], figures["net"]) == (0.0, 1.0)


def test_the_same_move_twice_in_an_article_counts_once_and_a_source_is_not_judged() -> None:
    named = mention("tsmc", "positive", move_pct=3.0)
    rows = [
        scored(article="a", index=0, companies=[named]),
        scored(article="a", index=1, companies=[named, mention("ubs", "source")]),
        scored(article="b", index=0, companies=[mention("tsmc", "positive", move_pct=-1.0)]),
    ]
    tsmc, ubs = few(rows)
    assert (tsmc["company"], tsmc["articles"], tsmc["sentences"]) == ("tsmc", 2, 3)
    assert (tsmc["moves"], tsmc["mean_move_pct"]) == (2, 1.0)
    assert (ubs["source"], ubs["net"]) == (1, None)
