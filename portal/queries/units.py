"""Schools, municipalities and regions with what lies below them: the rows of reports of a whole unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, select

from portal.extensions import session
from portal.models.organisation import Municipality, Region, School
from portal.values.week import long_date

Level = Literal["school", "municipality", "region"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: a region's ``units`` are its municipalities, a municipality's its schools; a school has none."""

    level: Level
    unit_id: int
    key: str
    name: str
    units: tuple[Unit, ...] = ()

    @property
    def schools(self) -> tuple[Unit, ...]:
        """Every school of the unit, by name within its municipality; a school is its own only one."""
        if self.level == "school":
            return (self,)
        return tuple(school for unit in self.units for school in unit.schools)

    def as_of(self, day: date) -> str:
        """«Школа № 1, на 14 сентября 2026»."""
        return f"{self.name}, на {long_date(day)} {day.year}"

    @property
    def school_ids(self) -> list[int]:
        return [school.unit_id for school in self.schools]


def school(school_id: int) -> Unit:
    """``LookupError`` for no such school."""
    return _only(_schools(School.id == school_id), school_id)[1]


def municipality(municipality_id: int) -> Unit:
    """A municipality with its schools by name; ``LookupError`` for no such one."""
    return _only(_municipalities(Municipality.id == municipality_id), municipality_id)


def region(region_id: int) -> Unit:
    """A region with its municipalities and their schools, in three queries; ``LookupError`` for no such one."""
    row = session.execute(select(Region.id, Region.key, Region.name).where(Region.id == region_id)).one_or_none()
    if row is None:
        raise LookupError(region_id)
    return Unit("region", row.id, row.key, row.name, tuple(_municipalities(Municipality.region_id == region_id)))


def _municipalities(which: ColumnElement[bool]) -> list[Unit]:
    rows = session.execute(
        select(Municipality.id, Municipality.key, Municipality.name)
        .where(which)
        .order_by(Municipality.name, Municipality.id)
    ).all()
    schools = _schools(School.municipality_id.in_([row.id for row in rows]))
    return [
        Unit("municipality", row.id, row.key, row.name, tuple(found for above, found in schools if above == row.id))
        for row in rows
    ]


def _schools(which: ColumnElement[bool]) -> list[tuple[int, Unit]]:
    """(municipality, school) by name."""
    columns = (School.id, School.key, School.name, School.municipality_id)
    rows = session.execute(select(*columns).where(which).order_by(School.sort_key, School.id))
    return [(row.municipality_id, Unit("school", row.id, row.key, row.name)) for row in rows]


def _only(found: list[Any], unit_id: int) -> Any:
    if not found:
        raise LookupError(unit_id)
    return found[0]
