"""The indicators of schools, municipalities and regions in a reporting week (domain/indicators.md)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select

from portal.content.indicators import Indicator, indicators
from portal.extensions import session
from portal.models.activity import IndicatorHistory
from portal.models.journal import Lesson
from portal.models.organisation import Municipality, Region, School
from portal.queries import figures
from portal.queries.indicator_rows import Figure, Level, SchoolWeek, Spread, UnitFigure, UnitWeek
from portal.queries.readings import Reading
from portal.values.percent import Percent
from portal.values.week import Week

__all__ = [
    "Figure",
    "Level",
    "SchoolWeek",
    "Spread",
    "UnitFigure",
    "UnitWeek",
    "municipality_week",
    "region_week",
    "school_week",
    "schools_week",
    "weeks_with_data",
]


def school_week(school_id: int, week: Week, *, live: bool = False) -> SchoolWeek:
    """One school's figures; ``LookupError`` for no such school. ``live``: computed anew though the week is frozen."""
    found = schools_week([school_id], week, live=live)
    if not found:
        raise LookupError(school_id)
    return found[0]


def schools_week(school_ids: Collection[int], week: Week, *, live: bool = False) -> list[SchoolWeek]:
    """Many schools' figures by name, in the same few queries as one's."""
    return _schools(School.id.in_(list(school_ids)), week, live)


def municipality_week(municipality_id: int, week: Week, *, live: bool = False) -> UnitWeek:
    """A municipality's figures with its schools; ``LookupError`` for no such municipality."""
    columns = (Municipality.id, Municipality.key, Municipality.name)
    unit = session.execute(select(*columns).where(Municipality.id == municipality_id)).one_or_none()
    if unit is None:
        raise LookupError(municipality_id)
    return _unit("municipality", unit, week, _schools(School.municipality_id == municipality_id, week, live))


def region_week(region_id: int, week: Week, *, live: bool = False) -> UnitWeek:
    """A region's figures with its municipalities and schools; ``LookupError`` for no such region."""
    unit = session.execute(select(Region.id, Region.key, Region.name).where(Region.id == region_id)).one_or_none()
    if unit is None:
        raise LookupError(region_id)
    columns = (Municipality.id, Municipality.key, Municipality.name)
    parts = session.execute(
        select(*columns).where(Municipality.region_id == region_id).order_by(Municipality.name, Municipality.id)
    ).all()
    schools = _schools(School.municipality_id.in_([part.id for part in parts]), week, live)
    units = tuple(
        _unit("municipality", part, week, [school for school in schools if school.municipality_id == part.id])
        for part in parts
    )
    return _unit("region", unit, week, schools, units)


def weeks_with_data(school_ids: Collection[int]) -> tuple[Week, Week] | None:
    """The first and the last week that holds lessons or imported values of any of the schools."""
    sources: tuple[tuple[Any, Any], ...] = (
        (Lesson.week_start, Lesson.school_id),
        (IndicatorHistory.week_start, IndicatorHistory.school_id),
    )
    ends = [
        select(end(monday)).where(owner == School.id).correlate(School).scalar_subquery()
        for monday, owner in sources
        for end in (func.min, func.max)
    ]  # each is one look into an index
    rows = session.execute(select(*ends).where(School.id.in_(list(school_ids))))
    mondays = [monday for row in rows for monday in row if monday is not None]
    return (Week.of(min(mondays)), Week.of(max(mondays))) if mondays else None


def _schools(which: ColumnElement[bool], week: Week, live: bool) -> list[SchoolWeek]:
    columns = (School.id, School.key, School.name, School.municipality_id)
    found = session.execute(select(*columns).where(which).order_by(School.sort_key, School.id)).all()
    reading = figures.read([school.id for school in found], [week.previous, week], live=live)
    return [_school(school, week, reading) for school in found]


def _school(school: Any, week: Week, reading: Reading) -> SchoolWeek:
    return SchoolWeek(
        school_id=school.id,
        key=school.key,
        name=school.name,
        municipality_id=school.municipality_id,
        week=week,
        on_vacation=reading.on_vacation(school.id, week),
        change_hidden=_change_hidden(reading, school.id, week),
        figures={found.code: _figure(found, school.id, week, reading) for found in indicators()},
        stamp=reading.stamp(school.id, week),
    )


def _figure(indicator: Indicator, school_id: int, week: Week, reading: Reading) -> Figure:
    value = reading.value(school_id, week, indicator.code)
    criterion = reading.criterion(school_id, week, indicator.code)
    threshold = reading.threshold(school_id, week, indicator)
    return Figure(
        code=indicator.code,
        percent=value.percent,
        threshold=threshold,
        counted=criterion is not None and criterion.counted,
        met=None if threshold is None else value.percent.meets(threshold),
        previous=reading.value(school_id, week.previous, indicator.code).percent,
        previous_threshold=reading.threshold(school_id, week.previous, indicator),
        on_vacation=reading.on_vacation(school_id, week),
        change_hidden=_change_hidden(reading, school_id, week),
        imported=value.imported,
    )


def _change_hidden(reading: Reading, school_id: int, week: Week) -> bool:
    """On vacation in that week or the one before."""
    return reading.on_vacation(school_id, week) or reading.on_vacation(school_id, week.previous)


def _unit(
    level: Level, unit: Any, week: Week, schools: Sequence[SchoolWeek], units: tuple[UnitWeek, ...] = ()
) -> UnitWeek:
    return UnitWeek(
        level=level,
        unit_id=unit.id,
        key=unit.key,
        name=unit.name,
        week=week,
        figures={indicator.code: _unit_figure(indicator, schools) for indicator in indicators()},
        schools=tuple(schools),
        units=units,
    )


def _unit_figure(indicator: Indicator, schools: Sequence[SchoolWeek]) -> UnitFigure:
    found = [school.figures[indicator.code] for school in schools]
    threshold = found[0].threshold if found else None  # one region, one profile in force
    if indicator.block == "users":
        return _pooled(indicator.code, found, threshold)
    failing = tuple(school for school in schools if not school.figures[indicator.code].met)
    if threshold is None:
        return UnitFigure(indicator.code, Percent.of(None, len(schools)), None, None, None, ())
    share = Percent.of(len(schools) - len(failing), len(schools))
    return UnitFigure(indicator.code, share, threshold, None, len(failing), failing)


def _pooled(code: str, found: Sequence[Figure], threshold: Any) -> UnitFigure:
    """Sums of numerators and denominators; imported values that came without them have nothing to add."""
    known = [figure.percent for figure in found if figure.percent.denominator is not None]
    known = [percent for percent in known if percent.numerator is not None]
    numerator = sum(percent.numerator or 0 for percent in known)
    denominator = sum(percent.denominator or 0 for percent in known)
    percent = Percent.of(numerator, denominator) if known else Percent(None)
    return UnitFigure(
        code=code,
        percent=percent,
        threshold=threshold,
        met=None if threshold is None else percent.meets(threshold),
        lacking=denominator - numerator if known else None,
        unpooled=len(found) - len(known),
    )
