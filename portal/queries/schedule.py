"""A week of lessons: of a class, of a teacher, of a pupil."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.access.places import Place
from portal.extensions import session
from portal.models.journal import GroupMember, Lesson, Subject, TeachingGroup
from portal.models.organisation import School, Vacation
from portal.models.people import Enrolment, Person, SchoolClass
from portal.values.names import class_name, short_name
from portal.values.week import Week

PersonId = ColumnElement[int] | int
DateColumn = ColumnElement[date] | InstrumentedAttribute[date]


@dataclass(frozen=True, slots=True)
class ScheduledLesson:
    """A lesson as a timetable shows it. ``moved_from`` is its first date where it was moved.

    ``substitute`` is named only where somebody else than the group's own teacher stands in.
    """

    id: int
    group_id: int
    subject_id: int
    class_id: int
    class_title: str
    grade: int
    school_id: int
    school: str
    moved_from: date | None
    date: date
    number: int
    starts_at: time | None
    ends_at: time | None
    cancelled: bool
    subject: str
    subgroup: str | None
    teacher_id: int | None
    teacher: str
    substitute_id: int | None
    substitute: str
    class_teacher_id: int | None
    room: str | None
    topic: str | None
    comment: str | None

    @property
    def hours(self) -> str:
        """«08:30–09:15», as far as it is known."""
        return "–".join(f"{moment:%H:%M}" for moment in (self.starts_at, self.ends_at) if moment)

    @property
    def place(self) -> Place:
        """What the access rules ask about a lesson, with no query of its own."""
        return Place(
            id=self.id,
            school_ids=frozenset({self.school_id}),
            class_ids=frozenset({self.class_id}),
            class_teacher_ids=frozenset({self.class_teacher_id} - {None}),  # type: ignore[arg-type]
            teacher_ids=frozenset({self.teacher_id} - {None}),  # type: ignore[arg-type]
            substitute_id=self.substitute_id,
        )


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

    def gone_from(self, number: int) -> tuple[ScheduledLesson, ...]:
        """What stood at a lesson number until it was moved to another day."""
        return tuple(lesson for lesson in self.moved_away if lesson.number == number)

    @property
    def empty(self) -> bool:
        return not (self.lessons or self.moved_away)


@dataclass(frozen=True, slots=True)
class LessonWeek:
    """A week by days: Monday to Friday always, Saturday and Sunday where something stands on them."""

    week: Week
    days: tuple[Day, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Lesson numbers in use, in order."""
        return tuple(sorted({lesson.number for day in self.days for lesson in (*day.lessons, *day.moved_away)}))

    @property
    def empty(self) -> bool:
        return all(day.empty for day in self.days)

    @property
    def vacation(self) -> str:
        """The vacation the whole week lies in, if it does."""
        names = list(dict.fromkeys(day.vacation for day in self.days))
        return ", ".join(names) if all(names) else ""


def of_class(class_id: int, week: Week) -> LessonWeek:
    """The week of a class, every subgroup's lessons."""
    schools = select(SchoolClass.school_id).where(SchoolClass.id == class_id)
    return _week(week, lessons(week.start, week.sunday, Lesson.class_id == class_id), schools)


def of_teacher(teacher_id: int, week: Week, school_ids: Collection[int]) -> LessonWeek:
    """The week of a teacher at ``school_ids``: own lessons, and those in which they substitute."""
    own = select(TeachingGroup.id).where(TeachingGroup.teacher_id == teacher_id)
    theirs = or_(Lesson.group_id.in_(own), Lesson.substitute_id == teacher_id)
    rows = lessons(week.start, week.sunday, and_(theirs, Lesson.school_id.in_(school_ids)))
    return _week(week, rows, school_ids)


def of_pupil(pupil_id: int, week: Week) -> LessonWeek:
    """The week of a pupil: of the classes they learn in on each day, own subgroups only."""
    schools = (
        select(SchoolClass.school_id)
        .join(Enrolment, Enrolment.class_id == SchoolClass.id)
        .where(
            Enrolment.person_id == pupil_id,
            Enrolment.enrolled_on <= week.sunday,
            or_(Enrolment.left_on.is_(None), Enrolment.left_on > week.start),
        )
    )
    return _week(week, lessons_of_pupil(pupil_id, week.start, week.sunday), schools)


def lessons_of_pupil(pupil_id: int, first: date, last: date) -> list[ScheduledLesson]:
    """The lessons of a pupil in a span of days, those moved away from it included, by date and number."""
    return _lessons(session.execute(_of_pupil(), {"pupil_id": pupil_id, "first": first, "last": last}))


@cache
def _of_pupil() -> Select[*tuple[Any, ...]]:
    """Built once: every week of a diary asks it."""
    pupil_id = bindparam("pupil_id", type_=Integer)
    return _query(
        and_(
            Lesson.class_id.in_(classes_of(pupil_id)),
            enrolled_on(pupil_id, Lesson.class_id, Lesson.date),
            learns_in_group(pupil_id),
        )
    )


def classes_of(pupil_id: PersonId) -> Select[int]:
    """Every class a pupil was ever in."""
    return select(Enrolment.class_id).where(Enrolment.person_id == pupil_id)


