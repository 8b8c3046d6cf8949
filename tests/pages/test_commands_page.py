"""The page of commands, and the help that it is made of."""

import shlex

import click
import pytest
from bench import commands_page

CONTEXTS = {context.command_path: context for context in commands_page.contexts()}


def examples(context: click.Context) -> list[list[str]]:
    """Commands in the example block of a command's help, as words."""
    _, _, block = context.get_help().partition("  Example:\n")
    lines = [line.strip() for line in block.partition("\n\n")[0].splitlines()]
    return [shlex.split(line.rpartition(" | ")[2]) for line in lines]


def test_the_page_of_commands_is_what_their_help_says_now() -> None:
    assert commands_page.PAGE.read_text("utf-8") == commands_page.page(), (
        "stale: run python -m bench.commands_page"
    )


@pytest.mark.parametrize("path", CONTEXTS)
def test_the_help_of_every_command_has_an_example_of_it(path: str) -> None:
    shown = examples(CONTEXTS[path])
    assert shown
    assert all(words[0] == "classify" for words in shown)
    named = path.split()
    assert any(words[: len(named)] == named for words in shown)


@pytest.mark.parametrize("path", CONTEXTS)
def test_the_examples_in_help_use_options_that_there_are(path: str) -> None:
    for words in examples(CONTEXTS[path]):
        context = CONTEXTS["classify"]
        rest = words[1:]
        while isinstance(context.command, click.Group):
            known = isinstance(context.command, click.Group) and rest
            name = rest.pop(0) if known and rest[0] in _names(context) else "score"
            context = CONTEXTS[f"{context.command_path} {name}"]
        # Refuses an option, a choice or a number that the command does not take.
        context.command.make_context(context.info_name, rest or ["-"], parent=context.parent)


def _names(context: click.Context) -> list[str]:
    assert isinstance(context.command, click.Group)
    return context.command.list_commands(context)
