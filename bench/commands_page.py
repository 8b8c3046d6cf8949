"""Write docs/commands.md: the help of every command, in the order of `classify --help`.

python -m bench.commands_page
"""

from collections.abc import Iterator
from pathlib import Path

import click

from chipstance.cli.main import classify

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
_WIDTH = 90
_HEAD = "# Commands\n\nWritten by `python -m bench.commands_page` from the help of each command.\n"


def contexts() -> Iterator[click.Context]:
    """Yield the context of `classify` and of every command under it, in the order of help."""
    top = click.Context(
        classify,
        info_name="classify",
        terminal_width=_WIDTH,
        help_option_names=["-h", "--help"],
    )
    yield from _with_those_under(top)


def _with_those_under(context: click.Context) -> Iterator[click.Context]:
    yield context
    group = context.command
    if isinstance(group, click.Group):
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            yield from _with_those_under(click.Context(command, context, info_name=name))


def page() -> str:
    """The text of the page."""
    parts = [
        f"\n## {context.command_path}\n\n```text\n{context.get_help()}\n```\n"
        for context in contexts()
    ]
    return _HEAD + "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
