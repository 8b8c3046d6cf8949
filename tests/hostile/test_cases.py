"""Bad and hostile input, a case a line in `cases/*.jsonl`; add one by adding a line.

name        what it is, in words
files       files to make, by name; see `made`. `good.txt` is there in every case
stdin       what is fed, made likewise
run         the command
status      the exit status it must have
err         what stderr must say, each; [] for a stderr that must be empty
texts       sentences that must be in the rows on stdout, all of them and in order
companies   companies that the rows must name, all of them, in order
out         what stdout, or the file that is written, must contain
not_out     what neither may contain
leaves      files that the command may leave beside those it was given; it leaves no others
"""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chipstance.runs.work import opened
from tests.conftest import Ran
from tests.hostile import made

GOOD = "台積電上漲3%。"
_FOLDER = Path(__file__).parent / "cases"
_CASES = [
    pytest.param(json.loads(line), id=f"{path.stem}: {json.loads(line)['name']}")
    for path in sorted(_FOLDER.glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]


def test_there_are_many_cases_and_each_has_a_name_of_its_own() -> None:
    names = [case.id for case in _CASES]
    assert len(set(names)) == len(names) >= 120


@pytest.mark.parametrize("case", _CASES)
def test_hostile_input_is_answered_in_lines_and_loses_nothing(
    case: dict[str, Any],
    classify: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    # Names are relative here: what another case opened by the same name is another file.
    opened.cache_clear()
    made.make(Path("good.txt"), GOOD)
    for name, what in case.get("files", {}).items():
        made.make(Path(name), what)
    before = _files()
    ran = classify(*case["run"], stdin=made.data(case.get("stdin", "")))
    assert ran.status == case["status"], ran.err
    _check_said(ran.err, case)
    _check_rows(ran.out, case)
    leaves = set(case.get("leaves", []))
    if "-o" in case["run"] and not ran.status:
        leaves.add(case["run"][case["run"].index("-o") + 1])
    leaves = {name for name in leaves if not name.startswith("/dev/")}
    written = "".join(Path(name).read_text("utf-8", "replace") for name in leaves)
    for part in case.get("out", []):
        assert part in ran.out + written
    for part in case.get("not_out", []):
        assert part not in ran.out + written
    assert _files() - before == leaves


def _files() -> set[str]:
    return {str(path) for path in Path().rglob("*")}


def _check_said(err: str, case: dict[str, Any]) -> None:
    for part in case["err"]:
        assert part in err
    assert bool(case["err"]) == bool(err), err
    assert "Traceback" not in err
    # Nothing that moves a cursor, breaks a line in two or turns the order of reading.
    assert not [c for c in err if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c != "\n"]
    if case["status"] == 1:
        assert [line for line in err.splitlines() if line.startswith("Error: ")]


def _check_rows(out: str, case: dict[str, Any]) -> None:
    if "texts" not in case and "companies" not in case:
        return
    rows = [json.loads(line, parse_constant=pytest.fail) for line in out.splitlines()]
    if "texts" in case:
        assert [row["text"] for row in rows] == case["texts"]
    if "companies" in case:
        assert [each["company"] for row in rows for each in row["companies"]] == case["companies"]
    for row in rows:
        assert abs(sum(row["stance_p"].values()) - 1) < 1e-6
