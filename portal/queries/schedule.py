"""A week of lessons: of a class, of a teacher, of a pupil."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.extensions import session
from portal.models.journal import GroupMember, Lesson, Subject, TeachingGroup
from portal.models.people import Enrolment, Person, SchoolClass
from portal.values.names import class_name, short_name
from portal.values.week import Week

DateColumn = ColumnElement[date] | InstrumentedAttribute[date]


@dataclass(frozen=True, slots=True)
class ScheduledLesson:
    """A lesson as a timetable shows it. ``moved_from`` is its first date where it was moved.

    ``substitute`` is named only where somebody else than the group's own teacher stands in.
    """

    id: int
    group_id: int
    class_id: int
    class_title: str
    grade: int
    date: date
    number: int
    starts_at: time | None
    ends_at: time | None
    cancelled: bool
    moved_from: date | None
    subject: str
    subgroup: str | None
    teacher_id: int | None
    teacher: str
    substitute_id: int | None
    substitute: str
    room: str | None
    topic: str | None
    comment: str | None

    @property
    def hours(self) -> str:
        """«08:30–09:15», as far as it is known."""
        return "–".join(f"{moment:%H:%M}" for moment in (self.starts_at, self.ends_at) if moment)


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days without lessons, by name."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Day:
    """A day: its lessons by number, those that were moved away from it, and the vacation it lies in."""

    date: date
    lessons: tuple[ScheduledLesson, ...]
    moved_away: tuple[ScheduledLesson, ...]
    vacation: str

    def at(self, number: int) -> tuple[ScheduledLesson, ...]:
        """What stands at a lesson number; subgroups side by side."""
        return tuple(lesson for lesson in self.lessons if lesson.number == number)


@dataclass(frozen=True, slots=True)
class LessonWeek:
    """A week by days: Monday to Friday always, Saturday and Sunday where something stands on them."""

    week: Week
    days: tuple[Day, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Lesson numbers from the first of the day to the last in use."""
        used = [lesson.number for day in self.days for lesson in day.lessons]
        return tuple(range(min([1, *used]), max(used) + 1)) if used else ()

    @property
    def vacation(self) -> str:
        """The vacation the whole week lies in, if it does."""
        names = list(dict.fromkeys(day.vacation for day in self.days))
        return ", ".join(names) if all(names) else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody or something to pick from a list."""

    id: int
    title: str
    note: str = ""


def of_class(class_id: int, week: Week) -> LessonWeek:
    """The week of a class, every subgroup's lessons."""
    return _week(week, _lessons(week, Lesson.class_id == class_id), _schools_of_classes([class_id]))


def of_teacher(teacher_id: int, week: Week, school_ids: Collection[int]) -> LessonWeek:
    """The week of a teacher at ``school_ids``: own lessons, and those in which they substitute."""
    own = select(TeachingGroup.id).where(TeachingGroup.teacher_id == teacher_id)
    theirs = or_(Lesson.group_id.in_(own), Lesson.substitute_id == teacher_id)
    rows = _lessons(week, and_(theirs, Lesson.school_id.in_(school_ids)))
    return _week(week, rows, select(literal(None)) if not school_ids else _these(school_ids))


def of_pupil(pupil_id: int, week: Week) -> LessonWeek:
    """The week of a pupil: of the classes they learn in on each day, own subgroups only."""
    return _week(week, lessons_of_pupil(pupil_id, week), _schools_of_classes(classes_of(pupil_id)))


def lessons_of_pupil(pupil_id: int, week: Week) -> list[ScheduledLesson]:
    """The lessons of a pupil in a week, those moved away from it included, by date and number."""
    mine = and_(
        Lesson.class_id.in_(classes_of(pupil_id)),
        enrolled_on(pupil_id, Lesson.class_id, Lesson.date),
        learns_in_group(pupil_id),
    )
    return _lessons(week, mine)


def classes_of(pupil_id: int) -> Select[tuple[int]]:
    """Every class a pupil was ever in."""
    return select(Enrolment.class_id).where(Enrolment.person_id == pupil_id)


def enrolled_on(pupil_id: int, class_id: InstrumentedAttribute[int], day: DateColumn) -> ColumnElement[bool]:
    """The pupil is in the class on that day; ``left_on`` is the first day away."""
    return exists().where(
        Enrolment.person_id == pupil_id,
        Enrolment.class_id == class_id,
        Enrolment.enrolled_on <= day,
        or_(Enrolment.left_on.is_(None), Enrolment.left_on > day),
    )


def learns_in_group(pupil_id: int) -> ColumnElement[bool]:
    """The pupil belongs to the teaching group: its subgroup, or the whole class where it lists nobody."""
    member = exists().where(GroupMember.group_id == TeachingGroup.id, GroupMember.person_id == pupil_id)
    somebody = exists().where(GroupMember.group_id == TeachingGroup.id)
    return or_(member, ~somebody)


def _lessons(week: Week, whose: ColumnElement[bool]) -> list[ScheduledLesson]:
    substitute = aliased(Person)
    here = or_(Lesson.date.between(week.start, week.sunday), Lesson.moved_from.between(week.start, week.sunday))
    rows = session.execute(
        select(
            Lesson.id, Lesson.group_id, Lesson.class_id, Lesson.date, Lesson.number, Lesson.starts_at, Lesson.ends_at,
            Lesson.status, Lesson.moved_from, Lesson.room, Lesson.topic, Lesson.comment, Lesson.substitute_id,
            TeachingGroup.teacher_id, TeachingGroup.subgroup, SchoolClass.grade, SchoolClass.letter,
            Subject.name.label("subject"), Person.last_name, Person.first_name, Person.middle_name,
            substitute.last_name.label("s_last"), substitute.first_name.label("s_first"),
            substitute.middle_name.label("s_middle"),
        )
        .join(TeachingGroup, TeachingGroup.id == Lesson.group_id)
        .join(SchoolClass, SchoolClass.id == Lesson.class_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .outerjoin(Person, Person.id == TeachingGroup.teacher_id)
        .outerjoin(substitute, substitute.id == Lesson.substitute_id)
        .where(whose, here)
        .order_by(Lesson.date, Lesson.number, TeachingGroup.subgroup, Lesson.key)
    )  # fmt: skip
    return [_lesson(row) for row in rows]


def _lesson(row: Any) -> ScheduledLesson:
    stands_in = row.substitute_id is not None and row.substitute_id != row.teacher_id
    return ScheduledLesson(
        id=row.id, group_id=row.group_id, class_id=row.class_id, class_title=class_name(row.grade, row.letter),
        grade=row.grade, date=row.date, number=row.number, starts_at=row.starts_at, ends_at=row.ends_at,
        cancelled=row.status == "cancelled", moved_from=row.moved_from if row.moved_from != row.date else None,
        subject=row.subject, subgroup=row.subgroup, teacher_id=row.teacher_id,
        teacher=short_name(row.last_name, row.first_name, row.middle_name) if row.last_name else "",
        substitute_id=row.substitute_id if stands_in else None,
        substitute=short_name(row.s_last, row.s_first, row.s_middle) if stands_in else "",
        room=row.room, topic=row.topic, comment=row.comment,
    )  # fmt: skip
