"""The demo's weeks as an office leaves them: each frozen on the Monday after, the last one still to be frozen."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from portal.access.actor import load_actor
from portal.demo.district import District
from portal.demo.school import ZONE
from portal.extensions import session
from portal.models import views
from portal.models.journal import Lesson, TeachingGroup
from portal.models.people import Person
from portal.operations.frozen_weeks import freeze
from portal.operations.journal_details import CONDUCTED, LessonDetails, save_details
from portal.values.texts import digest
from portal.values.week import Week

NINE = time(9)
SPECIALIST = 1
"""Whose of the district's officers it is: the municipality's."""
LATE_TICKS = 12
"""Lessons that teachers tick after their week was reported: so «Было и стало» has something to show."""


def freeze_weeks(district: District) -> None:
    """Freeze every finished week with lessons but the last, by the specialist; then a few late ticks."""
    last = Week.of(district.today).previous
    first = session.scalar(select(func.min(Lesson.week_start)))
    if first is None or first >= last.start:
        return
    officer = session.scalars(select(Person.id).where(Person.key == district.officers[SPECIALIST].key)).one()
    by = load_actor(officer, "", last.start)
    week = Week(first)
    while week < last:
        freeze("all", None, week, by=by, at=_morning(week.next.start))
        week = week.next
    _tick_late(last.previous, district.today)


def _morning(day: date) -> datetime:
    return datetime.combine(day, NINE, ZoneInfo(ZONE)).astimezone(UTC)


def _tick_late(week: Week, today: date) -> None:
    """Teachers tick «Урок проведён» in lessons of a frozen week that had nothing in the journal."""
    lesson = views.lesson.c
    rows = session.execute(
        select(Lesson, TeachingGroup.teacher_id)
        .join(TeachingGroup, TeachingGroup.id == Lesson.group_id)
        .where(Lesson.id.in_(select(lesson.lesson_id).where(lesson.week_start == week.start, lesson.is_kept == 0)))
        .order_by(Lesson.school_id, Lesson.date, Lesson.number, Lesson.key)
        .limit(LATE_TICKS)
    ).all()
    seen = digest(CONDUCTED[False])
    for held, teacher_id in rows:
        details = LessonDetails(held.topic or "", held.comment or "", True, seen_conducted=seen)
        save_details(held.id, details, by=load_actor(teacher_id, "", today), at=_morning(today))
