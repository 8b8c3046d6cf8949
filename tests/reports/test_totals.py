import math
from collections import defaultdict
from datetime import date
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chipstance.companies.table import load_table
from chipstance.reports.report import Report, make_report
from chipstance.reports.rows.parsing import parse_row
from chipstance.reports.summary import summarise
from chipstance.reports.sums.collecting import collect
from chipstance.reports.sums.few import FEW
from chipstance.reports.sums.grouping import Group
from chipstance.reports.sums.selection import Asked, Period
from tests.reports.made import SENTIMENTS, Row, mention, said, scored

KEY = {"source": "publisher"}


def report_of(rows: list[Row], asked: Asked = Asked()) -> Report:  # noqa: B008 (is frozen)
    return make_report(collect(map(parse_row, rows)), asked)


def by_name(rows: list[Row], by: Group = "company", asked: Asked = Asked()) -> dict[str, Row]:  # noqa: B008
    return {row[KEY.get(by, by)]: row for row in report_of(rows, asked).rows(by)}


# A story is a list of sentences, each with its labels and companies; papers print it on some day.
MENTIONS = st.lists(
    st.tuples(
        st.sampled_from(["tsmc", "smic", "umc"]),
        st.sampled_from(SENTIMENTS),
        st.sampled_from([None, -3.5, 2.0]),
    ),
    max_size=3,
    unique_by=lambda each: each[0],
)
SENTENCES = st.tuples(
    st.sampled_from(["bullish", "bearish", "neutral", None]),
    st.sampled_from(["market", "policy"]),
    st.sampled_from(["hype", "plain", None]),
    MENTIONS,
)
STORIES = st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=1, max_size=4)
PRINTED = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["甲報", "乙報", None]),
        st.sampled_from(["2025-03-03", "2025-03-04", "2025-03-12", None]),
    ),
    min_size=1,
    max_size=8,
    unique=True,
)


def printed(stories: list, papers: list) -> list[Row]:
    return [
        scored(
            article=f"story{number % len(stories)}", source=source, published=day, index=index,
            text=said(f"{number % len(stories)} {index}"), stance=stance, topic=topic, hype=hype,
            companies=[mention(c, s, move_pct=move) for c, s, move in named],
        )
        for number, source, day in dict.fromkeys((n % len(stories), s, d) for n, s, d in papers)
        for index, (stance, topic, hype, named) in enumerate(stories[number % len(stories)])
    ]  # fmt: skip


def recount(rows: list[Row], by: str, articles: bool) -> dict:
    """What the table should say, counted one row at a time."""

    def order(row: Row) -> tuple:
        return row["published"] or "9", row["source"] or "", row["article"]

    def groups(row: Row) -> list:
        if by == "company":
            return [each["company"] for each in row["companies"]]
        if by == "day":
            return [row["published"]] if row["published"] else []
        return [row[by]]

    first: dict = {}
    for row in rows:
        for group in groups(row):
            key = (group if by in ("company", "source") else None, row["article"])
            first[key] = min(first.get(key, order(row)), order(row))
    counts: dict = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for group in groups(row):
            found = counts[group]
            found["articles"].append((row["article"], row["source"], row["published"]))
            key = (group if by in ("company", "source") else None, row["article"])
            if not articles and first[key] != order(row):
                continue
            found["stories"].append(row["article"])
            found["sentences"].append(row["text"])
            found["stance"] += [row["stance_p"]] if row["stance"] else []
            found["hype"] += [row["hype"]] if row["hype"] else []
            found["mentions"] += [
                (row["article"], row["source"], row["published"], each)
                for each in row["companies"]
                if by != "company" or each["company"] == group
            ]
    return counts


@pytest.mark.parametrize("by", ["company", "day", "topic", "source"])
@pytest.mark.parametrize("articles", [True, False])
@settings(max_examples=30)
@given(stories=STORIES, papers=PRINTED)
def test_totals_are_what_a_recount_of_the_rows_gives(
    by: Group, articles: bool, stories: list, papers: list
) -> None:
    rows = printed(stories, papers)
    found = by_name(rows, by, Asked(articles=articles))
    expected = recount(rows, by, articles)
    assert found.keys() == expected.keys()
    for name, counts in expected.items():
        row, mentions = found[name], counts["mentions"]
        assert row["articles"] == len(set(counts["articles"]))
        assert row["stories"] == len(set(counts["stories"]))
        assert row["sentences"] == len(counts["sentences"])
        for label in SENTIMENTS:
            assert row[label] == sum(each["sentiment"] == label for *_, each in mentions)
        judged = [
            each["sentiment_p"]["positive"] - each["sentiment_p"]["negative"]
            for *_, each in mentions
            if each["sentiment"] != "source"
        ]
        assert row["net"] == (pytest.approx(mean(judged), abs=1e-4) if judged else None)
        moves = {
            (*where, each["company"], each["move_pct"])
            for *where, each in mentions
            if each["move_pct"]
        }
        assert row["moves"] == len(moves)
        assert row["mean_move_pct"] == (
            pytest.approx(mean(move for *_, move in moves), abs=0.01) if moves else None
        )
        stance = [each["bullish"] - each["bearish"] for each in counts["stance"]]
        assert row["stance"] == (pytest.approx(mean(stance), abs=1e-4) if stance else None)
        hype = [each == "hype" for each in counts["hype"]]
        assert row["hype_share"] == (pytest.approx(mean(hype), abs=1e-4) if hype else None)


