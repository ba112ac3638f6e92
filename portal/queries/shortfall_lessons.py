"""Lessons that lack something for an indicator, and the state of one lesson."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from portal.extensions import session
from portal.models import views
from portal.models.journal import Attendance, Homework, Lesson, Mark, Subject, TeachingGroup
from portal.models.organisation import School
from portal.models.people import Person, SchoolClass
from portal.values.names import class_name, short_name
from portal.values.plural import plural
from portal.values.week import Week

Day = date
"""The type, beside fields that are called ``date``."""

FACT = views.lesson.c
MARK = views.mark.c


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson that lacks something. ``teacher`` is empty unless names may be seen. ``reason`` says what, in words.

    ``marks_timely``: ``marks`` set in the week, of them ``late`` (not on the lesson's own day in time) and
    ``other_type`` (of a work type that does not count). ``homework_timely``: ``next_on`` is the day of the
    group's next lesson.
    """

    lesson_id: int
    class_id: int
    class_title: str
    subject: str
    subgroup: str | None
    date: date
    number: int
    teacher: str
    reason: str
    marks: int = 0
    late: int = 0
    other_type: int = 0
    next_on: Day | None = None


def lacking_lessons(
    school_id: int, week: Week, code: str, *, with_names: bool, limit: int, offset: int
) -> tuple[list[LessonRow], int]:
    """One page of the lessons that lack something for ``code``, by date and number; how many there are in all."""
    query = _QUERIES[code](school_id, week)
    total = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(FACT.date, FACT.number, SchoolClass.grade, SchoolClass.letter, FACT.lesson_id)
    rows = session.execute(page.limit(limit).offset(offset)) if total > offset else ()
    return [_lesson_row(row, code, with_names) for row in rows], total


def _lessons(school_id: int, week: Week, *more: Any) -> Select[Any]:
    return (
        select(
            FACT.lesson_id, FACT.class_id, FACT.date, FACT.number, SchoolClass.grade, SchoolClass.letter,
            Subject.name.label("subject"), TeachingGroup.subgroup,
            Person.last_name, Person.first_name, Person.middle_name, *more,
        )
        .select_from(views.lesson)
        .join(TeachingGroup, TeachingGroup.id == FACT.group_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .join(SchoolClass, SchoolClass.id == FACT.class_id)
        .outerjoin(Person, Person.id == TeachingGroup.teacher_id)
        .where(FACT.school_id == school_id, FACT.week_start == week.start)
    )  # fmt: skip


def _unplanned(school_id: int, week: Week) -> Select[Any]:
    return _lessons(school_id, week).where(FACT.is_planned == 0)


def _unkept(school_id: int, week: Week) -> Select[Any]:
    return _lessons(school_id, week).where(FACT.is_kept == 0)


def _late_marks(school_id: int, week: Week) -> Select[Any]:
    counts = (
        select(
            MARK.lesson_id,
            func.count().label("marks"),
            func.sum(MARK.is_timely).label("timely"),
            func.sum(MARK.is_counted_type).label("counted"),
        )
        .where(MARK.school_id == school_id, MARK.week_start == week.start)
        .group_by(MARK.lesson_id)
        .subquery()
    )
    query = _lessons(school_id, week, counts.c.marks, counts.c.timely, counts.c.counted)
    return query.join(counts, counts.c.lesson_id == FACT.lesson_id).where(counts.c.timely < counts.c.marks)


def _late_homework(school_id: int, week: Week) -> Select[Any]:
    later = aliased(Lesson)
    given = select(Homework.id).where(
        Homework.lesson_id == later.id, Homework.removed_at.is_(None), Homework.text != ""
    )  # fmt: skip
    query = _lessons(school_id, week, later.date.label("next_on"), given.exists().label("is_given"))
    return query.outerjoin(later, later.id == FACT.next_lesson_id).where(FACT.is_homework_timely == 0)


_QUERIES = {
    "lessons_planned": _unplanned,
    "journal_kept": _unkept,
    "marks_timely": _late_marks,
    "homework_timely": _late_homework,
}


def _lesson_row(row: Any, code: str, with_names: bool) -> LessonRow:
    named = with_names and row.last_name is not None
    found: dict[str, Any] = {"reason": _REASONS.get(code, "")}
    if code == "marks_timely":
        found = {"marks": row.marks, "late": row.counted - row.timely, "other_type": row.marks - row.counted}
        found["reason"] = _marks_reason(**found)
    elif code == "homework_timely":
        found = {"next_on": row.next_on, "reason": _homework_reason(row.next_on, row.is_given)}
    return LessonRow(
        lesson_id=row.lesson_id,
        class_id=row.class_id,
        class_title=class_name(row.grade, row.letter),
        subject=row.subject,
        subgroup=row.subgroup,
        date=row.date,
        number=row.number,
        teacher=short_name(row.last_name, row.first_name, row.middle_name) if named else "",
        **found,
    )


_REASONS = {
    "lessons_planned": "нет ни темы, ни задания к уроку",
    "journal_kept": "нет отметок, пропусков, комментария и «Урок проведён»",
}


def _marks_reason(marks: int, late: int, other_type: int) -> str:
    parts = []
    if late:
        parts.append(f"{plural(late, 'отметка', 'отметки', 'отметок')} не в срок")
    if other_type:
        parts.append(f"{plural(other_type, 'отметка', 'отметки', 'отметок')} за другой вид работы")
    return f"{', '.join(parts)} из {marks}"


def _homework_reason(next_on: date | None, given: bool) -> str:
    if next_on is None:
        return "следующего урока ещё нет в расписании"
    return "задание к следующему уроку выдано не в срок" if given else "нет задания к следующему уроку"


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
