"""«Мои журналы»: today's lessons with what each lacks, and the groups a person may open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, tuple_
from sqlalchemy.orm import aliased

from portal.access.actor import Actor
from portal.access.roles import Role
from portal.extensions import session
from portal.models.journal import Attendance, Homework, Lesson, Mark, Subject, TeachingGroup
from portal.models.organisation import AcademicYear, School
from portal.models.people import Person, SchoolClass
from portal.values.deadlines import local_day
from portal.values.marks import UNMARKED_GRADE
from portal.values.names import class_name, short_name

SUMMER = timedelta(days=92)
"""A school year's journals stay in the list until the next one begins."""


@dataclass(frozen=True, slots=True)
class TodaysLesson:
    """A lesson of today; ``lacks`` names what it still wants, ``substituted`` that it is somebody else's."""

    id: int
    number: int
    hours: str
    title: str
    topic: str
    cancelled: bool
    substituted: bool
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JournalGroup:
    """A journal: «Математика» of «5А», whose it is."""

    id: int
    class_id: int
    class_title: str
    subject: str
    teacher: str


@dataclass(frozen=True, slots=True)
class ClassJournals:
    """The journals of one class."""

    title: str
    groups: tuple[JournalGroup, ...]


@dataclass(frozen=True, slots=True)
class MyJournals:
    """Own groups, the groups of led classes, and (head, deputy) those of the whole school."""

    own: tuple[JournalGroup, ...]
    led: tuple[ClassJournals, ...]
    school: tuple[ClassJournals, ...]


def todays_lessons(actor: Actor, at: datetime) -> tuple[TodaysLesson, ...]:
    """Own and substituted lessons of today, by the clock of each lesson's school (one query)."""
    day = at.date()
    rows = session.execute(
        select(
            Lesson.id, Lesson.date, Lesson.number, Lesson.starts_at, Lesson.ends_at, Lesson.status, Lesson.topic,
            Lesson.comment, Lesson.conducted, Lesson.substitute_id, TeachingGroup.teacher_id, TeachingGroup.subgroup,
            Subject.name.label("subject"), SchoolClass.grade, SchoolClass.letter, School.timezone,
            or_(
                exists().where(Mark.lesson_id == Lesson.id, Mark.removed_at.is_(None)),
                exists().where(Attendance.lesson_id == Lesson.id, Attendance.removed_at.is_(None)),
            ).label("has_entries"),
            _homework_given().label("has_homework"),
        )
        .join(TeachingGroup, TeachingGroup.id == Lesson.group_id)
        .join(SchoolClass, SchoolClass.id == Lesson.class_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .join(School, School.id == Lesson.school_id)
        .where(
            Lesson.school_id.in_(actor.work_schools),
            Lesson.date.between(day - timedelta(days=1), day + timedelta(days=1)),
            or_(TeachingGroup.teacher_id == actor.person_id, Lesson.substitute_id == actor.person_id),
        )
        .order_by(Lesson.number, Lesson.starts_at, Lesson.key)
    )  # fmt: skip
    return tuple(
        _todays_lesson(row, actor) for row in rows if row.date == local_day(at, row.timezone)
    )  # fmt: skip


def _homework_given() -> ColumnElement[bool]:
    """Homework written in the lesson, or due at the group's next one."""
    later = aliased(Lesson)
    next_id = (
        select(later.id)
        .where(
            later.group_id == Lesson.group_id,
            later.status != "cancelled",
            tuple_(later.date, later.number, later.key) > tuple_(Lesson.date, Lesson.number, Lesson.key),
        )
        .order_by(later.date, later.number, later.key)
        .limit(1)
        .correlate(Lesson)
        .scalar_subquery()
    )
    return exists().where(
        or_(Homework.given_at_id == Lesson.id, Homework.lesson_id == next_id), Homework.removed_at.is_(None)
    )


def _todays_lesson(row: Any, actor: Actor) -> TodaysLesson:
    kept = row.has_entries or row.comment or row.conducted
    lacks = (
        ("тема", not row.topic),
        ("отметки или «Урок проведён»", not kept),
        ("домашнее задание", not row.has_homework and row.grade != UNMARKED_GRADE),
    )
    return TodaysLesson(
        id=row.id, number=row.number, hours=hours(row.starts_at, row.ends_at),
        title=f"{class_name(row.grade, row.letter)} · {group_title(row.subject, row.subgroup)}",
        topic=row.topic or "", cancelled=row.status == "cancelled",
        substituted=row.teacher_id != actor.person_id,
        lacks=() if row.status == "cancelled" else tuple(word for word, missing in lacks if missing),
    )  # fmt: skip


def my_journals(actor: Actor, today: date) -> MyJournals:
    """Every journal the person may open in the present school year (one query)."""
    led_schools = {
        school_id for role, school_id in actor.school_roles if role in {Role.HEAD, Role.DEPUTY}
    }  # fmt: skip
    rows = session.execute(
        select(
            TeachingGroup.id, TeachingGroup.class_id, TeachingGroup.teacher_id, TeachingGroup.subgroup,
            SchoolClass.grade, SchoolClass.letter, SchoolClass.school_id, Subject.name.label("subject"),
            Person.last_name, Person.first_name, Person.middle_name,
        )
        .join(SchoolClass, SchoolClass.id == TeachingGroup.class_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .outerjoin(Person, Person.id == TeachingGroup.teacher_id)
        .outerjoin(
            AcademicYear,
            and_(AcademicYear.school_id == SchoolClass.school_id, AcademicYear.year == SchoolClass.year),
        )
        .where(
            or_(
                and_(TeachingGroup.teacher_id == actor.person_id, SchoolClass.school_id.in_(actor.work_schools)),
                SchoolClass.id.in_(actor.led_classes),
                SchoolClass.school_id.in_(led_schools),
            ),
            or_(AcademicYear.id.is_(None), AcademicYear.ends_on >= today - SUMMER),
        )
        .order_by(SchoolClass.grade, SchoolClass.letter, Subject.name, TeachingGroup.subgroup, TeachingGroup.id)
    ).all()  # fmt: skip
    own = [_group(row) for row in rows if row.teacher_id == actor.person_id]
    led = [_group(row) for row in rows if row.class_id in actor.led_classes]
    school = [_group(row) for row in rows if row.school_id in led_schools]
    return MyJournals(tuple(own), _by_class(led), _by_class(school))


def _group(row: Any) -> JournalGroup:
    return JournalGroup(
        id=row.id, class_id=row.class_id, class_title=class_name(row.grade, row.letter),
        subject=group_title(row.subject, row.subgroup),
        teacher=short_name(row.last_name, row.first_name, row.middle_name) if row.last_name else "",
    )  # fmt: skip


def _by_class(groups: list[JournalGroup]) -> tuple[ClassJournals, ...]:
    by_class: dict[int, list[JournalGroup]] = {}
    for group in groups:
        by_class.setdefault(group.class_id, []).append(group)
    return tuple(ClassJournals(found[0].class_title, tuple(found)) for found in by_class.values())


def group_title(subject: str, subgroup: str | None) -> str:
    """«Английский язык, группа 1»."""
    return f"{subject}, группа {subgroup}" if subgroup else subject


def hours(starts_at: time | None, ends_at: time | None) -> str:
    """«08:30–09:15», as far as it is known."""
    return "–".join(f"{moment:%H:%M}" for moment in (starts_at, ends_at) if moment)
