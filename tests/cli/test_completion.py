"""Completion in the shell, as bash asks for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CLASSIFY = Path(sys.executable).with_name("classify")


def offered(typed: str) -> list[str]:
    """What is offered behind what was typed; the word under the cursor is the last one."""
    words = typed.split(" ")
    environment = os.environ | {
        "_CLASSIFY_COMPLETE": "bash_complete",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(words) - 1),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    done = subprocess.run(
        [CLASSIFY], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == ""
    return [line.removeprefix("plain,") for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("classify la", ["labels"]),
        ("classify com", ["compare", "companies"]),
        ("classify labels su", ["suggest"]),
        ("classify score --res", ["--resume"]),
        ("classify score --format ", ["table", "jsonl", "csv", "parquet"]),
        ("classify article.txt --form", ["--format"]),
        ("classify wire --form", ["--format"]),
        ("classify artic", ["file,artic"]),
    ],
)
def test_commands_options_and_choices_are_completed(typed: str, expected: list[str]) -> None:
    assert offered(typed) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script_for_each_shell(shell: str) -> None:
    environment = os.environ | {
        "_CLASSIFY_COMPLETE": f"{shell}_source",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    done = subprocess.run([CLASSIFY], env=environment, capture_output=True, text=True, check=True)
    assert f"_CLASSIFY_COMPLETE={shell}_complete" in done.stdout
