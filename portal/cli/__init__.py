"""The ``portal`` command. Each noun is a file here with one click group or command."""

from __future__ import annotations

import importlib

import click

COMMANDS = ("serve", "db", "dataset", "demo", "indicators", "counters", "account")


class LazyGroup(click.Group):
    """Imports a command only when it is asked for, so that ``portal --help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"portal.cli.{cmd_name}").command
        return command


@click.group(cls=LazyGroup)
def main() -> None:
    """Школьный портал: запуск и обслуживание."""
