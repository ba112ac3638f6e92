"""What an export of the showcase covers: one school, its current period, the pupils who may be told of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from portal.extensions import session
from portal.models import views
from portal.models.organisation import School
from portal.models.showcase import DataRestriction
from portal.values.table import Column
from portal.values.week import Week

NEVER = date(9999, 12, 31)
"""Where no period has begun nothing is fresh."""


Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Scope:
    """``year``: the school year that has begun last; ``period_week`` and ``taught_week`` as the view tells them."""

    school_id: int
    key: str
    name: str
    timezone: str
    week: Week
    year: int
    period_week: date
    taught_week: date

    @property
    def pupils(self) -> Query:
        """Ids of the enrolled pupils whose data may be processed."""
        pupil = views.profile.c
        standing = select(DataRestriction.person_id).where(DataRestriction.lifted_at.is_(None))
        return select(pupil.person_id).where(
            pupil.school_id == self.school_id, pupil.week_start == self.week.start, pupil.person_id.not_in(standing)
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A kind's columns, and the statement whose rows fill them in their order."""

    columns: tuple[Column, ...]
    query: Callable[[Scope], Query]


def scope(school_id: int, week: Week) -> Scope:
    """``LookupError`` for no such school."""
    current = views.current_period.c
    row = session.execute(
        select(
            School.id, School.key, School.name, School.timezone, current.year, current.period_week, current.taught_week
        )
        .join(views.current_period, current.school_id == School.id)
        .where(School.id == school_id, current.week_start == week.start)
    ).one_or_none()
    if row is None:
        raise LookupError(school_id)
    return Scope(
        school_id=row.id, key=row.key, name=row.name, timezone=row.timezone, week=week, year=row.year or 0,
        period_week=row.period_week or NEVER, taught_week=row.taught_week or NEVER,
    )  # fmt: skip
