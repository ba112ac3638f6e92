"""``portal indicators``: the figures of a week as CSV; an activity profile for a region."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from sqlalchemy import select

from portal import create_app
from portal.content.profiles import profile, profiles
from portal.extensions import begin_mode, session
from portal.models.organisation import Region
from portal.operations.profiles import adopt_profile
from portal.queries import indicator_export
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
@click.option("--school", help="Ключ школы: только она.")
@click.option("--municipality", help="Ключ муниципалитета: он и его школы.")
@click.option("--region", help="Ключ региона: он, его муниципалитеты и школы.")
@click.option("--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Файл вместо экрана.")
def export_command(
    week: Week, school: str | None, municipality: str | None, region: str | None, out: Path | None
) -> None:
    """Показатели недели в CSV: строка на каждую единицу и показатель."""
    chosen = [
        (rows, key)
        for rows, key in (
            (indicator_export.of_school, school),
            (indicator_export.of_municipality, municipality),
            (indicator_export.of_region, region),
        )
        if key is not None
    ]
    if len(chosen) > 1:
        raise click.UsageError("Выберите что-то одно: --school, --municipality или --region.")
    with create_app().app_context():
        begin_mode.set("read")
        try:
            found = list(chosen[0][0](chosen[0][1], week) if chosen else indicator_export.of_all(week))
        except LookupError as error:
            raise click.ClickException(f"Нет единицы с ключом {error}.") from error
    _write(found, out)


def _write(rows: Iterable[indicator_export.Row], out: Path | None) -> None:
    """CSV in UTF-8, lines ended as RFC 4180 has it."""
    if out is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        csv.writer(sys.stdout).writerows([indicator_export.COLUMNS, *rows])
        return
    with out.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([indicator_export.COLUMNS, *rows])
    click.echo(f"Записано в {out}.", err=True)


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
        adopt_profile(region_id, profile(name), from_week)
        session.commit()
    click.echo(f"Профиль «{name}» действует с недели {from_week}.")
