"""What commands say: results on stdout, all else on stderr, nothing that could move a cursor."""

import sys

import click

from chipstance.printable import printable, printable_json, printable_lines


def tell(*lines: str) -> None:
    """Print a result for people on stdout, each of its lines safe to print."""
    click.echo(printable_lines(lines))


def tell_json(value: object) -> None:
    """Print a result for programs on stdout; what it quotes cannot move a cursor either."""
    import json

    click.echo(printable_json(json.dumps(value, ensure_ascii=False, indent=1)))


def note(line: str) -> None:
    """Say on stderr what was understood; no problem, so the exit status stays."""
    click.echo(printable(line), err=True)


class Problems:
    """Prints problems as they come, and remembers that there were some."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, line: str) -> None:
        """Print one problem on stderr, above the bar of `progress` where there is one."""
        self.count += 1
        # Not by `click.echo`, which keeps the stream that was there before the bar.
        print(f"Error: {printable(line)}", file=sys.stderr)

    def exit(self) -> None:
        """End with status 1 if there was a problem."""
        if self.count:
            raise SystemExit(1)
