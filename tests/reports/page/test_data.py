"""What the page shows, worked out by hand."""

from chipstance.reports.page.data import (
    Summary,
    featured_companies,
    heat_cells,
    names_of,
    page_data,
    sector_days,
    stance_domain,
)


def series(days: list[str], **company: list[object]) -> Summary:
    n = len(days)
    sector = {"stance": [0.0] * n, "hype": [0.0] * n, "stories": [1] * n, "sentences": [1] * n}
    return {"series": {"days": days, "sector": sector, "companies": {"tsmc": company}}}


def test_the_line_is_the_mean_of_seven_days_weighted_by_sentences() -> None:
    summary = series(["2025-03-01", "2025-03-07", "2025-03-08"])
    summary["series"]["sector"] |= {"stance": [1.0, 0.0, -1.0], "sentences": [1, 3, 1]}
    means = [day["stance_mean"] for day in sector_days(summary)]
    # The 8th is a week after the 1st, which is out by then: (0 * 3 - 1 * 1) / 4.
    assert means == [1.0, 0.25, -0.25]


def test_over_years_the_line_is_the_mean_of_four_weeks() -> None:
    summary = series(["2024-01-01", "2025-03-01", "2025-03-27"])
    summary["series"]["sector"] |= {"stance": [1.0, 0.0, 0.5]}
    assert [day["stance_mean"] for day in sector_days(summary)] == [1.0, 0.0, 0.25]


def test_a_day_without_stance_has_no_part_in_the_line() -> None:
    summary = series(["2025-03-01", "2025-03-02"])
    summary["series"]["sector"] |= {"stance": [None, 0.5]}
    assert [day["stance_mean"] for day in sector_days(summary)] == [None, 0.5]


def test_a_line_goes_on_as_long_as_every_mean_between_has_an_article() -> None:
    # On the 7th the last 7 days still hold the 1st, and on the 15th they hold nothing.
    summary = series(["2025-03-01", "2025-03-08", "2025-03-16", "2025-03-17", "2025-03-25"])
    assert [day["stretch"] for day in sector_days(summary)] == [0, 0, 1, 1, 2]


def test_over_years_a_line_goes_on_over_four_weeks_without_an_article() -> None:
    summary = series(["2024-01-01", "2024-12-01", "2024-12-29", "2025-01-27"])
    assert [day["stretch"] for day in sector_days(summary)] == [0, 1, 1, 2]


def test_a_week_of_the_heat_map_begins_on_monday_and_weighs_its_days() -> None:
    # Sunday the 2nd; Monday the 3rd and Tuesday the 4th.
    summary = series(
        ["2025-03-02", "2025-03-03", "2025-03-04"],
        at=[0, 1, 2], net=[1.0, 0.0, 1.0], sentences=[5, 3, 1], stories=[2, 2, 1],
    )  # fmt: skip
    assert heat_cells(summary, ["tsmc"], "week") == [
        {"from": "2025-02-24", "to": "2025-03-03", "row": 0, "net": 1.0, "volume": 2},
        {"from": "2025-03-03", "to": "2025-03-10", "row": 0, "net": 0.25, "volume": 3},
    ]


def test_a_month_of_the_heat_map_ends_where_the_next_begins() -> None:
    summary = series(["2024-12-31"], at=[0], net=[0.5], sentences=[1], stories=[1])
    [cell] = heat_cells(summary, ["tsmc"], "month")
    assert (cell["from"], cell["to"]) == ("2024-12-01", "2025-01-01")


def test_a_day_on_which_a_company_is_only_quoted_has_no_cell() -> None:
    summary = series(["2025-03-03"], at=[0], net=[None], sentences=[2], stories=[1])
    assert heat_cells(summary, ["tsmc"], "day") == []


def test_the_axis_of_stance_is_even_and_holds_every_day() -> None:
    assert stance_domain([{"stance": -0.6}, {"stance": 0.1}, {"stance": None}]) == [-0.75, 0.75]
    assert stance_domain([{"stance": 0.0}]) == [-0.25, 0.25]


def test_a_sentence_about_two_companies_is_held_once(desk: Summary) -> None:
    shared = desk["evidence"]["tsmc"]["for"][0]
    evidence = {"tsmc": {"for": [shared], "against": []}, "umc": {"for": [shared], "against": []}}
    data = page_data({**desk, "evidence": evidence})
    assert len(data["sentences"]) == len(data["articles"]) == 1
    assert data["evidence"]["umc"]["for"][0]["sentence"] == 0


def test_only_the_words_that_moved_a_verdict_most_are_marked(desk: Summary) -> None:
    shared = desk["evidence"]["tsmc"]["for"][0] | {
        "text": "大漲,今天收盤",
        "words": [[0, 2, 2.0], [2, 3, 1.9], [3, 5, 0.1], [5, 7, -0.4]],
    }
    data = page_data({**desk, "evidence": {"tsmc": {"for": [shared], "against": []}}})
    # The comma says nothing to a reader, and 今天 moved a twentieth of what 大漲 did.
    assert data["evidence"]["tsmc"]["for"][0]["words"] == [[0, 2, 2.0], [5, 7, -0.4]]


def company(name: str, stories: int, net: float = 0.1, **fields: object) -> dict[str, object]:
    row = {"company": name, "stories": stories, "net": net, "sentences": stories, "source": 0}
    return row | {"few": stories < 5} | fields


def test_companies_with_few_stories_are_ranked_only_where_others_are_wanting() -> None:
    well_covered = [company(f"large_{n}", 10 + n, n / 100) for n in range(20)]
    little = [company("small", 1, 0.9)]
    summary = {"counted": "stories", "companies": well_covered + little}
    assert "small" not in featured_companies(summary)
    summary["companies"] = well_covered[:3] + little
    assert featured_companies(summary) == ["small", "large_2", "large_1", "large_0"]


def test_no_more_companies_are_ranked_than_a_screen_holds() -> None:
    every = [company(f"c{n:03}", 10 + n) for n in range(100)]
    featured = featured_companies({"counted": "stories", "companies": every})
    assert len(featured) == 30
    assert set(featured) == {f"c{n:03}" for n in range(70, 100)}


def test_a_company_of_no_table_is_called_by_its_ticker() -> None:
    unknown = {"company": "8809_tw", "ticker": "8809.TW", "names": {"en": "8809_tw"}}
    assert names_of(unknown) == {"en": "8809.TW"}
    known = {"company": "tsmc", "ticker": "2330.TW", "names": {"en": "TSMC", "tw": "台積電"}}
    assert names_of(known) == {"en": "TSMC", "tw": "台積電"}
