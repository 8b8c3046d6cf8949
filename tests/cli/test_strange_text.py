"""What strangers wrote is shown by every command, and moves no cursor of the terminal it is on."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.labels.rows import LabelRow
from chipstance.models.learning.whole import train
from chipstance.models.learning.writing import write_model
from tests.conftest import Ran
from tests.models.learning.test_learning import reviews

Classify = Callable[..., Ran]
# Clears the screen; the same in one character; turns the order of reading; breaks the line; and
# what is no markup of ours.
ESC, NASTY = "\x1b[2J", "\x1b[2J\x9b2J\u202e\n[/red]"
TASK = f"mood{NASTY}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Models, labels, company tables and articles, each with such characters."""
    folder = tmp_path_factory.mktemp("strange")
    for name, labels in (("one", {"good": "good", "bad": "bad"}), ("two", {"good": "bad"})):
        rows = [
            LabelRow(row["text"], {TASK: labels.get(row["mood"], "good") + NASTY}, None, str(at))
            for at, row in enumerate(reviews())
        ]
        # A model of a stranger's own making may be called anything.
        made = train(rows, Linker(load_table()), name=f"{name}{NASTY}", parameters=None)
        write_model(folder / f"{name}{ESC}", made)
    said = [
        {"text": row["text"] + ESC, TASK: row["mood"] + NASTY, "article": row["article"] + ESC}
        for row in reviews()
    ]
    (folder / f"labels{ESC}.jsonl").write_text("\n".join(map(json.dumps, said)), "utf-8")
    (folder / f"article{ESC}.txt").write_text(f"台積電{ESC}上漲3%。聯電下跌。", "utf-8")
    head = "id,kind,names_tw,products\n"
    company = f'strange,firm{ESC},"怪異{ESC}公司","怪貨{ESC}"\n'
    (folder / "table.csv").write_text(head + company, "utf-8")
    (folder / f"bad{ESC}.csv").write_text(f"{head}{company}other-{company}", "utf-8")
    return folder


def moves(text: str) -> list[str]:
    """Characters that are more than themselves on a terminal; tabs part the columns of lists."""
    special = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl")}
    return sorted(special - {"\n", "\t"})


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize(
    "command",
    [
        ["explain", "服務很好", "--model", "MODEL"],
        ["explain", f"服務{ESC}很好", "--model", "MODEL"],
        ["drift", "ARTICLE", "--against", "MODEL"],
        ["evaluate", "--labels", "LABELS", "--model", "MODEL"],
        ["evaluate", "--labels", "LABELS", "--cross-validate"],
        ["compare", "MODEL", "OTHER", "--labels", "LABELS"],
        ["labels", "audit", "LABELS"],
    ],
    ids=" ".join,
)
def test_text_and_json_of_a_command_move_no_cursor(
    classify: Classify, folder: Path, command: list[str], form: str
) -> None:
    check(classify, folder, [*command, "--format", form])


@pytest.mark.parametrize(
    "command",
    [
        ["score", "ARTICLE", "--model", "MODEL"],
        ["models", "list", "FOLDER"],
        ["models", "show", "MODEL"],
        ["models", "show", "MODEL", "--format", "json"],
        ["models", "use", ESC],
        ["labels", "check", "LABELS"],
        ["labels", "stats", "LABELS"],
        ["labels", "agree", "LABELS", "LABELS", "--differences"],
        ["labels", "suggest", "ARTICLE", "--model", "MODEL"],
        ["companies", "list", "--companies", "TABLE"],
        ["companies", "show", "strange", "--companies", "TABLE"],
        ["companies", "check", "--companies", "BAD"],
        ["train", "--labels", "LABELS", "--only", "-o", "OUT"],
    ],
    ids=" ".join,
)
def test_a_command_moves_no_cursor(classify: Classify, folder: Path, command: list[str]) -> None:
    check(classify, folder, command)


def check(classify: Classify, folder: Path, command: list[str]) -> None:
    names = {
        "MODEL": folder / f"one{ESC}",
        "OTHER": folder / f"two{ESC}",
        "LABELS": folder / f"labels{ESC}.jsonl",
        "ARTICLE": folder / f"article{ESC}.txt",
        "TABLE": folder / "table.csv",
        "BAD": folder / f"bad{ESC}.csv",
        "FOLDER": folder,
        "OUT": folder / f"out{ESC}",
    }
    ran = classify(*(names.get(each, each) for each in command))
    assert moves(ran.out + ran.err) == []
    assert "Traceback" not in ran.err
    # What was meant to be shown is shown: in words, or in JSON that says the same.
    assert any(shown in ran.out + ran.err for shown in (r"\x1b[2J", r"\u001b[2J"))
    if "json" in command and command[0] != "explain":
        json.loads(ran.out)