def test_net_sentiment_is_the_mean_of_positive_less_negative() -> None:
    shares = {"positive": 0.9, "negative": 0.1}, {"positive": 0.6, "negative": 0.2}
    rows = [
        scored(index=at, companies=[mention("tsmc", sentiment_p=p)]) for at, p in enumerate(shares)
    ]
    assert by_name(rows)["tsmc"]["net"] == pytest.approx((0.8 + 0.4) / 2)


def test_a_quoted_broker_is_counted_and_not_judged() -> None:
    rows = [scored(companies=[mention("citi", "source"), mention("tsmc", "negative")])]
    citi = by_name(rows)["citi"]
    assert (citi["source"], citi["sentences"], citi["net"], citi["few"]) == (1, 1, None, True)


def test_a_mean_over_few_stories_says_so() -> None:
    def articles(n: int) -> list[Row]:
        return [scored(article=f"a{at}", companies=[mention("tsmc")]) for at in range(n)]

    assert by_name(articles(FEW - 1))["tsmc"]["few"]
    assert not by_name(articles(FEW))["tsmc"]["few"]


def test_the_interval_holds_the_mean_and_narrows_with_more_articles() -> None:
    def width(n: int) -> float:
        rows = [
            scored(article=f"a{at}", companies=[mention("tsmc", ("neutral", "positive")[at % 2])])
            for at in range(n)
        ]
        tsmc = by_name(rows, asked=Asked(articles=True))["tsmc"]
        low, high = tsmc["net_ci95"]
        assert low <= tsmc["net"] <= high
        return high - low

    # Half the values are 0 and half a, so the standard error is a / (2 sqrt n).
    a = 0.7 - 0.1
    assert width(100) == pytest.approx(2 * 1.96 * a / 2 / math.sqrt(100), rel=0.1)
    assert width(1000) == pytest.approx(2 * 1.96 * a / 2 / math.sqrt(1000), rel=0.1)


def test_one_article_has_no_interval() -> None:
    assert by_name([scored(companies=[mention("tsmc")])])["tsmc"]["net_ci95"] is None


def test_articles_that_only_quote_a_company_make_no_interval_of_one_that_judges_it() -> None:
    rows = [
        scored(article=f"a{at}", companies=[mention("citi", "source" if at else "positive")])
        for at in range(9)
    ]
    citi = by_name(rows)["citi"]
    assert (citi["stories"], citi["few"], citi["net_ci95"]) == (9, True, None)
    assert citi["net"] is not None


def test_the_same_move_twice_in_an_article_counts_once() -> None:
    rows = [
        scored(index=at, companies=[mention("tsmc", move_pct=move)])
        for at, move in enumerate([3.0, 3.0, -1.0])
    ]
    tsmc = by_name(rows)["tsmc"]
    assert (tsmc["moves"], tsmc["mean_move_pct"]) == (2, 1.0)


@pytest.mark.parametrize("by", ["day", "week", "topic", "source", "total"])
def test_the_same_move_of_two_companies_is_two_moves(by: Group) -> None:
    moved = [("umc", -3.0), ("psmc", -3.0), ("tsmc", 6.0), ("tsmc", 6.0)]
    rows = [
        scored(index=at, companies=[mention(company, move_pct=move)])
        for at, (company, move) in enumerate(moved)
    ]
    (row,) = report_of(rows).rows(by)
    assert (row["moves"], row["mean_move_pct"]) == (3, 0.0)


@pytest.mark.parametrize("by", ["day", "week"])
def test_a_story_counts_on_the_day_it_was_first_told_and_on_no_other(by: Group) -> None:
    told = ["2025-03-03", "2025-03-03", "2025-03-10"]
    rows = [
        scored(source=f"報{at}", published=day, text=said("one story"))
        for at, day in enumerate(told)
    ]
    first, later = report_of(rows).rows(by)
    assert (first["articles"], first["stories"], first["sentences"]) == (2, 1, 1)
    assert (later["articles"], later["stories"], later["sentences"]) == (1, 0, 0)
    days = summarise(report_of(rows), load_table())["series"]["sector"]
    assert (days["stories"], days["sentences"]) == ([1, 0], [1, 0])
    copies = report_of(rows, Asked(articles=True)).rows(by)
    assert [(row["articles"], row["stories"]) for row in copies] == [(2, 1), (1, 1)]


