"""The unit a command is about: ``--school``, ``--municipality`` or ``--region``, by its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeVar

import click
from sqlalchemy import select

from portal.extensions import session
from portal.models.organisation import Municipality, Region, School

Level = Literal["school", "municipality", "region", "all"]
TABLES = {"school": School, "municipality": Municipality, "region": Region}

Command = TypeVar("Command", bound=Callable[..., Any])


class Unit(NamedTuple):
    """A level and a key; «all» has no key."""

    level: Level
    key: str | None


def unit_options(command: Command) -> Command:
    """The three options; :func:`chosen` reads them."""
    for option in (
        click.option("--region", help="Ключ региона: он, его муниципалитеты и школы."),
        click.option("--municipality", help="Ключ муниципалитета: он и его школы."),
        click.option("--school", help="Ключ школы: только она."),
    ):
        command = option(command)
    return command


def chosen(school: str | None, municipality: str | None, region: str | None) -> Unit:
    """The one unit named, or all of them."""
    named: list[Unit] = []
    if school is not None:
        named.append(Unit("school", school))
    if municipality is not None:
        named.append(Unit("municipality", municipality))
    if region is not None:
        named.append(Unit("region", region))
    if len(named) > 1:
        raise click.UsageError("Выберите что-то одно: --school, --municipality или --region.")
    return named[0] if named else Unit("all", None)


def unit_id(unit: Unit) -> int | None:
    """The id of the unit; ends the command where no unit has its key."""
    if unit.level == "all":
        return None
    table = TABLES[unit.level]
    found: int | None = session.scalar(select(table.id).where(table.key == unit.key))
    if found is None:
        raise no_unit(unit.key)
    return found


def no_unit(key: object) -> click.ClickException:
    """«Нет единицы с ключом x»."""
    return click.ClickException(f"Нет единицы с ключом {key}.")
