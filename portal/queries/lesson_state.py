"""What one lesson has and lacks for the indicators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.extensions import session
from portal.models import views
from portal.models.journal import Attendance, Homework, Lesson, Mark, Subject, TeachingGroup
from portal.models.organisation import School
from portal.models.people import SchoolClass
from portal.values.names import class_name

Day = date
"""The type, beside fields that are called ``date``."""

FACT = views.lesson.c
MARK = views.mark.c


@dataclass(frozen=True, slots=True)
class LessonState:
    """What one lesson has and lacks for the indicators: no names, no marks (offices see it, too).

    Counts only; ``homework_due`` is homework due at the lesson, ``marks_in_week`` are those ``marks_timely`` looks
    at, ``is_homework_timely`` is about the group's next lesson (on ``next_on``). A cancelled lesson counts
    nowhere: its ``is_…`` are false.
    """

    lesson_id: int
    school_id: int
    school_name: str
    timezone: str
    class_id: int
    class_title: str
    subject: str
    subgroup: str | None
    date: date
    number: int
    cancelled: bool
    conducted: bool
    has_topic: bool
    has_comment: bool
    homework_due: int
    marks: int
    absences: int
    marks_in_week: int
    marks_timely: int
    is_planned: bool
    is_kept: bool
    is_homework_timely: bool
    next_lesson_id: int | None
    next_on: Day | None
    marks_due_at: datetime
    homework_due_at: datetime


def lesson_state(lesson_id: int) -> LessonState:
    """The state of one lesson, in one query; ``LookupError`` for no such lesson."""
    later = aliased(Lesson)
    row = session.execute(
        select(
            Lesson, School.name.label("school_name"), School.timezone, SchoolClass.grade, SchoolClass.letter,
            Subject.name.label("subject"), TeachingGroup.subgroup,
            FACT.is_planned, FACT.is_kept, FACT.is_homework_timely, FACT.next_lesson_id, later.date.label("next_on"),
            _count(Homework, Homework.removed_at.is_(None), Homework.text != "").label("homework_due"),
            _count(Mark, Mark.removed_at.is_(None)).label("marks"),
            _count(Attendance, Attendance.removed_at.is_(None), Attendance.code != "О").label("absences"),
            _marks_of_week(func.count()).label("marks_in_week"),
            _marks_of_week(func.sum(MARK.is_timely)).label("marks_timely"),
        )
        .join(School, School.id == Lesson.school_id)
        .join(SchoolClass, SchoolClass.id == Lesson.class_id)
        .join(TeachingGroup, TeachingGroup.id == Lesson.group_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .outerjoin(views.lesson, FACT.lesson_id == Lesson.id)
        .outerjoin(later, later.id == FACT.next_lesson_id)
        .where(Lesson.id == lesson_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise LookupError(lesson_id)
    return _state(row.Lesson, row)


def _count(table: Any, *conditions: Any) -> Any:
    found = select(func.count()).where(table.lesson_id == Lesson.id, *conditions)
    return found.correlate(Lesson).scalar_subquery()


def _marks_of_week(figure: Any) -> Any:
    return select(figure).where(MARK.lesson_id == Lesson.id).correlate(Lesson).scalar_subquery()


def _state(lesson: Lesson, row: Any) -> LessonState:
    return LessonState(
        lesson_id=lesson.id,
        school_id=lesson.school_id,
        school_name=row.school_name,
        timezone=row.timezone,
        class_id=lesson.class_id,
        class_title=class_name(row.grade, row.letter),
        subject=row.subject,
        subgroup=row.subgroup,
        date=lesson.date,
        number=lesson.number,
        cancelled=lesson.status == "cancelled",
        conducted=lesson.conducted,
        has_topic=bool(lesson.topic),
        has_comment=bool(lesson.comment),
        homework_due=row.homework_due,
        marks=row.marks,
        absences=row.absences,
        marks_in_week=row.marks_in_week,
        marks_timely=row.marks_timely or 0,
        is_planned=bool(row.is_planned),
        is_kept=bool(row.is_kept),
        is_homework_timely=bool(row.is_homework_timely),
        next_lesson_id=row.next_lesson_id,
        next_on=row.next_on,
        marks_due_at=lesson.marks_due_at,
        homework_due_at=lesson.homework_due_at,
    )
