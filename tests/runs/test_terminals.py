"""Rows on a terminal cannot move its cursor; in a pipe and a file they are what they are."""

import json
import os
import pty
import re
import unicodedata
from pathlib import Path

import pytest

import chipstance
from chipstance.labels.rows import LabelRow
from tests.models.learning.test_learning import reviews
from tests.reports.made import mention, scored, write
from tests.runs.conftest import Start

# Clears the screen, in two ways, and turns the order of reading.
NASTY = "\x1b[2J\x9b2J\u202e"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article, rows, labels, and a model whose labels have such characters in them."""
    folder = tmp_path_factory.mktemp("terminals")
    (folder / "article.txt").write_text("「台積電」上漲3%,😀。\n\n聯電下跌。", "utf-8")
    row = {"text": f"台積電{NASTY}上漲。", "stance": "bullish"}
    (folder / "labels.jsonl").write_text(json.dumps(row), "utf-8")
    write(folder / "rows.jsonl", [scored(source=f"報{NASTY}", companies=[mention("tsmc")])])
    rows = [
        LabelRow(row["text"], {"mood": row["mood"] + NASTY}, None, str(at))
        for at, row in enumerate(reviews())
    ]
    chipstance.train(rows, name="mood").save(folder / "mood")
    return folder


def on_terminal(start: Start, folder: Path, command: str, status: int = 0) -> str:
    """What a command prints on a terminal, which makes two characters of a line's end."""
    ours, theirs = pty.openpty()
    with start(*command.split(), stdout=theirs, cwd=folder) as run:
        os.close(theirs)
        parts = []
        while part := read(ours):
            parts.append(part)
    os.close(ours)
    assert run.returncode == status
    return b"".join(parts).decode().replace("\r\n", "\n")


def read(terminal: int) -> bytes:
    """What is printed next; nothing once who printed is gone, of which Linux makes an error."""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""


COMMANDS = [
    "score article.txt --model mood --format jsonl",
    "score article.txt --model mood --format csv",
    "score article.txt --model mood --format csv -o /dev/stdout",
    "report rows.jsonl --by source --format json",
    "report rows.jsonl --by source --format csv",
    "labels export labels.jsonl --to csv",
    "labels export labels.jsonl --to label-studio",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_rows_are_escaped_on_a_terminal_and_say_the_same(
    start: Start, folder: Path, command: str
) -> None:
    piped = start(*command.split(), cwd=folder).communicate(timeout=60)[0].decode()
    shown = on_terminal(start, folder, command)
    special = {char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl")}
    assert special <= {"\n"}
    assert r"\u001b[2J\u009b2J\u202e" in shown
    assert NASTY[-4:] in piped
    assert unescaped(shown) == unescaped(piped)


def unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_rows_without_such_characters_are_the_same_on_a_terminal(
    start: Start, folder: Path, form: str
) -> None:
    command = f"score article.txt --format {form}"
    piped = start(*command.split(), cwd=folder).communicate(timeout=60)[0].decode()
    assert on_terminal(start, folder, command) == piped


@pytest.mark.parametrize(
    "command",
    [
        "score article.txt --format parquet",
        "report rows.jsonl --format xlsx",
        "labels export labels.jsonl --to xlsx",
    ],
)
def test_what_is_no_text_is_not_written_to_a_terminal(
    start: Start, folder: Path, command: str
) -> None:
    shown = on_terminal(start, folder, command, status=2)
    assert shown == ""
