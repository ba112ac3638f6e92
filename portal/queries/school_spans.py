"""When this school year and the last month begin for each school, and up to which day it is counted ahead."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, null, select

from portal.extensions import session
from portal.models.counted import CountedUntil
from portal.models.organisation import AcademicYear, School
from portal.queries.last_days import MONTH
from portal.values.deadlines import local_day, local_moment

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days of a school's own calendar. ``year`` is ``None`` where no school year has begun, ``until`` where nothing
    is counted ahead.
    """

    zone: str
    today: date
    year: date | None
    month: date
    until: date | None

    def moment(self, day: date) -> datetime:
        """The first moment of a day on the school's clock."""
        return local_moment(day, time(0), self.zone)


Spans = dict[int, Span]
"""School → its spans."""


def school_spans(school_ids: Collection[int], at: datetime) -> Spans:
    """The spans of the schools, in one query. A school year lasts until the next begins."""
    rows = session.execute(
        select(School.id, School.timezone, CountedUntil.until, AcademicYear.starts_on)
        .outerjoin(AcademicYear, AcademicYear.school_id == School.id)
        .outerjoin(CountedUntil, CountedUntil.school_id == School.id)
        .where(School.id.in_(list(school_ids)))
        .order_by(School.id, AcademicYear.starts_on)
    )
    found: Spans = {}
    for school_id, zone, until, starts_on in rows:
        today = local_day(at, zone)
        begun = starts_on if starts_on is not None and starts_on <= today else None
        known = found.get(school_id)
        year = begun or (known.year if known else None)
        found[school_id] = Span(zone, today, year, today - timedelta(days=MONTH - 1), until)
    return found


def by_span(
    school_id: Any, spans: Spans, condition: Callable[[Span], ColumnElement[bool] | None]
) -> ColumnElement[Any]:
    """1 where a school's own condition holds, else null; schools with the same spans share one branch."""
    alike: dict[Span, list[int]] = {}
    for owner, span in spans.items():
        alike.setdefault(span, []).append(owner)
    branches = [
        (and_(school_id.in_(owners), holds), 1)
        for span, owners in alike.items()
        if (holds := condition(span)) is not None
    ]
    return case(*branches) if branches else null()