def test_a_company_without_shares_has_no_move_of_shares() -> None:
    rows = [scored(companies=[mention("openai", ticker=None, move_pct=1000.0)])]
    openai = by_name(rows)["openai"]
    assert (openai["moves"], openai["mean_move_pct"]) == (0, None)


def test_a_period_is_compared_with_the_one_before_of_the_same_length() -> None:
    def on(day: str, sentiment: str) -> Row:
        return scored(article=day, published=day, companies=[mention("tsmc", sentiment)])

    rows = [
        on("2025-02-27", "positive"),  # before the period before
        on("2025-02-28", "negative"), on("2025-03-02", "negative"),
        on("2025-03-03", "neutral"), on("2025-03-05", "positive"),
    ]  # fmt: skip
    asked = Asked(Period(date(2025, 3, 3), date(2025, 3, 5)))
    tsmc = by_name(rows, asked=asked)["tsmc"]
    assert tsmc["stories"] == 2
    assert tsmc["net"] == pytest.approx(0.3)
    assert tsmc["before"] == {"net": pytest.approx(-0.6), "stories": 2}
    assert tsmc["change"] == pytest.approx(0.9)


def test_a_week_is_compared_with_the_week_before_and_not_with_an_older_one() -> None:
    days = ["2025-03-03", "2025-03-10", "2025-03-24"]
    labels = ["positive", "negative", "positive"]
    rows = [
        scored(article=day, published=day, companies=[mention("tsmc", label)])
        for day, label in zip(days, labels, strict=True)
    ]
    weeks = by_name(rows, "week")
    assert list(weeks) == ["2025-W10", "2025-W11", "2025-W13"]
    assert [weeks[week]["change"] for week in weeks] == [None, pytest.approx(-1.2), None]


def test_undated_articles_count_in_totals_and_in_no_day() -> None:
    rows = [scored(published=None, companies=[mention("tsmc")])]
    assert by_name(rows)["tsmc"]["articles"] == 1
    assert by_name(rows, "day") == {}


def test_minimum_relevance_leaves_out_what_is_named_in_passing() -> None:
    about = [
        scored(article="about", title="tsmc", index=at, companies=[mention("tsmc")])
        for at in range(3)
    ]
    passing = [
        scored(article="passing", index=at, companies=[mention("tsmc")] if at == 8 else [])
        for at in range(9)
    ]
    assert by_name([*about, *passing])["tsmc"]["articles"] == 2
    assert by_name([*about, *passing], asked=Asked(min_relevance=50))["tsmc"]["articles"] == 1


def test_a_headline_names_nobody_by_a_word_that_stands_for_a_company() -> None:
    def telling(via: str) -> list[dict]:
        it = mention("tsmc", mention="公司", via=via)
        return [scored(title="國產晶片公司齊漲", index=at, companies=[it]) for at in range(3)]

    # All but the 35 points of the headline.
    for least, n in ((65, 1), (66, 0)):
        asked = Asked(min_relevance=least)
        assert len(by_name(telling("context"), asked=asked)) == n
        assert len(by_name(telling("name"), asked=asked)) == 1


def test_only_one_company_makes_its_sentences_the_report() -> None:
    rows = [
        scored(index=0, companies=[mention("tsmc")]),
        scored(index=1, companies=[mention("umc")]),
    ]
    assert by_name(rows, asked=Asked(only=("umc",))).keys() == {"umc"}
    assert by_name(rows, "day", Asked(only=("umc",)))["2025-03-03"]["sentences"] == 1


def test_an_article_that_two_models_scored_counts_once_with_the_commoner_model() -> None:
    rows = [
        scored(article="a", model="new@2", companies=[mention("tsmc", "negative")]),
        scored(article="a", model="old@1", companies=[mention("tsmc", "positive")]),
        scored(article="b", model="old@1", companies=[mention("tsmc", "positive")]),
    ]
    report = report_of(rows)
    tsmc = report.rows("company")[0]
    assert (tsmc["articles"], tsmc["positive"], tsmc["negative"]) == (2, 2, 0)
    assert report.models == {"old@1": 2}


def test_a_row_given_twice_counts_once() -> None:
    row = scored(companies=[mention("tsmc")])
    assert by_name([row, row]) == by_name([row])


def test_rows_of_a_model_without_companies_still_count_sentences() -> None:
    row = scored(companies=[mention("tsmc", None, sentiment_p=None)])
    tsmc = by_name([row])["tsmc"]
    assert (tsmc["sentences"], tsmc["positive"], tsmc["net"]) == (1, 0, None)
