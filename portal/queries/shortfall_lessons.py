"""Lessons that lack something for an indicator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from portal.access.actor import Actor
from portal.access.places import Place
from portal.access.rules import allowed
from portal.extensions import session
from portal.models import views
from portal.models.journal import Homework, Lesson, Subject, TeachingGroup
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
    ``writable``: the reader may write it down.

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
    writable: bool = False


def lacking_lessons(
    school_id: int, week: Week, code: str, *, with_names: bool, writer: Actor | None, limit: int, offset: int
) -> tuple[list[LessonRow], int]:
    """One page of the lessons that lack something for ``code``, by date and number; how many there are in all."""
    query = _QUERIES[code](school_id, week)
    total = session.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(FACT.date, FACT.number, SchoolClass.grade, SchoolClass.letter, FACT.lesson_id)
    rows = session.execute(page.limit(limit).offset(offset)) if total > offset else ()
    return [_lesson_row(row, code, with_names, _may_write(writer, school_id, row)) for row in rows], total


def _may_write(writer: Actor | None, school_id: int, row: Any) -> bool:
    place = Place(
        id=row.lesson_id, school_ids=frozenset({school_id}), teacher_ids=frozenset({row.teacher_id} - {None}),
        substitute_id=row.substitute_id,
    )  # fmt: skip
    return writer is not None and allowed("journal.write_lesson", writer, place)


def _lessons(school_id: int, week: Week, *more: Any) -> Select[Any]:
    return (
        select(
            FACT.lesson_id, FACT.class_id, FACT.date, FACT.number, SchoolClass.grade, SchoolClass.letter,
            Subject.name.label("subject"), TeachingGroup.subgroup,
            Person.last_name, Person.first_name, Person.middle_name,
            TeachingGroup.teacher_id, Lesson.substitute_id, *more,
        )
        .select_from(views.lesson)
        .join(Lesson, Lesson.id == FACT.lesson_id)
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


def _lesson_row(row: Any, code: str, with_names: bool, writable: bool) -> LessonRow:
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
        writable=writable,
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
