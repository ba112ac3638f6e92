"""Reads frozen weeks: the figures as they were reported, and every version on record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import aliased

from portal.extensions import session
from portal.models.frozen import FrozenFigure, FrozenWeek
from portal.models.organisation import School
from portal.models.people import Person
from portal.queries.live_figures import imported
from portal.queries.readings import NOTHING, Criterion, Key, Reading, Stamp, Value
from portal.values.names import short_name
from portal.values.percent import Percent
from portal.values.week import Week


def read(school_ids: Collection[int], weeks: Collection[Week], codes: Collection[str] | None = None) -> Reading:
    """What is frozen of the schools and weeks, the versions in force, in two queries; in one where nothing is."""
    weeks_found = session.execute(_weeks(school_ids, weeks).where(_in_force())).all()
    if not weeks_found:
        return NOTHING
    figures = _figures(school_ids, weeks).where(_in_force())
    if codes is not None:
        figures = figures.where(FrozenFigure.indicator.in_(codes))
    values: dict[Key, Value] = {}
    rules: dict[Key, Criterion] = {}
    for row in session.execute(figures):
        key = (row.school_id, row.week_start, row.indicator)
        values[key] = _value(row)
        if (threshold := _threshold(row)) is not None:
            rules[key] = Criterion(threshold, row.counted)
    return Reading(
        values,
        rules,
        {(row.school_id, row.week_start) for row in weeks_found if row.on_vacation},
        {(row.school_id, row.week_start): _stamp(row) for row in weeks_found},
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure and the threshold (per cent) it was judged by, if any."""

    percent: Percent
    threshold: Decimal | None

    @property
    def met(self) -> bool | None:
        """Whether the threshold is reached; ``None`` where nothing is judged."""
        if self.threshold is None or self.percent.exact is None:
            return None
        return self.percent.meets(self.threshold)


VersionKey = tuple[int, int, str]
"""School, version, indicator."""


def versions(school_ids: Collection[int], week: Week) -> tuple[list[tuple[int, Stamp]], dict[VersionKey, Judged]]:
    """(school, how it was frozen) of every version on record, the first versions first, and all their figures."""
    stamps = session.execute(_weeks(school_ids, [week]).order_by(FrozenWeek.version, School.sort_key)).all()
    if not stamps:
        return [], {}
    figures = {
        (row.school_id, row.version, row.indicator): Judged(_value(row).percent, _threshold(row))
        for row in session.execute(_figures(school_ids, [week]))
    }
    return [(row.school_id, _stamp(row)) for row in stamps], figures


def _in_force() -> ColumnElement[bool]:
    """The highest version of its school and week: one look into an index."""
    other = aliased(FrozenWeek)
    highest = select(func.max(other.version)).where(
        other.school_id == FrozenWeek.school_id, other.week_start == FrozenWeek.week_start
    )
    return FrozenWeek.version == highest.correlate(FrozenWeek).scalar_subquery()


def _weeks(school_ids: Collection[int], weeks: Collection[Week]) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(
            FrozenWeek.school_id, FrozenWeek.week_start, FrozenWeek.version, FrozenWeek.on_vacation,
            FrozenWeek.frozen_at, School.timezone, Person.last_name, Person.first_name, Person.middle_name,
        )
        .join(School, School.id == FrozenWeek.school_id)
        .outerjoin(Person, Person.id == FrozenWeek.frozen_by_id)
    )  # fmt: skip
    return _of(query, school_ids, weeks)


def _figures(school_ids: Collection[int], weeks: Collection[Week]) -> Select[*tuple[Any, ...]]:
    kept = FrozenFigure
    query: Select[*tuple[Any, ...]] = select(
        FrozenWeek.school_id, FrozenWeek.week_start, FrozenWeek.version, kept.indicator, kept.numerator,
        kept.denominator, kept.value, kept.imported, kept.threshold, kept.counted,
    ).join(kept, kept.frozen_week_id == FrozenWeek.id)  # fmt: skip
    return _of(query, school_ids, weeks)


def _of(
    query: Select[*tuple[Any, ...]], school_ids: Collection[int], weeks: Collection[Week]
) -> Select[*tuple[Any, ...]]:
    mondays = [week.start for week in weeks]
    return query.where(FrozenWeek.school_id.in_(list(school_ids)), FrozenWeek.week_start.in_(mondays))


def _value(row: Row[Any]) -> Value:
    if row.imported:
        return Value(imported(row), imported=True)
    return Value(Percent.of(row.numerator, row.denominator))


def _threshold(row: Row[Any]) -> Decimal | None:
    return None if row.threshold is None else Decimal(row.threshold) / 100


def _stamp(row: Row[Any]) -> Stamp:
    by = "" if row.last_name is None else short_name(row.last_name, row.first_name, row.middle_name)
    return Stamp(row.version, row.frozen_at.astimezone(ZoneInfo(row.timezone)), by)
