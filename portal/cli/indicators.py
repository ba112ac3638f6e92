"""``portal indicators``: the figures of a week as CSV; freezing a week; an activity profile for a region."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import select

from portal import create_app
from portal.cli.units import Unit, chosen, no_unit, unit_id, unit_options
from portal.content.profiles import profile, profiles
from portal.extensions import begin_mode, session
from portal.models.organisation import Region
from portal.operations.frozen_weeks import freeze
from portal.operations.profiles import adopt_profile
from portal.queries import indicator_export
from portal.values.refusal import Refusal
from portal.values.week import Week


class WeekType(click.ParamType):
    """A date; any day names its week."""

    name = "дата"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Week:
        if isinstance(value, Week):
            return value
        try:
            return Week.parse(str(value))
        except ValueError:
            self.fail(f"«{value}» — не дата; нужна дата вида 2026-09-14", param, ctx)


WEEK = WeekType()


@click.group()
def command() -> None:
    """Показатели мониторинга."""


@command.command("export")
@click.option("--week", type=WEEK, required=True, help="Любой день недели, например 2026-09-14.")
@unit_options
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Файл вместо экрана.")
@click.option("--live", is_flag=True, help="Посчитать заново и те недели, что зафиксированы.")
def export_command(
    *, week: Week, school: str | None, municipality: str | None, region: str | None, out: Path | None, live: bool
) -> None:
    """Показатели недели в CSV: строка на каждую единицу и показатель. Зафиксированная неделя — как зафиксирована."""
    unit = chosen(school, municipality, region)
    with create_app().app_context():
        begin_mode.set("read")
        try:
            found = list(_rows(unit, week, live))
        except LookupError as error:
            raise no_unit(error) from error
    _write(found, out)


def _rows(unit: Unit, week: Week, live: bool) -> Iterable[indicator_export.Row]:
    if unit.key is None:
        return indicator_export.of_all(week, live=live)
    of_level = {
        "school": indicator_export.of_school,
        "municipality": indicator_export.of_municipality,
        "region": indicator_export.of_region,
    }[unit.level]
    return of_level(unit.key, week, live=live)


def _write(rows: Iterable[indicator_export.Row], out: Path | None) -> None:
    """CSV in UTF-8, lines ended as RFC 4180 has it."""
    if out is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        csv.writer(sys.stdout).writerows([indicator_export.COLUMNS, *rows])
        return
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([indicator_export.COLUMNS, *rows])
    click.echo(f"Записано в {out}.", err=True)


@command.command("freeze")
@click.option("--week", type=WEEK, required=True, help="Любой день недели, которая кончилась.")
@unit_options
@click.option("--recompute", is_flag=True, help="Посчитать зафиксированное заново; прежнее остаётся на записи.")
def freeze_command(
    week: Week, school: str | None, municipality: str | None, region: str | None, recompute: bool
) -> None:
    """Зафиксировать показатели недели: больше они не изменятся вместе с журналом."""
    unit, at = chosen(school, municipality, region), datetime.now(UTC)
    with create_app().app_context():
        try:
            done = freeze(unit.level, unit_id(unit), week, by=None, at=at, recompute_until=at if recompute else None)
        except Refusal as refusal:
            raise click.ClickException(refusal.reason) from refusal
        session.commit()
    click.echo(
        f"Неделя {week}: зафиксировано школ {done.frozen}, пересчитано {done.recomputed}, "
        f"осталось как было {done.kept}."
    )


@command.command("adopt")
@click.option("--region", required=True, help="Ключ региона.")
@click.option("--profile", "name", required=True, type=click.Choice([found.name for found in profiles()]))
@click.option("--from-week", type=WEEK, required=True, help="С какой недели действует.")
def adopt_command(region: str, name: str, from_week: Week) -> None:
    """Дать региону профиль активности, который поставляется с порталом."""
    with create_app().app_context():
        region_id = session.scalar(select(Region.id).where(Region.key == region))
        if region_id is None:
            raise click.ClickException(f"Нет региона с ключом {region}.")
        adopt_profile(region_id, profile(name), from_week, at=datetime.now(UTC))
        session.commit()
    click.echo(f"Профиль «{name}» действует с недели {from_week}.")