def enrolled_on(pupil_id: PersonId, class_id: InstrumentedAttribute[int], day: DateColumn) -> ColumnElement[bool]:
    """The pupil is in the class on that day; ``left_on`` is the first day away."""
    return exists().where(
        Enrolment.person_id == pupil_id,
        Enrolment.class_id == class_id,
        Enrolment.enrolled_on <= day,
        or_(Enrolment.left_on.is_(None), Enrolment.left_on > day),
    )


def learns_in_group(pupil_id: PersonId) -> ColumnElement[bool]:
    """The pupil belongs to the teaching group: its subgroup, or the whole class where it lists nobody."""
    member = exists().where(GroupMember.group_id == TeachingGroup.id, GroupMember.person_id == pupil_id)
    somebody = exists().where(GroupMember.group_id == TeachingGroup.id)
    return or_(member, ~somebody)


def days_of(dates: Iterable[date], found: list[ScheduledLesson], holidays: list[Holiday]) -> tuple[Day, ...]:
    """Lessons and vacations laid out by day."""
    return tuple(
        Day(
            date=day,
            lessons=tuple(lesson for lesson in found if lesson.date == day),
            moved_away=tuple(lesson for lesson in found if lesson.moved_from == day),
            vacation=", ".join(dict.fromkeys(h.name for h in holidays if h.starts_on <= day <= h.ends_on)),
        )
        for day in dates
    )


def school_days(days: Iterable[Day]) -> tuple[Day, ...]:
    """A week without the Saturday and Sunday on which nothing stands."""
    return tuple(day for day in days if day.date.weekday() < 5 or not day.empty)


def _week(week: Week, found: list[ScheduledLesson], schools: Select[int] | Collection[int]) -> LessonWeek:
    rows = session.execute(
        select(Vacation.name, Vacation.starts_on, Vacation.ends_on)
        .where(
            Vacation.school_id.in_(schools),
            Vacation.starts_on <= week.sunday,
            Vacation.ends_on >= week.start,
        )
        .order_by(Vacation.starts_on, Vacation.name)
    )
    holidays = [Holiday(row.name, row.starts_on, row.ends_on) for row in rows]
    return LessonWeek(week, school_days(days_of(week.days, found, holidays)))


def lessons(first: date, last: date, whose: ColumnElement[bool]) -> list[ScheduledLesson]:
    """The lessons of a span of days that ``whose`` picks, with those moved away from it, by date and number."""
    return _lessons(session.execute(_query(whose), {"first": first, "last": last}))


def _query(whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Lessons between the days ``first`` and ``last``, which come when it is asked."""
    substitute = aliased(Person)
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)
    here = or_(Lesson.date.between(first, last), Lesson.moved_from.between(first, last))
    return (
        select(
            Lesson.id, Lesson.group_id, Lesson.class_id, Lesson.date, Lesson.number, Lesson.starts_at, Lesson.ends_at,
            Lesson.status, Lesson.moved_from, Lesson.room, Lesson.topic, Lesson.comment, Lesson.substitute_id,
            TeachingGroup.teacher_id, TeachingGroup.subgroup, TeachingGroup.subject_id,
            SchoolClass.grade, SchoolClass.letter, SchoolClass.class_teacher_id,
            Lesson.school_id, School.name.label("school"),
            Subject.name.label("subject"), Person.last_name, Person.first_name, Person.middle_name,
            substitute.last_name.label("s_last"), substitute.first_name.label("s_first"),
            substitute.middle_name.label("s_middle"),
        )
        .join(TeachingGroup, TeachingGroup.id == Lesson.group_id)
        .join(SchoolClass, SchoolClass.id == Lesson.class_id)
        .join(School, School.id == Lesson.school_id)
        .join(Subject, Subject.id == TeachingGroup.subject_id)
        .outerjoin(Person, Person.id == TeachingGroup.teacher_id)
        .outerjoin(substitute, substitute.id == Lesson.substitute_id)
        .where(whose, here)
        .order_by(Lesson.date, Lesson.number, TeachingGroup.subgroup, Lesson.key)
    )  # fmt: skip


def _lessons(rows: Iterable[Any]) -> list[ScheduledLesson]:
    """Most names repeat in a week: each is made once."""
    titles: dict[tuple[Any, ...], str] = {}

    def named(make: Callable[..., str], *parts: Any) -> str:
        known = titles.get(parts)
        if known is None:
            known = titles[parts] = make(*parts)
        return known

    return [_lesson(row, named) for row in rows]


def _lesson(row: Any, named: Callable[..., str]) -> ScheduledLesson:
    stands_in = row.substitute_id is not None and row.substitute_id != row.teacher_id
    return ScheduledLesson(
        id=row.id, group_id=row.group_id, subject_id=row.subject_id, class_id=row.class_id,
        class_title=named(class_name, row.grade, row.letter), grade=row.grade, school_id=row.school_id,
        school=row.school, date=row.date, number=row.number, starts_at=row.starts_at, ends_at=row.ends_at,
        cancelled=row.status == "cancelled", moved_from=row.moved_from if row.moved_from != row.date else None,
        subject=row.subject, subgroup=row.subgroup, teacher_id=row.teacher_id,
        teacher=named(short_name, row.last_name, row.first_name, row.middle_name) if row.last_name else "",
        substitute_id=row.substitute_id if stands_in else None,
        substitute=short_name(row.s_last, row.s_first, row.s_middle) if stands_in else "",
        class_teacher_id=row.class_teacher_id, room=row.room, topic=row.topic, comment=row.comment,
    )  # fmt: skip
