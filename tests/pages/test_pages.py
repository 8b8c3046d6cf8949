"""Every example of every page is run."""

import doctest
import importlib.util
import re
from pathlib import Path

import pytest

from tests.pages import console, desk
from tests.pages.desk import TOP
from tests.pages.refresh import DIGEST

PAGES = [path.relative_to(TOP).as_posix() for path in desk.pages()]


def text(page: str) -> str:
    return (TOP / page).read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_the_digest_of_a_model_which_depends_on_the_versions_it_was_made_with(
    page: str,
) -> None:
    assert DIGEST.findall(text(page)) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_runs_and_prints_what_the_page_shows(
    page: str, tmp_path: Path
) -> None:
    desk.furnish(tmp_path)
    for shown in console.commands(text(page)):
        if not console.is_run(shown):
            continue
        status, printed = console.run(console.quickly(shown.line), tmp_path)
        assert status == 0, f"{page}: {shown.line}\n{printed}"
        if shown.output is not None:
            assert console.same(shown.output, printed), f"{page}: {shown.line}\n{printed}"


@pytest.mark.parametrize("page", [page for page in PAGES if ">>> " in text(page)])
def test_the_python_of_a_page_runs_and_gives_what_the_page_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    desk.furnish(tmp_path)
    assert doctest.testfile(str(TOP / page), module_relative=False, encoding="utf-8").failed == 0


@pytest.mark.parametrize("page", PAGES)
def test_every_program_that_a_page_names_is_there(page: str) -> None:
    for name in re.findall(r"python -m ((?:bench|tests)[\w.]*)", text(page)):
        assert importlib.util.find_spec(name), name


@pytest.mark.parametrize("page", PAGES)
def test_no_example_hides_in_a_block_that_nobody_runs(page: str) -> None:
    run_or_data = {"console", "python", "csv", "json", "text"}
    assert set(console.languages(text(page))) <= run_or_data
    for block in text(page).split("```")[1::2]:
        if block.startswith("python"):
            assert ">>> " in block
        elif not block.startswith("console"):
            assert "classify " not in block or page == "docs/commands.md"


def test_a_page_that_shows_another_output_is_found_out(tmp_path: Path) -> None:
    page = (
        "Say:\n\n```console\n$ echo one; echo two\none\nthree\n```\n\n    true  # and\n    false\n"
    )
    shown = list(console.commands(page))
    assert [each.line for each in shown] == ["echo one; echo two", "true", "false"]
    status, printed = console.run(shown[0].line, tmp_path)
    assert (status, printed) == (0, "one\ntwo\n")
    assert shown[0].output is not None
    assert not console.same(shown[0].output, printed)
    assert console.run(shown[2].line, tmp_path)[0] == 1


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    for target in console.links(text(page)):
        assert (TOP / page).parent.joinpath(target).exists(), target
