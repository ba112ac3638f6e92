"""``portal db upgrade``: bring the database to the current tables and views."""

from __future__ import annotations

import click

from portal import create_app
from portal.migrate import upgrade


@click.group()
def command() -> None:
    """База данных: таблицы и представления."""


@command.command("upgrade")
def upgrade_command() -> None:
    """Привести таблицы и представления к текущей версии (и на пустой базе)."""
    app = create_app()
    with app.app_context():
        revision = upgrade()
    click.echo(f"База данных готова, версия {revision}.")
