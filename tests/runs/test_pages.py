"""The commands of docs/cluster.md exist, and take the options they are given there."""

import importlib.util
import re
import subprocess
import sys

import click
import pytest

from chipstance.cli.main import classify
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "cluster.md").read_text("utf-8")


def commands(name: str) -> list[list[str]]:
    return [line.split() for line in re.findall(rf"^    {name} (.*)$", PAGE, re.MULTILINE)]


@pytest.mark.parametrize("args", commands("classify"), ids=" ".join)
def test_commands_are_understood(args: list[str]) -> None:
    command = classify.get_command(click.Context(classify), args[0])
    assert command is not None
    command.make_context(args[0], args[1:])


@pytest.mark.parametrize("args", commands("dask"), ids=" ".join)
def test_dask_has_the_options_that_are_named(args: list[str]) -> None:
    pytest.importorskip("distributed")
    command = [sys.executable, "-m", "dask", args[0], "--help"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    for option in [arg for arg in args if arg.startswith("--")]:
        assert option in ran.stdout


def test_programs_that_print_figures_are_there() -> None:
    named = re.findall(r"python -m (bench\.\w+)", PAGE)
    assert len(named) == 4
    assert all(importlib.util.find_spec(name) for name in named)
