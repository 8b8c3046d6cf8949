"""From an article to its page and pictures, by the commands a user types."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import Ran
from tests.reports.page.browser import Page

Classify = Callable[..., Ran]


def test_the_words_that_moved_a_verdict_are_marked(
    classify: Classify, article: Path, page: Page
) -> None:
    scored = article.with_name("scored.jsonl")
    written = page.folder / "report.html"
    assert classify("score", article, "-o", scored).status == 0
    assert classify("report", scored, "--html", written).status == 0
    page.chrome.get(written.as_uri())
    page.at("[data-company=tsmc] .name").click()
    assert page.text("#drawer .mention") == "台積電"
    marked = "".join(mark.text for mark in page.all("#drawer .speaks"))
    assert "漲" in marked
    assert page.problems() == []


def test_writing_the_page_twice_gives_the_same_bytes(classify: Classify, article: Path) -> None:
    scored, one, other = (article.with_name(name) for name in ("s.jsonl", "1.html", "2.html"))
    classify("score", article, "-o", scored)
    for path in (one, other):
        assert classify("report", scored, "--html", path).status == 0
    assert one.read_bytes() == other.read_bytes()


def test_a_picture_of_another_kind_is_refused_before_any_work(
    classify: Classify, tmp_path: Path
) -> None:
    ran = classify("report", "nowhere.jsonl", "--pictures", tmp_path / "chips.gif")
    assert ran.status == 2
    assert ".svg or .png" in ran.err
