"""Rows collected in parts, as several machines do, and joined."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from chipstance.reports.report import Report, make_report
from chipstance.reports.rows.parsing import parse_row
from chipstance.reports.sums.collecting import ArchiveBuilder
from chipstance.reports.sums.evidence import find_evidence
from chipstance.reports.sums.selection import Asked
from tests.reports.made import Row, mention, scored
from tests.reports.test_totals import PRINTED, STORIES, printed, report_of


def joined(parts: list[list[Row]]) -> Report:
    whole = ArchiveBuilder()
    for part in parts:
        builder = ArchiveBuilder()
        for row in part:
            builder.add(parse_row(row))
        whole.absorb(pickle.loads(pickle.dumps(builder)))
    return make_report(whole.finish(), Asked())


def said_by(report: Report) -> list[object]:
    figures = [report.rows(by) for by in ("company", "day", "topic", "source")]
    return [*figures, find_evidence(report.chosen, 3), report.models]


@given(STORIES, PRINTED, st.data())
def test_rows_read_in_parts_make_the_report_of_all_rows(
    stories: list, papers: list, data: st.DataObject
) -> None:
    rows = printed(stories, papers)
    part = data.draw(st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows)))
    parts = [[row for row, at in zip(rows, part, strict=True) if at == n] for n in range(3)]
    assert said_by(joined(parts)) == said_by(report_of(rows))


def test_an_article_cut_in_two_is_one_article_and_keeps_title_and_ticker() -> None:
    first = scored(index=0, companies=[mention("tsmc", ticker="TSM.US")])
    second = scored(index=1, title="台積電", companies=[mention("tsmc", ticker="2330.TW")])
    archive = joined([[first], [second]]).chosen.archive
    assert [(each.id, each.title) for each in archive.articles] == [("a", "台積電")]
    assert len(archive.sentences) == 2
    assert archive.tickers == {"tsmc": "2330.TW"}


def test_parts_joined_stay_as_they_are() -> None:
    part = ArchiveBuilder()
    part.add(parse_row(scored(companies=[mention("tsmc")])))
    for _ in range(2):
        whole = ArchiveBuilder()
        whole.absorb(part)
        assert make_report(whole.finish(), Asked()).rows("company")[0]["sentences"] == 1


def test_no_rows_at_all_can_be_joined() -> None:
    assert joined([[], []]).chosen.archive.articles == []
