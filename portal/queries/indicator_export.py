"""The indicators of a week as rows of the exchange format (domain/dataset.md, «Indicators out»).

A frozen week's figures are the frozen ones; ``live`` computes them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from portal.extensions import session
from portal.models.organisation import Municipality, Region, School
from portal.queries.indicators import SchoolWeek, UnitWeek, municipality_week, region_week, school_week
from portal.values.percent import Percent
from portal.values.week import Week

COLUMNS = (
    "week_start", "level", "unit_id", "indicator", "numerator", "denominator", "value", "threshold", "met",
    "on_vacation",
)  # fmt: skip

UNITS: dict[str, Any] = {"school": School, "municipality": Municipality, "region": Region}

Row = tuple[str, ...]


def of_school(key: str, week: Week, *, live: bool = False) -> Iterator[Row]:
    """A school's rows; ``LookupError`` for no such key."""
    yield from _unit_rows(school_week(_id("school", key), week, live=live))


def of_municipality(key: str, week: Week, *, live: bool = False) -> Iterator[Row]:
    """A municipality's rows, then its schools'; ``LookupError`` for no such key."""
    unit = municipality_week(_id("municipality", key), week, live=live)
    yield from _rows([unit, *sorted(unit.schools, key=_key)])


def of_region(key: str, week: Week, *, live: bool = False) -> Iterator[Row]:
    """A region's rows, then its municipalities', then its schools'; ``LookupError`` for no such key."""
    unit = region_week(_id("region", key), week, live=live)
    yield from _rows([unit, *sorted(unit.units, key=_key), *sorted(unit.schools, key=_key)])


def of_all(week: Week, *, live: bool = False) -> Iterator[Row]:
    """Every region with all below it."""
    for key in session.scalars(select(Region.key).order_by(Region.key)).all():
        yield from of_region(key, week, live=live)


def _id(level: str, key: str) -> int:
    table = UNITS[level]
    found: int | None = session.scalar(select(table.id).where(table.key == key))
    if found is None:
        raise LookupError(key)
    return found


def _key(unit: SchoolWeek | UnitWeek) -> str:
    return unit.key


def _rows(units: Iterable[SchoolWeek | UnitWeek]) -> Iterator[Row]:
    for unit in units:
        yield from _unit_rows(unit)


def _unit_rows(unit: SchoolWeek | UnitWeek) -> Iterator[Row]:
    level = unit.level if isinstance(unit, UnitWeek) else "school"
    for figure in unit.figures.values():
        yield (
            unit.week.start.isoformat(), level, unit.key, figure.code, *_counts(figure.percent),
            figure.percent.decimal4(), _threshold(figure.threshold), _flag(figure.met), _flag(unit.on_vacation),
        )  # fmt: skip


def _counts(percent: Percent) -> tuple[str, str]:
    numerator, denominator = ("" if n is None else str(n) for n in (percent.numerator, percent.denominator))
    return numerator, denominator


def _threshold(threshold: object) -> str:
    """«50», «66.5»."""
    text = "" if threshold is None else str(threshold)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _flag(value: bool | None) -> str:
    return "" if value is None else str(int(value))
