"""A teacher's own lessons of a week: what the indicators find in them, and what each still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from portal.access.actor import Actor
from portal.extensions import session
from portal.models import views
from portal.models.journal import Lesson, Subject, TeachingGroup
from portal.models.organisation import School
from portal.models.people import SchoolClass
from portal.queries.lesson_state import LessonState
from portal.values.deadlines import local_day
from portal.values.names import class_name
from portal.values.percent import Percent
from portal.values.week import Week

FACT, MARK = views.lesson.c, views.mark.c


@dataclass(frozen=True, slots=True)
class Lack:
    """Something a lesson lacks, in words. ``mendable``: writing it down now still counts; else its time is over."""

    text: str
    mendable: bool = True


@dataclass(frozen=True, slots=True)
class OwnLesson:
    """A lesson of the teacher, or one they stand in for (``substituted``)."""

    lesson_id: int
    title: str
    date: date
    number: int
    substituted: bool
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the week's own lessons (or marks) are all right."""

    title: str
    percent: Percent


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """``lessons`` are those that lack something, by date; ``total`` all of the week."""

    shares: tuple[Share, ...]
    lessons: tuple[OwnLesson, ...]
    total: int


def own_week(actor: Actor, week: Week, at: datetime) -> OwnWeek:
    """The week of everything ``actor`` may write, in one query."""
    rows = session.execute(_query(actor, week)).all()
    found = [(row, row_lacks(row, at)) for row in rows]
    lessons = tuple(_lesson(row, lacks, actor) for row, lacks in found if lacks)
    return OwnWeek(_shares(rows), lessons, len(rows))


def lesson_lacks(lesson: LessonState, at: datetime) -> tuple[Lack, ...]:
    """The same of one lesson; a cancelled one lacks nothing."""
    return () if lesson.cancelled else row_lacks(lesson, at)


def row_lacks(row: Any, at: datetime) -> tuple[Lack, ...]:
    """What a lesson lacks at a moment. Of a lesson still to come only the plan can be asked for."""
    lacks = [] if row.is_planned else [Lack("нет темы и задания")]
    if row.date <= local_day(at, row.timezone):
        if not row.is_kept:
            lacks.append(Lack("нет записи в журнале"))
        if (row.marks_timely or 0) < row.marks_in_week:
            lacks.append(Lack("часть отметок не в срок", mendable=False))
        if row.next_on is not None and not row.is_homework_timely:
            early = at < row.homework_due_at
            lacks.append(Lack("нет задания на дом" if early else "задание на дом не в срок", mendable=early))
    return tuple(lacks)


def _query(actor: Actor, week: Week) -> Select[Any]:
    later = aliased(Lesson)
    return (
        select(
            FACT.lesson_id, FACT.date, FACT.number, FACT.is_planned, FACT.is_kept, FACT.is_homework_timely,
            later.date.label("next_on"), Lesson.homework_due_at, School.timezone, TeachingGroup.teacher_id,
            SchoolClass.grade, SchoolClass.letter, Subject.name.label("subject"), TeachingGroup.subgroup,
            _marks(func.count()).label("marks_in_week"), _marks(func.sum(MARK.is_timely)).label("marks_timely"),
        )
        .select_from(Lesson)
        .join(TeachingGroup, TeachingGroup.id == Lesson.group_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .join(SchoolClass, SchoolClass.id == Lesson.class_id)
        .join(School, School.id == Lesson.school_id)
        .join(views.lesson, FACT.lesson_id == Lesson.id)
        .outerjoin(later, later.id == FACT.next_lesson_id)
        .where(
            Lesson.school_id.in_(sorted(actor.work_schools)), Lesson.week_start == week.start,
            or_(TeachingGroup.teacher_id == actor.person_id, Lesson.substitute_id == actor.person_id),
        )
        .order_by(FACT.date, FACT.number, FACT.lesson_id)
    )  # fmt: skip


def _marks(figure: Any) -> Any:
    return select(figure).where(MARK.lesson_id == Lesson.id).correlate(Lesson).scalar_subquery()


def _lesson(row: Any, lacks: tuple[Lack, ...], actor: Actor) -> OwnLesson:
    subject = f"{row.subject} ({row.subgroup})" if row.subgroup else row.subject
    return OwnLesson(
        row.lesson_id, f"{subject}, {class_name(row.grade, row.letter)}", row.date, row.number,
        row.teacher_id != actor.person_id, lacks,
    )  # fmt: skip


def _shares(rows: Sequence[Any]) -> tuple[Share, ...]:
    followed = [row for row in rows if row.next_on is not None]
    return (
        Share("Тема или задание", Percent.of(sum(row.is_planned for row in rows), len(rows))),
        Share("Журнал заполнен", Percent.of(sum(row.is_kept for row in rows), len(rows))),
        Share(
            "Отметки в срок",
            Percent.of(sum(row.marks_timely or 0 for row in rows), sum(row.marks_in_week for row in rows)),
        ),
        Share("Задание на дом в срок", Percent.of(sum(row.is_homework_timely for row in followed), len(followed))),
    )
