"""The command `classify`: which commands there are, and what becomes of an error.

Commands are imported when they are called, so that `classify --help` starts at once.
"""

import gc
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from chipstance.cli.signals import heed_no_more, heed_signals
from chipstance.cli.streams import prepare_streams, write_no_more
from chipstance.errors import ChipstanceError, StoppedError
from chipstance.printable import printable, printable_lines

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Name of each command, its module in this package being of the same name, and its help in a line.
COMMANDS = {
    "score": "Label every sentence of articles, and every company in it.",
    "report": "Add scored rows up per company, day, week, topic or source.",
    "explain": "Show which words moved each verdict on a text, and by how much.",
    "train": "Train a model on label files.",
    "evaluate": "Measure a model on label files.",
    "compare": "Say whether one model is better than another.",
    "drift": "Say whether new articles are still what a model knows.",
    "labels": "Check, exchange, suggest and audit labels; compare two readers.",
    "companies": "Look into and check the company table.",
    "models": "List models, show what made them, and put one to use.",
}
DEFAULT = "score"
# A word that has a smaller share of its letters in common with a command is no slip for it.
_ALIKE = 0.75


class Commands(click.Group):
    """The commands, imported when called; what is no command is something to score."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"chipstance.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command before arguments that name none."""
        # Completion of what is being typed reads no input and refuses nothing.
        completing = ctx.resilient_parsing
        if not args and not completing and not sys.stdin.isatty():
            args = [DEFAULT]
        elif args and args[0] not in COMMANDS and args[0] not in ("-h", "--help", "--version"):
            if not completing and args[0].isidentifier() and not os.path.exists(args[0]):
                raise _no_command(args[0])
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """Offer commands; what begins none is a file to score."""
        from click.shell_completion import CompletionItem

        offered = super().shell_complete(ctx, incomplete)
        return offered or [CompletionItem(incomplete, type="file")]

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; Ctrl-C becomes one line, a reader that has enough none."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt:
            raise StoppedError("stopped") from None
        except BrokenPipeError:
            write_no_more()
            # As the shell counts a program that SIGPIPE ended.
            raise SystemExit(141) from None
        return result


def _no_command(word: str) -> click.UsageError:
    # Here and not above: few words are no command.
    from difflib import get_close_matches

    meant = "".join(
        f"; did you mean {name}?" for name in get_close_matches(word, COMMANDS, 1, _ALIKE)
    )
    return click.UsageError(f"{word}: no such command, and no such file or folder{meant}")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chipstance", prog_name="classify")
def classify() -> None:
    """Stance on chips, topic, hype and sentiment per company of Chinese-language news.

    \b
    Example:
      classify article.txt
      classify score folder/ -o scored.jsonl
      cat article.txt | classify
    """


def main() -> None:
    """Run the command line; an error is one line on stderr and an exit status."""
    heed_signals()
    prepare_streams()
    try:
        status = classify.main(standalone_mode=False)
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        # Click sets choices out with tabs, which are nothing to fear.
        lines = shown.getvalue().expandtabs(2).splitlines()
        click.echo(printable_lines(lines), err=True)
        status = error.exit_code
    except StoppedError as error:
        try:
            click.echo(f"Error: {printable(str(error))}", err=True)
        except OSError:
            # A terminal that was closed asks to end, and takes nothing more.
            write_no_more(sys.stderr)
        status = error.status
    except ChipstanceError as error:
        click.echo(f"Error: {printable(str(error))}", err=True)
        status = 1
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        status = 130
    except MemoryError:
        click.echo("Error: the memory is too small; use fewer --jobs, or smaller files", err=True)
        status = 1
    except RecursionError:
        click.echo("Error: folders lie too deep in one another; name one further down", err=True)
        status = 1
    except OSError as error:
        what = printable(str(error.filename)) if error.filename else "cannot be written"
        click.echo(f"Error: {what}: {error.strerror}", err=True)
        status = 1
        write_no_more()
    heed_no_more()
    # What is left goes with the process: a last look for garbage among it would find none either.
    gc.freeze()
    sys.exit(status if isinstance(status, int) else 0)
