"""Counters beside the indicators: marks, filled lessons, services (domain/indicators.md, «Levels»).

Visits, people and users are told by :mod:`portal.queries.user_activity`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from portal.extensions import session
from portal.models import views
from portal.models.activity import DiaryView
from portal.models.counted import CountedUntil
from portal.models.journal import Lesson, Mark
from portal.models.organisation import School
from portal.models.people import Enrolment, Guardianship, SchoolClass
from portal.queries.last_days import WEEK, days_back
from portal.queries.school_spans import DAY, Spans, by_span, school_spans


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


BySchool = dict[int, tuple[int, ...]]
"""School → its numbers: all time, this school year, the last 30 days; services only the month and the week."""

NONE, NO_SERVICES = (0, 0, 0), (0, 0)


def counters(school_ids: Collection[int], at: datetime) -> Counters:
    """All of them for the schools together."""
    rows = by_school(school_ids, at).values()
    sums = [sum(column) for column in zip(*rows, strict=True)] or [0] * 8
    return Counters(Three(*sums[:3]), Three(*sums[3:6]), Services(*sums[6:]))


def by_school(school_ids: Collection[int], at: datetime) -> BySchool:
    """School → marks, filled lessons, services: eight numbers, the schools' calendars read once."""
    spans = school_spans(school_ids, at)
    found = marks(spans), filled_lessons(spans), services(spans, at)
    return {
        each: (*found[0].get(each, NONE), *found[1].get(each, NONE), *found[2].get(each, NO_SERVICES))
        for each in school_ids
    }


def marks(spans: Spans) -> BySchool:
    """Marks set at the schools, removed ones left out; by the school's own day on which they were set.

    The days counted ahead, and what was set since; the whole journal of schools that are not counted.
    """
    counted = {school: span for school, span in spans.items() if span.until is not None}
    found = _marks_since(spans.keys() - counted.keys(), spans, None)
    if counted:
        kept = _kept(counted, "marks", views.counted_now.c.day <= CountedUntil.until)
        since = min(span.moment(span.until + DAY) for span in counted.values() if span.until is not None)
        found = added(found, kept, _marks_since(counted, spans, since))
    return found


def _marks_since(school_ids: Collection[int], spans: Spans, since: datetime | None) -> BySchool:
    """School → marks set after its counted days; ``since``: the earliest such moment of all the schools."""
    if not school_ids:
        return {}
    ours = {school: spans[school] for school in school_ids}
    year = by_span(Lesson.school_id, ours, lambda s: Mark.set_at >= s.moment(s.year) if s.year else None)
    month = by_span(Lesson.school_id, ours, lambda s: Mark.set_at >= s.moment(s.month))
    query = select(Lesson.school_id, func.count(), func.count(year), func.count(month)).join(Mark)
    query = query.where(Mark.removed_at.is_(None)).group_by(Lesson.school_id)
    if since is None:
        return _rows(query.where(Lesson.school_id.in_(list(ours))))
    new = by_span(Lesson.school_id, ours, lambda s: Mark.set_at >= s.moment(s.until + DAY) if s.until else None)
    # «+ 0» keeps planners from going through all lessons of the schools: the new marks are few
    return _rows(query.where((Lesson.school_id + 0).in_(list(ours)), Mark.set_at >= since, new == 1))


def filled_lessons(spans: Spans) -> BySchool:
    """Lessons with homework due at them or a topic, cancelled ones left out; by the lesson's date."""
    counted = {school: span for school, span in spans.items() if span.until is not None}
    found = _kept(counted, "lessons") if counted else {}
    rest = {school: span for school, span in spans.items() if span.until is None}
    if rest:
        lesson = views.lesson.c
        query = select(lesson.school_id, *_counts(lesson.school_id, rest, lesson.date, func.count))
        query = query.where(lesson.school_id.in_(list(rest)), lesson.is_planned == 1).group_by(lesson.school_id)
        found = added(found, _rows(query))
    return found


def _kept(spans: Spans, what: str, *only: ColumnElement[bool]) -> BySchool:
    """School → what is counted ahead, stale days counted anew."""
    day = views.counted_now.c

    def total(condition: ColumnElement[Any] | None = None) -> ColumnElement[Any]:
        return func.sum(day.number if condition is None else case((condition == 1, day.number), else_=0))

    query = select(day.school_id, *_counts(day.school_id, spans, day.day, total))
    query = query.join(CountedUntil, CountedUntil.school_id == day.school_id)
    query = query.where(day.school_id.in_(list(spans)), day.what == what, *only).group_by(day.school_id)
    return _rows(query)


def _counts(school_id: Any, spans: Spans, day: Any, count: Callable[..., ColumnElement[Any]]) -> list[Any]:
    """All time, this school year, the last 30 days; ``count`` takes nothing, or a mark of 1 on what to count."""
    year = by_span(school_id, spans, lambda s: day >= s.year if s.year else None)
    month = by_span(school_id, spans, lambda s: day.between(s.month, s.today))
    return [count(), count(year), count(month)]


def _rows(query: Select[*tuple[Any, ...]]) -> BySchool:
    return {row[0]: tuple(int(number) for number in row[1:]) for row in session.execute(query)}


def added(*parts: BySchool) -> BySchool:
    """The numbers of each school, summed."""
    sums: BySchool = {}
    for part in parts:
        for school, numbers in part.items():
            known = sums.get(school, (0,) * len(numbers))
            sums[school] = tuple(map(add, known, numbers))
    return sums


def services(spans: Spans, at: datetime) -> BySchool:
    """Services rendered to the pupils enrolled now; days are the school's own, today is the last of them."""
    if not spans:
        return {}
    zones = {span.zone for span in spans.values()}
    back, first = days_back(DiaryView.viewed_at, School.timezone, zones, at)
    today = case({span.zone: span.today for span in spans.values()}, value=School.timezone)
    family = or_(
        DiaryView.viewer_id == DiaryView.pupil_id,
        exists().where(Guardianship.pupil_id == DiaryView.pupil_id, Guardianship.guardian_id == DiaryView.viewer_id),
    )
    opened = (
        select(School.id.label("school_id"), DiaryView.pupil_id, DiaryView.viewer_id, back.label("back"))
        .distinct()
        .join(SchoolClass, SchoolClass.school_id == School.id)
        .join(Enrolment, Enrolment.class_id == SchoolClass.id)
        .join(DiaryView, and_(DiaryView.pupil_id == Enrolment.person_id, DiaryView.viewed_at >= first))
        .where(
            School.id.in_(list(spans)),
            Enrolment.enrolled_on <= today,
            or_(Enrolment.left_on.is_(None), Enrolment.left_on > today),
            family,
        )
        .subquery()
    )
    counts = func.count(), func.count(case((opened.c.back < WEEK, 1)))
    return _rows(select(opened.c.school_id, *counts).where(opened.c.back.is_not(None)).group_by(opened.c.school_id))
