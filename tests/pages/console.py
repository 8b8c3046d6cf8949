"""Finding the shell commands of a page, running them, and comparing what they print.

A page has two kinds of them. A block fenced as `console` has commands behind `$ ` and below each
what it prints, stderr too; no lines below it mean that only success is claimed. An indented block
has a command a line and no output. In an output, a line of `…` stands for any lines, and `…` in a
line for any characters.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?:^\n|\A)((?:^ {4}.*\n)+)", re.MULTILINE)
ELLIPSIS = "…"
_SECONDS = 300
# What a page shows that is not run, by its first word, and why.
_NOT_RUN = {
    "make": "makes an environment, or is what runs this",
    "python": "measures for minutes",
    "pip": "would install",
    "apt-get": "would install",
    "dask": "runs until it is stopped; tests/runs has a cluster",
}
# Training on the default labels takes a minute: here it is done on the reader's labels alone.
_SLOW = "classify train --labels mine.csv --name desk"


@dataclass(frozen=True)
class Shown:
    """A command that a page shows.

    Attributes:
        line: As the page writes it, without prompt and remark.
        output: What the page says it prints; None where it says nothing.
    """

    line: str
    output: str | None

    @property
    def words(self) -> list[str]:
        """Words of the command."""
        return shlex.split(self.line, comments=True)


def languages(page: str) -> list[str]:
    """Language of each fenced block of a page."""
    return [match[1] for match in _FENCED.finditer(page)]


def links(page: str) -> list[str]:
    """What the links of a page lead to, other sites and places in a page left out."""
    targets = (target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", page))
    return [target for target in targets if target and "://" not in target]


def commands(page: str) -> Iterator[Shown]:
    """Yield the commands of a page in order."""
    found = [
        *((m.start(), _of_console(m[2])) for m in _FENCED.finditer(page) if m[1] == "console"),
        *((m.start(), _of_indented(m[1])) for m in _INDENTED.finditer(_unfenced(page))),
    ]
    for _, shown in sorted(found, key=lambda block: block[0]):
        yield from shown


def _unfenced(page: str) -> str:
    """The page with fenced blocks blanked, every position kept."""
    return _FENCED.sub(lambda match: re.sub(r"[^\n]", "#", match[0]), page)


def _of_console(block: str) -> list[Shown]:
    shown: list[Shown] = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        while line.endswith("\\"):
            more, _, output = output.partition("\n")
            line = line[:-1] + more.removeprefix("> ")
        shown.append(Shown(line, output if output.strip() else None))
    return shown


def _of_indented(block: str) -> list[Shown]:
    lines = (line.strip() for line in block.splitlines())
    return [Shown(line.partition("  #")[0].strip(), None) for line in lines if line]


def is_run(shown: Shown) -> bool:
    """Whether the tests run a command: not what installs, and not what needs a cluster."""
    return shown.words[0] not in _NOT_RUN and "--cluster" not in shown.words


def quickly(line: str) -> str:
    """A command as the tests run it."""
    return f"{line} --only" if line == _SLOW else line


def run(line: str, folder: Path) -> tuple[int, str]:
    """Run a command as a shell does.

    Args:
        line: The command.
        folder: Where to.

    Returns:
        Exit status, and what it printed to stdout and stderr.
    """
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "CHIPSTANCE_MODELS": str(folder / "kept"),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
        "TERM": "dumb",
    }
    done = subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, timeout=_SECONDS, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode, done.stdout.decode("utf-8", "replace")


def same(shown: str, printed: str) -> bool:
    """Whether an output is what a page says, spaces at the ends of lines apart.

    >>> same("a\\n…\\nd", "a  \\nb\\nc\\nd\\n"), same("a …", "a b"), same("a", "b")
    (True, True, False)
    """
    pattern = ""
    for line in shown.strip("\n").splitlines():
        if line.strip() == ELLIPSIS:
            pattern += r"(?:.*\n)*?"
        else:
            pattern += re.escape(line.rstrip()).replace(ELLIPSIS, ".*") + r"\n"
    lines = (line.rstrip() for line in printed.strip("\n").splitlines())
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in lines)) is not None
