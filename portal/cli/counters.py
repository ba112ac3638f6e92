"""``portal counters``: days counted ahead for the counters beside the indicators."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from portal import create_app
from portal.extensions import begin_mode
from portal.jobs.counted_days import count_finished_days
from portal.values.plural import plural


@click.group()
def command() -> None:
    """Счётчики отметок и уроков."""


@command.command("count")
def count_command() -> None:
    """Посчитать закончившиеся дни заранее, раз в сутки. Без этого числа те же, но страница открывается дольше."""
    with create_app().app_context():
        begin_mode.set("write")
        behind = count_finished_days(datetime.now(UTC))
    click.echo(f"Посчитано: {plural(behind, 'школа', 'школы', 'школ')}.")
