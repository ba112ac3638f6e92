"""A dataset's rows of regions, municipalities, schools, their calendar, and what the region expects of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, collate, select

from portal.extensions import session
from portal.models.activity import ActivityCriterion, ActivityProfile, IndicatorHistory
from portal.models.organisation import AcademicYear, Municipality, Period, Region, School, Vacation

Found = Select[*tuple[Any, ...]]
"""A table's rows, a column of the dataset each."""


def by_bytes(text: Any) -> Any:
    """Orders texts byte by byte on both engines, whatever the database's language."""
    return collate(text, "C" if session.get_bind().dialect.name == "postgresql" else "BINARY")


def regions() -> Found:
    return select(Region.key.label("region_id"), Region.name).order_by(Region.key)


def municipalities() -> Found:
    key = Municipality.key
    columns = key.label("municipality_id"), Region.key.label("region_id"), Municipality.name, Municipality.oktmo
    return select(*columns).join(Region, Region.id == Municipality.region_id).order_by(key)


def schools() -> Found:
    columns = (
        School.key.label("school_id"), Municipality.key.label("municipality_id"), School.name, School.kind,
        School.timezone, School.shifts, School.inn, School.kpp, School.ogrn, School.oktmo, School.address,
        School.contingent_oo1,
    )  # fmt: skip
    return select(*columns).join(Municipality, Municipality.id == School.municipality_id).order_by(School.key)


def academic_years() -> Found:
    year = AcademicYear
    columns = School.key.label("school_id"), year.year, year.starts_on, year.ends_on
    return select(*columns).join(School, School.id == year.school_id).order_by(School.key, year.year)


def periods() -> Found:
    columns = (
        Period.key.label("period_id"), School.key.label("school_id"), Period.year, Period.kind, Period.number,
        Period.starts_on, Period.ends_on, Period.grades,
    )  # fmt: skip
    return select(*columns).join(School, School.id == Period.school_id).order_by(Period.key)


def vacations() -> Found:
    columns = School.key.label("school_id"), Vacation.name, Vacation.starts_on, Vacation.ends_on
    order = School.key, Vacation.starts_on, by_bytes(Vacation.name)
    return select(*columns).join(School, School.id == Vacation.school_id).order_by(*order)


def activity_profiles() -> Found:
    """The regions' own profiles: the product's «По умолчанию» has no region and comes with every portal."""
    profile, row = ActivityProfile, ActivityCriterion
    columns = (
        Region.key.label("region_id"), profile.name, profile.from_week, row.indicator, row.threshold, row.counted,
    )  # fmt: skip
    found = select(*columns).join(Region, Region.id == profile.region_id).join(row, row.profile_id == profile.id)
    return found.order_by(Region.key, profile.from_week, by_bytes(row.indicator))


def indicator_history() -> Found:
    row = IndicatorHistory
    columns = (
        row.week_start, School.key.label("school_id"), row.indicator, row.value, row.numerator, row.denominator,
        row.on_vacation,
    )  # fmt: skip
    found = select(*columns).join(School, School.id == row.school_id)
    return found.order_by(row.week_start, School.key, by_bytes(row.indicator))


SCHOOLS = {
    select_rows.__name__: select_rows
    for select_rows in (
        regions, municipalities, schools, academic_years, periods, vacations, activity_profiles, indicator_history,
    )
}  # fmt: skip
