"""Commands with sub-commands, such as `servq causes list`; called without one, they print their help."""

from __future__ import annotations

import typer

from servq.cli.terminal.output import write

USAGE = 2
"""The exit code of a command line that asks for nothing."""


def group(name: str, told: str) -> typer.Typer:
    """A command made of commands: its name, and what it is about."""
    return typer.Typer(name=name, help=told, callback=tell_commands, invoke_without_command=True)


def tell_commands(ctx: typer.Context) -> None:
    """Print the help where no sub-command is named, with the exit code of wrong usage."""
    if ctx.invoked_subcommand is None:
        write(ctx.get_help() + "\n")
        raise typer.Exit(USAGE)
