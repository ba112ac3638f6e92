"""Counters beside the indicators: marks, filled lessons, services (domain/indicators.md, «Levels»).

Visits, people and users are told by :mod:`portal.queries.user_activity`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, null, or_, select

from portal.extensions import session
from portal.models import views
from portal.models.activity import DiaryView
from portal.models.journal import Lesson, Mark
from portal.models.organisation import AcademicYear, School
from portal.models.people import Enrolment, Guardianship, SchoolClass
from portal.queries.last_days import MONTH, WEEK, last_days
from portal.values.deadlines import local_day, local_moment


@dataclass(frozen=True, slots=True)
class Three:
    """One counter over all time, this school year, and the last 30 days."""

    ever: int
    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Services:
    """Services rendered in the last 30 and 7 days: one pupil's diary opened by one of the family on one day."""

    month: int
    week: int

    @property
    def day_average(self) -> float:
        """The last week's sum over 7."""
        return self.week / WEEK


@dataclass(frozen=True, slots=True)
class Counters:
    """What a page shows beside the indicators."""

    marks: Three
    lessons: Three
    services: Services


@dataclass(frozen=True, slots=True)
class _Spans:
    """When this school year and the last month begin for a school; ``year`` is ``None`` where no year has begun."""

    zone: str
    today: date
    year: date | None
    month: date

    def moment(self, day: date | None) -> datetime | None:
        return None if day is None else local_moment(day, time(0), self.zone)


def counters(school_ids: Collection[int], at: datetime) -> Counters:
    """All of them, the schools' calendars read once."""
    spans = _spans(school_ids, at)
    return Counters(
        marks=_marks(school_ids, spans),
        lessons=_filled_lessons(school_ids, spans),
        services=_services(school_ids, spans, at),
    )


def marks(school_ids: Collection[int], at: datetime) -> Three:
    """Marks set at the schools, removed ones left out."""
    return _marks(school_ids, _spans(school_ids, at))


def filled_lessons(school_ids: Collection[int], at: datetime) -> Three:
    """Lessons with homework due at them or a topic, cancelled ones left out; by the lesson's date."""
    return _filled_lessons(school_ids, _spans(school_ids, at))


def services(school_ids: Collection[int], at: datetime) -> Services:
    """Services rendered to the pupils enrolled now; days are the school's own, today is the last of them."""
    return _services(school_ids, _spans(school_ids, at), at)


def _marks(school_ids: Collection[int], spans: dict[int, _Spans]) -> Three:
    year = _by_school(Lesson.school_id, spans, lambda s: Mark.set_at >= s.moment(s.year) if s.year else None)
    month = _by_school(Lesson.school_id, spans, lambda s: Mark.set_at >= s.moment(s.month))
    query = select(func.count(), func.count(year), func.count(month)).select_from(Lesson).join(Mark)
    return _three(query.where(Lesson.school_id.in_(list(school_ids)), Mark.removed_at.is_(None)))


def _filled_lessons(school_ids: Collection[int], spans: dict[int, _Spans]) -> Three:
    lesson = views.lesson.c
    year = _by_school(lesson.school_id, spans, lambda s: lesson.date >= s.year if s.year else None)
    month = _by_school(lesson.school_id, spans, lambda s: lesson.date.between(s.month, s.today))
    query = select(func.count(), func.count(year), func.count(month)).select_from(views.lesson)
    return _three(query.where(lesson.school_id.in_(list(school_ids)), lesson.is_planned == 1))


def _services(school_ids: Collection[int], spans: dict[int, _Spans], at: datetime) -> Services:
    if not spans:
        return Services(0, 0)
    days, first = last_days({span.zone for span in spans.values()}, at)
    today = case({span.zone: span.today for span in spans.values()}, value=School.timezone)
    family = or_(
        DiaryView.viewer_id == DiaryView.pupil_id,
        exists().where(Guardianship.pupil_id == DiaryView.pupil_id, Guardianship.guardian_id == DiaryView.viewer_id),
    )
    opened = (
        select(School.id, DiaryView.pupil_id, DiaryView.viewer_id, days.c.back)
        .distinct()
        .join(SchoolClass, SchoolClass.school_id == School.id)
        .join(Enrolment, Enrolment.class_id == SchoolClass.id)
        .join(DiaryView, and_(DiaryView.pupil_id == Enrolment.person_id, DiaryView.viewed_at >= first))
        .join(
            days,
            and_(
                days.c.timezone == School.timezone,
                days.c.starts_at <= DiaryView.viewed_at,
                days.c.ends_at > DiaryView.viewed_at,
            ),
        )
        .where(
            School.id.in_(list(school_ids)),
            Enrolment.enrolled_on <= today,
            or_(Enrolment.left_on.is_(None), Enrolment.left_on > today),
            family,
        )
        .subquery()
    )
    row = session.execute(select(func.count(), func.count(case((opened.c.back < WEEK, 1)))).select_from(opened)).one()
    return Services(month=row[0], week=row[1])


def _three(query: Any) -> Three:
    ever, year, month = session.execute(query).one()
    return Three(ever, year, month)


def _spans(school_ids: Collection[int], at: datetime) -> dict[int, _Spans]:
    """School → its spans. A school year lasts until the next begins."""
    rows = session.execute(
        select(School.id, School.timezone, AcademicYear.starts_on)
        .outerjoin(AcademicYear, AcademicYear.school_id == School.id)
        .where(School.id.in_(list(school_ids)))
        .order_by(School.id, AcademicYear.starts_on)
    )
    found: dict[int, _Spans] = {}
    for school_id, zone, starts_on in rows:
        today = local_day(at, zone)
        begun = starts_on if starts_on is not None and starts_on <= today else None
        known = found.get(school_id)
        year = begun or (known.year if known else None)
        found[school_id] = _Spans(zone, today, year, today - timedelta(days=MONTH - 1))
    return found


def _by_school(school_id: Any, spans: dict[int, _Spans], condition: Any) -> ColumnElement[Any]:
    """1 where a school's own condition holds, else null; schools with the same spans share one branch."""
    alike: dict[_Spans, list[int]] = {}
    for owner, span in spans.items():
        alike.setdefault(span, []).append(owner)
    branches = [
        (and_(school_id.in_(owners), holds), 1)
        for span, owners in alike.items()
        if (holds := condition(span)) is not None
    ]
    return case(*branches) if branches else null()
