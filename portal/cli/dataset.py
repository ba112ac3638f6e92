"""``portal dataset load | check | dump``: a district in and out of the portal."""

from __future__ import annotations

import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy.exc import DBAPIError

from portal import create_app
from portal.cli.progress import RowsProgress
from portal.exchange.faults import DatasetFaults
from portal.exchange.source import open_dataset
from portal.exchange.tables import TABLES
from portal.exchange.writer import write_dataset
from portal.extensions import begin_mode, session
from portal.migrate import upgrade
from portal.operations.counted_days import count_ahead
from portal.operations.dataset import LoadResult, load
from portal.queries.dataset import dump_tables, read_as_one
from portal.values.plural import plural


@click.group()
def command() -> None:
    """Набор данных: загрузить, проверить, выгрузить (папка или zip с CSV)."""


@command.command("load")
@click.argument("path", type=click.Path(path_type=Path))
def load_command(path: Path) -> None:
    """Загрузить набор данных: весь или, если в нём есть ошибки, ничего."""
    with create_app().app_context():
        _load(path)
        count_ahead(datetime.now(UTC))
        session.commit()
    click.echo("Загружено.")


@command.command("check")
@click.argument("path", type=click.Path(path_type=Path))
def check_command(path: Path) -> None:
    """Проверить набор данных по нынешней базе, ничего в ней не меняя."""
    with create_app().app_context():
        _load(path)
        session.rollback()
    click.echo("Ошибок нет. В базе ничего не изменено.")


@command.command("dump")
@click.argument("path", type=click.Path(path_type=Path))
def dump_command(path: Path) -> None:
    """Выгрузить всё в пустую папку PATH или в архив PATH.zip (в нём персональные данные)."""
    if path.is_file() or (path.is_dir() and any(path.iterdir())):
        _stop(f"{path} уже есть и не пуст: укажите новое место.")
    begin_mode.set("read")
    with create_app().app_context():
        read_as_one()
        counts = write_dataset(path, dump_tables())
    for name, count in counts.items():
        click.echo(f"{name:<20}{_number(count):>12}")
    click.echo(f"Выгружено в {path}: {plural(sum(counts.values()), 'строка', 'строки', 'строк')}.")


def _load(path: Path) -> None:
    """Load into the open transaction and tell counts, rate and memory; faults end the command with code 1."""
    try:
        source = open_dataset(path)
    except FileNotFoundError:
        _stop(f"Нет ни папки, ни архива {path}.")
    upgrade()
    progress, started = RowsProgress(), time.perf_counter()
    try:
        result = load(source, at=datetime.now(UTC), progress=progress)
    except DatasetFaults as faults:
        progress.finish()
        session.rollback()
        _tell_faults(faults)
    except DBAPIError as error:  # its parameters are people's data: only the first line is told
        progress.finish()
        _stop(f"База данных отказала, ничего не загружено: {str(error.orig).splitlines()[0]}")
    progress.finish()
    _tell(result, time.perf_counter() - started)


def _tell_faults(faults: DatasetFaults) -> NoReturn:
    for fault in faults.shown:
        click.echo(str(fault), err=True)
    rest = faults.total - len(faults.shown)
    if rest:
        click.echo(f"… и ещё {plural(rest, 'ошибка', 'ошибки', 'ошибок')}.", err=True)
    _stop(f"{plural(faults.total, 'ошибка', 'ошибки', 'ошибок')}: ничего не загружено.")


def _tell(result: LoadResult, seconds: float) -> None:
    for note in result.notes:
        click.echo(note, err=True)
    click.echo(f"{'таблица':<20}{'строк':>12}{'новых':>12}{'изменено':>12}")
    for name in TABLES:
        if count := result.tables.get(name):
            cells = "".join(f"{_number(n):>12}" for n in (count.rows, count.new, count.changed))
            click.echo(f"{name:<20}{cells}")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rows = plural(result.rows, "строка", "строки", "строк")
    rate = _number(round(result.rows / max(seconds, 0.001)))
    click.echo(f"{rows} за {seconds:.1f} с: {rate} в секунду, память не больше {memory} МБ.")


def _number(value: int) -> str:
    """1 234 567."""
    return f"{value:,}".replace(",", " ")


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)
